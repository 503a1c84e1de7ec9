// The last step from a painted scene to a picture.
#include "data/pictures/finish.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ostrich::data {
namespace {

/// Everything but the fall-off, as one line per channel: value * gain * fall-off + offset.
struct Grading {
    std::array<float, 4> gain{};
    float offset = 0.0F;
    float fallX = 0.0F; // the light's fall-off per canvas pixel
    float fallY = 0.0F;
};

Grading drawGrading(const Light &light, Point towardsLight, int canvasSize, RandomStream &random)
{
    const auto index = static_cast<std::size_t>(pickWeighted(random, light.tints));
    const double falloff = light.falloff.sample(random);
    const auto contrast = static_cast<float>(light.contrast.sample(random));
    const auto brightness = static_cast<float>(light.brightness.sample(random));
    Grading grading{.offset = 0.5F - 0.5F * contrast + brightness,
                    .fallX = static_cast<float>(falloff * towardsLight.x / canvasSize),
                    .fallY = static_cast<float>(falloff * towardsLight.y / canvasSize)};
    for (int i = 0; i < 3; ++i)
        grading.gain[static_cast<std::size_t>(i)] = light.tints[index].factor[i] * contrast;
    return grading;
}

/// The mean of the graded pixels of a square of `side` canvas pixels, its corner at (x, y).
cv::Vec4f gradedMean(const Canvas &scene, const Grading &grading, int left, int top, int side)
{
    const float middle = static_cast<float>(scene.cols) * 0.5F;
    cv::Vec4f sum;
    for (int y = top; y < top + side; ++y) {
        const cv::Vec4f *row = scene[y];
        for (int x = left; x < left + side; ++x) {
            const float fall = 1.0F + grading.fallX * (static_cast<float>(x) - middle)
                               + grading.fallY * (static_cast<float>(y) - middle);
            for (std::size_t i = 0; i < 4; ++i) {
                const float graded = row[x].val[i] * (grading.gain[i] * fall) + grading.offset;
                sum.val[i] += std::min(std::max(graded, 0.0F), 1.0F);
            }
        }
    }
    return sum * (1.0F / static_cast<float>(side * side));
}

} // namespace

cv::Mat finishPicture(const Canvas &scene, int size, const Light &light, Point towardsLight,
                      RandomStream &random)
{
    const Grading grading = drawGrading(light, towardsLight, scene.cols, random);
    const auto noise = light.noise.sample(random);
    const int side = scene.cols / size;
    cv::Mat3b picture(size, size);
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const cv::Vec4f mean = gradedMean(scene, grading, x * side, y * side, side);
            for (int i = 0; i < 3; ++i)
                picture(y, x)[i] =
                    cv::saturate_cast<std::uint8_t>((mean[i] + random.normal() * noise) * 255.0);
        }
    }
    return picture;
}

} // namespace ostrich::data
