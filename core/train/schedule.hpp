// The learning rate of each step: constant, cosine, one-cycle, with warm-up. Numbers only.
#pragma once

#include "project/recipe.hpp"

#include <cstdint>

namespace ostrich::train {

/// What the learning rate is multiplied by in `step` (from 0) of `totalSteps`, in [0, 1].
/// - constant: 1.
/// - cosine: half a cosine from 1 to 0 at totalSteps (Loshchilov and Hutter 2017, without
/// restarts).
/// - one-cycle (Smith 2018, with the figures of torch.optim's OneCycleLR): from 1/25 up to 1 over
///   the first 30 % of the steps, then down to 1/250,000, both along half a cosine.
/// `recipe.warmup_steps` puts a linear rise in front of constant and cosine; one-cycle brings its
/// own.
double scheduleFactor(const project::Recipe &recipe, std::int64_t step, std::int64_t totalSteps);

/// Steps that a run of `recipe` takes at most.
std::int64_t plannedSteps(const project::Recipe &recipe, std::int64_t stepsPerEpoch);

} // namespace ostrich::train
