// Decoding by OpenCV, with a look at the size that a file announces and at its end before memory is
// given to it.
#include "data/decoded_picture.hpp"

#include "base/file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <streambuf>
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

bool isPng(std::string_view bytes)
{
    return bytes.starts_with("\x89PNG");
}

bool isJpeg(std::string_view bytes)
{
    return bytes.starts_with("\xFF\xD8");
}

/// What a walk along a JPEG's markers tells.
struct JpegOutline {
    std::int64_t pixels = 0; // of its frame header; 0: it has none
    bool isWhole = false;    // the end marker came; a decoder would fill what lacks with grey
};

/// Segments are passed over by their length, so that a thumbnail's markers in one don't count;
/// what follows the end (padding, a phone's own data) is not looked at.
JpegOutline outlineOf(std::string_view bytes)
{
    JpegOutline outline;
    std::size_t at = 2;
    while ((at = bytes.find('\xFF', at)) != std::string_view::npos && at + 1 < bytes.size()) {
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xD9) {
            outline.isWhole = true;
            break;
        }
        if (marker == 0xFF) { // padding in front of a marker
            ++at;
            continue;
        }
        const bool isAlone = marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8);
        const bool isFrame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (isFrame && outline.pixels == 0)
            outline.pixels = bigEndian(bytes, at + 5, 2) * bigEndian(bytes, at + 7, 2);
        at += isAlone ? 2 : 2 + static_cast<std::size_t>(bigEndian(bytes, at + 2, 2));
    }
    return outline;
}

/// What the header announces, for the kinds that pack most; 0 where we cannot tell (OpenCV's own
/// limit stands behind).
std::int64_t announcedPixels(std::string_view bytes)
{
    if (isPng(bytes)) return std::abs(bigEndian(bytes, 16, 4)) * std::abs(bigEndian(bytes, 20, 4));
    if (isJpeg(bytes)) return outlineOf(bytes).pixels;
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

bool isDamaged(std::string_view bytes)
{
    return (isPng(bytes) && !soundPng(bytes)) || (isJpeg(bytes) && !outlineOf(bytes).isWhole);
}

/// std::cerr for whoever is not muted: OpenCV 4.6 tells of damaged files there, past its own
/// logging, between our lines. By thread, since others may have something to say meanwhile.
class Muffler : public std::streambuf {
public:
    explicit Muffler(std::streambuf *behind) : m_behind(behind) {}
    static inline thread_local bool isMuted = false;

protected:
    int_type overflow(int_type c) override
    {
        const bool isSaid = !isMuted && !traits_type::eq_int_type(c, traits_type::eof());
        return isSaid ? m_behind->sputc(traits_type::to_char_type(c)) : traits_type::not_eof(c);
    }
    std::streamsize xsputn(const char *text, std::streamsize size) override
    {
        return isMuted ? size : m_behind->sputn(text, size);
    }
    int sync() override { return m_behind->pubsync(); }

private:
    std::streambuf *m_behind;
};

class Silence {
public:
    Silence()
    {
        static const auto installed = [] {
            cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
            return std::cerr.rdbuf(new Muffler(std::cerr.rdbuf())); // lives as long as std::cerr
        }();
        static_cast<void>(installed);
        Muffler::isMuted = true;
    }
    ~Silence() { Muffler::isMuted = false; }
    Silence(const Silence &) = delete;
    Silence &operator=(const Silence &) = delete;
};

cv::Mat decoded(const std::string &bytes)
{
    if (bytes.empty()) return {};
    const Silence silence; // what is skipped is told in one sentence of ours
    try {
        const cv::Mat buffer(1, static_cast<int>(bytes.size()), CV_8UC1,
                             const_cast<char *>(bytes.data())); // imdecode only reads
        return cv::imdecode(buffer, cv::IMREAD_COLOR);
    } catch (const cv::Exception &) {
        return {};
    }
}

} // namespace

Result<cv::Mat> decodedPicture(const std::filesystem::path &path)
{
    const auto bytes = readFile(path, kMaxFileBytes);
    if (!bytes) return bytes.error();
    if (announcedPixels(*bytes) > kMaxPixels)
        return Error{path.string(),
                     {"data.picture_too_large", {std::to_string(kMaxPixels / 1'000'000)}},
                     {"data.picture_too_large_hint", {}}};
    if (isDamaged(*bytes))
        return Error{
            path.string(), {"data.picture_damaged", {}}, {"data.picture_damaged_hint", {}}};
    cv::Mat picture = decoded(*bytes);
    if (picture.empty() || picture.type() != CV_8UC3)
        return Error{path.string(), {"data.not_a_picture", {}}, {"data.not_a_picture_hint", {}}};
    return picture;
}

cv::Mat centreFitted(const cv::Mat &picture, int width, int height)
{
    const double scale = std::max(static_cast<double>(width) / picture.cols,
                                  static_cast<double>(height) / picture.rows);
    const auto side = [scale](int wanted, int there) {
        return std::clamp(static_cast<int>(std::lround(wanted / scale)), 1, there);
    };
    // The cut first: a strip of 2 x 100,000 pixels must not be enlarged as a whole.
    const cv::Size size(side(width, picture.cols), side(height, picture.rows));
    const cv::Rect centre((picture.cols - size.width) / 2, (picture.rows - size.height) / 2,
                          size.width, size.height);
    cv::Mat out;
    // INTER_AREA averages when it shrinks; when it enlarges it would only repeat pixels.
    cv::resize(picture(centre), out, cv::Size(width, height), 0.0, 0.0,
               scale < 1.0 ? cv::INTER_AREA : cv::INTER_LINEAR);
    return out;
}

} // namespace ostrich::data
