// Many numbers down to two: principal components, and t-SNE. Plain numbers, no LibTorch.
#pragma once

#include "base/array.hpp"

#include <cstdint>
#include <stop_token>

namespace ostrich::probe {

/// `rows` (N, F) about their mean on their first `count` principal components: (N, count), zeros
/// where there are fewer. Each component points to where its largest entry is positive, so that the
/// same rows always give the same picture.
Array principalComponents(const Array &rows, std::int64_t count);

/// t-distributed stochastic neighbour embedding (van der Maaten and Hinton 2008) of `rows` (N, F),
/// exact, for up to some 1,000 rows: (N, 2), about mean 0. The same seed gives the same picture.
/// Empty when stopped.
Array tSne(const Array &rows, std::uint64_t seed, const std::stop_token &stop = {});

} // namespace ostrich::probe
