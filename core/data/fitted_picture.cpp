// A photograph made to fit a network's input.
#include "data/fitted_picture.hpp"

#include "data/decoded_picture.hpp"

#include <fmt/format.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace ostrich::data {

namespace {

/// What can be wrong with the input that a picture shall fit.
std::optional<Error> misfit(const std::string &where, const graph::DataFacts &facts)
{
    if (!facts.input.isMaps())
        return Error{where, {"data.no_pictures", {graph::toString(facts.input)}}, {}};
    const auto channels = facts.input.size(graph::Axis::C);
    if (channels != 1 && channels != 3)
        return Error{where,
                     {"data.odd_channels", {channels ? std::to_string(*channels) : "C"}},
                     {"data.odd_channels_hint", {}}};
    if (!facts.input.size(graph::Axis::H) || !facts.input.size(graph::Axis::W))
        return Error{where, {"data.no_size", {graph::toString(facts.input)}}, {}};
    return std::nullopt;
}

/// `picture` is 8-bit, three channels, red or blue first.
Array fitted(const cv::Mat &picture, bool redFirst, const graph::DataFacts &facts)
{
    const auto channels = static_cast<int>(*facts.input.size(graph::Axis::C));
    const auto height = static_cast<int>(*facts.input.size(graph::Axis::H));
    const auto width = static_cast<int>(*facts.input.size(graph::Axis::W));
    cv::Mat pixels = centreFitted(picture, width, height);
    if (channels == 1)
        cv::cvtColor(pixels, pixels, redFirst ? cv::COLOR_RGB2GRAY : cv::COLOR_BGR2GRAY);

    Array array{.shape = {channels, height, width}, .values = {}};
    array.values.resize(static_cast<std::size_t>(channels) * static_cast<std::size_t>(height)
                        * static_cast<std::size_t>(width));
    float *out = array.values.data();
    for (int c = 0; c < channels; ++c) {
        const int place = redFirst ? c : channels - 1 - c;
        for (int y = 0; y < height; ++y) {
            const std::uint8_t *row = pixels.ptr<std::uint8_t>(y);
            for (int x = 0; x < width; ++x)
                *out++ = static_cast<float>(row[x * channels + place]) / 255.0f;
        }
    }
    return array;
}

Error unreadable(const std::string &where)
{
    return {where, {"data.not_a_picture", {}}, {"data.not_a_picture_hint", {}}};
}

} // namespace

Result<Array> fitPicture(const std::string &file, const graph::DataFacts &facts)
{
    if (auto error = misfit(file, facts)) return *error;
    const auto picture = decodedPicture(file);
    if (!picture) return picture.error();
    return fitted(*picture, false, facts);
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
                     {"data.wrong_bytes",
                      {std::to_string(rgb.size()), fmt::format("{}×{}×3", width, height)}},
                     {}};
    try {
        const cv::Mat picture(height, width, CV_8UC3, const_cast<std::uint8_t *>(rgb.data()));
        return fitted(picture, true, facts);
    } catch (const cv::Exception &) {
        return unreadable(where);
    }
}

} // namespace ostrich::data
