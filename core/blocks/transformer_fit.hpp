// When a transformer's layer fits, what it costs, and the parameters of encoder and decoder. No
// LibTorch here.
#pragma once

#include "blocks/block_kind.hpp"

namespace ostrich::blocks {

/// num_heads, dim_feedforward, dropout, activation, norm_first.
std::vector<graph::ParameterSpec> transformerSpecs();

/// `shapes`: x, and for a decoder the memory at port "memory". The layer keeps the shape of x.
std::variant<std::vector<graph::Shape>, graph::Misfit> inferTransformer(
    const std::string &kind, const std::vector<graph::Shape> &shapes,
    const graph::Parameters &parameters);

/// Products of attention over T² included; a variable T counts one step.
graph::Cost transformerCost(const std::vector<graph::Shape> &shapes,
                            const graph::Parameters &parameters);

std::vector<Words> transformerSummary(const graph::Parameters &parameters);

/// The arguments that torch.nn's encoder and decoder layer share: "32, 4, dim_feedforward=256,
/// ...".
std::string transformerArguments(const TextRequest &request);

} // namespace ostrich::blocks
