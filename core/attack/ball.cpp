// The geometry of the epsilon balls: projection, random points, norms, steepest ascent.
#include "attack/attack_torch.hpp"

#include <ATen/ops/abs.h>
#include <ATen/ops/amax.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/argsort.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/cumsum.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/nextafter.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/sort.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>
#include <limits>

namespace ostrich::attack {

namespace {

at::Tensor flat(const at::Tensor &x)
{
    return x.reshape({x.size(0), -1});
}

// How much of an L2 ball stays empty at its surface, so that whoever adds up the squares in single
// precision finds the point inside too.
constexpr double kRim = 1e-6;

/// Whoever subtracts in single precision gets at most this.
double largestFloatUpTo(double value)
{
    const auto nearest = static_cast<float>(value);
    return nearest <= value ? nearest : std::nextafter(nearest, 0.0f);
}

/// (N, P) of (N, ...): what `overChannels` makes of each pixel; points and series keep their
/// numbers.
template <typename Reduction>
at::Tensor byPixel(const at::Tensor &values, Reduction overChannels)
{
    return flat(values.dim() == 4 ? overChannels(values) : values);
}

at::Tensor largestInAPixel(const at::Tensor &difference)
{
    return byPixel(at::abs(difference), [](const at::Tensor &x) { return at::amax(x, {1}); });
}

/// (N, P) marks of pixels, spread over the channels of `like`.
at::Tensor spread(const at::Tensor &marks, const at::Tensor &like)
{
    if (like.dim() != 4) return marks.reshape(like.sizes());
    return marks.reshape({like.size(0), 1, like.size(2), like.size(3)});
}

/// How far each value may go down (negative) and up; undefined: without end.
struct Room {
    at::Tensor down, up;

