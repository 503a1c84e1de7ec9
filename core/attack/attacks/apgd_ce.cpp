// APGD on cross-entropy.
#include "attack/apgd_torch.hpp"

namespace ostrich::attack::apgd_ce {

namespace {

class ApgdCe : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "apgd-ce",
            .label = {"APGD-CE", "APGD-CE"},
            .help = {"Gradient ascent on cross-entropy that sets its own step: long at first, "
                     "halved wherever it no longer gets on.",
                     "Montée du gradient sur l'entropie croisée qui règle elle-même son pas : long "
                     "au début, divisé par deux dès qu'il n'avance plus."},
            .source = "Croce and Hein 2020, Reliable evaluation of adversarial robustness with an "
                      "ensemble of diverse parameter-free attacks",
            .norms = {Norm::Linf, Norm::L2, Norm::L1},
            .defaultSteps = 100,
            .usesRestarts = true,
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override { return apgd(batch, {RowsLoss()}); }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<ApgdCe>();
}

} // namespace ostrich::attack::apgd_ce
