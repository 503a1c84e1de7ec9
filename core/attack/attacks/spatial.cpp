// Spatial: no noise at all, the picture is turned and shifted a little.
#include "attack/attack_torch.hpp"
#include "attack/placement_torch.hpp"
#include "data/option.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/grid_sampler.h>
#include <ATen/ops/rand.h>

#include <algorithm>
#include <numbers>
#include <span>

namespace ostrich::attack::spatial {

namespace {

// The published grid: five shifts each way and 31 angles.
constexpr std::int64_t kShifts = 5;
constexpr std::int64_t kAngles = 31;

// How many pictures the network is asked about at once.
constexpr std::int64_t kLargestBatch = 128;

struct Movement {
    double angle = 0.0; // radians, counterclockwise
    double right = 0.0; // pixels
    double down = 0.0;
};

/// The i-th of `count` places from -largest to largest; a single one is the middle.
double place(std::int64_t i, std::int64_t count, double largest)
{
    if (count < 2) return 0.0;
    return largest * (2.0 * static_cast<double>(i) / static_cast<double>(count - 1) - 1.0);
}

/// The published shifts, and as many angles as `count` has room for.
std::vector<Movement> grid(const Movement &largest, std::int64_t count)
{
    const std::int64_t angles = std::max<std::int64_t>(count / (kShifts * kShifts), 1);
    std::vector<Movement> all;
    for (std::int64_t angle = 0; angle < angles; ++angle) {
        for (std::int64_t right = 0; right < kShifts; ++right) {
            for (std::int64_t down = 0; down < kShifts; ++down)
                all.push_back({place(angle, angles, largest.angle),
                               place(right, kShifts, largest.right),
                               place(down, kShifts, largest.down)});
        }
    }
    return all;
}

std::vector<Movement> random(const Movement &largest, std::int64_t count, at::Generator generator)
{
    const at::Tensor draws = at::rand({count, 3}, generator, at::kDouble) * 2.0 - 1.0;
    const auto *drawn = draws.const_data_ptr<double>();
    std::vector<Movement> all;
    for (std::int64_t i = 0; i < count; ++i, drawn += 3)
        all.push_back(
            {drawn[0] * largest.angle, drawn[1] * largest.right, drawn[2] * largest.down});
    return all;
}

std::vector<Movement> movements(const AttackBatch &batch)
{
    const graph::Parameters own = parameters(batch);
    const double share = graph::real(own, "max_shift");
    const Movement largest{.angle = graph::real(own, "max_rotation") * std::numbers::pi / 180.0,
                           .right = share * static_cast<double>(batch.x.size(3)),
                           .down = share * static_cast<double>(batch.x.size(2))};
    return graph::text(own, "search") == "random" ? random(largest, steps(batch), batch.generator)
                                                  : grid(largest, steps(batch));
}

/// (movements · N, C, H, W): `x` (N, C, H, W) under one movement after the other; black comes in
/// from outside.
at::Tensor moved(const at::Tensor &x, std::span<const Movement> movements)
{
    const auto times = static_cast<std::int64_t>(movements.size());
    std::vector<Placement> placements;
    for (const Movement &movement : movements)
        placements.push_back({.angle = movement.angle,
                              .right = movement.right,
                              .down = movement.down,
                              .halfWidth = 0.5 * static_cast<double>(x.size(3)),
                              .halfHeight = 0.5 * static_cast<double>(x.size(2))});
    const at::Tensor places =
        sourcePlaces(placements, x.size(2), x.size(3), x.options()).repeat_interleave(x.size(0), 0);
    constexpr std::int64_t kBilinear = 0, kZeros = 0;
    return at::grid_sampler(x.repeat({times, 1, 1, 1}), places, kBilinear, kZeros, false);
}

/// Asks about `batch` (N) under each of `movements`; `told` came before.
void ask(const AttackBatch &batch, const at::Tensor &indices, std::span<const Movement> movements,
         std::int64_t told, std::int64_t planned, Best &best)
{
    const std::int64_t count = batch.x.size(0);
    const auto times = static_cast<std::int64_t>(movements.size());
    at::Tensor x = moved(batch.x, movements);
    if (batch.boxed) x = x.clamp(0.0, 1.0);
    AttackBatch all = batch;
    all.y = batch.y.repeat({times});
    const at::Tensor logits = logitsOf(all, x);
    const at::Tensor loss = lossOf(all, logits), isFooled = fooled(all, logits);
    for (std::int64_t i = 0; i < times; ++i) {
        const auto here = [&](const at::Tensor &of) { return of.narrow(0, i * count, count); };
        best.offer(indices, here(x), here(loss), here(isFooled));
        tell(batch, told + i, planned, here(x), {{}, here(loss), here(isFooled), here(logits)});
    }
}

class Spatial : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "spatial",
            .label = {"Rotation and shift", "Rotation et décalage"},
            .help = {"Black box: adds no noise, but turns and shifts the picture and keeps what "
                     "the network understands least. Epsilon plays no part.",
                     "Boîte noire : n'ajoute aucun bruit, mais tourne et décale l'image et garde "
                     "ce que le réseau comprend le moins. Epsilon n'y joue aucun rôle."},
            .source = "Engstrom et al. 2019, Exploring the landscape of spatial robustness",
            .norms = {},
            .defaultSteps = kShifts * kShifts * kAngles,
            .usesGradient = false,
            .parameters = ownParameters(),
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        Best best(batch);
        const at::Tensor logits = logitsOf(batch, batch.x);
        best.offer(best.stillRight(), batch.x, lossOf(batch, logits), fooled(batch, logits));
        const at::Tensor right = best.stillRight();
        const std::vector<Movement> planned = movements(batch);
        const std::span all(planned);
        for (std::size_t first = 0; first < all.size() && !batch.stop.stop_requested();) {
            const at::Tensor indices = batch.options.untilFooled ? best.stillRight() : right;
            if (indices.numel() == 0) break;
            const std::int64_t room =
                batch.watch ? 1 : batch.classifier.largestBatch(kLargestBatch) / indices.numel();
            const auto here = all.subspan(
                first,
                std::min<std::size_t>(static_cast<std::size_t>(std::max<std::int64_t>(room, 1)),
                                      all.size() - first));
            ask(select(batch, indices), indices, here, std::ssize(all.first(first)),
                std::ssize(all), best);
            first += here.size();
        }
        return best.x();
    }

private:
    static std::vector<graph::ParameterSpec> ownParameters()
    {
        return {data::realOption("max_rotation", 30.0, 0.0, 180.0,
                                 {"Largest rotation", "Rotation maximale"},
                                 {"In degrees, to either side.", "En degrés, de chaque côté."}),
                data::realOption("max_shift", 0.1, 0.0, 1.0, {"Largest shift", "Décalage maximal"},
                                 {"As a share of the picture's side: 0.1 is 3 pixels of 28.",
                                  "En part du côté de l'image : 0,1 fait 3 pixels sur 28."}),
                data::choiceOption(
                    "search", "grid", {"grid", "random"},
                    {{"Grid", "Grille"}, {"Random", "Au hasard"}}, {"Search", "Recherche"},
                    {"A grid of 5 x 5 shifts and steps / 25 angles, or as many random movements as "
                     "steps.",
                     "Une grille de 5 x 5 décalages et pas / 25 angles, ou autant de mouvements au "
                     "hasard que de pas."})};
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Spatial>();
}

} // namespace ostrich::attack::spatial
