// By what endings picture files are known. No OpenCV.
#pragma once

#include <span>
#include <string_view>

namespace ostrich::data {

/// "png", "jpg": of the kinds of file that decodedPicture() reads, the usual ones first.
std::span<const std::string_view> pictureEndings();

} // namespace ostrich::data
