// When attention fits, what it costs, and the parameters that its blocks share. No LibTorch here.
#pragma once

#include "graph/kind.hpp"

#include <optional>

namespace ostrich::blocks {

/// What `port` must bring: a sequence N×T×F. Maps are told to become a sequence of pixels first,
/// words to be looked up.
std::optional<graph::Misfit> sequenceMissing(const std::string &kind, const graph::Shape &got,
                                             const std::string &port);
/// `port` must have as many features as the query.
std::optional<graph::Misfit> featuresDiffer(const std::string &kind, const graph::Shape &query,
                                            const graph::Shape &got, const std::string &port);
/// Each head takes an equal share of the features.
std::optional<graph::Misfit> headsUneven(const std::string &kind, const graph::Shape &query,
                                         const graph::Parameters &parameters);

/// Of one attention with its four projections, each E×E, over T query steps and S keys: T² and the
/// like are counted, a variable T or S counts one step.
graph::Cost attentionCost(const graph::Shape &query, const graph::Shape &key, bool bias);
/// The same as doubles, which no size overflows.
double attentionWork(const graph::Shape &query, const graph::Shape &key);

graph::ParameterSpec headsSpec();
graph::ParameterSpec causalSpec();
/// `what` is silenced, in a line.
graph::ParameterSpec dropoutSpec(double share, Words what);

} // namespace ostrich::blocks
