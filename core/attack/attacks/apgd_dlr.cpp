// APGD on the difference of logits ratio.
#include "attack/apgd_torch.hpp"

namespace ostrich::attack::apgd_dlr {

namespace {

class ApgdDlr : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "apgd-dlr",
            .label = {"APGD-DLR", "APGD-DLR"},
            .help = {"APGD on the lead of the true class over the best other, in shares of the "
                     "span of the first three: not blinded by a network that is very sure.",
                     "APGD sur l'avance de la vraie classe sur la meilleure autre, rapportée à "
                     "l'étendue des trois premières : un réseau trop sûr de lui ne l'aveugle pas."},
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
        return apgd(batch, {ratioLoss(batch)});
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<ApgdDlr>();
}

} // namespace ostrich::attack::apgd_dlr
