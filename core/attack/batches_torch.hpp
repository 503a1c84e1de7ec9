// Samples of one shape under attack, batch by batch.
#pragma once

#include "attack/lab_torch.hpp"

namespace ostrich::attack {

/// Pictures, points, or series with the same number of steps. On a CPU several batches at once,
/// each on one core: what an attack asks is too small to share a single answer out among cores. The
/// result is the same for any number of them. `progress` is called on the calling thread.
Result<AttackResult> attackBatches(const Subject &subject, const data::Samples &samples,
                                   std::span<const std::int64_t> indices,
                                   const AttackOptions &options, const Progress &progress,
                                   const std::stop_token &stop, Lab::Goal goal);

} // namespace ostrich::attack
