// Softmax: values become shares that sum to 1, over the features or, in maps, over the channels of
// each pixel.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"

#include <ATen/ops/softmax.h>
#include <fmt/format.h>

namespace ostrich::blocks::softmax {

namespace {

using graph::Shape;

/// The axis whose values compete: C in N×C×H×W, F in N×F and N×T×F.
std::int64_t competingAxis(const Shape &shape)
{
    return shape.isSequence() ? 2 : 1;
}

class SoftmaxModule final : public Module {
public:
    explicit SoftmaxModule(std::int64_t axis) : m_axis(axis) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {{at::softmax(inputs[0].tensor, m_axis), inputs[0].lengths}};
    }

private:
    std::int64_t m_axis;
};

class SoftmaxKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Softmax",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"Softmax", "Softmax"},
            .help =
                {"Turns values into shares that sum to 1. An Output already does this by itself.",
                 "Change les valeurs en parts dont la somme est 1. Une sortie le fait déjà "
                 "d'elle-même."},
            .formula = "y<sub>k</sub> = e<sup>x<sub>k</sub></sup> / Σ<sub>j</sub> "
                       "e<sup>x<sub>j</sub></sup>",
            .icon = "softmax",
            .searchWords = {"probability", "probabilité", "activation"},
            .pill = true,
            .idStem = "softmax",
            .parameters = {},
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &,
                                                          const graph::DataFacts &) const override
    {
        if (inputs[0].isTokens()) return expectsSequence("Softmax", inputs[0]);
        return inputs;
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<SoftmaxModule>(competingAxis(request.inputs[0]));
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        PytorchText text;
        text.call = fmt::format("torch.softmax({{x0}}, {})", competingAxis(request.inputs[0]));
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<SoftmaxKind>();
}

} // namespace ostrich::blocks::softmax
