// One block by itself: its PyTorch text as a small model.py, and what ours computes of it.
#pragma once

#include "case_files.hpp"
#include "core/blocks/block_cases.hpp"

#include "blocks/lengths_torch.hpp"
#include "train/optimizer_torch.hpp"

#include <ATen/ops/ones_like.h>
#include <ATen/ops/randn_like.h>
#include <torch/csrc/autograd/autograd.h>

#include <fmt/format.h>

/// Replaces {m}, {x0}, {l0} ... of a block's text; lengths are None where nothing varies.
inline std::string filledText(std::string text, const BuiltCase &built)
{
    const auto replace = [&](const std::string &what, const std::string &by) {
        for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
            text.replace(at, what.size(), by);
    };
    replace("{m}", "self.block");
    for (std::size_t i = 0; i < built.arriving.size(); ++i) {
        const std::string number = std::to_string(i);
        replace("{x" + number + "}", "x" + number);
        const bool varies = built.arriving[i].lengths.defined();
        replace("{l" + number + "}", varies ? "lengths" + number : "None");
    }
    return text;
}

inline std::string blockModel(const BuiltCase &built)
{
    const auto text =
        built.kind.pytorch({built.parameters, built.inputs, built.outputs, built.facts});
    std::string arguments;
    for (std::size_t i = 0; i < built.arriving.size(); ++i) arguments += fmt::format(", x{}", i);
    for (std::size_t i = 0; i < built.arriving.size(); ++i)
        arguments += fmt::format(", lengths{}=None", i);
    return fmt::format("import torch\nfrom torch import nn\n\n\n{}\n\nclass Network(nn.Module):\n"
                       "    def __init__(self):\n        super().__init__()\n{}\n"
                       "    def forward(self{}):\n        return {}, {}\n",
                       text.support,
                       text.module.empty() ? "" : "        self.block = " + text.module + "\n",
                       arguments, filledText(text.call, built), filledText(text.lengths, built));
}

/// The case without drop-out, so that both sides train alike.
inline BlockCase withoutDropout(BlockCase one)
{
    const auto &specs =
        ostrich::blocks::Registry::instance().find(one.kind)->description().parameters;
    for (const auto &spec : specs)
        if (spec.name == "p" || spec.name == "dropout") one.parameters[spec.name] = 0.0;
    return one;
}

/// Squared distance of a block's outputs from goals, of real steps alone.
class DistanceToGoals {
public:
    DistanceToGoals(const std::vector<ostrich::blocks::Signal> &outputs, CaseFile &file)
    {
        for (std::size_t port = 0; port < outputs.size(); ++port) {
            const at::Tensor y = outputs[port].tensor.detach();
            const at::Tensor real = ostrich::blocks::realSteps(outputs[port]);
            m_goals.push_back(at::randn_like(y));
            m_weights.push_back(real.defined() ? perValue(real, y) : at::ones_like(y));
            file.add(fmt::format("goal{}", port), m_goals.back());
            file.add(fmt::format("weight{}", port), m_weights.back());
        }
    }

    at::Tensor of(const std::vector<ostrich::blocks::Signal> &outputs) const
    {
        at::Tensor sum;
        for (std::size_t port = 0; port < outputs.size(); ++port) {
            const at::Tensor gap = outputs[port].tensor.sub(m_goals[port]);
            const at::Tensor one = gap.mul(gap).mul(m_weights[port]).mean();
            sum = sum.defined() ? sum.add(one) : one;
        }
        return sum;
    }

private:
    /// `real` (N, T) as numbers, one for each value of `y`: (N, T, F), or tokens (N, T).
    static at::Tensor perValue(const at::Tensor &real, const at::Tensor &y)
    {
        const at::Tensor steps = y.dim() == 2 ? real : real.unsqueeze(2);
        return steps.expand_as(y).to(y.scalar_type());
    }

    std::vector<at::Tensor> m_goals, m_weights;
};

