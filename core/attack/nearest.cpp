// The nearest point that fools, and the last bit of the way to the boundary.
#include "attack/nearest_torch.hpp"

#include "attack/hyperplane_torch.hpp"
#include "attack/jacobian_torch.hpp"

#include <ATen/ops/argmax.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/scatter_add.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>

#include <array>
#include <vector>

namespace ostrich::attack {

namespace {

// Halvings before the boundary is taken for a plane, and at the end: to 1e-3 and 1e-6.
constexpr std::int64_t kRoughRounds = 10;
constexpr std::int64_t kFineRounds = 20;
// Beyond the plane by this share of the way: on it rounding decides the class, and a curved
// boundary lies a little further.
constexpr std::array<double, 4> kOvershoots{1e-5, 1e-4, 1e-3, 1e-2};
// Beyond the boundary by the least of these shares of the way at which a logit's rounding, that is
// another in another batch or on another machine, no longer decides.
constexpr std::array<double, 2> kHairs{2e-5, 8e-5};
constexpr double kLeastHair = 1e-6; // a length: the last try for who is next to the boundary anyway
constexpr double kRounding = 1e-6;  // of the largest logit

/// x + share (end - x), `share` (N).
at::Tensor between(const AttackBatch &batch, const at::Tensor &end, const at::Tensor &share)
{
    const at::Tensor x = batch.x.to(at::kDouble);
    return (x + perSample(share, x) * (end.to(at::kDouble) - x)).to(batch.x.scalar_type());
}

at::Tensor moved(const AttackBatch &batch, const at::Tensor &move)
{
    const at::Tensor there = (batch.x.to(at::kDouble) + move).to(batch.x.scalar_type());
    return batch.boxed ? at::clamp(there, 0.0, 1.0) : there;
}

/// Whether (N) `logits` fool, and would with what may be rounding given to the class that must not
/// win, or taken from the one that must.
at::Tensor surelyFooled(const AttackBatch &batch, const at::Tensor &logits)
{
    const at::Tensor slack = (logits.abs().amax(1) * kRounding).unsqueeze(1);
    const at::Tensor about = aim(batch).unsqueeze(1);
    return fooled(batch, logits.scatter_add(1, about, batch.options.target ? -slack : slack));
}

/// Who stands on the boundary itself may be back on the other side when asked again.
at::Tensor aHairBeyond(const AttackBatch &batch, const at::Tensor &end)
{
    const at::Tensor way = end.to(at::kDouble) - batch.x.to(at::kDouble);
    const at::Tensor length = norms(way, batch.options.norm);
    std::vector<at::Tensor> hairs;
    for (const double hair : kHairs) hairs.push_back(at::full_like(length, hair));
    hairs.push_back((kLeastHair / length).clamp_min(kHairs.back()));
    at::Tensor best = end;
    at::Tensor isOpen = batch.y.ge(0); // all
    for (const at::Tensor &hair : hairs) {
        const at::Tensor x = moved(batch, way * perSample(1.0 + hair, way));
        const at::Tensor logits = logitsOf(batch, x);
        best = at::where(perSample(fooled(batch, logits).logical_and(isOpen), x), x, best);
        isOpen = isOpen.logical_and(surelyFooled(batch, logits).logical_not());
        if (!isOpen.any().item<bool>()) break;
    }
    return best;
}

/// The shortest move from x to the plane that touches the boundary at `border`.
PlaneStep towardsTangent(const AttackBatch &batch, const at::Tensor &border,
                         const at::Tensor &rival)
{
    const Ascent lead = leadOf(batch, border, rival);
    const at::Tensor slope = lead.gradient.to(at::kDouble);
    const at::Tensor along = (slope * (border - batch.x).to(at::kDouble)).flatten(1).sum(1);
    return toPlane(batch.x, slope, along - lead.loss.to(at::kDouble), batch.options.norm,
                   batch.boxed);
}

} // namespace

Nearest::Nearest(const AttackBatch &batch, const at::Tensor &alreadyFooled)
    : m_norm(batch.options.norm), m_origin(batch.x), m_x(batch.x.clone())
{
    const at::Tensor zero = at::zeros({batch.x.size(0)}, batch.x.options().dtype(at::kDouble));
    m_distance = at::where(alreadyFooled, zero,
                           at::full_like(zero, std::numeric_limits<double>::infinity()));
}

void Nearest::offer(const at::Tensor &indices, const at::Tensor &x, const at::Tensor &fooled)
{
    const at::Tensor origin = m_origin.index_select(0, indices);
    const at::Tensor distance = norms(x.to(at::kDouble) - origin.to(at::kDouble), m_norm);
    const at::Tensor nearer = distance.lt(m_distance.index_select(0, indices));
    const at::Tensor rows = at::nonzero(nearer.logical_and(fooled)).squeeze(1);
    const at::Tensor improved = indices.index_select(0, rows);
    m_x.index_copy_(0, improved, x.index_select(0, rows));
    m_distance.index_copy_(0, improved, distance.index_select(0, rows));
}

void Nearest::settle(const at::Tensor &indices, const at::Tensor &x)
{
    const at::Tensor origin = m_origin.index_select(0, indices);
    m_x.index_copy_(0, indices, x);
    m_distance.index_copy_(0, indices, norms(x.to(at::kDouble) - origin.to(at::kDouble), m_norm));
}

at::Tensor Nearest::beyond(double distance) const
{
    return at::nonzero(m_distance.gt(distance)).squeeze(1);
}

at::Tensor Nearest::found() const
{
    return at::nonzero(m_distance.gt(0).logical_and(m_distance.isfinite())).squeeze(1);
}

at::Tensor backTowards(const AttackBatch &batch, const at::Tensor &fooling, std::int64_t rounds)
{
    at::Tensor low = at::zeros({batch.x.size(0)}, batch.x.options().dtype(at::kDouble));
    at::Tensor high = low + 1.0;
    at::Tensor best = fooling;
    for (std::int64_t round = 0; round < rounds && !batch.stop.stop_requested(); ++round) {
        const at::Tensor middle = (low + high) / 2.0;
        const at::Tensor x = between(batch, fooling, middle);
        const at::Tensor fools = fooled(batch, logitsOf(batch, x));
        best = at::where(perSample(fools, x), x, best);
        high = at::where(fools, middle, high);
        low = at::where(fools, low, middle);
    }
    return best;
}

void refine(const AttackBatch &batch, Nearest &nearest)
{
    at::Tensor indices = nearest.found();
    if (indices.numel() == 0 || batch.stop.stop_requested()) return;
    AttackBatch some = select(batch, indices);
    const at::Tensor border = backTowards(some, nearest.x().index_select(0, indices), kRoughRounds);
    const at::Tensor logits = logitsOf(some, border);
    nearest.offer(indices, border, fooled(some, logits));
    const PlaneStep step = towardsTangent(some, border, at::argmax(logits, 1));

    at::Tensor end = border;
    at::Tensor isOpen = step.reached;
    for (const double overshoot : kOvershoots) {
        const at::Tensor x = moved(some, step.move * (1.0 + overshoot));
        const at::Tensor fools = fooled(some, logitsOf(some, x)).logical_and(isOpen);
        end = at::where(perSample(fools, x), x, end);
        isOpen = isOpen.logical_and(fools.logical_not());
        if (!isOpen.any().item<bool>()) break;
    }
    end = backTowards(some, end, kFineRounds);
    nearest.offer(indices, end, fooled(some, logitsOf(some, end)));
    nearest.settle(indices, aHairBeyond(some, nearest.x().index_select(0, indices)));
}

} // namespace ostrich::attack
