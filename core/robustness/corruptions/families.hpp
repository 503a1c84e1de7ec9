// The four families of corruptions, a file each, and what they share.
#pragma once

#include "robustness/corruption.hpp"

namespace ostrich::robustness {

std::vector<Corruption> noiseCorruptions();
std::vector<Corruption> blurCorruptions();
std::vector<Corruption> weatherCorruptions();
std::vector<Corruption> digitalCorruptions();

/// Lengths are told for pictures 32 pixels wide.
inline double scaleOf(const cv::Mat &picture)
{
    return static_cast<double>(picture.cols) / 32.0;
}

/// Clouds: random values at every size from the whole picture down to a pixel, each half as strong
/// as the one before times 2 / `decay` (diamond-square's spectrum, by adding up coarse grids).
/// Height × width floats in [0, 1].
cv::Mat clouds(int height, int width, double decay, RandomStream &random);
/// Height × width floats of a standard normal distribution.
cv::Mat normalNoise(int height, int width, int channels, RandomStream &random);
/// Averages along a line of `length` pixels at `degrees`.
cv::Mat smeared(const cv::Mat &picture, double length, double degrees);

} // namespace ostrich::robustness
