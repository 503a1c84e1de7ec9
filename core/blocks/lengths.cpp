// Masks and gathers by the lengths of a batch.
#include "blocks/lengths_torch.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/floor_divide.h>
#include <ATen/ops/gather.h>
#include <ATen/ops/where.h>

namespace ostrich::blocks {

namespace {

at::Tensor stepNumbers(const Signal &signal) // (1, T)
{
    const auto options = at::TensorOptions().dtype(at::kLong).device(signal.tensor.device());
    return at::arange(signal.tensor.size(1), options).unsqueeze(0);
}

/// The steps `places` (N, S) of (N, T, F): (N, S, F).
at::Tensor stepsAt(const at::Tensor &tensor, const at::Tensor &places)
{
    return at::gather(tensor, 1,
                      places.unsqueeze(2).expand({places.size(0), places.size(1), tensor.size(2)}));
}

} // namespace

at::Tensor realSteps(const Signal &signal)
{
    if (!signal.lengths.defined()) return {};
    return stepNumbers(signal).lt(signal.lengths.unsqueeze(1));
}

at::Tensor withoutPadding(const Signal &signal)
{
    const at::Tensor real = realSteps(signal);
    if (!real.defined()) return signal.tensor;
    // Not a product: padding may hold an infinity, and its gradient must be none.
    return at::where(real.unsqueeze(2), signal.tensor, 0.0);
}

at::Tensor lastStep(const Signal &signal)
{
    if (!signal.lengths.defined()) return signal.tensor.select(1, signal.tensor.size(1) - 1);
    const at::Tensor last = at::clamp(signal.lengths.sub(1), 0);
    return stepsAt(signal.tensor, last.unsqueeze(1)).squeeze(1);
}

at::Tensor reversed(const Signal &signal)
{
    if (!signal.lengths.defined()) return signal.tensor.flip({1});
    const at::Tensor steps = stepNumbers(signal);
    const at::Tensor back = signal.lengths.unsqueeze(1).sub(1).sub(steps);
    return stepsAt(signal.tensor, at::where(back.ge(0), back, steps));
}

at::Tensor slidLengths(const at::Tensor &lengths, std::int64_t padding, std::int64_t reach,
                       std::int64_t stride)
{
    if (!lengths.defined()) return {};
    return at::clamp(at::floor_divide(lengths.add(padding - reach), stride).add(1), 0);
}

} // namespace ostrich::blocks
