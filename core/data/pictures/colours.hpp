// Colours of the artwork: sRGB values as floats in 0..1, mixed as they are.
#pragma once

#include "data/pictures/sampling.hpp"

#include <opencv2/core/matx.hpp>

#include <string_view>

namespace ostrich::data {

using Colour = cv::Vec3f; // red, green, blue

/// How far a palette's colour may wander: hue by +- degrees, saturation and value by factors 1 +-
/// x.
struct ColourJitter {
    double hue = 0.0;
    double saturation = 0.0;
    double value = 0.0;
};

/// The colour of "#RRGGBB". Throws std::invalid_argument for anything else.
Colour parseColour(std::string_view text);

/// The colour moved at random in HSV space.
Colour jittered(const Colour &colour, const ColourJitter &jitter, RandomStream &random);

/// Every channel limited to 0..1.
Colour clamped(const Colour &colour);

} // namespace ostrich::data
