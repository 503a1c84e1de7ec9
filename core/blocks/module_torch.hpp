// A block that computes: what engine/ strings together. LibTorch side; only core's .cpp files
// include this.
#pragma once

#include "graph/kind.hpp"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <span>
#include <string>
#include <vector>

namespace ostrich::blocks {

/// What runs along a wire: a tensor (N first; N T F and N T for sequences) and, where T is
/// variable, the lengths (N) of the real steps. Steps beyond a sample's length are padding:
/// whatever stands there must not reach a real step, a pooled value, a loss or a metric. Token ids
/// are whole numbers in the model's floating type.
struct Signal {
    at::Tensor tensor;
    at::Tensor lengths; // (N) int64 on the tensor's device; undefined where nothing varies
};

struct NamedTensor {
    std::string name; // "weight", "bias", "running_mean": PyTorch's own names
    at::Tensor tensor;
};

/// How this pass runs. In training mode drop-out draws from `generator` and batch norm updates its
/// statistics.
struct Pass {
    bool training = false;
    at::Generator generator; // undefined in evaluation
};

/// Mean and deviation per channel (C) or feature (F), of the training split.
struct Normalisation {
    std::vector<float> mean;
    std::vector<float> deviation;
    std::vector<float> answerMean = {}; // Regress: of each number asked for (V)
    std::vector<float> answerDeviation = {};
};

struct BuildRequest {
    const graph::Parameters &parameters; // complete, symbols resolved to numbers
    const std::vector<graph::Shape> &inputs;
    const std::vector<graph::Shape> &outputs;
    const graph::DataFacts &facts;
    const Normalisation &normalisation; // empty: Input passes values through
    at::Generator generator;            // for initial weights (CPU)
    at::ScalarType dtype;               // float32, or float64 for exact checks
};

/// One built block. Parameters are leaves that require gradients; buffers do not. Built on the CPU,
/// moved by `to`.
class Module {
public:
    virtual ~Module() = default;

    /// Outputs in the order of Kind::outputs(). No side effect in evaluation mode; may run on
    /// several threads at once then.
    virtual std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &pass) = 0;

    /// What happens within for these inputs in evaluation mode, by the names that
    /// `ostrich-cli probe` writes: "gate_i" (N, T, F), "hidden", "cell", "attention" (N, heads, T,
    /// S); of the last layer where there are several. Recomputed step by step where LibTorch's
    /// fused kernels do not tell. Empty: nothing to see.
    virtual std::vector<NamedTensor> inside(std::span<const Signal> inputs) const;

    /// Applies one function that never falls to each value: it may as well come after a block that
    /// chooses the largest of some values, of which there are fewer.
    virtual bool isMonotone() const { return false; }
    /// Each value put out is the largest of some that came in.
    virtual bool choosesLargest() const { return false; }

    std::vector<NamedTensor> parameters; // moved to a device or replaced by engine/, by position
    std::vector<NamedTensor> buffers;
};

/// A step that has no label: padding, or a step at which nothing is asked. PyTorch's ignore_index.
inline constexpr std::int64_t kNoLabel = -100;

/// What an Output block adds: the loss it asks for and the probabilities it stands for.
class OutputModule : public Module {
public:
    /// Mean loss over the batch (scalar). `logits` (N, K) with `target` (N) class indices; (N, T,
    /// K) with (N, T), steps with kNoLabel left out; or (N, V) with (N, V) numbers in data units.
    virtual at::Tensor loss(const at::Tensor &logits, const at::Tensor &target,
                            double labelSmoothing) const = 0;
    /// What the network says, shaped as `logits`: softmax over the classes for cross-entropy,
    /// clamped values for squared error against classes, else numbers in data units (N, V).
    virtual at::Tensor probabilities(const at::Tensor &logits) const = 0;
};

/// U(-bound, bound) and friends as torch.nn initialises: kaiming_uniform(a=√5) has bound 1/√fan_in
/// (He et al. 2015).
at::Tensor uniformTensor(at::IntArrayRef sizes, double bound, const BuildRequest &request);

} // namespace ostrich::blocks
