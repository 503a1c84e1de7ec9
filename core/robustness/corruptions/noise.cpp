// Noise: of the sensor, of few photons, of dead and hot pixels.
#include "robustness/corruptions/families.hpp"

#include <opencv2/core.hpp>

#include <array>
#include <cmath>

namespace ostrich::robustness {

namespace {

cv::Mat gaussian(const cv::Mat &picture, int severity, RandomStream &random)
{
    constexpr std::array kDeviation{0.04, 0.06, 0.08, 0.09, 0.10};
    return picture
           + kDeviation[static_cast<std::size_t>(severity - 1)]
                 * normalNoise(picture.rows, picture.cols, picture.channels(), random);
}

/// Poisson noise, by its normal limit: the photon counts here are in the tens and hundreds.
cv::Mat shot(const cv::Mat &picture, int severity, RandomStream &random)
{
    constexpr std::array kPhotons{500.0, 250.0, 100.0, 75.0, 50.0};
    cv::Mat deviation = cv::max(picture, 0.0) / kPhotons[static_cast<std::size_t>(severity - 1)];
    cv::sqrt(deviation, deviation);
    return picture
           + deviation.mul(normalNoise(picture.rows, picture.cols, picture.channels(), random));
}

/// Salt and pepper.
cv::Mat impulse(const cv::Mat &picture, int severity, RandomStream &random)
{
    constexpr std::array kShare{0.01, 0.02, 0.03, 0.05, 0.07};
    cv::Mat spoilt = picture.clone();
    auto *values = spoilt.ptr<float>();
    const std::size_t count = spoilt.total() * static_cast<std::size_t>(spoilt.channels());
    for (std::size_t i = 0; i < count; ++i) {
        if (random.chance(kShare[static_cast<std::size_t>(severity - 1)]))
            values[i] = random.chance(0.5) ? 1.0f : 0.0f;
    }
    return spoilt;
}

} // namespace

std::vector<Corruption> noiseCorruptions()
{
    return {{"gaussian_noise", "noise", gaussian},
            {"shot_noise", "noise", shot},
            {"impulse_noise", "noise", impulse}};
}

} // namespace ostrich::robustness
