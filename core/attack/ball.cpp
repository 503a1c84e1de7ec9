// The geometry of the epsilon balls: projection, random points, norms, steepest ascent.
#include "attack/attack_torch.hpp"

#include <ATen/ops/abs.h>
#include <ATen/ops/amax.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/minimum.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

namespace ostrich::attack {

namespace {

at::Tensor flat(const at::Tensor &x)
{
    return x.reshape({x.size(0), -1});
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
    at::Tensor inside;
    if (norm == Norm::Linf) {
        inside = at::minimum(at::maximum(x_adv, x - epsilon), x + epsilon);
    } else {
        const at::Tensor difference = x_adv - x;
        const at::Tensor length = norms(difference, norm);
        const at::Tensor factor =
            at::where(length > epsilon, epsilon / length.clamp_min(1e-30), length.new_ones({}));
        inside = x + difference * perSample(factor, x);
    }
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
