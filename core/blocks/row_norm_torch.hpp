// Kinds that normalise each row of features by itself: LayerNorm, RMSNorm.
#pragma once

#include "blocks/block_kind.hpp"

#include <ATen/core/Tensor.h>

namespace ostrich::blocks {

/// What distinguishes one of them.
struct RowNorm {
    /// x (..., F), weight (F), bias (F), epsilon; weight and bias may be undefined.
    at::Tensor (*function)(const at::Tensor &, const at::Tensor &, const at::Tensor &, double);
    bool shifts = true;  // has a bias
    std::string pytorch; // the class: "nn.LayerNorm"
};

/// Takes N×F and N×T×F and keeps the shape; parameters eps and affine; counts no multiply-adds.
std::unique_ptr<BlockKind> rowNormKind(graph::Description description, RowNorm norm);

/// eps and affine, as all normalisations have them; `affine` tells what is learned.
std::vector<graph::ParameterSpec> normSpecs(Words affine);

} // namespace ostrich::blocks