/// Parameters, then inputs that are numbers, with their names in the file.
inline std::vector<ostrich::blocks::NamedTensor> leavesOf(BuiltCase &built, const BlockCase &one)
{
    std::vector<ostrich::blocks::NamedTensor> leaves;
    for (const auto &[name, tensor] : built.module->parameters)
        leaves.push_back({"block." + name, tensor});
    for (std::size_t i = 0; i < one.inputs.size(); ++i)
        if (!one.inputs[i].isTokens())
            leaves.push_back(
                {fmt::format("x{}", i), built.arriving[i].tensor.requires_grad_(true)});
    return leaves;
}

/// Outputs and gradients in evaluation mode.
inline void addEvaluation(BuiltCase &built, const BlockCase &one, const DistanceToGoals &distance,
                          CaseFile &file)
{
    auto outputs = built.runAll(false);
    const auto leaves = leavesOf(built, one);
    if (!leaves.empty()) {
        outputs = built.runAll(false);
        std::vector<at::Tensor> tensors;
        for (const auto &leaf : leaves) tensors.push_back(leaf.tensor);
        const auto slopes =
            torch::autograd::grad({distance.of(outputs)}, tensors, {}, std::nullopt, false, true);
        for (std::size_t i = 0; i < leaves.size(); ++i)
            file.add("gradient:" + leaves[i].name,
                     slopes[i].defined() ? slopes[i] : at::zeros_like(tensors[i]));
    }
    const bool inDataUnits =
        built.facts.task == ostrich::graph::Task::Regress && built.outputs.empty();
    for (std::size_t port = 0; port < outputs.size(); ++port) {
        at::Tensor y = outputs[port].tensor;
        if (inDataUnits)
            y = y.mul(built.module->buffers[1].tensor).add(built.module->buffers[0].tensor);
        file.add(fmt::format("y{}", port), y);
    }
    if (outputs[0].lengths.defined()) file.add("lengths_of_y", outputs[0].lengths);
}

/// The losses of ten steps of SGD with momentum on parameters and inputs.
inline void addTraining(const BlockCase &one, const DistanceToGoals &distance, CaseFile &file)
{
    BuiltCase built(withoutDropout(one), at::kFloat);
    const auto leaves = leavesOf(built, one);
    if (leaves.empty()) return;
    const auto optimizer = ostrich::train::makeOptimizer(referenceRecipe(), leaves);
    std::vector<float> losses;
    for (int step = 0; step < kReferenceSteps; ++step) {
        optimizer->clearGradients();
        const at::Tensor loss = distance.of(built.runAll(true));
        losses.push_back(loss.item().toFloat());
        torch::autograd::backward({loss});
        optimizer->step(referenceRecipe().learning_rate);
    }
    file.add("losses", losses);
}

/// Writes model.py, weights.pt and case.npz of `one` into `folder`.
inline void writeBlock(const BlockCase &one, const std::filesystem::path &folder)
{
    BuiltCase built(one, at::kFloat);
    writeText(folder / "model.py", blockModel(built));
    auto weights = std::make_shared<ostrich::engine::Snapshot>();
    for (const auto &tensors : {built.module->parameters, built.module->buffers})
        for (const auto &[name, tensor] : tensors)
            weights->tensors["block." + name] = tensor.detach().clone();
    check(ostrich::exporting::savePytorchWeights(weights, {}, folder / "weights.pt"));

    CaseFile file;
    for (std::size_t i = 0; i < built.arriving.size(); ++i) {
        file.add(fmt::format("x{}", i), built.arriving[i].tensor);
        if (built.arriving[i].lengths.defined())
            file.add(fmt::format("lengths{}", i), built.arriving[i].lengths);
    }
    const DistanceToGoals distance(built.runAll(false), file);
    addEvaluation(built, one, distance, file);
    addTraining(one, distance, file);
    file.save(folder / "case.npz");
}
