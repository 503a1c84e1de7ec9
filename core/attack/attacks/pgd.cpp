// PGD: many small steps along the gradient, each brought back into the ball, from random starts.
#include "attack/attack_torch.hpp"

#include <ATen/ops/full.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/where.h>

#include <limits>

namespace ostrich::attack::pgd {

namespace {

/// The best point of each sample so far: one that fools the network before one that does not, then
/// the one of the larger loss.
class Best {
public:
    explicit Best(const AttackBatch &batch)
        : m_x(batch.x.clone()),
          m_loss(at::full({batch.x.size(0)}, -std::numeric_limits<double>::infinity(),
                          batch.x.options())),
          m_fooled(at::full({batch.x.size(0)}, false, batch.y.options().dtype(at::kBool)))
    {
    }

    /// `x` of the samples `indices`, with their loss and outcome.
    void offer(const at::Tensor &indices, const at::Tensor &x, const at::Tensor &loss,
               const at::Tensor &fooled)
    {
        const at::Tensor was = m_fooled.index_select(0, indices);
        const at::Tensor larger = loss.gt(m_loss.index_select(0, indices));
        const at::Tensor better = at::where(fooled == was, larger, fooled);
        const at::Tensor rows = at::nonzero(better).squeeze(1);
        const at::Tensor improved = indices.index_select(0, rows);
        m_x.index_copy_(0, improved, x.index_select(0, rows));
        m_loss.index_copy_(0, improved, loss.index_select(0, rows));
        m_fooled.index_copy_(0, indices, was.logical_or(fooled));
    }

    at::Tensor stillRight() const { return at::nonzero(m_fooled.logical_not()).squeeze(1); }
    const at::Tensor &x() const { return m_x; }

private:
    at::Tensor m_x;      // (N, ...)
    at::Tensor m_loss;   // (N)
    at::Tensor m_fooled; // (N) booleans
};

/// One start for the samples `indices`.
void climb(const AttackBatch &batch, at::Tensor indices, Best &best)
{
    const AttackOptions &options = batch.options;
    const double stepLength = 2.5 * options.epsilon / static_cast<double>(options.steps);
    if (indices.numel() == 0) return;
    AttackBatch active = select(batch, indices);
    at::Tensor x =
        active.x + randomInBall(active.x, options.norm, options.epsilon, active.generator);
    x = project(x, active.x, options.norm, options.epsilon, active.boxed);
    for (std::int64_t step = 0; step < options.steps && !batch.stop.stop_requested(); ++step) {
        Ascent ascent = ascend(active, x);
        best.offer(indices, x, ascent.loss, ascent.fooled);
        if (batch.untilFooled && ascent.fooled.any().item<bool>()) { // those fooled leave the batch
            const at::Tensor rows = at::nonzero(ascent.fooled.logical_not()).squeeze(1);
            if (rows.numel() == 0) return;
            indices = indices.index_select(0, rows);
            active.x = active.x.index_select(0, rows);
            active.y = active.y.index_select(0, rows);
            x = x.index_select(0, rows);
            ascent.gradient = ascent.gradient.index_select(0, rows);
        }
        x = project(x + stepLength * steepest(ascent.gradient, options.norm), active.x,
                    options.norm, options.epsilon, active.boxed);
    }
    const at::Tensor logits = logitsOf(active, x);
    best.offer(indices, x, lossOf(active, logits), fooled(active, logits));
}

class Pgd : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "pgd",
            .label = {"PGD", "PGD"},
            .help = {"Many small steps uphill on the loss from a random start, each brought back "
                     "into the epsilon ball.",
                     "Beaucoup de petits pas qui font monter la perte, depuis un départ au hasard, "
                     "chacun ramené dans la boule epsilon."},
            .source = "Madry et al. 2018, Towards deep learning models resistant to adversarial "
                      "attacks",
            .usesSteps = true,
            .usesRestarts = true,
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        Best best(batch);
        // A sample that the network gets wrong by itself needs no push and stays as it is.
        const at::Tensor logits = logitsOf(batch, batch.x);
        best.offer(best.stillRight(), batch.x, lossOf(batch, logits), fooled(batch, logits));
        const at::Tensor open = best.stillRight();
        for (std::int64_t restart = 0; restart < batch.options.restarts; ++restart) {
            if (batch.stop.stop_requested()) break;
            climb(batch, batch.untilFooled ? best.stillRight() : open, best);
        }
        return best.x();
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Pgd>();
}

} // namespace ostrich::attack::pgd
