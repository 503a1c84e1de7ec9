// Steps along the gradient within the ball.
#include "attack/climb_torch.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/nonzero.h>

namespace ostrich::attack {

namespace {

/// As ascend(), where no slope is needed.
Ascent look(const AttackBatch &batch, const at::Tensor &x)
{
    const at::Tensor logits = logitsOf(batch, x);
    return {{}, lossOf(batch, logits), fooled(batch, logits), logits};
}

} // namespace

void climb(const AttackBatch &batch, const Climb &climb, Best &best)
{
    const AttackOptions &options = batch.options;
    AttackBatch active = select(batch, climb.rows);
    at::Tensor rows = climb.rows;
    at::Tensor x = climb.start;
    for (std::int64_t step = 0; !batch.stop.stop_requested(); ++step) {
        const bool ends = step == climb.steps && !climb.endsAtTheEdge;
        Ascent ascent = ends ? look(active, x) : ascend(active, x);
        tell(batch, climb.told + step, climb.planned, x, ascent);
        best.offer(rows, x, ascent.loss, ascent.fooled);
        if (ends) return;
        if (options.untilFooled && ascent.fooled.any().item<bool>()) {
            const at::Tensor left = at::nonzero(ascent.fooled.logical_not()).squeeze(1);
            if (left.numel() == 0) return;
            rows = rows.index_select(0, left);
            x = x.index_select(0, left);
            ascent.gradient = ascent.gradient.index_select(0, left);
            active.x = active.x.index_select(0, left);
            active.y = active.y.index_select(0, left);
        }
        if (step == climb.steps) {
            x = steepestPoint(ascent.gradient, active.x, options.norm, options.epsilon,
                              active.boxed);
            const Ascent edge = look(active, x);
            best.offer(rows, x, edge.loss, edge.fooled);
            return;
        }
        x = project(climb.move(x, ascent.gradient, rows), active.x, options.norm, options.epsilon,
                    active.boxed);
    }
}

at::Tensor climbFromHere(const AttackBatch &batch, const Move &move)
{
    Best best(batch);
    const std::int64_t steps = attack::steps(batch);
    climb(batch,
          {.start = batch.x,
           .rows = at::arange(batch.x.size(0), batch.y.options()),
           .move = move,
           .steps = steps,
           .planned = steps},
          best);
    return best.x();
}

} // namespace ostrich::attack
