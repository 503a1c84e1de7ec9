// BIM: FGSM in small steps, from the picture itself.
#include "attack/climb_torch.hpp"

namespace ostrich::attack::bim {

namespace {

/// X_{n+1} = clip(X_n + alpha sign(grad)), the clip being that to the ball and the range. The paper
/// takes alpha = 1/255 and, epsilon in 1/255, min(epsilon + 4, 1.25 epsilon) steps; here alpha =
/// epsilon / steps, so that they reach the ball's edge whatever the unit and the number of steps.
class Bim : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "bim",
            .label = {"BIM", "BIM"},
            .help = {"FGSM in small steps: each of epsilon / steps from where the last one ended, "
                     "beginning at the sample itself.",
                     "FGSM à petits pas : chacun de epsilon / nombre de pas depuis la fin du "
                     "précédent, en partant de l'échantillon lui-même."},
            .source = "Kurakin, Goodfellow and Bengio 2017, Adversarial examples in the physical "
                      "world",
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
            return climbFromHere(
                open, [&](const at::Tensor &x, const at::Tensor &gradient, const at::Tensor &) {
                    return x + length * steepest(gradient, options.norm);
                });
        });
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Bim>();
}

} // namespace ostrich::attack::bim
