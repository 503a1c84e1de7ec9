// Universal: one and the same perturbation for all samples.
#include "attack/attack_torch.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/randperm.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <compare>
#include <tuple>

namespace ostrich::attack::universal {

namespace {

constexpr std::int64_t kLargestBatch = 128;

// A sample's loss counts up to here (Shafahi et al. 2020, section 3): else those fooled already
// would drown the others.
constexpr double kLargestLoss = 9.0;

/// How well one perturbation does on all samples.
struct Score {
    std::int64_t fooled = -1;
    double loss = 0.0;

    auto operator<=>(const Score &) const = default;
};

/// (n, ...): the samples under the perturbation `move` (1, ...), inside the valid range.
at::Tensor under(const AttackBatch &batch, const at::Tensor &move)
{
    const at::Tensor x = batch.x + move;
    return batch.boxed ? at::clamp(x, 0.0, 1.0) : x;
}

at::Tensor limitedLoss(const AttackBatch &batch, const at::Tensor &logits)
{
    return lossOf(batch, logits).clamp_max(kLargestLoss);
}

Score scoreOf(const AttackBatch &batch, const at::Tensor &move, std::int64_t largest)
{
    Score score{.fooled = 0, .loss = 0.0};
    const at::Tensor all = at::arange(batch.x.size(0), batch.y.options());
    for (const at::Tensor &rows : all.split(largest)) {
        const AttackBatch some = select(batch, rows);
        const at::Tensor logits = logitsOf(some, under(some, move));
        score.fooled += fooled(some, logits).sum().item<std::int64_t>();
        score.loss += limitedLoss(some, logits).sum().item<double>();
    }
    return score;
}

/// The mean slope of the loss over `batch` as the perturbation changes (1, ...). Values at the end
/// of the valid range have none.
at::Tensor slope(const AttackBatch &batch, const at::Tensor &move, std::int64_t step)
{
    const at::Tensor x = under(batch, move);
    const Ascent ascent =
        ascend(batch, x, [&](const at::Tensor &logits) { return limitedLoss(batch, logits); });
    tell(batch, step, steps(batch), x, ascent);
    return (ascent.gradient * (x == batch.x + move)).mean(0, true);
}

class Universal : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "universal",
            .label = {"Universal", "Universelle"},
            .help = {"One and the same noise that fools the network on as many samples as "
                     "possible, judged on those that it was fitted to.",
                     "Un seul et même bruit qui trompe le réseau sur autant d'échantillons que "
                     "possible, jugé sur ceux-là mêmes pour lesquels il est fait."},
            .source = "Moosavi-Dezfooli et al. 2017, Universal adversarial perturbations; found by "
                      "stochastic ascent: Shafahi et al. 2020, Universal adversarial training",
            .defaultSteps = 100,
            .together = true,
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        const AttackOptions &options = batch.options;
        const std::int64_t count = batch.x.size(0), planned = steps(batch);
        const std::int64_t largest = std::max<std::int64_t>(
            batch.classifier.largestBatch(std::min(count, kLargestBatch)), 1);
        at::Generator generator = batch.generator;
        at::Tensor move = at::zeros_like(batch.x.narrow(0, 0, 1)), best = move, order;
        Score reached;
        const auto keepBetter = [&] {
            const Score score = scoreOf(batch, move, largest);
            if (reached < score) std::tie(reached, best) = std::pair(score, move);
        };
        std::int64_t next = count; // of `order`
        for (std::int64_t step = 0; step < planned && !batch.stop.stop_requested(); ++step) {
            if (next + std::min(largest, count) > count) { // all have been seen
                keepBetter();
                order = at::randperm(count, generator, at::kLong).to(batch.y.device());
                next = 0;
            }
            const AttackBatch some = select(batch, order.narrow(0, next, std::min(largest, count)));
            next += largest;
            // The steps shrink evenly to nothing; together they are 2.5 epsilon long, as PGD's are.
            const double left = 1.0 - static_cast<double>(step) / static_cast<double>(planned);
            const double length = 5.0 * options.epsilon * left / static_cast<double>(planned);
            move = project(move + length * steepest(slope(some, move, step), options.norm),
                           at::zeros_like(move), options.norm, options.epsilon, false);
        }
        keepBetter();
        return project(batch.x + best, batch.x, options.norm, options.epsilon, batch.boxed);
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Universal>();
}

} // namespace ostrich::attack::universal
