// Pictures as PNG files.
#include "data/png.hpp"

#include "base/file.hpp"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace ostrich::data {

Result<void> savePng(const Array &picture, const std::filesystem::path &file)
{
    assert(picture.shape.size() == 3 && (picture.shape[0] == 1 || picture.shape[0] == 3));
    const auto channels = static_cast<int>(picture.shape[0]);
    const auto height = static_cast<int>(picture.shape[1]);
    const auto width = static_cast<int>(picture.shape[2]);
    cv::Mat pixels(height, width, CV_8UC(channels));
    const float *value = picture.values.data();
    for (int c = 0; c < channels; ++c) {
        const int place = channels - 1 - c; // OpenCV has blue first
        for (int y = 0; y < height; ++y) {
            auto *row = pixels.ptr<std::uint8_t>(y);
            for (int x = 0; x < width; ++x)
                row[x * channels + place] = static_cast<std::uint8_t>(
                    std::lround(std::clamp(*value++, 0.0F, 1.0F) * 255.0F));
        }
    }
    std::vector<unsigned char> png;
    cv::imencode(".png", pixels, png);
    return writeFile(file, {reinterpret_cast<const char *>(png.data()), png.size()});
}

} // namespace ostrich::data
