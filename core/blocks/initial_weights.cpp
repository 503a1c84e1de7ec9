// Initial weights as torch.nn draws them.
#include "blocks/module_torch.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>

namespace ostrich::blocks {

at::Tensor uniformTensor(at::IntArrayRef sizes, double bound, const BuildRequest &request)
{
    const at::NoGradGuard noGradient;
    // Drawn in float32 whatever the precision, so that the exact check sees the same network.
    at::Tensor drawn = at::empty(sizes, at::TensorOptions().dtype(at::kFloat));
    drawn.uniform_(-bound, bound, request.generator);
    return drawn.to(request.dtype).requires_grad_(true);
}

} // namespace ostrich::blocks
