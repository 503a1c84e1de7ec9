// Silencing a random share of values: what Dropout does, and other blocks do within.
#include "blocks/dropout_torch.hpp"

#include <ATen/ops/empty_like.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/zeros_like.h>

namespace ostrich::blocks {

at::Tensor dropped(const at::Tensor &x, double share, const Pass &pass)
{
    if (!pass.training || share == 0.0) return x;
    if (share == 1.0) return at::mul(x, at::zeros_like(x));

    const std::optional<at::Generator> generator =
        pass.generator.defined() ? std::optional(pass.generator) : std::nullopt;
    const double kept = 1.0 - share;
    at::Tensor mask = at::empty_like(x);
    mask.bernoulli_(kept, generator).div_(kept);
    return at::mul(x, mask);
}

} // namespace ostrich::blocks
