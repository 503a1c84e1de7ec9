// One job per index on all cores, with progress and a way to stop: how pictures are drawn and
// decoded.
#pragma once

#include "base/progress.hpp"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace ostrich::data {

/// Calls `work(i)` for i in 0 .. count-1, in any order, on one thread per core; returns when all
/// have ended. False when `stop` cut it short. `progress` is called on the calling thread. The
/// first exception that `work` throws ends the rest and is thrown again here.
bool forEachIndex(std::int64_t count, const std::function<void(std::int64_t)> &work,
                  const Progress &progress, const std::stop_token &stop);

} // namespace ostrich::data
