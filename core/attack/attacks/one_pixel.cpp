// One pixel (or a few): differential evolution of their places and colours.
#include "attack/attack_torch.hpp"
#include "data/option.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/where.h>

#include <algorithm>
#include <cmath>

namespace ostrich::attack::one_pixel {

namespace {

// As published, the search ends once the network is this sure of the target or unsure of the truth.
constexpr double kSureOfTarget = 0.9;
constexpr double kUnsureOfTruth = 0.05;

/// One sample under attack. A candidate is (pixels, 2 + C) numbers in [0, 1]: row, column, and a
/// value for each channel; of points and series, which are one row, value 0 to 1 means a move by -1
/// to 1.
class Evolution {
public:
    Evolution(const AttackBatch &batch, std::int64_t pixels, std::int64_t count, double weight)
        : m_batch(batch),
          m_x(batch.x.dim() == 4 ? batch.x : batch.x.flatten(1).unsqueeze(1).unsqueeze(1)),
          m_pixels(std::min(pixels, m_x.size(2) * m_x.size(3))),
          m_weight(weight),
          m_candidates(firstGeneration(count))
    {
        m_loss = judged(m_candidates);
    }

    /// Each candidate meets a child of three random others, and the better of the two stays. There
    /// is no crossover, as published.
    void breed()
    {
        const std::int64_t count = m_candidates.size(0);
        const at::Tensor parents = threeOthers(count);
        const auto parent = [&](std::int64_t i) {
            return m_candidates.index_select(0, parents.select(1, i));
        };
        const at::Tensor children =
            (parent(0) + m_weight * (parent(1) - parent(2))).clamp(0.0, 1.0);
        const at::Tensor loss = judged(children);
        const at::Tensor better = loss > m_loss;
        m_candidates = at::where(better.view({-1, 1, 1}), children, m_candidates);
        m_loss = at::where(better, loss, m_loss);
    }

    bool isFooled() const { return m_fooled; }
    /// The best (1, ...): one that fools, else the one of the largest loss.
    const at::Tensor &best() const { return m_best; }
    const at::Tensor &logits() const { return m_bestLogits; }
    double loss() const { return m_bestLoss; }

private:
    const AttackBatch &m_batch;
    at::Tensor m_x; // (1, C, H, W)
    std::int64_t m_pixels;
    double m_weight;
    at::Tensor m_candidates; // (P, pixels, 2 + C)
    at::Tensor m_loss;       // (P)
    at::Tensor m_best, m_bestLogits;
    double m_bestLoss = 0.0;
    bool m_fooled = false;

    at::TensorOptions onCpu() const { return m_x.options().device(at::kCPU); }

    /// Places uniform, colours normal around the middle, as published (128 and 127 of 255).
    at::Tensor firstGeneration(std::int64_t count) const
    {
        at::Generator generator = m_batch.generator;
        const at::Tensor places = at::rand({count, m_pixels, 2}, generator, onCpu());
        const at::Tensor colours = at::randn({count, m_pixels, m_x.size(1)}, generator, onCpu())
                                       .mul(127.0 / 255.0)
                                       .add(128.0 / 255.0);
        return at::cat({places, colours}, 2).clamp(0.0, 1.0).to(m_x.device());
    }

    /// (P, 3): for each candidate three others, all different.
    at::Tensor threeOthers(std::int64_t count) const
    {
        at::Generator generator = m_batch.generator;
        // The i-th of the numbers that are left is drawn; those taken are stepped over, in order.
        at::Tensor taken = at::arange(count).unsqueeze(1);
        for (std::int64_t left = count - 1; left >= count - 3; --left) {
            at::Tensor drawn = at::rand({count, 1}, generator, at::kDouble)
                                   .mul(static_cast<double>(left))
                                   .floor()
                                   .to(at::kLong);
            const at::Tensor ordered = std::get<0>(taken.sort(1));
            for (std::int64_t i = 0; i < ordered.size(1); ++i)
                drawn = drawn + (drawn >= ordered.narrow(1, i, 1)).to(at::kLong);
            taken = at::cat({taken, drawn}, 1);
        }
        return taken.narrow(1, 1, 3).to(m_x.device());
    }

    /// (P, C, H, W): the sample with each candidate's pixels.
    at::Tensor painted(const at::Tensor &candidates) const
    {
        const std::int64_t rows = m_x.size(2), columns = m_x.size(3), channels = m_x.size(1);
        const auto index = [&](std::int64_t axis, std::int64_t size) {
            return (candidates.select(2, axis) * static_cast<double>(size))
                .floor()
                .clamp_max(static_cast<double>(size - 1))
                .to(at::kLong);
        };
        const at::Tensor places = (index(0, rows) * columns + index(1, columns))
                                      .unsqueeze(1)
                                      .expand({-1, channels, -1}); // (P, C, pixels)
        const at::Tensor all = m_x.flatten(2).expand({candidates.size(0), -1, -1});
        const at::Tensor values = candidates.narrow(2, 2, channels).transpose(1, 2);
        const at::Tensor painted =
            m_batch.boxed ? values : all.gather(2, places) + 2.0 * values - 1.0;
        return all.scatter(2, places, painted).view({-1, channels, rows, columns});
    }

