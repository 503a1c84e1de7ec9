// A photograph made to fit a network's input.
#include "attack/threat.hpp"
#include "base/file.hpp"

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace ostrich::attack {

namespace {

constexpr std::uintmax_t kLargestFile = std::uintmax_t{1} << 28;

/// What can be wrong with the input that a picture shall fit.
std::optional<Error> misfit(const std::string &where, const graph::DataFacts &facts)
{
    if (!facts.input.isMaps())
        return Error{where, {"attack.no_pictures", {graph::toString(facts.input)}}, {}};
    const auto channels = facts.input.size(graph::Axis::C);
    if (channels != 1 && channels != 3)
        return Error{where,
                     {"attack.odd_channels", {channels ? std::to_string(*channels) : "C"}},
                     {"attack.odd_channels_hint", {}}};
    if (!facts.input.size(graph::Axis::H) || !facts.input.size(graph::Axis::W))
        return Error{where, {"attack.no_size", {graph::toString(facts.input)}}, {}};
    return std::nullopt;
}

/// The short side scaled to the target, then the centre cut out.
cv::Mat scaledAndCut(const cv::Mat &picture, int width, int height)
{
    const double scale = std::max(static_cast<double>(width) / picture.cols,
                                  static_cast<double>(height) / picture.rows);
    const cv::Size size(std::max(width, static_cast<int>(std::lround(picture.cols * scale))),
                        std::max(height, static_cast<int>(std::lround(picture.rows * scale))));
    cv::Mat scaled;
    // INTER_AREA averages when it shrinks; when it enlarges it would only repeat pixels.
    cv::resize(picture, scaled, size, 0, 0, scale < 1.0 ? cv::INTER_AREA : cv::INTER_LINEAR);
    return scaled({(size.width - width) / 2, (size.height - height) / 2, width, height});
}

/// `picture` is 8-bit, three channels, red first.
Array fitted(const cv::Mat &picture, const graph::DataFacts &facts)
{
    const auto channels = static_cast<int>(*facts.input.size(graph::Axis::C));
    const auto height = static_cast<int>(*facts.input.size(graph::Axis::H));
    const auto width = static_cast<int>(*facts.input.size(graph::Axis::W));
    cv::Mat pixels = picture;
    if (channels == 1) cv::cvtColor(picture, pixels, cv::COLOR_RGB2GRAY);
    pixels = scaledAndCut(pixels, width, height);

    Array array{.shape = {channels, height, width}, .values = {}};
    array.values.resize(static_cast<std::size_t>(channels) * static_cast<std::size_t>(height)
                        * static_cast<std::size_t>(width));
    float *out = array.values.data();
    for (int c = 0; c < channels; ++c) {
        for (int y = 0; y < height; ++y) {
            const std::uint8_t *row = pixels.ptr<std::uint8_t>(y);
            for (int x = 0; x < width; ++x)
                *out++ = static_cast<float>(row[x * channels + c]) / 255.0f;
        }
    }
    return array;
}

Error unreadable(const std::string &file)
{
    return {file, {"attack.not_a_picture", {}}, {"attack.not_a_picture_hint", {}}};
}

} // namespace

Result<Array> fitPicture(const std::string &file, const graph::DataFacts &facts)
{
    if (auto error = misfit(file, facts)) return *error;
    const auto bytes = readFile(file, kLargestFile);
    if (!bytes) return bytes.error();
    if (bytes->empty()) return unreadable(file);
    try {
        const cv::Mat encoded(1, static_cast<int>(bytes->size()), CV_8U,
                              const_cast<char *>(bytes->data()));
        cv::Mat picture = cv::imdecode(encoded, cv::IMREAD_COLOR);
        if (picture.empty()) return unreadable(file);
        cv::cvtColor(picture, picture, cv::COLOR_BGR2RGB);
        return fitted(picture, facts);
    } catch (const cv::Exception &) {
        return unreadable(file); // a header that promises more pixels than OpenCV takes
    }
}

Result<Array> fitPicture(const std::vector<std::uint8_t> &rgb, int width, int height,
                         const graph::DataFacts &facts)
{
    const std::string where = "picture";
    if (auto error = misfit(where, facts)) return *error;
    const auto expected = static_cast<std::size_t>(std::max(width, 0))
                          * static_cast<std::size_t>(std::max(height, 0)) * 3;
    if (rgb.empty() || rgb.size() != expected)
        return Error{where,
                     {"attack.wrong_bytes",
                      {std::to_string(rgb.size()), fmt::format("{}×{}×3", width, height)}},
                     {}};
    try {
        const cv::Mat picture(height, width, CV_8UC3, const_cast<std::uint8_t *>(rgb.data()));
        return fitted(picture, facts);
    } catch (const cv::Exception &) {
        return unreadable(where);
    }
}

} // namespace ostrich::attack
