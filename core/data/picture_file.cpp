// Decoding by OpenCV, with a look at the size that a file announces before memory is given to it.
#include "data/picture_file.hpp"

#include "base/file.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <zlib.h>

namespace ostrich::data {

namespace {

constexpr std::uintmax_t kMaxFileBytes = 200'000'000;
constexpr std::int64_t kMaxPixels = 100'000'000;

std::int64_t bigEndian(std::string_view bytes, std::size_t at, std::size_t size)
{
    std::int64_t value = 0;
    for (std::size_t i = at; i < at + size && i < bytes.size(); ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::int64_t littleEndian(std::string_view bytes, std::size_t at, std::size_t size)
{
    std::int64_t value = 0;
    for (std::size_t i = std::min(at + size, bytes.size()); i > at; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
    return value;
}

/// Walks a JPEG's segments to its frame header.
std::int64_t jpegPixels(std::string_view bytes)
{
    std::size_t at = 2;
    while (at + 9 < bytes.size() && bytes[at] == '\xFF') {
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) return bigEndian(bytes, at + 5, 2) * bigEndian(bytes, at + 7, 2);
        at += marker == 0xFF ? 1 : 2 + static_cast<std::size_t>(bigEndian(bytes, at + 2, 2));
    }
    return 0;
}

/// What the header announces, for the kinds that pack most; 0 where we cannot tell (OpenCV's own
/// limit stands behind).
std::int64_t announcedPixels(std::string_view bytes)
{
    if (bytes.starts_with("\x89PNG"))
        return std::abs(bigEndian(bytes, 16, 4)) * std::abs(bigEndian(bytes, 20, 4));
    if (bytes.starts_with("\xFF\xD8")) return jpegPixels(bytes);
    if (bytes.starts_with("BM")) {
        const auto height =
            static_cast<std::int32_t>(littleEndian(bytes, 22, 4)); // negative: top down
        return littleEndian(bytes, 18, 4) * std::abs(std::int64_t{height});
    }
    if (bytes.starts_with("RIFF") && bytes.substr(8, 8) == "WEBPVP8X")
        return (littleEndian(bytes, 24, 3) + 1) * (littleEndian(bytes, 27, 3) + 1);
    return 0;
}

/// Whether a PNG's parts are all there and undamaged. OpenCV would notice too, but libpng then
/// writes to stderr itself.
bool soundPng(std::string_view bytes)
{
    constexpr std::size_t kAround = 12; // length, type, checksum
    std::size_t at = 8;
    while (at + kAround <= bytes.size()) {
        const auto length = static_cast<std::size_t>(bigEndian(bytes, at, 4));
        if (length > bytes.size() - at - kAround) return false;
        const std::string_view part = bytes.substr(at + 4, 4 + length);
        const auto sum = ::crc32(0, reinterpret_cast<const Bytef *>(part.data()),
                                 static_cast<uInt>(part.size()));
        if (bigEndian(bytes, at + 8 + length, 4) != static_cast<std::int64_t>(sum)) return false;
        if (part.starts_with("IEND")) return true;
        at += kAround + length;
    }
    return false;
}

cv::Mat decode(const std::string &bytes)
{
    // Its complaints would stand between our own lines; what is skipped is told in one sentence of
    // ours.
    static const auto silenced =
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    static_cast<void>(silenced);
    if (bytes.empty()) return {};
    try {
        const cv::Mat buffer(1, static_cast<int>(bytes.size()), CV_8UC1,
                             const_cast<char *>(bytes.data())); // imdecode only reads
        return cv::imdecode(buffer, cv::IMREAD_COLOR);
    } catch (const cv::Exception &) {
        return {};
    }
}

cv::Mat squared(const cv::Mat &picture, int size)
{
    // The cut first: a strip of 2 x 100,000 pixels must not be enlarged as a whole.
    const int side = std::min(picture.cols, picture.rows);
    const cv::Rect centre((picture.cols - side) / 2, (picture.rows - side) / 2, side, side);
    cv::Mat out;
    cv::resize(picture(centre), out, cv::Size(size, size), 0.0, 0.0,
               size < side ? cv::INTER_AREA : cv::INTER_LINEAR);
    return out;
}

} // namespace

std::optional<std::vector<std::uint8_t>> readPicture(const std::filesystem::path &path, int size)
{
    const auto bytes = readFile(path, kMaxFileBytes);
    if (!bytes || announcedPixels(*bytes) > kMaxPixels) return {};
    if (bytes->starts_with("\x89PNG") && !soundPng(*bytes)) return {};
    const cv::Mat picture = decode(*bytes);
    if (picture.empty() || picture.type() != CV_8UC3) return {};
    const cv::Mat square = squared(picture, size);

    std::vector<std::uint8_t> planes;
    planes.reserve(static_cast<std::size_t>(3 * size * size));
    for (const int channel : {2, 1, 0}) { // OpenCV's order is blue, green, red
        for (int row = 0; row < size; ++row) {
            for (int column = 0; column < size; ++column)
                planes.push_back(square.at<cv::Vec3b>(row, column)[channel]);
        }
    }
    return planes;
}

} // namespace ostrich::data
