// The last step from a painted scene to a picture.
#pragma once

#include "data/pictures/artwork.hpp"
#include "data/pictures/canvas.hpp"

namespace ostrich::data {

/// Tints the scene, lets the light fall off along `towardsLight`, sets contrast and brightness,
/// averages squares of canvas pixels, adds grain. Returns `size` x `size` pixels, CV_8UC3, red
/// first. The canvas is a whole number of times larger.
cv::Mat finishPicture(const Canvas &scene, int size, const Light &light, Point towardsLight,
                      RandomStream &random);

} // namespace ostrich::data
