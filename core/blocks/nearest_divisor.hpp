// The repair of a count that has to share something evenly.
#pragma once

#include <cstdint>

namespace ostrich::blocks {

/// The divisor of `number` (at least 1) that is nearest to `wanted`; of two as near, the smaller.
constexpr std::int64_t nearestDivisor(std::int64_t number, std::int64_t wanted)
{
    std::int64_t best = 1;
    const auto distance = [wanted](std::int64_t divisor) {
        return divisor > wanted ? divisor - wanted : wanted - divisor;
    };
    const auto consider = [&](std::int64_t divisor) {
        if (distance(divisor) < distance(best)
            || (distance(divisor) == distance(best) && divisor < best))
            best = divisor;
    };
    for (std::int64_t small = 1; small * small <= number; ++small) {
        if (number % small != 0) continue;
        consider(small);
        consider(number / small);
    }
    return best;
}

} // namespace ostrich::blocks
