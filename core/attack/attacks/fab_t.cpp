// FAB-T: towards each of the likeliest classes, a walk along the boundary that stays close to the
// picture it came from.
#include "attack/hyperplane_torch.hpp"
#include "attack/jacobian_torch.hpp"
#include "attack/nearest_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/clamp.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/where.h>

namespace ostrich::attack::fab_t {

namespace {

// As in the paper's section 4 and in AutoAttack.
constexpr double kAlphaMax = 0.1; // the largest pull back towards x
constexpr double kEta = 1.05;     // extrapolation beyond the plane
constexpr double kBeta = 0.9;     // backward step from a point that fools
constexpr double kNoLength = 1e-8;

/// The paper's equation 9: between the projections of the current point `x` and of the picture
/// itself onto the plane that the boundary would be, both overshot.
at::Tensor biasedStep(const AttackBatch &batch, const at::Tensor &x, const Ascent &lead)
{
    const Norm norm = batch.options.norm;
    const at::Tensor slope = lead.gradient.to(at::kDouble);
    const at::Tensor here = x.to(at::kDouble);
    const at::Tensor origin = batch.x.to(at::kDouble);
    const at::Tensor gap = -lead.loss.to(at::kDouble);
    const at::Tensor further = (slope * (here - origin)).flatten(1).sum(1);
    const PlaneStep fromHere = toPlane(x, slope, gap, norm, batch.boxed);
    const PlaneStep fromOrigin = toPlane(batch.x, slope, gap + further, norm, batch.boxed);
    const at::Tensor lengthHere = fromHere.length.clamp_min(kNoLength);
    const at::Tensor lengthOrigin = fromOrigin.length.clamp_min(kNoLength);
    const at::Tensor alpha =
        perSample((lengthHere / (lengthHere + lengthOrigin)).clamp_max(kAlphaMax), here);
    const at::Tensor next =
        (here + kEta * fromHere.move) * (1.0 - alpha) + (origin + kEta * fromOrigin.move) * alpha;
    return (batch.boxed ? at::clamp(next, 0.0, 1.0) : next).to(x.scalar_type());
}

/// A restart begins at half the distance known (or epsilon, where that is less) in a random
/// direction.
at::Tensor randomStart(const AttackBatch &batch, const at::Tensor &known)
{
    at::Generator generator = batch.generator;
    const Norm norm = batch.options.norm;
    const at::Tensor noise = randomInBall(batch.x, norm, 1.0, generator).to(at::kDouble);
    const at::Tensor length = norms(noise, norm).clamp_min(kNoLength);
    const at::Tensor radius = 0.5 * known.clamp_max(batch.options.epsilon);
    const at::Tensor start = batch.x.to(at::kDouble) + noise * perSample(radius / length, noise);
    return (batch.boxed ? at::clamp(start, 0.0, 1.0) : start).to(batch.x.scalar_type());
}

/// Which walk of how many this is, for who looks on.
struct Turn {
    std::int64_t index = 0;
    std::int64_t count = 1;
};

/// The walk of the samples of `batch` towards class `rival` (N) from `x`. One of which something
/// at most `enough` away is found ends there.
Nearest walked(AttackBatch batch, at::Tensor rival, at::Tensor x, double enough, Turn turn)
{
    const AttackBatch all = batch;
    const std::int64_t steps = attack::steps(batch);
    Nearest nearest(all, all.y.lt(0)); // none is fooled
    at::Tensor open = nearest.beyond();
    for (std::int64_t step = 0; step < steps && !batch.stop.stop_requested(); ++step) {
        const Ascent lead = leadOf(batch, x, rival);
        tell(batch, turn.index * steps + step, turn.count * steps, x, lead);
        x = biasedStep(batch, x, lead);
        const at::Tensor fools = fooled(batch, logitsOf(batch, x));
        nearest.offer(open, x, fools);
        x = at::where(perSample(fools, x), batch.x + kBeta * (x - batch.x), x);
        const at::Tensor far = nearest.distance().index_select(0, open).gt(enough);
        const at::Tensor rows = at::nonzero(far).squeeze(1);
        if (rows.numel() == 0) return nearest;
        if (rows.numel() == open.numel()) continue;
        for (at::Tensor *some : {&batch.x, &batch.y, &open, &rival, &x})
            *some = some->index_select(0, rows);
    }
    refine(all, nearest);
    return nearest;
}

/// All walks of all samples, each sample's until something at most `enough` away is found.
Nearest nearest(const AttackBatch &batch, double enough)
{
    const at::Tensor logits = logitsOf(batch, batch.x);
    Nearest nearest(batch, fooled(batch, logits));
    const at::Tensor rivals =
        attack::rivals(batch, logits, graph::integer(parameters(batch), "classes"));
    const std::int64_t restarts = batch.options.restarts;
    const Turn turns{.index = 0, .count = rivals.size(1) * restarts};
    for (Turn turn = turns; turn.index < turn.count; ++turn.index) {
        const at::Tensor open = nearest.beyond(enough);
        if (open.numel() == 0 || batch.stop.stop_requested()) break;
        const AttackBatch some = select(batch, open);
        const at::Tensor rival = rivals.index_select(0, open).select(1, turn.index / restarts);
        const at::Tensor start = turn.index % restarts == 0
                                     ? some.x
                                     : randomStart(some, nearest.distance().index_select(0, open));
        const Nearest found = walked(some, rival, start, enough, turn);
        nearest.offer(open, found.x(), found.distance().isfinite());
    }
    return nearest;
}

class FabT : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "fab-t",
            .label = {"FAB-T", "FAB-T"},
            .help = {"Walks along the boundary to each of the likeliest classes and keeps the "
                     "point nearest to the picture.",
                     "Longe la frontière vers chacune des classes les plus probables et garde le "
                     "point le plus proche de l'image."},
            .source = "Croce and Hein 2020, Minimally distorted adversarial examples with a fast "
                      "adaptive boundary attack",
            .norms = {Norm::Linf, Norm::L2, Norm::L1},
            .defaultSteps = 100,
            .usesRestarts = true,
            .smallest = true,
            .parameters = {blocks::integerSpec(
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
        const double enough = options.untilFooled ? options.epsilon : 0.0;
        return project(nearest(batch, enough).x(), batch.x, options.norm, options.epsilon,
                       batch.boxed);
    }

    at::Tensor smallest(const AttackBatch &batch) const override { return nearest(batch, 0.0).x(); }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<FabT>();
}

} // namespace ostrich::attack::fab_t
