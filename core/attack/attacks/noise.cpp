// Random noise of the same norm and size: no attack, but what every attack must be compared with.
#include "attack/attack_torch.hpp"

namespace ostrich::attack::noise {

namespace {

class Noise : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "noise",
            .label = {"Random noise", "Bruit aléatoire"},
            .help = {"A random point of the epsilon ball: what the same amount of noise does "
                     "without aiming.",
                     "Un point au hasard dans la boule epsilon : ce que fait la même quantité de "
                     "bruit sans viser."},
            .source = "",
            .norms = {Norm::Linf, Norm::L2, Norm::L1, Norm::L0},
            .usesGradient = false,
            .canTarget = false,
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        const AttackOptions &options = batch.options;
        at::Generator generator = batch.generator;
        const at::Tensor noise = randomInBall(batch.x, options.norm, options.epsilon, generator);
        return project(batch.x + noise, batch.x, options.norm, options.epsilon, batch.boxed);
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Noise>();
}

} // namespace ostrich::attack::noise
