// JSMA: pixel by pixel, each time the one whose full change brings a wrong class closest.
#include "attack/jacobian_torch.hpp"
#include "attack/nearest_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/abs.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <cmath>

namespace ostrich::attack::jsma {

namespace {

constexpr double kTaken = -1.0; // below any gain

/// (n, C, P) of pictures (n, C, H, W); points and series are one channel.
at::Tensor byPixel(const at::Tensor &x)
{
    return x.dim() == 4 ? x.flatten(2) : x.flatten(1).unsqueeze(1);
}

/// What each value (n, C, P) can still move uphill, at most `theta`, with its sign.
at::Tensor reach(const at::Tensor &x, const at::Tensor &gradient, double theta, bool boxed)
{
    const at::Tensor full = at::full_like(x, theta);
    const at::Tensor room = boxed ? at::where(gradient.gt(0), 1.0 - x, x).clamp(0.0, theta) : full;
    return at::sign(gradient) * room;
}

/// Pixels of the samples on their way to one class.
class Walk {
public:
    Walk(AttackBatch batch, at::Tensor rows, at::Tensor rival, double theta)
        : m_batch(std::move(batch)),
          m_rows(std::move(rows)),
          m_rival(std::move(rival)),
          m_theta(theta),
          m_x(m_batch.x),
          m_taken(at::zeros({m_x.size(0), byPixel(m_x).size(2)}, m_x.options().dtype(at::kBool)))
    {
    }

    /// Changes at most `most` pixels of each sample.
    void run(Nearest &nearest, std::int64_t most, std::int64_t told, std::int64_t planned)
    {
        for (std::int64_t pixels = 0; !m_batch.stop.stop_requested(); ++pixels) {
            const Ascent lead = leadOf(m_batch, m_x, m_rival);
            tell(m_batch, told + std::min(pixels, most - 1), planned, m_x, lead);
            takeBack(nearest, lead.fooled);
            // One pixel more is of use only where that is less than what is known.
            const at::Tensor known = nearest.distance().index_select(0, m_rows);
            const at::Tensor open =
                lead.fooled.logical_not().logical_and(known.gt(static_cast<double>(pixels + 1)));
            const at::Tensor rows = at::nonzero(open).squeeze(1);
            if (rows.numel() == 0 || pixels == most) return;
            keep(rows);
            if (!takeOne(lead.gradient.index_select(0, rows))) return;
        }
    }

private:
    void keep(const at::Tensor &rows)
    {
        for (at::Tensor *all : {&m_batch.x, &m_batch.y, &m_rows, &m_rival, &m_x, &m_taken})
            *all = all->index_select(0, rows);
    }

    /// Of each sample the pixel whose change promises most; false: no slope anywhere.
    bool takeOne(const at::Tensor &gradient)
    {
        const at::Tensor x = byPixel(m_x);
        const at::Tensor slope = byPixel(gradient);
        const at::Tensor move = reach(x, slope, m_theta, m_batch.boxed);
        const at::Tensor gain = (slope * move).sum(1).masked_fill(m_taken, kTaken); // (n, P)
        const auto [most, pixel] = gain.max(1, true);
        if (!most.gt(0).any().item<bool>()) return false;
        const at::Tensor chosen =
            at::zeros_like(m_taken).scatter(1, pixel, 1).logical_and(most.gt(0));
        m_taken = m_taken.logical_or(chosen);
        m_x = (x + move * chosen.unsqueeze(1).to(x.scalar_type())).reshape(m_x.sizes());
        return true;
    }

