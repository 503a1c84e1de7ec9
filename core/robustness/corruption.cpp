// The list of corruptions, and one applied to one picture.
#include "robustness/corruption.hpp"

#include "robustness/corruptions/families.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>

namespace ostrich::robustness {

const std::vector<Corruption> &corruptionKinds()
{
    static const std::vector<Corruption> all = [] {
        std::vector<Corruption> made;
        for (auto family :
             {noiseCorruptions(), blurCorruptions(), weatherCorruptions(), digitalCorruptions()})
            std::ranges::move(family, std::back_inserter(made));
        return made;
    }();
    return all;
}

const std::vector<std::string> &corruptionFamilies()
{
    static const std::vector<std::string> all{"noise", "blur", "weather", "digital"};
    return all;
}

Array corrupted(const Array &picture, const Corruption &corruption, int severity,
                std::uint64_t seed)
{
    assert(picture.shape.size() == 3 && (picture.dim(0) == 1 || picture.dim(0) == 3));
    assert(severity >= 1 && severity <= kSeverities);
    const auto channels = static_cast<int>(picture.dim(0)),
               height = static_cast<int>(picture.dim(1)), width = static_cast<int>(picture.dim(2));
    std::vector<cv::Mat> planes;
    const auto area = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    for (int c = 0; c < channels; ++c)
        planes.emplace_back(height, width, CV_32F,
                            const_cast<float *>(picture.values.data())
                                + static_cast<std::size_t>(c) * area);
    cv::Mat whole;
    cv::merge(planes, whole);
    RandomStream random(seed, corruption.name);
    const cv::Mat spoilt = corruption.apply(whole, severity, random);
    assert(spoilt.size() == whole.size() && spoilt.type() == whole.type());
    std::vector<cv::Mat> changed; // new ones: `planes` are the picture's own memory
    cv::split(spoilt, changed);
    Array result{.shape = picture.shape, .values = {}};
    result.values.reserve(picture.values.size());
    for (const cv::Mat &plane : changed) {
        for (auto value = plane.begin<float>(); value != plane.end<float>(); ++value)
            result.values.push_back(std::round(std::clamp(*value, 0.0f, 1.0f) * 255.0f) / 255.0f);
    }
    return result;
}

cv::Mat normalNoise(int height, int width, int channels, RandomStream &random)
{
    cv::Mat noise(height, width, CV_32FC(channels));
    auto *values = noise.ptr<float>();
    const std::size_t count = noise.total() * static_cast<std::size_t>(channels);
    for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(random.normal());
    return noise;
}

cv::Mat clouds(int height, int width, double decay, RandomStream &random)
{
    cv::Mat sum = cv::Mat::zeros(height, width, CV_32F);
    double strength = 1.0;
    for (int cells = 2; cells <= std::max(height, width); cells *= 2, strength /= decay) {
        cv::Mat grid(cells + 1, cells + 1, CV_32F), smooth;
        for (auto value = grid.begin<float>(); value != grid.end<float>(); ++value)
            *value = static_cast<float>(random.uniform(-strength, strength));
        cv::resize(grid, smooth, sum.size(), 0, 0, cv::INTER_CUBIC);
        sum += smooth;
    }
    cv::normalize(sum, sum, 0.0, 1.0, cv::NORM_MINMAX);
    return sum;
}

cv::Mat smeared(const cv::Mat &picture, double length, double degrees)
{
    const int side = 2 * static_cast<int>(std::ceil(length / 2.0)) + 1;
    cv::Mat kernel = cv::Mat::zeros(side, side, CV_32F);
    const double middle = (side - 1) / 2.0;
    const double angle = degrees * CV_PI / 180.0;
    constexpr int kSamplesPerPixel = 8;
    const int samples = static_cast<int>(std::ceil(length * kSamplesPerPixel)) + 1;
    for (int i = 0; i < samples; ++i) {
        const double along = (static_cast<double>(i) / std::max(samples - 1, 1) - 0.5) * length;
        const int x = static_cast<int>(std::lround(middle + along * std::cos(angle)));
        const int y = static_cast<int>(std::lround(middle + along * std::sin(angle)));
        if (x >= 0 && x < side && y >= 0 && y < side) kernel.at<float>(y, x) += 1.0f;
    }
    kernel /= cv::sum(kernel)[0];
    cv::Mat blurred;
    cv::filter2D(picture, blurred, -1, kernel, {-1, -1}, 0.0, cv::BORDER_REFLECT);
    return blurred;
}

} // namespace ostrich::robustness
