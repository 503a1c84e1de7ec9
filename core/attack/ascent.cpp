// What every gradient attack asks of the network: logits, the loss it makes large, and that loss's
// slope at the input.
#include "attack/attack_torch.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/log_softmax.h>
#include <torch/csrc/autograd/autograd.h>

namespace ostrich::attack {

namespace {

at::Tensor rawLogits(const AttackBatch &batch, const at::Tensor &x)
{
    const at::Tensor read = batch.scale.defined() ? x * batch.scale : x;
    return batch.model.forward(read, blocks::Pass{}).at(0).logits;
}

/// (N): the class whose probability the loss is about.
at::Tensor aim(const AttackBatch &batch)
{
    return batch.options.target ? at::full_like(batch.y, *batch.options.target) : batch.y;
}

} // namespace

at::Tensor logitsOf(const AttackBatch &batch, const at::Tensor &x)
{
    const at::NoGradGuard noGradient;
    return rawLogits(batch, x);
}

at::Tensor fooled(const AttackBatch &batch, const at::Tensor &logits)
{
    const at::Tensor predicted = at::argmax(logits, 1);
    return batch.options.target ? predicted == *batch.options.target : predicted != batch.y;
}

at::Tensor lossOf(const AttackBatch &batch, const at::Tensor &logits)
{
    // In double: in float32 the slope of a sure answer's loss is rounded to zero, and the attack
    // would stand still.
    const at::Tensor logProbability =
        at::log_softmax(logits.to(at::kDouble), 1).gather(1, aim(batch).unsqueeze(1)).squeeze(1);
    const at::Tensor loss = batch.options.target ? logProbability : -logProbability;
    return loss.to(logits.scalar_type());
}

Ascent ascend(const AttackBatch &batch, const at::Tensor &x)
{
    const at::AutoGradMode withGradient(true);
    const at::Tensor leaf = x.detach().clone().requires_grad_(true);
    const at::Tensor logits = rawLogits(batch, leaf);
    const at::Tensor loss = lossOf(batch, logits);
    const at::Tensor gradient = torch::autograd::grad({loss.sum()}, {leaf})[0];
    return {gradient, loss.detach(), fooled(batch, logits.detach())};
}

std::pair<at::Tensor, at::Tensor> lossGradient(const AttackBatch &batch, const at::Tensor &x)
{
    Ascent ascent = ascend(batch, x);
    return {std::move(ascent.gradient), std::move(ascent.loss)};
}

AttackBatch select(const AttackBatch &batch, const at::Tensor &indices)
{
    return {batch.model,
            batch.x.index_select(0, indices),
            batch.y.index_select(0, indices),
            batch.boxed,
            batch.options,
            batch.generator,
            batch.stop,
            batch.scale,
            batch.untilFooled};
}

} // namespace ostrich::attack
