// Gradients of answers with respect to inputs, by LibTorch's own automatic differentiation.
#include "probe/slope_torch.hpp"

#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <set>

namespace ostrich::probe {

namespace {

/// The blocks wired to an Input of field "x".
std::vector<std::string> readersOfInput(const engine::Model &model)
{
    std::set<std::string> inputs;
    std::vector<std::string> readers;
    for (const engine::Model::Node &node : model.nodes()) {
        if (node.field == "x") inputs.insert(node.block);
        if (std::ranges::any_of(node.sources,
                                [&](const std::string &source) { return inputs.contains(source); }))
            readers.push_back(node.block);
    }
    return readers;
}

std::int64_t lastLabelled(const data::Batch &batch, std::int64_t sample)
{
    const std::int64_t steps = std::ssize(batch.y) / std::ssize(batch.indices);
    const auto first = batch.y.begin() + sample * steps;
    for (std::int64_t step = steps - 1; step >= 0; --step)
        if (first[step] != blocks::kNoLabel) return step;
    return batch.lengths.empty() ? steps - 1 : batch.lengths[static_cast<std::size_t>(sample)] - 1;
}

} // namespace

Leaves leavesAt(const engine::Model &model, const engine::Model::Feeds &feeds)
{
    const auto leaf = [](const at::Tensor &tensor) {
        return tensor.detach().clone().requires_grad_(true);
    };
    if (!model.facts().input.isTokens()) return {{}, {leaf(feeds.at("x").tensor)}};
    const c10::NoGradGuard noGrad;
    Leaves leaves{readersOfInput(model), {}};
    const auto traced = model.trace(feeds, leaves.blocks);
    for (const std::string &block : leaves.blocks) leaves.tensors.push_back(leaf(traced.at(block)));
    return leaves;
}

engine::Model::Output answerAt(const engine::Model &model, engine::Model::Feeds feeds,
                               const Leaves &leaves)
{
    std::map<std::string, at::Tensor> given;
    for (std::size_t i = 0; i < leaves.blocks.size(); ++i)
        given[leaves.blocks[i]] = leaves.tensors[i];
    if (leaves.blocks.empty()) feeds["x"].tensor = leaves.tensors.front();
    return model.forwardFrom(feeds, given).front();
}

std::vector<std::int64_t> answerSteps(const engine::Model &model, const data::Batch &batch)
{
    const graph::Task task = model.facts().task;
    const std::size_t count = batch.indices.size();
    if (task == graph::Task::Translate) return std::vector<std::int64_t>(count, 0);
    if (task != graph::Task::LabelSteps) return {};
    std::vector<std::int64_t> steps;
    for (std::size_t i = 0; i < count; ++i)
        steps.push_back(lastLabelled(batch, static_cast<std::int64_t>(i)));
    return steps;
}

at::Tensor atSteps(const at::Tensor &logits, const std::vector<std::int64_t> &steps)
{
    if (logits.dim() != 3) return logits;
    const at::Tensor places =
        at::tensor(steps, at::TensorOptions().dtype(at::kLong)).to(logits.device());
    const std::int64_t samples = logits.size(0), classes = logits.size(2);
    return logits.gather(1, places.view({-1, 1, 1}).expand({samples, 1, classes})).squeeze(1);
}

std::vector<at::Tensor> slopes(const at::Tensor &sum, const Leaves &leaves, bool keepGraph)
{
    auto gradients = torch::autograd::grad({sum}, leaves.tensors, {}, keepGraph,
                                           /*create_graph=*/false, /*allow_unused=*/true);
    for (std::size_t i = 0; i < gradients.size(); ++i)
        if (!gradients[i].defined()) gradients[i] = at::zeros_like(leaves.tensors[i]);
    return gradients;
}

} // namespace ostrich::probe
