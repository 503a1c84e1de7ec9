// What convolutions over one axis and over two say alike.
#pragma once

#include "graph/kind.hpp"

namespace ostrich::blocks {

/// Groups that do not divide channels and filters; the nearest number below that does is the
/// repair.
graph::Misfit groupsDoNotFit(const std::string &kind, std::int64_t channels, std::int64_t filters,
                             std::int64_t groups);

/// "16 filters", `kernel`, then whatever is not as usual: stride, padding (or "causal"), dilation,
/// groups.
std::vector<Words> convolutionSummary(const graph::Parameters &parameters, Words kernel);

} // namespace ostrich::blocks
