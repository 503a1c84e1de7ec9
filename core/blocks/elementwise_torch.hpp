// Kinds that apply one function to every value: the activations.
#pragma once

#include "blocks/block_kind.hpp"

#include <ATen/core/Tensor.h>

namespace ostrich::blocks {

/// A kind without parameters that keeps the shape and applies `function`; costs no multiply-adds.
std::unique_ptr<BlockKind> elementwiseKind(graph::Description description,
                                           at::Tensor (*function)(const at::Tensor &));

} // namespace ostrich::blocks
