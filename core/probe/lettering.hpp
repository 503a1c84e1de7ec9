// Words in pictures that OpenCV draws: it knows the letters of ASCII alone.
#pragma once

#include <opencv2/core/mat.hpp>

#include <string>

namespace ostrich::probe {

/// `utf8` without its accents; "?" for what has no such letter. At most `longest` letters.
std::string plainLetters(const std::string &utf8, std::size_t longest = 60);

/// Width of plain letters as write() draws them, in pixels.
int widthOf(const std::string &plain);
inline constexpr int kLineHeight = 16; // pixels

/// Dark letters on `canvas` with their lower left corner there.
void write(cv::Mat &canvas, const std::string &plain, cv::Point place);
/// From bottom to top, beginning there.
void writeUpright(cv::Mat &canvas, const std::string &plain, cv::Point place);

} // namespace ostrich::probe
