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
        at::Tensor logits;  // (N, K), (N, T, K) or (N, V)
        at::Tensor lengths; // (N) real steps, where T varies
    };
    /// What the Inputs are fed with, by field: "x", and "target" for a translation.
    using Feeds = std::map<std::string, blocks::Signal>;

    /// Tensors (N, ...) in data units, on the model's device; Input normalises. Outputs in network
    /// order; throws LibTorch's exceptions.
    std::vector<Output> forward(const Feeds &feeds, const blocks::Pass &pass) const;
    std::vector<Output> forward(const at::Tensor &x, const blocks::Pass &pass) const;
    /// The first output in evaluation mode: (N, K).
    at::Tensor logits(const at::Tensor &x) const;
    at::Tensor probabilities(const at::Tensor &logits) const; // of the first output
    /// Sum of the outputs' losses: scalar. `target` as OutputModule::loss() takes it.
    at::Tensor loss(const std::vector<Output> &outputs, const at::Tensor &target,
                    double labelSmoothing) const;
    /// Outputs of the named blocks (first port) on the plain path, evaluation mode; an Output gives
    /// its probabilities. Blocks that the model does not hold are left out.
    std::map<std::string, at::Tensor> trace(const Feeds &feeds,
                                            const std::vector<std::string> &blockIds) const;
    /// What Module::inside() of the named block tells of these feeds; empty where the model does
    /// not hold it, or it has nothing to tell.
    std::vector<blocks::NamedTensor> inside(const Feeds &feeds, const std::string &blockId) const;

    /// The same of every block that has something to tell.
    std::vector<std::pair<std::string, std::vector<blocks::NamedTensor>>> insides(
        const Feeds &feeds) const;
    /// What arrives at the named block, port by port, evaluation mode; empty where the model does
    /// not hold it.
    std::vector<blocks::Signal> arriving(const Feeds &feeds, const std::string &blockId) const;
    /// forward() in evaluation mode, where what the named blocks put out (first port) is not theirs
    /// but `given`: for the slope of the network at a place inside it.
    std::vector<Output> forwardFrom(const Feeds &feeds,
                                    const std::map<std::string, at::Tensor> &given) const;

    /// A block as it hangs in the network.
    struct Node {
        std::string block;
        std::string field;                // Input only: what feeds it
        std::vector<std::string> sources; // the blocks wired into it, by port
        bool waits = false;               // forward() runs it after the block that reads it
    };
    std::vector<Node> nodes() const; // in the order in which they run

    /// A batch on the model's device: what feeds the network, and what is asked of it.
    Feeds feeds(const data::Batch &batch) const;
    at::Tensor target(const data::Batch &batch) const;

    /// "block.param", topological order; what several blocks use is listed with its owner alone.
    std::vector<blocks::NamedTensor> parameters() const;
    std::vector<blocks::NamedTensor> buffers() const;
    at::Device device() const { return m_device; }
    at::ScalarType dtype() const { return m_dtype; }
    const graph::DataFacts &facts() const { return m_facts; }
    std::int64_t parameterCount() const;
    const std::vector<Tie> &ties() const { return m_ties; }
    /// Values put out by all blocks for one sample.
    std::int64_t activationsPerSample() const { return m_activationsPerSample; }

    /// Plain floats to a tensor of the model's dtype on its device, and back.
    at::Tensor tensor(const Array &array) const;

private:
    friend class Compiler; // engine/compile.cpp
    struct Step {
        std::string block;
        std::unique_ptr<blocks::Module> module;
        std::string field = {};                       // Input only: what feeds it
        std::vector<std::pair<int, int>> inputs = {}; // (step, port); step -1: the field
        std::vector<int> lastUses = {}; // steps whose signals nobody needs after this one
        bool waits = false;             // forward() runs it after the one that reads it
        int waiting = -1;               // the step that waits for this one
    };
    using Values = std::vector<std::vector<blocks::Signal>>; // by step, by port
    std::vector<blocks::Signal> inputsOf(const Step &step, const Feeds &feeds,
                                         const Values &values) const;
    /// Goes through the steps. compute(step, inputs) gives a step's signals, by port; nothing ends
    /// the walk.
    template <typename Compute>
    Values walk(const Feeds &feeds, const Compute &compute) const;
    const blocks::OutputModule &output(int step) const;
    std::vector<Output> outputsOf(const Values &values) const;

    std::vector<Step> m_steps;
    std::vector<int> m_outputs; // steps that are outputs
    std::vector<Tie> m_ties;
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
