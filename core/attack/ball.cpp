// The geometry of the epsilon balls: projection, random points, norms, steepest ascent.
#include "attack/attack_torch.hpp"

#include <ATen/ops/abs.h>
#include <ATen/ops/amax.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/nextafter.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>

namespace ostrich::attack {

namespace {

at::Tensor flat(const at::Tensor &x)
{
    return x.reshape({x.size(0), -1});
}

// How much of an L2 ball stays empty at its surface, so that whoever adds up the squares in single
// precision finds the point inside too.
constexpr double kRim = 1e-6;

/// Whoever subtracts in single precision gets at most this.
double largestFloatUpTo(double value)
{
    const auto nearest = static_cast<float>(value);
    return nearest <= value ? nearest : std::nextafter(nearest, 0.0f);
}

/// (N) as (N, 1, 1, ...), to multiply a tensor of `like`'s rank.
at::Tensor perSample(const at::Tensor &values, const at::Tensor &like)
{
    std::vector<std::int64_t> shape(static_cast<std::size_t>(like.dim()), 1);
    shape[0] = values.size(0);
    return values.reshape(shape);
}

} // namespace

at::Tensor norms(const at::Tensor &difference, Norm norm)
{
    if (norm == Norm::Linf) return at::amax(at::abs(flat(difference)), {1});
    return at::linalg_vector_norm(flat(difference), 2, at::IntArrayRef{1});
}

at::Tensor project(const at::Tensor &x_adv, const at::Tensor &x, Norm norm, double epsilon,
                   bool boxed)
{
    // In double: single precision's rounding alone would leave the ball.
    const at::Tensor centre = x.to(at::kDouble);
    at::Tensor move = x_adv.to(at::kDouble) - centre;
    if (norm == Norm::Linf) {
        const double radius = largestFloatUpTo(epsilon);
        move = at::clamp(move, -radius, radius);
    } else {
        const double radius = epsilon * (1.0 - kRim);
        const at::Tensor length = norms(move, norm);
        const at::Tensor factor =
            at::where(length > radius, radius / length.clamp_min(1e-300), length.new_ones({}));
        move = move * perSample(factor, x);
    }
    const at::Tensor nearest = (centre + move).to(x.scalar_type());
    // A value that was rounded away from the centre goes back by one step.
    const at::Tensor isTooFar = (nearest.to(at::kDouble) - centre).abs() > move.abs();
    const at::Tensor inside = at::where(isTooFar, at::nextafter(nearest, x), nearest);
    return boxed ? at::clamp(inside, 0.0, 1.0) : inside;
}

at::Tensor randomInBall(const at::Tensor &x, Norm norm, double epsilon, at::Generator &generator)
{
    // Drawn on the CPU whatever the device is, so that a seed means the same everywhere.
    const auto options = x.options().device(at::kCPU);
    if (norm == Norm::Linf)
        return at::empty(x.sizes(), options).uniform_(-epsilon, epsilon, generator).to(x.device());
    const at::Tensor direction = steepest(at::randn(x.sizes(), generator, options), Norm::L2);
    const auto values = static_cast<double>(flat(x).size(1));
    const at::Tensor radius =
        at::empty({x.size(0)}, options).uniform_(0.0, 1.0, generator).pow(1.0 / values) * epsilon;
    return (direction * perSample(radius, x)).to(x.device());
}

at::Tensor steepest(const at::Tensor &gradient, Norm norm)
{
    if (norm == Norm::Linf) return at::sign(gradient);
    // Scaled by the largest entry first: the squares of a confident network's tiny gradients
    // underflow in single precision.
    const at::Tensor largest = perSample(norms(gradient, Norm::Linf), gradient);
    const at::Tensor scaled =
        at::where(largest > 0.0, gradient / largest.clamp_min(1e-37), at::zeros_like(gradient));
    return scaled / perSample(norms(scaled, Norm::L2).clamp_min(1e-12), gradient);
}

} // namespace ostrich::attack
