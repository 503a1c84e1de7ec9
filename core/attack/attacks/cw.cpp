// Carlini and Wagner's L2 attack: distance and class in one sum, made small by Adam, and a binary
// search for the weight between the two.
#include "attack/jacobian_torch.hpp"
#include "attack/nearest_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/atanh.h>
#include <ATen/ops/full.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <cmath>

namespace ostrich::attack::cw {

namespace {

// As in the authors' code.
constexpr double kFirstWeight = 1e-3;
constexpr double kNoUpperBound = 1e10;
constexpr double kStayInside = 0.999999; // atanh is infinite at the range's ends
constexpr double kImprovement = 0.9999;  // per tenth of the steps, or the search ends early

struct Settings {
    std::int64_t searches = 9;
    std::int64_t steps = 1000;
    double rate = 0.01;
    double confidence = 0.0;
};

Settings settingsOf(const AttackBatch &batch)
{
    const graph::Parameters own = parameters(batch);
    return {.searches = graph::integer(own, "binary_search_steps"),
            .steps = steps(batch),
            .rate = graph::real(own, "learning_rate"),
            .confidence = graph::real(own, "confidence")};
}

/// Adam (Kingma and Ba 2015) for samples that leave one by one.
struct Adam {
    double rate = 0.01;
    at::Tensor first = {};  // running mean of the slope, as the variable
    at::Tensor second = {}; // of its square
    std::int64_t step = 0;

    at::Tensor move(const at::Tensor &slope)
    {
        constexpr double kFirst = 0.9, kSecond = 0.999, kEpsilon = 1e-8;
        ++step;
        first = kFirst * first + (1.0 - kFirst) * slope;
        second = kSecond * second + (1.0 - kSecond) * slope * slope;
        const auto count = static_cast<double>(step);
        const double meanBias = 1.0 - std::pow(kFirst, count);
        const double squareBias = 1.0 - std::pow(kSecond, count);
        return -rate * (first / meanBias) / ((second / squareBias).sqrt() + kEpsilon);
    }
};

/// One minimisation of distance^2 + weight f, for the samples still in it.
class Descent {
public:
    Descent(const AttackBatch &batch, const at::Tensor &weight, const Settings &settings)
        : m_batch(batch),
          m_weight(weight.to(batch.x.scalar_type())),
          m_settings(settings),
          m_rows(at::nonzero(batch.y.ge(0)).squeeze(1)),
          m_succeeded(at::zeros({batch.x.size(0)}, batch.y.options().dtype(at::kBool))),
          m_before(at::full({batch.x.size(0)}, kNoUpperBound, batch.x.options()))
    {
        // Pictures: x = (tanh w + 1) / 2 is inside the range whatever w is.
        m_variable = batch.boxed ? at::atanh((2.0 * batch.x - 1.0) * kStayInside) : batch.x;
        m_adam = {.rate = settings.rate,
                  .first = at::zeros_like(m_variable),
                  .second = at::zeros_like(m_variable)};
    }

    /// `told`: steps of the descents before; `planned`: of all.
    void run(Nearest &nearest, const at::Tensor &indices, std::int64_t told, std::int64_t planned)
    {
        const std::int64_t patience = std::max(m_settings.steps / 10, std::int64_t{1});
        for (std::int64_t step = 0; step < m_settings.steps; ++step) {
            if (m_batch.stop.stop_requested()) return;
            const at::Tensor x = point();
            const Ascent look =
                ascend(m_batch, x, [this](const at::Tensor &logits) { return shortfall(logits); });
            tell(m_batch, told + step, planned, x,
                 {.gradient = {}, .loss = -look.loss, .fooled = {}, .logits = look.logits});
            const at::Tensor fools = look.fooled.logical_and(look.loss.le(-m_settings.confidence));
            nearest.offer(indices.index_select(0, m_rows), x, fools);
            m_succeeded.index_put_({m_rows}, m_succeeded.index_select(0, m_rows).logical_or(fools));
            m_variable = m_variable + m_adam.move(slope(x, look.gradient));
            if ((step + 1) % patience == 0 && !goOn(x, look.loss)) return;
        }
    }

    const at::Tensor &succeeded() const { return m_succeeded; }

private:
    at::Tensor point() const
    {
        return m_batch.boxed ? (at::tanh(m_variable) + 1.0) / 2.0 : m_variable;
    }

    /// (n) The paper's f6: by how much the class wanted falls short, at least -confidence.
    at::Tensor shortfall(const at::Tensor &logits) const
    {
        const at::Tensor wanted = rivals(m_batch, logits.detach(), 1);
        const at::Tensor holder = incumbent(m_batch, logits).unsqueeze(1);
        return (logits.gather(1, holder) - logits.gather(1, wanted))
            .squeeze(1)
            .clamp_min(-m_settings.confidence);
    }

    at::Tensor slope(const at::Tensor &x, const at::Tensor &ofShortfall) const
    {
        const at::Tensor atPoint = 2.0 * (x - m_batch.x) + perSample(m_weight, x) * ofShortfall;
        // d tanh(w) = 1 - tanh(w)^2, and 1 - (2x - 1)^2 = 4 x (1 - x).
        return m_batch.boxed ? atPoint * 2.0 * x * (1.0 - x) : atPoint;
    }

