// Networks whose worst case is known, for the tests of attacks.
#pragma once

#include "attack/attack_torch.hpp"
#include "engine/model_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace small_models {

using namespace ostrich;

inline graph::Network chain(const std::vector<graph::Block> &blocks)
{
    graph::Network network;
    network.blocks = blocks;
    for (std::size_t i = 1; i < blocks.size(); ++i)
        network.wires.push_back({{blocks[i - 1].id, "y"}, {blocks[i].id, "x"}});
    return network;
}

inline graph::DataFacts facts(const graph::Shape &input, std::int64_t classes)
{
    graph::DataFacts facts;
    facts.input = input;
    facts.classes = classes;
    for (std::int64_t k = 0; k < classes; ++k) facts.classNames.push_back(std::to_string(k));
    return facts;
}

inline engine::ModelHandle compiled(const graph::Network &network,
                                    const engine::CompileOptions &options)
{
    auto model = engine::compile(network, options);
    if (!model) throw std::runtime_error(sentence(model.error(), Language::English));
    return *model;
}

inline void set(const engine::ModelHandle &model, const std::string &name,
                const std::vector<float> &values)
{
    const at::NoGradGuard noGradient;
    for (blocks::NamedTensor &parameter : model->parameters()) {
        if (parameter.name != name) continue;
        parameter.tensor.copy_(at::tensor(values).view(parameter.tensor.sizes()));
        return;
    }
    throw std::runtime_error("no parameter " + name);
}

/// Logits = weight x + bias on pictures (1, H, W), no normalisation. `weight` is (K, H·W), row by
/// row.
inline engine::ModelHandle linearOnPictures(std::int64_t height, std::int64_t width,
                                            const std::vector<float> &weight,
                                            const std::vector<float> &bias)
{
    const auto classes = static_cast<std::int64_t>(bias.size());
    const engine::CompileOptions options{
        .facts = facts(graph::Shape::maps(1, height, width), classes), .statistics = {}};
    const auto network = chain({{"input_1", "Input", {}, {}},
                                {"flatten_1", "Flatten", {}, {}},
                                {"linear_1", "Linear", {{"out_features", classes}}, {}},
                                {"output_1", "Output", {}, {}}});
    auto model = compiled(network, options);
    set(model, "linear_1.weight", weight);
    set(model, "linear_1.bias", bias);
    return model;
}

/// The same on points (F), normalised by `statistics`.
inline engine::ModelHandle linearOnPoints(const data::Statistics &statistics,
                                          const std::vector<float> &weight,
                                          const std::vector<float> &bias)
{
    const auto classes = static_cast<std::int64_t>(bias.size());
    const auto features = static_cast<std::int64_t>(statistics.mean.size());
    const engine::CompileOptions options{.facts = facts(graph::Shape::vector(features), classes),
                                         .statistics = statistics};
    const auto network = chain({{"input_1", "Input", {}, {}},
                                {"linear_1", "Linear", {{"out_features", classes}}, {}},
                                {"output_1", "Output", {}, {}}});
    auto model = compiled(network, options);
    set(model, "linear_1.weight", weight);
    set(model, "linear_1.bias", bias);
    return model;
}

/// What the attack of `options` makes of `x` (N, ...), all of class `y`, with the options' seed.
inline at::Tensor attacked(const engine::ModelHandle &model, const at::Tensor &x, std::int64_t y,
                           const attack::AttackOptions &options, bool boxed = false,
                           std::stop_token stop = {})
{
    const auto classifier = attack::classifierOf(model);
    const attack::AttackBatch batch{.classifier = *classifier,
                                    .x = x,
                                    .y = at::full({x.size(0)}, y, at::kLong),
                                    .boxed = boxed,
                                    .options = options,
                                    .generator =
                                        at::make_generator<at::CPUGeneratorImpl>(options.seed),
                                    .stop = std::move(stop)};
    return attack::findAttack(options.attack)->run(batch);
}

/// By how much w·x can fall at most within the ball around `x` (and [0, 1]), in closed form: every
/// value to its end (Linf), the steepest values one after the other to theirs (L1), or min(s |w|,
/// room), s so that the length is epsilon (L2).
inline double largestFall(const std::vector<float> &w, const std::vector<float> &x,
                          attack::Norm norm, double epsilon, bool boxed)
{
    std::vector<std::pair<double, double>> slopes; // |w|, room
    for (std::size_t i = 0; i < w.size(); ++i)
        slopes.emplace_back(std::abs(double(w[i])), !boxed        ? epsilon
                                                    : w[i] > 0.0F ? double(x[i])
                                                                  : 1.0 - double(x[i]));
    std::ranges::sort(slopes, std::greater());
    double low = 0.0, high = 1e9; // s
    for (int round = 0; norm == attack::Norm::L2 && round < 200; ++round) {
        const double s = (low + high) / 2.0;
        double squares = 0.0;
        for (const auto &[slope, room] : slopes) squares += std::pow(std::min(s * slope, room), 2);
        (squares < epsilon * epsilon ? low : high) = s;
    }
    double fall = 0.0, left = epsilon;
    for (const auto &[slope, room] : slopes) {
        const double move = std::min(room, norm == attack::Norm::L2 ? low * slope : left);
        fall += slope * move;
        if (norm == attack::Norm::L1) left -= move;
    }
    return fall;
}

/// The lenet template's layers, untrained.
inline engine::ModelHandle lenet()
{
    const auto conv = [](const char *id, std::int64_t channels) {
        return graph::Block{id,
                            "Conv2d",
                            {{"out_channels", channels},
                             {"kernel_size", std::int64_t{3}},
                             {"padding", std::string("same")}},
                            {}};
    };
    const auto network = chain({{"input_1", "Input", {}, {}},
                                conv("conv_1", 32),
                                {"relu_1", "ReLU", {}, {}},
                                {"pool_1", "MaxPool2d", {}, {}},
                                conv("conv_2", 64),
                                {"relu_2", "ReLU", {}, {}},
                                {"pool_2", "MaxPool2d", {}, {}},
                                {"flatten_1", "Flatten", {}, {}},
                                {"linear_1", "Linear", {{"out_features", std::int64_t{128}}}, {}},
                                {"relu_3", "ReLU", {}, {}},
                                {"linear_2", "Linear", {{"out_features", std::int64_t{10}}}, {}},
                                {"output_1", "Output", {}, {}}});
    return compiled(network, {.facts = facts(graph::Shape::maps(1, 28, 28), 10), .statistics = {}});
}

} // namespace small_models