    bool ends() const { return down.defined(); }
    at::Tensor clamped(const at::Tensor &move) const
    {
        return ends() ? at::clamp(move, down, up) : move;
    }
    /// In the direction in which `move` goes: (N, ...), not negative.
    at::Tensor along(const at::Tensor &move) const { return at::where(move > 0.0, up, -down); }
};

Room roomOf(const at::Tensor &centre, bool boxed)
{
    if (!boxed) return {};
    return {.down = -centre, .up = 1.0 - centre};
}

/// The nearest point of the L2 ball within the room: clamp(s move), s such that its length is the
/// radius. Growing from what fits without the room, s only grows, and with it the set of values at
/// their end; it is found once the set stays.
at::Tensor intoL2Ball(const at::Tensor &move, double radius, const Room &room)
{
    const at::Tensor length = norms(move, Norm::L2);
    at::Tensor scale =
        at::where(length > radius, radius / length.clamp_min(1e-300), length.new_ones({})); // (N)
    at::Tensor point = room.clamped(move * perSample(scale, move));
    constexpr int kMostRounds = 60; // far more than pictures need; fewer would only lie further in
    for (int round = 0; room.ends() && round < kMostRounds; ++round) {
        const at::Tensor squares = flat(move).square();
        const at::Tensor free = flat(point).eq(flat(move) * scale.unsqueeze(1)); // (N, D)
        const at::Tensor spent = flat(point).square().masked_fill(free, 0.0).sum(1);
        const at::Tensor left = squares.masked_fill(free.logical_not(), 0.0).sum(1);
        const at::Tensor larger = ((radius * radius - spent).clamp_min(0.0)
                                   / left.clamp_min(std::numeric_limits<double>::min()))
                                      .sqrt();
        const at::Tensor next = at::maximum(scale, larger.clamp_max(1.0));
        if ((next <= scale * (1.0 + 1e-9)).all().item<bool>()) break;
        scale = next;
        point = room.clamped(move * perSample(scale, move));
    }
    return point;
}

/// The nearest point of the L1 ball within the room: every size less a threshold, cut to 0 and to
/// its room, where the threshold leaves the radius (Duchi et al. 2008, Efficient projections onto
/// the l1-ball; with a room Croce and Hein 2021, Mind the box). What is left is piecewise linear in
/// the threshold: the pieces lie between a value's size, where it begins to count, and that less
/// its room, where it has come to its end.
at::Tensor intoL1Ball(const at::Tensor &move, double radius, const Room &room)
{
    const at::Tensor sizes = at::abs(flat(move));
    at::Tensor corners = sizes, slopes = at::ones_like(sizes); // (N, D), or (N, 2 D)
    if (room.ends()) {
        corners = at::cat({sizes, sizes - flat(room.along(move))}, 1);
        slopes = at::cat({slopes, -slopes}, 1);
    }
    const auto [falling, order] = at::sort(corners, 1, true);
    const at::Tensor slope = at::cumsum(slopes.gather(1, order), 1); // just below each corner
    const at::Tensor widths = falling.slice(1, 0, -1) - falling.slice(1, 1);
    const at::Tensor left = at::cat(
        {at::zeros_like(falling.slice(1, 0, 1)), at::cumsum(slope.slice(1, 0, -1) * widths, 1)},
        1); // at each corner
    const at::Tensor last = (left.le(radius).sum(1, true) - 1).clamp_min(0);
    const at::Tensor threshold =
        falling.gather(1, last)
        - (radius - left.gather(1, last)) / slope.gather(1, last).clamp_min(1.0);
    const at::Tensor kept = (sizes - threshold.clamp_min(0.0)).clamp_min(0.0);
    return room.clamped(kept.reshape(move.sizes()) * at::sign(move));
}

/// The `count` pixels whose move within the room saves most of the way keep it, the others stay.
at::Tensor intoL0Ball(const at::Tensor &move, std::int64_t count, const Room &room)
{
    const at::Tensor point = room.clamped(move);
    const at::Tensor saved = byPixel(move.square() - (move - point).square(),
                                     [](const at::Tensor &x) { return x.sum(at::IntArrayRef{1}); });
    if (count >= saved.size(1)) return point;
    const at::Tensor order = at::argsort(saved, 1, true).slice(1, 0, count);
    return point * spread(at::zeros_like(saved).scatter(1, order, 1.0), move);
}

at::Tensor intoBall(const at::Tensor &move, Norm norm, double epsilon, const Room &room)
{
    switch (norm) {
    case Norm::Linf: {
        const double radius = largestFloatUpTo(epsilon);
        return room.clamped(at::clamp(move, -radius, radius));
    }
    case Norm::L2:
        return intoL2Ball(move, epsilon * (1.0 - kRim), room);
    case Norm::L1:
        return intoL1Ball(move, epsilon * (1.0 - kRim), room);
    case Norm::L0:
        return intoL0Ball(move, static_cast<std::int64_t>(epsilon), room);
    }
    return move;
}

/// `centre` (`x` in double) + `move`, rounded towards the centre.
at::Tensor moved(const at::Tensor &x, const at::Tensor &centre, const at::Tensor &move)
{
    const at::Tensor nearest = (centre + move).to(x.scalar_type());
    const at::Tensor isTooFar = (nearest.to(at::kDouble) - centre).abs() > move.abs();
    return at::where(isTooFar, at::nextafter(nearest, x), nearest);
}

} // namespace

at::Tensor perSample(const at::Tensor &values, const at::Tensor &like)
{
    std::vector<std::int64_t> shape(static_cast<std::size_t>(like.dim()), 1);
    shape[0] = values.size(0);
    return values.reshape(shape);
}

at::Tensor norms(const at::Tensor &difference, Norm norm)
{
    switch (norm) {
    case Norm::Linf:
        return at::amax(at::abs(flat(difference)), {1});
    case Norm::L2:
        return at::linalg_vector_norm(flat(difference), 2, at::IntArrayRef{1});
    case Norm::L1:
        return at::linalg_vector_norm(flat(difference), 1, at::IntArrayRef{1});
    case Norm::L0:
        return largestInAPixel(difference).ne(0).sum(1).to(difference.scalar_type());
    }
    return {};
}

at::Tensor project(const at::Tensor &x_adv, const at::Tensor &x, Norm norm, double epsilon,
                   bool boxed)
{
    // In double: single precision's rounding alone would leave the ball.
    const at::Tensor centre = x.to(at::kDouble);
    const at::Tensor move =
        intoBall(x_adv.to(at::kDouble) - centre, norm, epsilon, roomOf(centre, boxed));
    return moved(x, centre, move);
}

at::Tensor steepestPoint(const at::Tensor &gradient, const at::Tensor &x, Norm norm, double epsilon,
                         bool boxed)
{
    // The nearest point of a convex set to one that lies far out along the slope.
    constexpr double kFarOut = 1e6;
    const at::Tensor centre = x.to(at::kDouble);
    const at::Tensor direction =
        steepest(gradient.to(at::kDouble), norm == Norm::Linf ? Norm::Linf : Norm::L2);
    const double length = norm == Norm::Linf ? epsilon : kFarOut * epsilon;
    const at::Tensor move = intoBall(direction * length, norm, epsilon, roomOf(centre, boxed));
    return moved(x, centre, move);
}

at::Tensor randomInBall(const at::Tensor &x, Norm norm, double epsilon, at::Generator &generator)
{
    // Drawn on the CPU whatever the device is, so that a seed means the same everywhere.
    const auto options = x.options().device(at::kCPU);
    if (norm == Norm::Linf)
        return at::empty(x.sizes(), options).uniform_(-epsilon, epsilon, generator).to(x.device());
    if (norm == Norm::L0) {
        const at::Tensor move = at::empty(x.sizes(), options).uniform_(-1.0, 1.0, generator);
        const at::Tensor order = at::rand(largestInAPixel(move).sizes(), generator, options);
        const at::Tensor chosen =
            at::argsort(order, 1, false).slice(1, 0, static_cast<std::int64_t>(epsilon));
        return (move * spread(at::zeros_like(order).scatter(1, chosen, 1.0), move)).to(x.device());
    }
    // L1: exponential sizes with random signs have the direction of a uniform point of the ball's
    // surface (Calafiore et al. 1998); L2: a normal vector has.
    const at::Tensor normal = at::randn(x.sizes(), generator, options);
    const at::Tensor direction = norm == Norm::L2 ? steepest(normal, Norm::L2) : [&] {
        const at::Tensor sizes = at::empty(x.sizes(), options).exponential_(1.0, generator);
        return at::sign(normal) * sizes / perSample(norms(sizes, Norm::L1), x);
    }();
    const auto values = static_cast<double>(flat(x).size(1));
    const at::Tensor radius =
        at::empty({x.size(0)}, options).uniform_(0.0, 1.0, generator).pow(1.0 / values) * epsilon;
    return (direction * perSample(radius, x)).to(x.device());
}

at::Tensor steepest(const at::Tensor &gradient, Norm norm)
{
    if (norm == Norm::Linf) return at::sign(gradient);
    if (norm == Norm::L1 || norm == Norm::L0) {
        const at::Tensor values = flat(gradient);
        const at::Tensor largest = at::argmax(at::abs(values), 1, true);
        return at::zeros_like(values)
            .scatter(1, largest, at::sign(values.gather(1, largest)))
            .reshape(gradient.sizes());
    }
    // Scaled by the largest entry first: the squares of a confident network's tiny gradients
    // underflow in single precision.
    const at::Tensor largest = perSample(norms(gradient, Norm::Linf), gradient);
    const at::Tensor scaled =
        at::where(largest > 0.0, gradient / largest.clamp_min(1e-37), at::zeros_like(gradient));
    return scaled / perSample(norms(scaled, Norm::L2).clamp_min(1e-12), gradient);
}

} // namespace ostrich::attack
