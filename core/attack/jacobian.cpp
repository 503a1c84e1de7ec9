// Slopes of single logits: one backward pass for each over the whole batch.
#include "attack/jacobian_torch.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/argsort.h>
#include <ATen/ops/full.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <limits>

namespace ostrich::attack {

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

} // namespace

at::Tensor rivals(const AttackBatch &batch, const at::Tensor &logits, std::int64_t most)
{
    if (batch.options.target)
        return at::full({logits.size(0), 1}, *batch.options.target, batch.y.options());
    const at::Tensor others = logits.scatter(1, batch.y.unsqueeze(1), kNever);
    const std::int64_t count = std::min(most, logits.size(1) - 1);
    return at::argsort(others, true, 1, true).slice(1, 0, count);
}

at::Tensor incumbent(const AttackBatch &batch, const at::Tensor &logits)
{
    if (!batch.options.target) return batch.y;
    const at::Tensor target =
        at::full({logits.size(0), 1}, *batch.options.target, batch.y.options());
    return at::argmax(logits.detach().scatter(1, target, kNever), 1);
}

Ascent leadOf(const AttackBatch &batch, const at::Tensor &x, const at::Tensor &rival)
{
    return ascend(batch, x, [&](const at::Tensor &logits) {
        const at::Tensor holder = incumbent(batch, logits).unsqueeze(1);
        return (logits.gather(1, rival.unsqueeze(1)) - logits.gather(1, holder)).squeeze(1);
    });
}

Leads leadsOf(const AttackBatch &batch, const at::Tensor &x, const at::Tensor &rivals)
{
    const at::AutoGradMode withGradient(true);
    const at::Tensor leaf = x.detach().clone().requires_grad_(true);
    const at::Tensor logits = batch.classifier.logits(leaf);
    const at::Tensor leads =
        logits.gather(1, rivals) - logits.gather(1, incumbent(batch, logits).unsqueeze(1));
    Leads found{.leads = leads.detach(), .slopes = {}, .logits = logits.detach()};
    const std::int64_t count = rivals.size(1);
    for (std::int64_t i = 0; i < count; ++i) {
        const bool isMoreToCome = i + 1 < count;
        found.slopes.push_back(
            torch::autograd::grad({leads.select(1, i).sum()}, {leaf}, {}, isMoreToCome)[0]);
    }
    return found;
}

} // namespace ostrich::attack
