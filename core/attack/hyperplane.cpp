// The shortest way to a hyperplane within [0, 1]. All of it works on rows (N, D) in double
// precision, with normals turned so that a positive gap is to be closed. Coordinate i then moves by
// at most its room, each unit of which closes |w_i| of the gap.
#include "attack/hyperplane_torch.hpp"

#include "attack/attack_torch.hpp"

#include <ATen/ops/abs.h>
#include <ATen/ops/argsort.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/cumsum.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/minimum.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>

namespace ostrich::attack {

namespace {

constexpr double kTiny = 1e-300;
// Without a box a plane further away than this, in units of epsilon, counts as none: the slope is
// as good as zero.
constexpr double kFarthest = 1e6;
// Rows are worked on a few at a time, so that large pictures and many classes fit the memory.
constexpr std::int64_t kValuesAtOnce = std::int64_t{1} << 20;

/// (N, 1): the level l with sum_i weight_i min(l, brim_i) = amount; the highest brim where even
/// that holds less. `weight`, `brim` (N, D) at least 0, `amount` (N, 1). By Newton's steps from
/// below: what is held grows ever more slowly with the level, so that none goes too far, and one
/// that passes no brim ends on the level itself.
at::Tensor waterLevel(const at::Tensor &weight, const at::Tensor &brim, const at::Tensor &amount)
{
    const at::Tensor highest = brim.amax(1, true);
    at::Tensor level = at::zeros_like(amount);
    at::Tensor lastOpen = at::full_like(amount, -1, at::kLong);
    while (true) {
        const at::Tensor isOpen = brim.gt(level);
        const at::Tensor open = isOpen.sum(1, true);
        const at::Tensor isThere = open.eq(lastOpen);
        if (isThere.all().item<bool>()) return level;
        const at::Tensor held = (weight * at::minimum(brim, level)).sum(1, true);
        const at::Tensor missing = (amount - held).clamp_min(0.0);
        const at::Tensor slope = (weight * isOpen).sum(1, true).clamp_min(kTiny);
        level = at::where(isThere, level, at::minimum(level + missing / slope, highest));
        lastOpen = open;
    }
}

/// (N, D): whole rooms of the largest sizes first, the last one in part.
at::Tensor largestFirst(const at::Tensor &size, const at::Tensor &room, const at::Tensor &gap)
{
    const at::Tensor order = at::argsort(size, 1, true);
    const at::Tensor sizes = size.gather(1, order);
    const at::Tensor rooms = room.gather(1, order);
    const at::Tensor before = at::cumsum(sizes * rooms, 1) - sizes * rooms;
    const at::Tensor wanted = (gap - before).clamp_min(0.0) / sizes.clamp_min(kTiny);
    return at::zeros_like(size).scatter(1, order, at::minimum(wanted, rooms));
}

/// (N, D) the size of each coordinate's move.
at::Tensor boxedMove(const at::Tensor &size, const at::Tensor &room, const at::Tensor &gap,
                     Norm norm)
{
    if (norm == Norm::L1) return largestFirst(size, room, gap);
    if (norm == Norm::Linf) return at::minimum(waterLevel(size, room, gap), room);
    const at::Tensor brim =
        at::where(size.gt(0), room / size.clamp_min(kTiny), at::zeros_like(room));
    return at::minimum(waterLevel(size * size, brim, gap) * size, room);
}

at::Tensor freeMove(const at::Tensor &size, const at::Tensor &gap, Norm norm)
{
    if (norm == Norm::Linf)
        return (gap / size.sum(1, true).clamp_min(kTiny)).expand_as(size) * size.gt(0);
    if (norm == Norm::L2) {
        // Scaled by the largest entry first: squares of tiny slopes would underflow.
        const at::Tensor scaled = size / std::get<0>(size.max(1, true)).clamp_min(kTiny);
        return scaled * gap / (scaled * size).sum(1, true).clamp_min(kTiny);
    }
    const auto [largest, where] = size.max(1, true);
    return at::zeros_like(size).scatter(1, where, gap / largest.clamp_min(kTiny));
}

PlaneStep rowsToPlane(const at::Tensor &x, const at::Tensor &normal, const at::Tensor &gap,
                      Norm norm, bool boxed)
{
    const at::Tensor turned = at::where(gap.lt(0), -normal, normal);
    const at::Tensor direction = at::sign(turned);
    const at::Tensor size = at::abs(turned);
    const at::Tensor wanted = at::abs(gap);
    at::Tensor move;
    at::Tensor reached;
    if (boxed) {
        const at::Tensor room =
            at::where(turned.gt(0), 1.0 - x, x).clamp_min(0.0) * turned.ne(0).to(x.scalar_type());
        reached = (size * room).sum(1).ge(wanted.squeeze(1));
        move = direction * boxedMove(size, room, wanted, norm);
    } else {
        move = direction * freeMove(size, wanted, norm);
        reached = norms(move, norm)
                      .lt(kFarthest)
                      .logical_and(size.gt(0).any(1).logical_or(wanted.squeeze(1).eq(0)));
        move = at::where(reached.unsqueeze(1), move, at::zeros_like(move));
    }
    return {move, norms(move, norm), reached};
}

} // namespace

PlaneStep toPlane(const at::Tensor &x, const at::Tensor &normal, const at::Tensor &gap, Norm norm,
                  bool boxed)
{
    const std::int64_t count = x.size(0);
    const at::Tensor points = x.reshape({count, -1});
    const at::Tensor normals = normal.reshape({count, -1});
    const at::Tensor gaps = gap.reshape({count, 1});
    const std::int64_t rows =
        std::max(std::int64_t{1}, kValuesAtOnce / std::max(std::int64_t{1}, points.size(1)));
    std::vector<at::Tensor> moves, lengths, reached;
    for (std::int64_t first = 0; first < count; first += rows) {
        const std::int64_t end = std::min(count, first + rows);
        const auto some = [&](const at::Tensor &all) {
            return all.slice(0, first, end).to(at::kDouble);
        };
        PlaneStep step = rowsToPlane(some(points), some(normals), some(gaps), norm, boxed);
        moves.push_back(std::move(step.move));
        lengths.push_back(std::move(step.length));
        reached.push_back(std::move(step.reached));
    }
    return {at::cat(moves).reshape(x.sizes()), at::cat(lengths), at::cat(reached)};
}

} // namespace ostrich::attack
