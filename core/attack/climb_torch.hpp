// Steps along the gradient within the ball: what BIM, MI-FGSM and PGD have in common.
#pragma once

#include "attack/attack_torch.hpp"

namespace ostrich::attack {

/// Where a step leads from `x` (n, ...), along the `gradient` (n, ...) there, before it is brought
/// back into the ball. `rows` (n): which of the batch's samples these are.
using Move = std::function<at::Tensor(const at::Tensor &x, const at::Tensor &gradient,
                                      const at::Tensor &rows)>;

struct Climb {
    at::Tensor start; // (n, ...) inside the ball
    at::Tensor rows;  // (n) of the batch
    Move move;
    std::int64_t steps = 0;
    std::int64_t told = 0;      // number of its first step for who looks on
    std::int64_t planned = 0;   // steps in all
    bool endsAtTheEdge = false; // see climb()
};

/// Walks `climb` and offers each point of the way to `best`. With AttackOptions::untilFooled those
/// fooled leave. `endsAtTheEdge`: from the last point on the gradient is followed as far as the
/// ball and the range go, and that point is offered too.
void climb(const AttackBatch &batch, const Climb &climb, Best &best);

/// The best point of a climb of all samples from where they are.
at::Tensor climbFromHere(const AttackBatch &batch, const Move &move);

} // namespace ostrich::attack
