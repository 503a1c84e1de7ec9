// Patch: a round sticker that fools the network wherever it lies.
#include "attack/attack_torch.hpp"
#include "attack/placement_torch.hpp"
#include "data/option.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/full.h>
#include <ATen/ops/grid_sampler.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace ostrich::attack::patch {

namespace {

constexpr std::int64_t kLargestBatch = 32;
constexpr double kFirstStep = 0.1; // of the range of colours; steps shrink evenly to nothing
constexpr double kMomentum = 0.9;
// A sample's loss counts up to here, so that those fooled already do not drown the others.
constexpr double kLargestLoss = 9.0;

/// Where the sticker may lie.
class Places {
public:
    explicit Places(const AttackBatch &batch)
        : m_generator(batch.generator), m_rows(batch.x.size(2)), m_columns(batch.x.size(3))
    {
        const graph::Parameters own = parameters(batch);
        m_diameter = graph::real(own, "size") * side();
        m_rotation = graph::real(own, "max_rotation") * std::numbers::pi / 180.0;
        m_scales = {graph::real(own, "min_scale"), graph::real(own, "max_scale")};
    }

    /// Of the sticker's own picture, in pixels.
    std::int64_t resolution() const { return std::max<std::int64_t>(std::lround(m_diameter), 1); }

    /// `count` random ones, wholly inside the picture.
    std::vector<Placement> draw(std::int64_t count)
    {
        const at::Tensor draws = at::rand({count, 4}, m_generator, at::kDouble) * 2.0 - 1.0;
        const auto *drawn = draws.const_data_ptr<double>(); // in [-1, 1)
        std::vector<Placement> all;
        for (std::int64_t i = 0; i < count; ++i, drawn += 4) {
            const double scale = std::midpoint(m_scales.first, m_scales.second)
                                 + 0.5 * drawn[1] * (m_scales.second - m_scales.first);
            const double radius = 0.5 * std::min(m_diameter * scale, side());
            all.push_back({.angle = drawn[0] * m_rotation,
                           .right = drawn[2] * (0.5 * static_cast<double>(m_columns) - radius),
                           .down = drawn[3] * (0.5 * static_cast<double>(m_rows) - radius),
                           .halfWidth = radius,
                           .halfHeight = radius});
        }
        return all;
    }

private:
    at::Generator m_generator;
    std::int64_t m_rows, m_columns;
    double m_diameter = 0.0; // pixels, at scale 1
    double m_rotation = 0.0; // radians
    std::pair<double, double> m_scales;

    double side() const { return static_cast<double>(std::min(m_rows, m_columns)); }
};

/// `x` (N, C, H, W) with the sticker (1, C, P, P) on each; has its slope.
at::Tensor covered(const at::Tensor &x, const at::Tensor &sticker,
                   const std::vector<Placement> &placements)
{
    const at::Tensor places = sourcePlaces(placements, x.size(2), x.size(3), x.options());
    const at::Tensor isOnDisc = places.square().sum(3).le(1.0).unsqueeze(1); // (N, 1, H, W)
    constexpr std::int64_t kBilinear = 0, kBorder = 1;
    const at::Tensor shown = at::grid_sampler(sticker.expand({x.size(0), -1, -1, -1}), places,
                                              kBilinear, kBorder, false);
    return at::where(isOnDisc, shown, x);
}

/// The mean slope (1, C, P, P) of the loss over `batch`, the sticker in a random place on each.
at::Tensor slope(const AttackBatch &batch, const at::Tensor &sticker, Places &places,
                 std::int64_t step)
{
    const at::AutoGradMode withGradient(true);
    const at::Tensor leaf = sticker.detach().clone().requires_grad_(true);
    const at::Tensor x = covered(batch.x, leaf, places.draw(batch.x.size(0)));
    const Ascent ascent = ascend(batch, x.detach(), [&](const at::Tensor &logits) {
        return lossOf(batch, logits).clamp_max(kLargestLoss);
    });
    tell(batch, step, steps(batch), x.detach(), ascent);
    const auto count = static_cast<double>(batch.x.size(0));
    return torch::autograd::grad({x}, {leaf}, {ascent.gradient / count})[0];
}

class Patch : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "patch",
            .label = {"Patch", "Pastille"},
            .help = {"One round sticker that fools the network on any picture, wherever it lies, "
                     "however it is turned; judged on those that it was fitted to. Epsilon plays "
                     "no part.",
                     "Une pastille ronde qui trompe le réseau sur toute image, où qu'elle soit "
                     "posée et quelle que soit sa rotation ; jugée sur celles pour lesquelles elle "
                     "est faite. Epsilon n'y joue aucun rôle."},
            .source = "Brown et al. 2017, Adversarial patch; expectation over transformations: "
                      "Athalye et al. 2018, Synthesizing robust adversarial examples",
            .norms = {},
            .defaultSteps = 250,
            .together = true,
            .parameters = ownParameters(),
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        const std::int64_t count = batch.x.size(0), planned = steps(batch);
        const std::int64_t each = batch.classifier.largestBatch(std::min(count, kLargestBatch));
        at::Generator generator = batch.generator;
        Places places(batch);
        at::Tensor sticker = at::full(
            {1, batch.x.size(1), places.resolution(), places.resolution()}, 0.5, batch.x.options());
        at::Tensor direction = at::zeros_like(sticker);
        for (std::int64_t step = 0; step < planned && !batch.stop.stop_requested(); ++step) {
            const at::Tensor rows = count == each
                                        ? at::arange(count, at::kLong)
                                        : at::randint(count, {each}, generator, at::kLong);
            const AttackBatch some = select(batch, rows.to(batch.y.device()));
            const at::Tensor steep = slope(some, sticker, places, step);
            // Each step weighs the same, however sure the network was of its samples.
            direction = kMomentum * direction + steepest(steep, Norm::L2);
            const double left = 1.0 - static_cast<double>(step) / static_cast<double>(planned);
            sticker = (sticker + kFirstStep * left * at::sign(direction)).clamp(0.0, 1.0);
        }
        const at::Tensor worn = covered(batch.x, sticker, places.draw(count));
        return batch.boxed ? worn.clamp(0.0, 1.0) : worn; // interpolation rounds
    }

private:
    static std::vector<graph::ParameterSpec> ownParameters()
    {
        return {
            data::realOption("size", 0.3, 0.01, 1.0, {"Size", "Taille"},
                             {"The sticker's diameter as a share of the picture's shorter side.",
                              "Le diamètre de la pastille en part du petit côté de l'image."}),
            data::realOption("max_rotation", 45.0, 0.0, 180.0,
                             {"Largest rotation", "Rotation maximale"},
                             {"In degrees, to either side.", "En degrés, de chaque côté."}),
            data::realOption("min_scale", 0.8, 0.1, 10.0, {"Smallest scale", "Échelle minimale"},
                             {"How many times its size the sticker has at least.",
                              "Le plus petit multiple de sa taille que prend la pastille."}),
            data::realOption("max_scale", 1.2, 0.1, 10.0, {"Largest scale", "Échelle maximale"},
                             {"How many times its size the sticker has at most.",
                              "Le plus grand multiple de sa taille que prend la pastille."})};
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Patch>();
}

} // namespace ostrich::attack::patch
