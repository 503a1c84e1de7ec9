// The shortest way to a hyperplane, of which DeepFool and FAB take many.
#pragma once

#include "attack/threat.hpp"

#include <ATen/core/Tensor.h>

namespace ostrich::attack {

struct PlaneStep {
    at::Tensor move;    // (N, ...) in double precision
    at::Tensor length;  // (N) its norm
    at::Tensor reached; // (N) booleans: the plane meets the valid range
};

/// The shortest move d of each sample with <normal, d> = gap, where `boxed` among those that keep
/// x + d in [0, 1]: exact (Croce and Hein 2020, Minimally distorted adversarial
/// examples with a fast adaptive boundary attack, section 2.2). `x` (N, ...), `normal` (N, ...),
/// `gap` (N) of either sign; Linf, L2 or L1. Where the range ends before the plane, the move goes
/// as far as it can (`boxed`), or nowhere, as it does where `normal` is zero.
PlaneStep toPlane(const at::Tensor &x, const at::Tensor &normal, const at::Tensor &gap, Norm norm,
                  bool boxed);

} // namespace ostrich::attack
