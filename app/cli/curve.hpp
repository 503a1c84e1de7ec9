// The curve of a training as text, for a terminal of 80 columns.
#pragma once

#include "cli/context.hpp"
#include "train/metrics.hpp"

#include <string>
#include <vector>

namespace ostrich::cli {

/// Training and validation loss over epochs, with the best epoch marked. At most 80 columns wide;
/// empty below two epochs.
std::string lossCurve(const std::vector<train::EpochMetrics> &epochs, std::int64_t bestEpoch,
                      const Context &context);

} // namespace ostrich::cli
