// Transfer: found on another network, and hoped to fool this one too.
#include "attack/attack_torch.hpp"
#include "data/option.hpp"

#include <ATen/ops/nonzero.h>

#include <stdexcept>

namespace ostrich::attack::transfer {

namespace {

/// The other network, asked in the victim's units, on the victim's device.
class Elsewhere final : public Classifier {
public:
    Elsewhere(const Classifier &other, const Classifier &victim) : m_other(other), m_victim(victim)
    {
        const at::Tensor theirs = other.scale(), ours = victim.scale();
        if (ours.defined()) m_factor = ours;
        if (theirs.defined())
            m_factor = m_factor.defined() ? m_factor / theirs.to(m_factor) : theirs.reciprocal();
        if (m_factor.defined()) m_factor = m_factor.to(victim.device(), victim.dtype());
    }

    at::Tensor logits(const at::Tensor &x) const override
    {
        const at::Tensor scaled = m_factor.defined() ? x * m_factor : x;
        return m_other.logits(scaled.to(m_other.device(), m_other.dtype())).to(x.options());
    }
    at::Device device() const override { return m_victim.device(); }
    at::ScalarType dtype() const override { return m_victim.dtype(); }
    std::int64_t largestBatch(std::int64_t wanted) const override
    {
        return m_other.largestBatch(wanted);
    }

private:
    const Classifier &m_other;
    const Classifier &m_victim;
    at::Tensor m_factor; // the other's units per victim's unit; undefined: 1
};

/// Of samples that `batch`'s network gets wrong as they are, which the attacks leave alone: further
/// uphill all the same.
at::Tensor climbed(const AttackBatch &batch)
{
    const AttackOptions &options = batch.options;
    const std::int64_t planned = steps(batch);
    const double length = 2.5 * options.epsilon / static_cast<double>(planned);
    at::Tensor x = batch.x;
    for (std::int64_t step = 0; step < planned && !batch.stop.stop_requested(); ++step)
        x = project(x + length * steepest(lossGradient(batch, x).first, options.norm), batch.x,
                    options.norm, options.epsilon, batch.boxed);
    return x;
}

class Transfer : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "transfer",
            .label = {"Transfer", "Transfert"},
            .help = {"Attacks a second network and tries what it finds on this one, of which it "
                     "sees nothing.",
                     "Attaque un second réseau et essaie ce qu'elle trouve sur celui-ci, dont elle "
                     "ne voit rien."},
            .source = "Papernot, McDaniel and Goodfellow 2016, Transferability in machine learning",
            .defaultSteps = 40,
            .usesGradient = false,
            .usesSurrogate = true,
            .parameters = {data::choiceOption(
                "method", "pgd", {"pgd", "mifgsm"}, {{"PGD", "PGD"}, {"MI-FGSM", "MI-FGSM"}},
                {"Method", "Méthode"},
                {"The attack on the second network.", "L'attaque menée sur le second réseau."})},
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        if (batch.surrogate == nullptr) throw std::logic_error("transfer needs a second network");
        const Elsewhere other(*batch.surrogate, batch.classifier);
        AttackOptions options = batch.options;
        options.attack = graph::text(parameters(batch), "method");
        options.steps = steps(batch);
        options.parameters = {};
        options.untilFooled = false; // what just fools the other network need not fool this one
        return onThoseStillRight(batch, [&](const AttackBatch &open) {
            const AttackBatch there{.classifier = other,
                                    .x = open.x,
                                    .y = open.y,
                                    .boxed = open.boxed,
                                    .options = options,
                                    .generator = open.generator,
                                    .stop = open.stop,
                                    .surrogate = nullptr,
                                    .watch = judgedBy(open)};
            const at::Tensor found = findAttack(options.attack)->run(there);
            const at::Tensor left = at::nonzero(fooled(there, logitsOf(there, there.x))).squeeze(1);
            if (left.numel() == 0) return found;
            return found.index_copy(0, left, climbed(select(there, left)));
        });
    }

private:
    /// Who looks on sees what the victim makes of it.
    static decltype(AttackBatch::watch) judgedBy(const AttackBatch &victim)
    {
        if (!victim.watch) return {};
        return [&victim](std::int64_t step, std::int64_t steps, const at::Tensor &x,
                         const at::Tensor & /*the other's*/, const at::Tensor &loss) {
            victim.watch(step, steps, x, logitsOf(victim, x), loss);
        };
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Transfer>();
}

} // namespace ostrich::attack::transfer
