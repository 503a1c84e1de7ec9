// Slopes of single logits, for attacks that take the network for linear near a point, and which
// classes they are about.
#pragma once

#include "attack/attack_torch.hpp"

namespace ostrich::attack {

/// (N, M) the classes that an attack goes for: the target alone, or those that the network finds
/// likeliest, at most `most` and the truth not among them, the likeliest first. `logits` (N, K).
at::Tensor rivals(const AttackBatch &batch, const at::Tensor &logits, std::int64_t most);
/// (N) the class that stands in the way: the truth, or, towards a target, whatever else is
/// likeliest.
at::Tensor incumbent(const AttackBatch &batch, const at::Tensor &logits);

/// How far the logit of class `rival` (N) leads the incumbent's as `loss`, and its slope at `x`
/// (N, ...).
Ascent leadOf(const AttackBatch &batch, const at::Tensor &x, const at::Tensor &rival);

/// The lead of several rivals over the incumbent.
struct Leads {
    at::Tensor leads;               // (N, M)
    std::vector<at::Tensor> slopes; // M of (N, ...)
    at::Tensor logits;              // (N, K)
};
/// One forward pass, and for each of the M `rivals` (N, M) one backward pass over the whole batch.
Leads leadsOf(const AttackBatch &batch, const at::Tensor &x, const at::Tensor &rivals);

} // namespace ostrich::attack
