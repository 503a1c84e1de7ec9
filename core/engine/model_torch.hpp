// The compiled network for those inside core who work with tensors: trainer, probes, attacks.
#pragma once

#include "blocks/module_torch.hpp"
#include "engine/model.hpp"

#include <ATen/core/Tensor.h>

#include <functional>
#include <map>

namespace ostrich::engine {

class Snapshot {
public:
    std::map<std::string, at::Tensor>
        tensors; // "conv_1.weight": CPU, contiguous, never written again
};

class Model {
public:
    struct Output {
        std::string block;
        at::Tensor logits; // (N, K)
    };

    /// `x` (N, ...) in data units, on the model's device; Input normalises. Outputs in network
    /// order; throws LibTorch's exceptions.
    std::vector<Output> forward(const at::Tensor &x, const blocks::Pass &pass) const;
    /// The first output in evaluation mode: (N, K).
    at::Tensor logits(const at::Tensor &x) const;
    at::Tensor probabilities(const at::Tensor &logits) const; // of the first output
    /// Sum of the outputs' losses: scalar. `target` (N).
    at::Tensor loss(const std::vector<Output> &outputs, const at::Tensor &target,
                    double labelSmoothing) const;
    /// Outputs of the named blocks (first port) on the plain path, evaluation mode; an Output gives
    /// its probabilities. Blocks that the model does not hold are left out.
    std::map<std::string, at::Tensor> trace(const at::Tensor &x,
                                            const std::vector<std::string> &blockIds) const;

    std::vector<blocks::NamedTensor> parameters() const; // "block.param", topological order
    std::vector<blocks::NamedTensor> buffers() const;
    at::Device device() const { return m_device; }
    at::ScalarType dtype() const { return m_dtype; }
    const graph::DataFacts &facts() const { return m_facts; }
    std::int64_t parameterCount() const;
    /// Values put out by all blocks for one sample.
    std::int64_t activationsPerSample() const { return m_activationsPerSample; }

    /// Plain floats to a tensor of the model's dtype on its device, and back.
    at::Tensor tensor(const Array &array) const;

private:
    friend class Compiler; // engine/compile.cpp
    struct Step {
        std::string block;
        std::unique_ptr<blocks::Module> module;
        std::vector<std::pair<int, int>> inputs; // (step, port); step -1: the network's input x
        std::vector<int> lastUses;               // steps whose signals nobody needs after this one
    };
    using Values = std::vector<std::vector<blocks::Signal>>; // by step, by port
    std::vector<blocks::Signal> run(const Step &step, const blocks::Signal &x, const Values &values,
                                    const blocks::Pass &pass) const;
    const blocks::OutputModule &output(int step) const;

    std::vector<Step> m_steps;
    std::vector<int> m_outputs; // steps that are outputs
    graph::DataFacts m_facts;
    at::Device m_device = at::kCPU;
    at::ScalarType m_dtype = at::kFloat;
    std::int64_t m_activationsPerSample = 0;
};

Array toArray(const at::Tensor &tensor); // any device and dtype, to float32

/// Runs `work`; LibTorch's exceptions become an Error in words (out of memory, bad device, else its
/// first line).
Result<void> guarded(const std::string &where, const std::function<void()> &work);

} // namespace ostrich::engine
