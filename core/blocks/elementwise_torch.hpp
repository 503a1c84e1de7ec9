// Kinds that apply one function to every value: the activations.
#pragma once

#include "blocks/block_kind.hpp"

#include <ATen/core/Tensor.h>

namespace ostrich::blocks {

/// A kind without parameters that keeps the shape and applies `function`; costs no multiply-adds.
/// `pytorch` calls the same function on "{x0}". `isMonotone`: see Module; exactly so, also as
/// floating-point numbers round.
std::unique_ptr<BlockKind> elementwiseKind(graph::Description description,
                                           at::Tensor (*function)(const at::Tensor &),
                                           std::string pytorch, bool isMonotone = false);

/// The same for a function that its block's parameters shape: in `pytorch`, "{alpha}" is the number
/// of that name.
std::unique_ptr<BlockKind> elementwiseKind(graph::Description description,
                                           at::Tensor (*function)(const at::Tensor &,
                                                                  const graph::Parameters &),
                                           std::string pytorch);

} // namespace ostrich::blocks
