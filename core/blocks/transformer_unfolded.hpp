// A transformer's layer as a network of smaller blocks, to be seen and edited. No LibTorch here.
#pragma once

#include "graph/kind.hpp"

namespace ostrich::blocks {

/// What transformerLayer() computes, made of LayerNorm, MultiheadAttention, Linear, Dropout and
/// Add; ports "x", for a decoder "memory", and "y". `shapes`: x, and for a decoder the memory. In
/// training it draws the same masks of drop-out in the same order.
graph::Network unfoldedTransformer(const std::vector<graph::Shape> &shapes,
                                   const graph::Parameters &parameters, bool causal);

} // namespace ostrich::blocks