    /// Where it fools: each pixel that turns out not to be needed goes back.
    void takeBack(Nearest &nearest, const at::Tensor &fools)
    {
        const at::Tensor rows = at::nonzero(fools).squeeze(1);
        if (rows.numel() == 0) return;
        const AttackBatch some = select(m_batch, rows);
        const at::Tensor origin = byPixel(some.x);
        at::Tensor x = m_x.index_select(0, rows);
        at::Tensor taken = m_taken.index_select(0, rows);
        const auto most = taken.sum(1).max().item<std::int64_t>();
        at::Tensor untried = taken;
        for (std::int64_t i = 0; i < most && !some.stop.stop_requested(); ++i) {
            const auto [isLeft, pixel] = untried.to(at::kByte).max(1, true);
            const at::Tensor one =
                at::zeros_like(taken).scatter(1, pixel, 1).logical_and(isLeft.to(at::kBool));
            untried = untried.logical_and(one.logical_not());
            const at::Tensor less =
                at::where(one.unsqueeze(1), origin, byPixel(x)).reshape(x.sizes());
            x = at::where(perSample(fooled(some, logitsOf(some, less)), x), less, x);
        }
        nearest.offer(m_rows.index_select(0, rows), x, fools.index_select(0, rows));
    }

    AttackBatch m_batch; // of those still in it
    at::Tensor m_rows;   // (n) of the whole batch
    at::Tensor m_rival;  // (n)
    double m_theta;
    at::Tensor m_x;     // (n, ...)
    at::Tensor m_taken; // (n, P) booleans
};

/// The fewest pixels found, at most `most`; each sample's search ends with `enough`.
at::Tensor fewest(const AttackBatch &batch, std::int64_t most, double enough)
{
    const graph::Parameters own = parameters(batch);
    const at::Tensor logits = logitsOf(batch, batch.x);
    Nearest nearest(batch, fooled(batch, logits));
    const at::Tensor rivals = attack::rivals(batch, logits, graph::integer(own, "classes"));
    for (std::int64_t i = 0; i < rivals.size(1) && most > 0; ++i) {
        const at::Tensor open = nearest.beyond(enough);
        if (open.numel() == 0 || batch.stop.stop_requested()) break;
        Walk walk(select(batch, open), open, rivals.index_select(0, open).select(1, i),
                  graph::real(own, "theta"));
        walk.run(nearest, most, i * most, rivals.size(1) * most);
    }
    return nearest.x();
}

class Jsma : public Attack {
public:
    const AttackDescription &description() const override
    {
        // The paper's limit is 14.5 % of the pixels, 113 of MNIST's.
        static const AttackDescription description{
            .name = "jsma",
            .label = {"JSMA", "JSMA"},
            .help = {"Changes as few pixels as it can, fully, one after the other: always the one "
                     "that helps a wrong class most.",
                     "Change aussi peu de pixels que possible, à fond, l'un après l'autre : "
                     "toujours celui qui aide le plus une classe fausse."},
            .source = "Papernot et al. 2016, The limitations of deep learning in adversarial "
                      "settings; any class and both directions after Wiyatno and Xu 2018, Maximal "
                      "Jacobian-based saliency map attack",
            .norms = {Norm::L0},
            .defaultSteps = 113,
            .smallest = true,
            .parameters =
                {blocks::realSpec({"theta",
                                   {"Change", "Changement"},
                                   {"By how much a pixel changes at most, in epsilon's units",
                                    "De combien un pixel change au plus, en unités d'epsilon"}},
                                  1.0, 1e-3, 1000.0),
                 blocks::integerSpec(
                     {"classes",
                      {"Classes", "Classes"},
                      {"How many of the likeliest wrong classes it goes for",
                       "Nombre de classes fausses, parmi les plus probables, visées tour à tour"}},
                     9, 1, 1000)},
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        const AttackOptions &options = batch.options;
        const double allowed = std::min(std::floor(options.epsilon), 1e9);
        const std::int64_t most = std::min(steps(batch), static_cast<std::int64_t>(allowed));
        const double enough = options.untilFooled ? options.epsilon : 0.0;
        return project(fewest(batch, most, enough), batch.x, options.norm, options.epsilon,
                       batch.boxed);
    }

    at::Tensor smallest(const AttackBatch &batch) const override
    {
        return fewest(batch, steps(batch), 0.0);
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Jsma>();
}

} // namespace ostrich::attack::jsma
