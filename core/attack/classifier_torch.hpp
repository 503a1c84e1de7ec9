// A network as an attack sees it: scores that have a slope. Ours, one from outside, or one with a
// defence in front.
#pragma once

#include "attack/subject.hpp"
#include "engine/model_torch.hpp"

#include <ATen/core/Tensor.h>

namespace ostrich::attack {

/// Immutable, in evaluation mode; several threads may ask at once.
class Classifier {
public:
    virtual ~Classifier() = default;
    /// (N, K) of `x` (N, ...) in epsilon's units: [0, 1] for pictures, training standard deviations
    /// for points and series. Has a slope at `x` wherever gradients are on. Throws LibTorch's
    /// exceptions.
    virtual at::Tensor logits(const at::Tensor &x) const = 0;
    /// (N, K) of (N, K): softmax, unless the network tells its shares otherwise.
    virtual at::Tensor probabilities(const at::Tensor &logits) const;
    virtual at::Device device() const = 0;
    virtual at::ScalarType dtype() const { return at::kFloat; }
    /// Data units per unit of epsilon, broadcast over a batch; undefined: 1.
    virtual at::Tensor scale() const { return {}; }
    /// The largest batch, at most `wanted`, whose activations and gradients have room.
    virtual std::int64_t largestBatch(std::int64_t wanted) const { return wanted; }
};

/// A network of ours.
ClassifierHandle classifierOf(engine::ModelHandle model);

} // namespace ostrich::attack
