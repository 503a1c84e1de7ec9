// One picture file of any kind that OpenCV reads, as the bytes a network is fed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace ostrich::data {

/// `path` as planes of red, green, blue (3 × size × size bytes): turned as its EXIF says, the short
/// side scaled to `size`, the centre cut out; grey becomes three equal planes. Nothing where
/// decodedPicture (data/decoded_picture.hpp) gives an error. Any thread.
std::optional<std::vector<std::uint8_t>> readPicture(const std::filesystem::path &path, int size);

} // namespace ostrich::data
