// Letters by OpenCV's strokes.
#include "probe/lettering.hpp"

#include "data/unicode.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace ostrich::probe {

namespace {

constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
constexpr double kScale = 0.42;
const cv::Scalar kInk(60, 50, 45);

/// U+00C0 to U+00FF without accents.
constexpr std::string_view kLatin =
    "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";

std::string letter(char32_t c)
{
    if (c == U'␣') return "_";
    if (c == U'↵') return "\\n";
    if (c == U'œ') return "oe";
    if (c == U'’') return "'";
    if (c >= 0x20 && c < 0x7f) return {static_cast<char>(c)};
    if (c >= 0xc0 && c - 0xc0 < kLatin.size()) return {kLatin[c - 0xc0]};
    return data::unicode::isMark(c) ? "" : "?";
}

} // namespace

std::string plainLetters(const std::string &utf8, std::size_t longest)
{
    std::string plain;
    for (const char32_t c : data::unicode::codePoints(utf8)) {
        for (const char sign : letter(c)) plain.push_back(sign); // +=: GCC 12 warns of an overlap
    }
    if (plain.size() > longest) {
        plain.resize(longest - 1);
        plain += '~';
    }
    return plain;
}

int widthOf(const std::string &plain)
{
    int below = 0;
    return cv::getTextSize(plain, kFont, kScale, 1, &below).width;
}

void write(cv::Mat &canvas, const std::string &plain, cv::Point place)
{
    cv::putText(canvas, plain, place, kFont, kScale, kInk, 1, cv::LINE_AA);
}

void writeUpright(cv::Mat &canvas, const std::string &plain, cv::Point place)
{
    if (plain.empty()) return;
    cv::Mat lying(kLineHeight, widthOf(plain) + 2, CV_8UC3, cv::Scalar::all(255)), standing;
    write(lying, plain, {1, kLineHeight - 4});
    cv::rotate(lying, standing, cv::ROTATE_90_COUNTERCLOCKWISE);
    const cv::Rect wanted(place.x, place.y - standing.rows, standing.cols, standing.rows);
    const cv::Rect seen = wanted & cv::Rect({0, 0}, canvas.size());
    if (seen.empty()) return;
    standing(seen - wanted.tl()).copyTo(canvas(seen));
}

} // namespace ostrich::probe
