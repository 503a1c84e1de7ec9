// Sums and products of sizes that stop at the largest number: a wrong size gives a large answer,
// not a small one.
#pragma once

#include <cstdint>

namespace ostrich::graph {

inline std::int64_t plus(std::int64_t a, std::int64_t b)
{
    std::int64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

inline std::int64_t times(std::int64_t a, std::int64_t b)
{
    std::int64_t product = 0;
    return __builtin_mul_overflow(a, b, &product) ? INT64_MAX : product;
}

} // namespace ostrich::graph