    /// Those whose sum still falls stay; false: none.
    bool goOn(const at::Tensor &x, const at::Tensor &shortfall)
    {
        const at::Tensor sum = (x - m_batch.x).square().flatten(1).sum(1) + m_weight * shortfall;
        const at::Tensor rows = at::nonzero(sum.le(kImprovement * m_before)).squeeze(1);
        m_before = sum;
        if (rows.numel() == m_rows.numel()) return true;
        for (at::Tensor *all : {&m_batch.x, &m_batch.y, &m_weight, &m_rows, &m_before, &m_variable,
                                &m_adam.first, &m_adam.second})
            *all = all->index_select(0, rows);
        return rows.numel() > 0;
    }

    AttackBatch m_batch; // of those still in it
    at::Tensor m_weight; // (n)
    Settings m_settings;
    at::Tensor m_rows;      // (n) of the batch at the beginning
    at::Tensor m_succeeded; // (N)
    at::Tensor m_before;    // (n) the sum a tenth of the steps ago
    at::Tensor m_variable;  // (n, ...)
    Adam m_adam;
};

/// The weight of each sample's f: what fails has it raised, what fools has it lowered.
class WeightSearch {
public:
    explicit WeightSearch(const at::Tensor &like)
        : m_weight(at::full({like.size(0)}, kFirstWeight, like.options().dtype(at::kDouble))),
          m_low(at::zeros_like(m_weight)),
          m_high(at::zeros_like(m_weight) + kNoUpperBound)
    {
    }

    at::Tensor of(const at::Tensor &indices) const { return m_weight.index_select(0, indices); }

    void learn(const at::Tensor &indices, const at::Tensor &succeeded)
    {
        const at::Tensor weight = of(indices);
        const at::Tensor low = at::where(succeeded, m_low.index_select(0, indices), weight);
        const at::Tensor high = at::where(succeeded, weight, m_high.index_select(0, indices));
        const at::Tensor next =
            at::where(high.lt(kNoUpperBound), (low + high) / 2.0, 10.0 * weight);
        m_low.index_copy_(0, indices, low);
        m_high.index_copy_(0, indices, high);
        m_weight.index_copy_(0, indices, next);
    }

private:
    at::Tensor m_weight; // (N) in double precision, as the bounds
    at::Tensor m_low;
    at::Tensor m_high;
};

/// All searches of all samples, each sample's until something at most `enough` away is found.
at::Tensor nearestPoint(const AttackBatch &batch, double enough)
{
    const Settings settings = settingsOf(batch);
    Nearest nearest(batch, fooled(batch, logitsOf(batch, batch.x)));
    WeightSearch weights(batch.x);
    for (std::int64_t search = 0; search < settings.searches; ++search) {
        const at::Tensor open = nearest.beyond(enough);
        if (open.numel() == 0 || batch.stop.stop_requested()) break;
        Descent descent(select(batch, open), weights.of(open), settings);
        descent.run(nearest, open, search * settings.steps, settings.searches * settings.steps);
        weights.learn(open, descent.succeeded());
    }
    // Adam's steps of constant length end near the boundary, not at it. Asked for confidence,
    // beyond the boundary is where the point belongs.
    if (settings.confidence == 0.0) refine(batch, nearest);
    return nearest.x();
}

class CarliniWagner : public Attack {
public:
    const AttackDescription &description() const override
    {
        // The authors' code takes up to 10,000 steps a search and ends early, as this does; most
        // later work takes 1,000.
        static const AttackDescription description{
            .name = "cw",
            .label = {"Carlini-Wagner", "Carlini-Wagner"},
            .help = {"Makes distance and class margin small together; slow, and finds very small "
                     "perturbations.",
                     "Réduit ensemble la distance et la marge entre les classes ; lente, et "
                     "trouve de très petites perturbations."},
            .source = "Carlini and Wagner 2017, Towards evaluating the robustness of neural "
                      "networks",
            .norms = {Norm::L2},
            .defaultSteps = 1000,
            .smallest = true,
            .parameters = {blocks::integerSpec(
                               {"binary_search_steps",
                                {"Searches", "Recherches"},
                                {"How many weights between distance and class are tried",
                                 "Nombre de poids essayés entre distance et classe"}},
                               9, 1, 30),
                           blocks::realSpec({"learning_rate",
                                             {"Learning rate", "Taux d'apprentissage"},
                                             {"Adam's step", "Le pas d'Adam"}},
                                            0.01, 1e-6, 1.0),
                           blocks::realSpec({"confidence",
                                             {"Confidence", "Confiance"},
                                             {"How far the wrong class's logit shall lead",
                                              "Avance voulue du logit de la classe fausse"}},
                                            0.0, 0.0, 1000.0)},
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        const AttackOptions &options = batch.options;
        const double enough = options.untilFooled ? options.epsilon : 0.0;
        return project(nearestPoint(batch, enough), batch.x, options.norm, options.epsilon,
                       batch.boxed);
    }

    at::Tensor smallest(const AttackBatch &batch) const override
    {
        return nearestPoint(batch, 0.0);
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<CarliniWagner>();
}

} // namespace ostrich::attack::cw
