// What APGD makes large besides cross-entropy: differences of logits, free of their scale.
#include "attack/apgd_torch.hpp"

#include <ATen/ops/full_like.h>
#include <ATen/ops/topk.h>
#include <ATen/ops/where.h>

#include <algorithm>

namespace ostrich::attack {

namespace {

// Against division by zero where all logits are equal, as small as the authors take it.
constexpr double kSmallest = 1e-12;

at::Tensor of(const at::Tensor &logits, const at::Tensor &classes)
{
    return logits.gather(1, classes.unsqueeze(1)).squeeze(1);
}

} // namespace

at::Tensor differenceOfLogitsRatio(const at::Tensor &logits, const at::Tensor &y)
{
    // In double, for the reason of lossOf().
    const at::Tensor wide = logits.to(at::kDouble);
    const auto [largest, classes] = at::topk(wide, std::min<std::int64_t>(wide.size(1), 3), 1);
    const at::Tensor strongestOther =
        at::where(classes.select(1, 0) == y, largest.select(1, 1), largest.select(1, 0));
    const at::Tensor lead = of(wide, y) - strongestOther;
    if (largest.size(1) < 3) return (-lead).to(logits.scalar_type());
    const at::Tensor span = largest.select(1, 0) - largest.select(1, 2) + kSmallest;
    return (-lead / span).to(logits.scalar_type());
}

at::Tensor differenceOfLogitsRatio(const at::Tensor &logits, const at::Tensor &y,
                                   const at::Tensor &target)
{
    const at::Tensor wide = logits.to(at::kDouble);
    const auto [largest, classes] = at::topk(wide, std::min<std::int64_t>(wide.size(1), 4), 1);
    const at::Tensor first = classes.select(1, 0);
    const at::Tensor rival =
        at::where(y != target, y, at::where(first == target, classes.select(1, 1), first));
    const at::Tensor lead = of(wide, rival) - of(wide, target);
    if (wide.size(1) < 3) return (-lead).to(logits.scalar_type());
    const at::Tensor middle = (largest.select(1, 2) + largest.select(1, -1)) / 2.0;
    return (-lead / (largest.select(1, 0) - middle + kSmallest)).to(logits.scalar_type());
}

RowsLoss ratioLoss(const AttackBatch &batch)
{
    const at::Tensor y = batch.y;
    if (!batch.options.target)
        return [y](const at::Tensor &logits, const at::Tensor &rows) {
            return differenceOfLogitsRatio(logits, y.index_select(0, rows));
        };
    // The target has to pass whatever class stands highest, be it the truth or another.
    return [y, target = *batch.options.target](const at::Tensor &logits, const at::Tensor &rows) {
        const at::Tensor wanted = at::full_like(y.index_select(0, rows), target);
        return differenceOfLogitsRatio(logits, wanted, wanted);
    };
}

} // namespace ostrich::attack
