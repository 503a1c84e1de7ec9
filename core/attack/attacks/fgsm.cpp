// FGSM: one step of full length along the gradient.
#include "attack/attack_torch.hpp"

namespace ostrich::attack::fgsm {

namespace {

class Fgsm : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "fgsm",
            .label = {"FGSM", "FGSM"},
            .help = {"One step of length epsilon in the direction in which the loss grows fastest.",
                     "Un seul pas de longueur epsilon dans la direction où la perte croît le plus "
                     "vite."},
            .source = "Goodfellow, Shlens and Szegedy 2015, Explaining and harnessing adversarial "
                      "examples",
            .norms = {Norm::Linf, Norm::L2, Norm::L1},
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        const AttackOptions &options = batch.options;
        const at::Tensor gradient = lossGradient(batch, batch.x).first;
        // In L1 one value could not take all of epsilon and stay in range: several share it.
        if (options.norm == Norm::L1)
            return steepestPoint(gradient, batch.x, Norm::L1, options.epsilon, batch.boxed);
        const at::Tensor moved = batch.x + options.epsilon * steepest(gradient, options.norm);
        return project(moved, batch.x, options.norm, options.epsilon, batch.boxed);
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Fgsm>();
}

} // namespace ostrich::attack::fgsm
