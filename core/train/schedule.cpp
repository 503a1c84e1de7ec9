// The schedules' formulas.
#include "train/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ostrich::train {

namespace {

/// From `start` to `end` along half a cosine; `fraction` in [0, 1].
double alongCosine(double start, double end, double fraction)
{
    return end + (start - end) * 0.5 * (1.0 + std::cos(std::numbers::pi * fraction));
}

double oneCycle(std::int64_t step, std::int64_t totalSteps)
{
    constexpr double kStart = 1.0 / 25.0;
    constexpr double kEnd = kStart / 1e4;
    constexpr double kRise = 0.3;
    const double last = static_cast<double>(totalSteps) - 1.0;
    const double top = std::max(kRise * static_cast<double>(totalSteps) - 1.0, 0.0);
    const double now = std::min(static_cast<double>(step), last);
    if (now <= top) return top > 0.0 ? alongCosine(kStart, 1.0, now / top) : 1.0;
    return alongCosine(1.0, kEnd, (now - top) / (last - top));
}

} // namespace

double scheduleFactor(const project::Recipe &recipe, std::int64_t step, std::int64_t totalSteps)
{
    if (recipe.schedule == "one-cycle") return oneCycle(step, totalSteps);
    const std::int64_t warmup = recipe.warmup_steps;
    if (step < warmup) return static_cast<double>(step + 1) / static_cast<double>(warmup);
    if (recipe.schedule != "cosine") return 1.0;
    const std::int64_t falling = std::max<std::int64_t>(totalSteps - warmup, 1);
    const double fraction = static_cast<double>(step - warmup) / static_cast<double>(falling);
    return alongCosine(1.0, 0.0, std::min(fraction, 1.0));
}

std::int64_t plannedSteps(const project::Recipe &recipe, std::int64_t stepsPerEpoch)
{
    const std::int64_t steps = recipe.epochs * stepsPerEpoch;
    return recipe.max_steps > 0 ? std::min(recipe.max_steps, steps) : steps;
}

} // namespace ostrich::train
