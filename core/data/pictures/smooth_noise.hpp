// Smooth random fields: small grids of random numbers, enlarged bicubically.
#pragma once

#include "base/random.hpp"

#include <opencv2/core/mat.hpp>

#include <vector>

namespace ostrich::data {

/// A grid of `rows` x `columns` numbers in -1..1.
cv::Mat1f randomGrid(int rows, int columns, RandomStream &random);

/// The grid enlarged to `size`, bicubically (Keys 1981, a = -0.75, as cv::INTER_CUBIC), on the
/// calling thread alone: cv::resize would spread even one picture over OpenCV's threads.
cv::Mat1f enlarged(const cv::Mat1f &grid, cv::Size size);

/// The same for a line of values.
std::vector<float> enlarged(const std::vector<float> &values, int count);

} // namespace ostrich::data
