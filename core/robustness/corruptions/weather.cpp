// Weather: snow, frost, fog, glaring light.
#include "robustness/corruptions/families.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>

namespace ostrich::robustness {

namespace {

/// `mask` (H × W, one channel) in as many channels as `picture` has.
cv::Mat inChannels(const cv::Mat &mask, const cv::Mat &picture)
{
    cv::Mat all;
    cv::merge(std::vector<cv::Mat>(static_cast<std::size_t>(picture.channels()), mask), all);
    return all;
}

cv::Mat white(const cv::Mat &picture)
{
    return cv::Mat(picture.size(), picture.type(), cv::Scalar::all(1.0));
}

/// Flakes blown aside, before a brightened picture.
cv::Mat snow(const cv::Mat &picture, int severity, RandomStream &random)
{
    constexpr std::array kShare{0.02, 0.04, 0.06, 0.08, 0.11};
    constexpr std::array kWhitening{0.1, 0.15, 0.2, 0.25, 0.3};
    const auto place = static_cast<std::size_t>(severity - 1);
    cv::Mat flakes = cv::Mat::zeros(picture.size(), CV_32F);
    const double size = scaleOf(picture);
    const auto count = static_cast<int>(kShare[place] * 32.0 * 32.0);
    for (int i = 0; i < count; ++i) {
        const int x = static_cast<int>(random.integer(picture.cols)),
                  y = static_cast<int>(random.integer(picture.rows));
        const int radius = static_cast<int>(random.uniform(0.3, 0.7) * size);
        cv::circle(flakes, {x, y}, radius, cv::Scalar(random.uniform(0.6, 1.0)), cv::FILLED,
                   cv::LINE_AA);
    }
    flakes = smeared(flakes, 2.5 * size, random.uniform(-135.0, -45.0)) * 1.6;
    const cv::Mat paler = picture * (1.0 - kWhitening[place]) + white(picture) * kWhitening[place];
    return paler + inChannels(cv::min(flakes, 1.0), picture).mul(white(picture) - paler);
}

/// Ice crystals from the edges inwards: clouds with sharp crests.
cv::Mat frost(const cv::Mat &picture, int severity, RandomStream &random)
{
    constexpr std::array kCover{0.25, 0.35, 0.45, 0.52, 0.6};
    const double cover = kCover[static_cast<std::size_t>(severity - 1)];
    const cv::Mat field = clouds(picture.rows, picture.cols, 1.5, random);
    cv::Mat crests = 1.0 - cv::abs(field * 2.0 - 1.0) * 3.0; // bright along a level line
    crests = cv::max(crests, 0.0);
    cv::Mat edge(picture.size(), CV_32F);
    for (int y = 0; y < edge.rows; ++y) {
        for (int x = 0; x < edge.cols; ++x) {
            const double across = std::abs(2.0 * x / std::max(edge.cols - 1, 1) - 1.0);
            const double down = std::abs(2.0 * y / std::max(edge.rows - 1, 1) - 1.0);
            edge.at<float>(y, x) = static_cast<float>(std::max(across, down));
        }
    }
    const cv::Mat ice = cv::min((crests * 0.7 + edge.mul(field) * 0.9) * (cover * 1.6), 1.0);
    const cv::Mat dimmed = picture * (1.0 - 0.3 * cover);
    return dimmed + inChannels(ice, picture).mul(white(picture) * 0.95 - dimmed);
}

cv::Mat fog(const cv::Mat &picture, int severity, RandomStream &random)
{
    constexpr std::array kStrength{0.2, 0.5, 0.75, 1.0, 1.5};
    constexpr std::array kDecay{3.0, 3.0, 2.5, 2.0, 1.75};
    const auto place = static_cast<std::size_t>(severity - 1);
    double brightest = 0.0;
    cv::minMaxLoc(picture.reshape(1), nullptr, &brightest);
    const cv::Mat haze = clouds(picture.rows, picture.cols, kDecay[place], random);
    const double strength = kStrength[place];
    return (picture + inChannels(haze * strength, picture)) * (brightest / (brightest + strength));
}

cv::Mat brightness(const cv::Mat &picture, int severity, RandomStream &)
{
    constexpr std::array kMore{0.05, 0.1, 0.15, 0.2, 0.3};
    return picture + cv::Scalar::all(kMore[static_cast<std::size_t>(severity - 1)]);
}

} // namespace

std::vector<Corruption> weatherCorruptions()
{
    return {{"snow", "weather", snow},
            {"frost", "weather", frost},
            {"fog", "weather", fog},
            {"brightness", "weather", brightness}};
}

} // namespace ostrich::robustness
