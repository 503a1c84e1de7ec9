// Blur: out of focus, through frosted glass, moved, zoomed while the shutter was open.
#include "robustness/corruptions/families.hpp"

#include <opencv2/imgproc.hpp>

#include <array>
#include <cmath>

namespace ostrich::robustness {

namespace {

/// A disc of confusion: what a point becomes out of focus.
cv::Mat defocus(const cv::Mat &picture, int severity, RandomStream &)
{
    constexpr std::array kRadius{0.8, 1.0, 1.3, 1.7, 2.2};
    const double radius = kRadius[static_cast<std::size_t>(severity - 1)] * scaleOf(picture);
    const int reach = static_cast<int>(std::ceil(radius)) + 1, side = 2 * reach + 1;
    constexpr int kFine = 9; // samples across a pixel: the disc's edge is no staircase
    cv::Mat fine = cv::Mat::zeros(side * kFine, side * kFine, CV_32F), kernel;
    const double middle = (side * kFine - 1) / 2.0;
    for (int y = 0; y < fine.rows; ++y) {
        for (int x = 0; x < fine.cols; ++x)
            fine.at<float>(y, x) = std::hypot(x - middle, y - middle) <= radius * kFine ? 1.f : 0.f;
    }
    cv::resize(fine, kernel, {side, side}, 0, 0, cv::INTER_AREA);
    kernel /= cv::sum(kernel)[0];
    cv::Mat blurred;
    cv::filter2D(picture, blurred, -1, kernel, {-1, -1}, 0.0, cv::BORDER_REFLECT);
    return blurred;
}

/// Pixels change places with near ones.
cv::Mat glass(const cv::Mat &picture, int severity, RandomStream &random)
{
    constexpr std::array kSigma{0.3, 0.35, 0.4, 0.45, 0.5};
    constexpr std::array kReach{0.6, 0.8, 1.2, 1.8, 2.6};
    constexpr std::array kRounds{1, 1, 2, 2, 3};
    const auto place = static_cast<std::size_t>(severity - 1);
    const double sigma = kSigma[place] * scaleOf(picture);
    const int reach = std::max(1, static_cast<int>(std::lround(kReach[place] * scaleOf(picture))));
    cv::Mat mixed;
    cv::GaussianBlur(picture, mixed, {}, sigma, sigma, cv::BORDER_REFLECT);
    const std::size_t channels = static_cast<std::size_t>(picture.channels());
    const auto swap = [&](int y, int x, int otherY, int otherX) {
        float *a = mixed.ptr<float>(y) + static_cast<std::size_t>(x) * channels;
        float *b = mixed.ptr<float>(otherY) + static_cast<std::size_t>(otherX) * channels;
        std::swap_ranges(a, a + channels, b);
    };
    for (int round = 0; round < kRounds[place]; ++round) {
        for (int y = reach; y < picture.rows - reach; ++y) {
            for (int x = reach; x < picture.cols - reach; ++x) {
                const auto step = [&] {
                    return static_cast<int>(random.integer(2 * reach + 1)) - reach;
                };
                const int down = step(), across = step();
                swap(y, x, y + down, x + across);
            }
        }
    }
    cv::Mat blurred;
    cv::GaussianBlur(mixed, blurred, {}, sigma, sigma, cv::BORDER_REFLECT);
    return blurred;
}

cv::Mat motion(const cv::Mat &picture, int severity, RandomStream &random)
{
    constexpr std::array kLength{2.0, 2.8, 3.6, 4.6, 6.0};
    return smeared(picture, kLength[static_cast<std::size_t>(severity - 1)] * scaleOf(picture),
                   random.uniform(-45.0, 45.0));
}

/// The mean of ever larger pictures about the centre.
cv::Mat zoom(const cv::Mat &picture, int severity, RandomStream &)
{
    constexpr std::array kLargest{1.06, 1.11, 1.16, 1.21, 1.26};
    constexpr int kSteps = 12;
    cv::Mat sum = cv::Mat::zeros(picture.size(), picture.type());
    const cv::Point2f centre((static_cast<float>(picture.cols) - 1.0f) / 2.0f,
                             (static_cast<float>(picture.rows) - 1.0f) / 2.0f);
    for (int i = 0; i <= kSteps; ++i) {
        const double factor =
            1.0 + (kLargest[static_cast<std::size_t>(severity - 1)] - 1.0) * i / kSteps;
        cv::Mat larger;
        cv::warpAffine(picture, larger, cv::getRotationMatrix2D(centre, 0.0, factor),
                       picture.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT);
        sum += larger;
    }
    return sum / (kSteps + 1);
}

} // namespace

std::vector<Corruption> blurCorruptions()
{
    return {{"defocus_blur", "blur", defocus},
            {"glass_blur", "blur", glass},
            {"motion_blur", "blur", motion},
            {"zoom_blur", "blur", zoom}};
}

} // namespace ostrich::robustness
