// What attacks that look for the smallest perturbation share: the nearest point that fools, and the
// last bit of the way to the boundary.
#pragma once

#include "attack/attack_torch.hpp"

#include <limits>

namespace ostrich::attack {

/// The nearest point of each sample so far that fools the network, in the norm of the options.
class Nearest {
public:
    /// The samples `alreadyFooled` (N) need no push: x itself, at distance 0.
    Nearest(const AttackBatch &batch, const at::Tensor &alreadyFooled);

    /// `x` (n, ...) of the samples `indices` (n), of which `fooled` (n) fool.
    void offer(const at::Tensor &indices, const at::Tensor &x, const at::Tensor &fooled);
    /// `x` (n, ...) of the samples `indices` (n) takes the place of what is known of them.
    void settle(const at::Tensor &indices, const at::Tensor &x);
    /// Indices of the samples of which nothing at most this far away is known.
    at::Tensor beyond(double distance = std::numeric_limits<double>::max()) const;
    /// Indices of the samples with something found, those already fooled left out.
    at::Tensor found() const;
    /// (N, ...); the sample itself where nothing was found.
    const at::Tensor &x() const { return m_x; }
    /// (N) in double precision; infinite where nothing was found.
    const at::Tensor &distance() const { return m_distance; }

private:
    Norm m_norm;
    at::Tensor m_origin;   // (N, ...)
    at::Tensor m_x;        // (N, ...)
    at::Tensor m_distance; // (N)
};

/// The point nearest to the batch's x between it and `fooling` (N, ...) that still fools, by
/// bisection of the segment to 2^-rounds of its length.
at::Tensor backTowards(const AttackBatch &batch, const at::Tensor &fooling, std::int64_t rounds);

/// `nearest`, each point found moved to the boundary, which is then taken for the plane that it
/// would be for a linear network: the point of that plane nearest to x, where it fools. All end so
/// far beyond the boundary (1e-4 of the way, or 1e-6, at most) that rounding does not decide.
void refine(const AttackBatch &batch, Nearest &nearest);

} // namespace ostrich::attack
