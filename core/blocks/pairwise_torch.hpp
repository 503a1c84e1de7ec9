// Kinds that join two signals of one shape, value by value: Add, Multiply.
#pragma once

#include "blocks/block_kind.hpp"

#include <ATen/core/Tensor.h>

namespace ostrich::blocks {

/// A kind with ports "a" and "b" that applies `function` to two signals of one shape; costs no
/// multiply-adds. `pytorch` does the same with "{x0}" and "{x1}". Two sequences with a variable T
/// are taken to have the same lengths, which holds where both come from the same data.
std::unique_ptr<BlockKind> pairwiseKind(graph::Description description,
                                        at::Tensor (*function)(const at::Tensor &,
                                                               const at::Tensor &),
                                        std::string pytorch);

} // namespace ostrich::blocks
