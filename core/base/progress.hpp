// How long work tells of itself: a fraction, from whatever thread it runs on.
#pragma once

#include <functional>

namespace ostrich {

/// Called with the fraction done, 0 to 1, at most some tens of times a second. May be empty.
using Progress = std::function<void(double fraction)>;

inline void report(const Progress &progress, double fraction)
{
    if (progress) progress(fraction);
}

} // namespace ostrich
