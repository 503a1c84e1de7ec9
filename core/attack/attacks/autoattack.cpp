// AutoAttack: four attacks one after the other, each on what the former left right.
#include "attack/attack_torch.hpp"

#include <ATen/ops/nonzero.h>

#include <array>
#include <string_view>

namespace ostrich::attack::autoattack {

namespace {

// The standard version.
constexpr std::array<std::string_view, 4> kMembers{"apgd-ce", "apgd-t", "fab-t", "square"};

/// The member's options: the same threat, its own published budget.
AttackOptions optionsOf(std::string_view member, const AttackOptions &options)
{
    AttackOptions own = options;
    own.attack = member;
    own.steps = 0;
    own.restarts = 1;
    own.parameters = {};
    own.untilFooled = true;
    return own;
}

/// One member on the samples that are still right. Steps are told on from `told`, which it
/// advances.
void runMember(const AttackBatch &batch, std::string_view member, Best &best, std::int64_t &told)
{
    const at::Tensor open = best.stillRight();
    if (open.numel() == 0 || batch.stop.stop_requested()) return;
    const AttackOptions options = optionsOf(member, batch.options);
    const std::int64_t before = told;
    AttackBatch some{.classifier = batch.classifier,
                     .x = batch.x.index_select(0, open),
                     .y = batch.y.index_select(0, open),
                     .boxed = batch.boxed,
                     .options = options,
                     .generator = batch.generator,
                     .stop = batch.stop};
    if (batch.watch) {
        some.watch = [&](std::int64_t step, std::int64_t, const at::Tensor &x,
                         const at::Tensor &logits, const at::Tensor &loss) {
            told = before + step + 1;
            batch.watch(before + step, 0, x, logits, loss); // how many in all depends on each
        };
    }
    const at::Tensor x =
        project(findAttack(member)->run(some), some.x, options.norm, options.epsilon, some.boxed);
    const at::Tensor logits = logitsOf(some, x);
    best.offer(open, x, lossOf(some, logits), fooled(some, logits));
}

class AutoAttack : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "autoattack",
            .label = {"AutoAttack", "AutoAttack"},
            .help = {"APGD-CE, APGD-T, FAB-T and Square one after the other, each with its "
                     "published budget on what is still right: what robustness is measured with.",
                     "APGD-CE, APGD-T, FAB-T et Square l'une après l'autre, chacune avec son "
                     "budget publié sur ce qui est encore juste : la mesure de la robustesse."},
            .source = "Croce and Hein 2020, Reliable evaluation of adversarial robustness with an "
                      "ensemble of diverse parameter-free attacks",
            .norms = {Norm::Linf, Norm::L2},
            .canTarget = false,
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        Best best(batch);
        const at::Tensor logits = logitsOf(batch, batch.x);
        best.offer(best.stillRight(), batch.x, lossOf(batch, logits), fooled(batch, logits));
        std::int64_t told = 0;
        for (const std::string_view member : kMembers) runMember(batch, member, best, told);
        return best.x();
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<AutoAttack>();
}

} // namespace ostrich::attack::autoattack
