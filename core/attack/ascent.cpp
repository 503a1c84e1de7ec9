// What every gradient attack asks of the network: logits, the loss it makes large, and that loss's
// slope at the input.
#include "attack/attack_torch.hpp"

#include <ATen/Version.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/softplus.h>
#include <torch/csrc/autograd/autograd.h>

#include <limits>

namespace ostrich::attack {

namespace {

/// A copy of `x` as the engine lays out its weights (engine/compile.cpp): pictures with one channel
/// are of either layout, and LibTorch would take them for the one in which pooling and convolution
/// of a LeNet take 1.6 times as long. Every look lays out alike, so that rounding is alike.
at::Tensor laidOut(const at::Tensor &x)
{
    static const bool hasAvx512 = at::get_cpu_capability().starts_with("AVX512");
    const bool isLast = hasAvx512 && x.dim() == 4 && x.is_cpu();
    return x.clone(isLast ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Preserve);
}

} // namespace

at::Tensor logitsOf(const AttackBatch &batch, const at::Tensor &x)
{
    const at::NoGradGuard noGradient;
    return batch.classifier.logits(laidOut(x));
}

at::Tensor aim(const AttackBatch &batch)
{
    return batch.options.target ? at::full_like(batch.y, *batch.options.target) : batch.y;
}

at::Tensor fooled(const AttackBatch &batch, const at::Tensor &logits)
{
    const at::Tensor predicted = at::argmax(logits, 1);
    return batch.options.target ? predicted == *batch.options.target : predicted != batch.y;
}

at::Tensor lossOf(const AttackBatch &batch, const at::Tensor &logits)
{
    // -log p = log(1 + e^-lead), the lead being over all other classes together, so that a sure
    // answer's loss is tiny instead of 0; in double, or its slope is rounded to zero. Otherwise the
    // attack would stand still.
    const at::Tensor wide = logits.to(at::kDouble);
    const at::Tensor about = aim(batch).unsqueeze(1);
    const at::Tensor others =
        wide.scatter(1, about, -std::numeric_limits<double>::infinity()).logsumexp({1});
    const at::Tensor entropy = at::softplus(others - wide.gather(1, about).squeeze(1));
    const at::Tensor loss = batch.options.target ? -entropy : entropy;
    return loss.to(logits.scalar_type());
}

Ascent ascend(const AttackBatch &batch, const at::Tensor &x, const LossFunction &lossFunction)
{
    const at::AutoGradMode withGradient(true);
    const at::Tensor leaf = laidOut(x.detach()).requires_grad_(true);
    const at::Tensor logits = batch.classifier.logits(leaf);
    const at::Tensor loss = lossFunction ? lossFunction(logits) : lossOf(batch, logits);
    const at::Tensor gradient = torch::autograd::grad({loss.sum()}, {leaf})[0];
    return {gradient, loss.detach(), fooled(batch, logits.detach()), logits.detach()};
}

std::pair<at::Tensor, at::Tensor> lossGradient(const AttackBatch &batch, const at::Tensor &x)
{
    Ascent ascent = ascend(batch, x);
    return {std::move(ascent.gradient), std::move(ascent.loss)};
}

void tell(const AttackBatch &batch, std::int64_t step, std::int64_t steps, const at::Tensor &x,
          const Ascent &ascent)
{
    if (batch.watch) batch.watch(step, steps, x, ascent.logits, ascent.loss);
}

graph::Parameters parameters(const AttackBatch &batch)
{
    const AttackDescription *known = describedAttack(batch.options.attack);
    return graph::withDefaults(batch.options.parameters,
                               known ? known->parameters : std::vector<graph::ParameterSpec>());
}

AttackBatch select(const AttackBatch &batch, const at::Tensor &indices)
{
    AttackBatch some = batch;
    some.x = batch.x.index_select(0, indices);
    some.y = batch.y.index_select(0, indices);
    return some;
}

at::Tensor onThoseStillRight(const AttackBatch &batch,
                             const std::function<at::Tensor(const AttackBatch &)> &attacked)
{
    const at::Tensor right =
        at::nonzero(fooled(batch, logitsOf(batch, batch.x)).logical_not()).squeeze(1);
    if (right.numel() == 0) return batch.x;
    if (right.numel() == batch.x.size(0)) return attacked(batch);
    return batch.x.index_copy(0, right, attacked(select(batch, right)));
}

} // namespace ostrich::attack
