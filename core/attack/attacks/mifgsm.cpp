// MI-FGSM: BIM with momentum, whose steps follow where the slope has pointed all along.
#include "attack/climb_torch.hpp"

#include <ATen/ops/zeros_like.h>

#include <limits>

namespace ostrich::attack::mifgsm {

namespace {

constexpr double kDecay = 1.0; // mu in the paper

/// `gradient` with L1 norm 1 in each sample; zero where it is zero.
at::Tensor ofUnitSum(const at::Tensor &gradient)
{
    const at::Tensor wide = gradient.to(at::kDouble);
    const at::Tensor sums = norms(wide, Norm::L1).clamp_min(std::numeric_limits<double>::min());
    return wide / perSample(sums, wide);
}

class MiFgsm : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "mifgsm",
            .label = {"MI-FGSM", "MI-FGSM"},
            .help = {"Steps of epsilon / steps along the sum of all slopes so far: what it finds "
                     "fools other networks more often.",
                     "Des pas de epsilon / nombre de pas le long de la somme des pentes "
                     "rencontrées : le résultat trompe plus souvent d'autres réseaux."},
            .source = "Dong et al. 2018, Boosting adversarial attacks with momentum",
            .norms = {Norm::Linf, Norm::L2},
            .defaultSteps = 10,
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        const AttackOptions &options = batch.options;
        const double length = options.epsilon / static_cast<double>(steps(batch));
        return onThoseStillRight(batch, [&](const AttackBatch &open) {
            at::Tensor momentum = at::zeros_like(open.x, at::kDouble);
            return climbFromHere(
                open, [&](const at::Tensor &x, const at::Tensor &gradient, const at::Tensor &rows) {
                    const at::Tensor sum =
                        kDecay * momentum.index_select(0, rows) + ofUnitSum(gradient);
                    momentum.index_copy_(0, rows, sum);
                    return x + (length * steepest(sum, options.norm)).to(x.scalar_type());
                });
        });
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<MiFgsm>();
}

} // namespace ostrich::attack::mifgsm