    /// (P) losses of candidates; remembers the best of all that were ever asked.
    at::Tensor judged(const at::Tensor &candidates)
    {
        const std::int64_t count = candidates.size(0);
        const std::int64_t largest = m_batch.classifier.largestBatch(count);
        std::vector<at::Tensor> losses;
        for (std::int64_t first = 0; first < count; first += largest) {
            const std::int64_t size = std::min(largest, count - first);
            std::vector<std::int64_t> shape = m_batch.x.sizes().vec();
            shape[0] = size;
            const at::Tensor x = painted(candidates.narrow(0, first, size)).reshape(shape);
            AttackBatch all = m_batch;
            all.y = m_batch.y.expand({size});
            const at::Tensor logits = logitsOf(all, x);
            losses.push_back(lossOf(all, logits));
            remember(x, logits, losses.back(), fooled(all, logits));
        }
        return at::cat(losses);
    }

    void remember(const at::Tensor &x, const at::Tensor &logits, const at::Tensor &loss,
                  const at::Tensor &isFooled)
    {
        const bool anyFooled = isFooled.any().item<bool>();
        if (m_fooled && !anyFooled) return;
        const at::Tensor eligible = anyFooled ? at::where(isFooled, loss, -INFINITY) : loss;
        const auto row = at::argmax(eligible, 0).item<std::int64_t>();
        const double reached = loss[row].item<double>();
        if (m_best.defined() && m_fooled == anyFooled && reached <= m_bestLoss) return;
        m_best = x.narrow(0, row, 1);
        m_bestLogits = logits.narrow(0, row, 1);
        m_bestLoss = reached;
        m_fooled = anyFooled;
    }
};

bool isSure(const AttackBatch &batch, const Evolution &evolution)
{
    if (!evolution.isFooled()) return false;
    if (batch.options.untilFooled) return true;
    const double enough =
        batch.options.target ? std::log(kSureOfTarget) : -std::log(kUnsureOfTruth);
    return evolution.loss() >= enough;
}

/// A batch of one (1, ...).
at::Tensor evolved(const AttackBatch &batch)
{
    const graph::Parameters own = parameters(batch);
    const auto pixels = static_cast<std::int64_t>(batch.options.epsilon);
    const std::int64_t generations = steps(batch);
    if (pixels < 1 || batch.stop.stop_requested()) return batch.x;
    Evolution evolution(batch, pixels, graph::integer(own, "population"),
                        graph::real(own, "weight"));
    for (std::int64_t generation = 0;; ++generation) {
        tell(batch, generation, generations, evolution.best(),
             {{}, at::full({1}, evolution.loss()), {}, evolution.logits()});
        if (generation == generations || isSure(batch, evolution) || batch.stop.stop_requested())
            break;
        evolution.breed();
    }
    return evolution.best();
}

class OnePixel : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "one-pixel",
            .label = {"One pixel", "Un seul pixel"},
            .help =
                {"Black box: breeds places and colours of epsilon pixels, 1 in the paper, until "
                 "the network gives in.",
                 "Boîte noire : fait évoluer la place et la couleur d'epsilon pixels, un seul "
                 "dans l'article, jusqu'à ce que le réseau cède."},
            .source =
                "Su, Vargas and Sakurai 2019, One pixel attack for fooling deep neural networks",
            .norms = {Norm::L0},
            .defaultSteps = 100,
            .usesGradient = false,
            .usualEpsilon = 1.0,
            .parameters = {data::integerOption("population", 400, 4, 100'000,
                                               {"Population", "Population"},
                                               {"How many candidates there are in each generation.",
                                                "Le nombre de candidats de chaque génération."}),
                           data::realOption(
                               "weight", 0.5, 0.0, 2.0, {"Weight", "Poids"},
                               {"How much of two candidates' difference a child gets (F).",
                                "La part de la différence de deux candidats que reçoit un "
                                "enfant (F)."})},
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        return onThoseStillRight(batch, [](const AttackBatch &open) {
            std::vector<at::Tensor> found;
            for (std::int64_t i = 0; i < open.x.size(0); ++i)
                found.push_back(evolved(select(open, at::arange(i, i + 1, open.y.options()))));
            return at::cat(found);
        });
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<OnePixel>();
}

} // namespace ostrich::attack::one_pixel
