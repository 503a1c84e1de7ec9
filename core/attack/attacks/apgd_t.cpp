// APGD on the targeted difference of logits ratio, class after class.
#include "attack/apgd_torch.hpp"

#include <ATen/ops/topk.h>

#include <algorithm>
#include <limits>

namespace ostrich::attack::apgd_t {

namespace {

constexpr std::int64_t kMostTargets = 9; // as published

/// One loss for each rank among the wrong classes: the likeliest of each sample, the second, ...
std::vector<RowsLoss> towardsTheOthers(const AttackBatch &batch)
{
    const at::Tensor logits = logitsOf(batch, batch.x);
    const at::Tensor others =
        logits.scatter(1, batch.y.unsqueeze(1), -std::numeric_limits<double>::infinity());
    const std::int64_t count = std::min(logits.size(1) - 1, kMostTargets);
    const at::Tensor ranked = std::get<1>(at::topk(others, count, 1)); // (N, count)
    std::vector<RowsLoss> losses;
    for (std::int64_t rank = 0; rank < count; ++rank)
        losses.emplace_back([y = batch.y, target = ranked.select(1, rank)](const at::Tensor &found,
                                                                           const at::Tensor &rows) {
            return differenceOfLogitsRatio(found, y.index_select(0, rows),
                                           target.index_select(0, rows));
        });
    return losses;
}

class ApgdT : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "apgd-t",
            .label = {"APGD-T", "APGD-T"},
            .help = {"APGD-DLR towards one wrong class after the other, the likeliest nine, until "
                     "one of them is reached.",
                     "APGD-DLR vers une classe fausse après l'autre, les neuf plus probables, "
                     "jusqu'à ce que l'une soit atteinte."},
            .source = "Croce and Hein 2020, Reliable evaluation of adversarial robustness with an "
                      "ensemble of diverse parameter-free attacks",
            .norms = {Norm::Linf, Norm::L2, Norm::L1},
            .defaultSteps = 100,
            .usesRestarts = true,
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        if (batch.options.target) return apgd(batch, {ratioLoss(batch)});
        return apgd(batch, towardsTheOthers(batch));
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<ApgdT>();
}

} // namespace ostrich::attack::apgd_t
