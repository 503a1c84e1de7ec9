// Kinds that OpenCV reads wherever it was built; others (JPEG 2000, OpenEXR, GIF) depend on the
// build.
#include "data/picture_endings.hpp"

#include <array>

namespace ostrich::data {

std::span<const std::string_view> pictureEndings()
{
    static constexpr std::array<std::string_view, 15> kEndings{"png", "jpg", "jpeg", "jpe",  "webp",
                                                               "bmp", "dib", "tif",  "tiff", "ppm",
                                                               "pgm", "pbm", "pnm",  "ras",  "sr"};
    return kEndings;
}

} // namespace ostrich::data
