// The slope of a network's answer at its input: where it is taken, and of what.
#pragma once

#include "engine/model_torch.hpp"
#include "probe/probe.hpp"

namespace ostrich::probe {

/// Where the slope is taken: at the input "x" itself, or, where that is tokens, at what the blocks
/// that read it make of them.
struct Leaves {
    std::vector<std::string> blocks; // one for each tensor; empty: the input itself
    std::vector<at::Tensor> tensors; // (N, C, H, W), (N, F) or (N, T, F); require gradients
};

/// At the values that `feeds` give them.
Leaves leavesAt(const engine::Model &model, const engine::Model::Feeds &feeds);
/// The first output where `leaves` stand for what they replace.
engine::Model::Output answerAt(const engine::Model &model, engine::Model::Feeds feeds,
                               const Leaves &leaves);

/// The step of each sample (N) at which its answer is read: of labelled steps the last one; of a
/// translation the first. Empty: an answer has no steps.
std::vector<std::int64_t> answerSteps(const engine::Model &model, const data::Batch &batch);
/// (N, K) of (N, T, K) at these steps; `logits` (N, K) as they are.
at::Tensor atSteps(const at::Tensor &logits, const std::vector<std::int64_t> &steps);

/// Gradients of `sum` (scalar) with respect to the leaves; zeros where nothing depends on them.
std::vector<at::Tensor> slopes(const at::Tensor &sum, const Leaves &leaves, bool keepGraph = false);

} // namespace ostrich::probe
