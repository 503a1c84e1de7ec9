// A decoded picture cut square and laid out in planes.
#include "data/picture_file.hpp"

#include "data/decoded_picture.hpp"

#include <opencv2/core.hpp>

namespace ostrich::data {

std::optional<std::vector<std::uint8_t>> readPicture(const std::filesystem::path &path, int size)
{
    const auto picture = decodedPicture(path);
    if (!picture) return {};
    const cv::Mat square = centreFitted(*picture, size, size);

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
