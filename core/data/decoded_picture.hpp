// A picture file decoded with care: checked before memory is given to it, silent, brought to a
// size.
#pragma once

#include "base/result.hpp"

#include <opencv2/core/mat.hpp>

#include <filesystem>

namespace ostrich::data {

/// The picture in `path` (JPEG, PNG and whatever else OpenCV reads), turned as its EXIF says: 8
/// bits, three channels, blue first. Errors: what readFile tells; larger than 100 megapixels or 200
/// MB; cut off or damaged; no picture. Nothing is written to stderr. Any thread.
Result<cv::Mat> decodedPicture(const std::filesystem::path &path);

/// The centre of `picture` in the proportions of `width` × `height`, brought to that size: averaged
/// when it shrinks, interpolated when it grows. All sizes at least 1.
cv::Mat centreFitted(const cv::Mat &picture, int width, int height);

} // namespace ostrich::data
