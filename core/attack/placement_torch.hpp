// Turned and shifted: where a picture's pixels come from.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

namespace ostrich::attack {

/// How a source lies on a picture: its middle `right` and `down` of the picture's middle, in the
/// picture's pixels, turned counterclockwise by `angle` radians.
struct Placement {
    double angle = 0.0;
    double right = 0.0;
    double down = 0.0;
    double halfWidth = 1.0; // of the source, in the picture's pixels
    double halfHeight = 1.0;
};

/// (N, rows, columns, 2): for each pixel of N pictures the place (across, down) of the source that
/// it shows, where the source reaches from -1 to 1: what grid_sampler takes.
at::Tensor sourcePlaces(std::span<const Placement> placements, std::int64_t rows,
                        std::int64_t columns, const at::TensorOptions &options);

} // namespace ostrich::attack
