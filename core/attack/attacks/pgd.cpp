// PGD: many small steps along the gradient, each brought back into the ball, from random starts.
#include "attack/climb_torch.hpp"

#include <ATen/ops/abs.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/topk.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>

namespace ostrich::attack::pgd {

namespace {

/// A step of L1 length 1 shared by the hundredth of the values with the steepest slope among those
/// that still have room in the range (SLIDE, Tramèr and Boneh 2019, Adversarial training and
/// robustness for multiple perturbations, with its quantile of 99 %).
at::Tensor sparseAscent(const at::Tensor &x, const at::Tensor &gradient, bool boxed)
{
    at::Tensor slope = gradient;
    if (boxed) {
        const at::Tensor stuck =
            (x.le(0.0) & gradient.lt(0.0)).logical_or(x.ge(1.0) & gradient.gt(0.0));
        slope = gradient.masked_fill(stuck, 0.0);
    }
    slope = slope.reshape({slope.size(0), -1});
    const std::int64_t count = std::max<std::int64_t>(slope.size(1) / 100, 1);
    const at::Tensor order = std::get<1>(at::topk(at::abs(slope), count, 1));
    const at::Tensor signs = at::sign(slope.gather(1, order)) / static_cast<double>(count);
    return at::zeros_like(slope).scatter(1, order, signs).reshape(x.sizes());
}

class Pgd : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "pgd",
            .label = {"PGD", "PGD"},
            .help = {"Many small steps uphill on the loss from a random start, each brought back "
                     "into the epsilon ball.",
                     "Beaucoup de petits pas qui font monter la perte, depuis un départ au hasard, "
                     "chacun ramené dans la boule epsilon."},
            .source = "Madry et al. 2018, Towards deep learning models resistant to adversarial "
                      "attacks",
            .norms = {Norm::Linf, Norm::L2, Norm::L1},
            .defaultSteps = 40,
            .usesRestarts = true,
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        Best best(batch);
        // A sample that the network gets wrong by itself needs no push and stays as it is.
        const at::Tensor logits = logitsOf(batch, batch.x);
        best.offer(best.stillRight(), batch.x, lossOf(batch, logits), fooled(batch, logits));
        const at::Tensor open = best.stillRight();
        for (std::int64_t restart = 0; restart < batch.options.restarts; ++restart) {
            const at::Tensor rows = batch.options.untilFooled ? best.stillRight() : open;
            if (rows.numel() == 0 || batch.stop.stop_requested()) break;
            climb(batch, fromARandomStart(batch, rows, restart), best);
        }
        return best.x();
    }

private:
    static Climb fromARandomStart(const AttackBatch &batch, const at::Tensor &rows,
                                  std::int64_t restart)
    {
        const AttackOptions &options = batch.options;
        const std::int64_t steps = attack::steps(batch);
        const double length = 2.5 * options.epsilon / static_cast<double>(steps);
        at::Generator generator = batch.generator;
        const at::Tensor centre = batch.x.index_select(0, rows);
        const at::Tensor noise = randomInBall(centre, options.norm, options.epsilon, generator);
        return {.start =
                    project(centre + noise, centre, options.norm, options.epsilon, batch.boxed),
                .rows = rows,
                .move =
                    [length, norm = options.norm, boxed = batch.boxed](
                        const at::Tensor &x, const at::Tensor &gradient, const at::Tensor &) {
                        return x
                               + length
                                     * (norm == Norm::L1 ? sparseAscent(x, gradient, boxed)
                                                         : steepest(gradient, norm));
                    },
                .steps = steps,
                .told = restart * (steps + 1),
                .planned = options.restarts * (steps + 1) - 1,
                // With signs, 2.5 epsilon of steps lead into every corner; other norms' steps only
                // turn towards the farthest point.
                .endsAtTheEdge = options.norm != Norm::Linf};
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Pgd>();
}

} // namespace ostrich::attack::pgd
