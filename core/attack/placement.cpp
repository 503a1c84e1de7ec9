// Where a picture's pixels come from.
#include "attack/placement_torch.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>

#include <cmath>
#include <vector>

namespace ostrich::attack {

at::Tensor sourcePlaces(std::span<const Placement> placements, std::int64_t rows,
                        std::int64_t columns, const at::TensorOptions &options)
{
    const auto each = [&](const auto &value) {
        std::vector<double> values;
        for (const Placement &placement : placements) values.push_back(value(placement));
        return at::tensor(values).view({-1, 1, 1});
    };
    // Pixel centres, from the picture's middle.
    const auto centres = [](std::int64_t size) {
        return at::arange(size, at::kDouble) + (0.5 - 0.5 * static_cast<double>(size));
    };
    const at::Tensor right =
        centres(columns).view({1, 1, -1}) - each([](const Placement &p) { return p.right; });
    const at::Tensor down =
        centres(rows).view({1, -1, 1}) - each([](const Placement &p) { return p.down; });
    const at::Tensor cosine = each([](const Placement &p) { return std::cos(p.angle); });
    const at::Tensor sine = each([](const Placement &p) { return std::sin(p.angle); });
    const at::Tensor across =
        (cosine * right - sine * down) / each([](const Placement &p) { return p.halfWidth; });
    const at::Tensor below =
        (sine * right + cosine * down) / each([](const Placement &p) { return p.halfHeight; });
    return at::stack({across, below}, 3).to(options);
}

} // namespace ostrich::attack
