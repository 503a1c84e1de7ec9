// Linear: every output is a weighted sum of all features; in a sequence, at each step by itself.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/linear.h>
#include <fmt/format.h>

#include <cmath>

namespace ostrich::blocks::linear {

namespace {

using graph::Axis;
using graph::Shape;

class LinearModule final : public Module {
public:
    explicit LinearModule(const BuildRequest &request)
    {
        const std::int64_t in = *request.inputs[0].size(Axis::F);
        const std::int64_t out = *request.outputs[0].size(Axis::F);
        // torch.nn.Linear: kaiming_uniform(a=√5) is U(-1/√in, 1/√in), the bias alike.
        const double bound = 1.0 / std::sqrt(static_cast<double>(in));
        parameters.push_back({"weight", uniformTensor({out, in}, bound, request)});
        if (graph::boolean(request.parameters, "bias"))
            parameters.push_back({"bias", uniformTensor({out}, bound, request)});
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const at::Tensor bias = parameters.size() > 1 ? parameters[1].tensor : at::Tensor();
        return {{at::linear(inputs[0].tensor, parameters[0].tensor, bias), inputs[0].lengths}};
    }
};

std::vector<graph::ParameterSpec> specs()
{
    graph::ParameterSpec outputs =
        integerSpec({"out_features",
                     {"Outputs", "Sorties"},
                     {"How many features come out; classes: one for each class of the data.",
                      "Combien de valeurs sortent ; classes : une par classe des données."}},
                    128, 1, kMaxChannels);
    outputs.symbols = {"classes"};
    return {std::move(outputs), booleanSpec({"bias",
                                             {"Bias", "Biais"},
                                             {"A learned constant added to each output.",
                                              "Une constante apprise, ajoutée à chaque sortie."}},
                                            true)};
}

class LinearKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Linear",
            .category = graph::Category::Linear,
            .role = graph::Role::Hidden,
            .label = {"Linear", "Linéaire"},
            .help = {"Each output is a weighted sum of all features, plus a bias.",
                     "Chaque sortie est une somme pondérée de toutes les valeurs, plus un biais."},
            .formula = "y = x W<sup>T</sup> + b",
            .icon = "linear",
            .searchWords = {"dense", "fully connected", "entièrement connecté", "perceptron"},
            .pill = false,
            .idStem = "linear",
            .parameters = specs(),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(
        const std::vector<Shape> &inputs, const graph::Parameters &parameters,
        const graph::DataFacts &facts) const override
    {
        const Shape &x = inputs[0];
        if (!x.isVector() && !x.isSequence()) return expectsVector("Linear", x);
        const std::int64_t out = sizeOrClasses(parameters, "out_features", facts);
        const auto steps = static_cast<double>(x.size(Axis::T).value_or(1));
        const double weights = static_cast<double>(out) * static_cast<double>(*x.size(Axis::F));
        if (auto refused =
                tooLarge("Linear", {weights, steps * static_cast<double>(out), steps * weights}))
            return *refused;
        return std::vector{x.isVector() ? Shape::vector(out)
                                        : Shape::sequence(x.size(Axis::T), out)};
    }

    /// Each step of a sequence is multiplied by all weights; a variable T counts one step.
    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &outputs,
                     const graph::Parameters &parameters) const override
    {
        const std::int64_t out = *outputs[0].size(Axis::F);
        const std::int64_t weights = *inputs[0].size(Axis::F) * out;
        return {weights + (graph::boolean(parameters, "bias") ? out : 0),
                weights * inputs[0].size(Axis::T).value_or(1)};
    }

    std::vector<std::int64_t> sharedWeight(const std::vector<Shape> &inputs,
                                           const std::vector<Shape> &outputs,
                                           const graph::Parameters &) const override
    {
        return {*outputs[0].size(Axis::F), *inputs[0].size(Axis::F)};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &facts) const override
    {
        return {counted(sizeOrClasses(parameters, "out_features", facts), {"output", "sortie"},
                        {"outputs", "sorties"})};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<LinearModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        PytorchText text;
        text.module = fmt::format("nn.Linear({}, {}{})", *request.inputs[0].size(Axis::F),
                                  *request.outputs[0].size(Axis::F),
                                  graph::boolean(request.parameters, "bias") ? "" : ", bias=False");
        text.call = "{m}({x0})";
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<LinearKind>();
}

} // namespace ostrich::blocks::linear
