// Kinds that normalise each row of features by itself: LayerNorm, RMSNorm.
#include "blocks/row_norm_torch.hpp"

#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

namespace ostrich::blocks {

namespace {

using graph::Axis;
using graph::Shape;

class RowNormModule final : public Module {
public:
    RowNormModule(const RowNorm &norm, const BuildRequest &request)
        : m_norm(norm), m_epsilon(graph::real(request.parameters, "eps"))
    {
        if (!graph::boolean(request.parameters, "affine")) return;
        const std::int64_t features = *request.inputs[0].size(Axis::F);
        const auto options = at::TensorOptions().dtype(request.dtype);
        parameters.push_back({"weight", at::ones({features}, options).requires_grad_(true)});
        if (norm.shifts)
            parameters.push_back({"bias", at::zeros({features}, options).requires_grad_(true)});
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const auto learned = [this](std::size_t i) {
            return i < parameters.size() ? parameters[i].tensor : at::Tensor();
        };
        return {{m_norm.function(inputs[0].tensor, learned(0), learned(1), m_epsilon),
                 inputs[0].lengths}};
    }

private:
    RowNorm m_norm;
    double m_epsilon;
};

class RowNormKind final : public BlockKind {
public:
    RowNormKind(graph::Description description, RowNorm norm)
        : m_description(std::move(description)), m_norm(std::move(norm))
    {
        m_description.parameters =
            normSpecs(m_norm.shifts ? Words{"A learned scale and shift for each feature.",
                                            "Une échelle et un décalage appris pour chaque valeur."}
                                    : Words{"A learned scale for each feature.",
                                            "Une échelle apprise pour chaque valeur."});
    }

    const graph::Description &description() const override { return m_description; }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &,
                                                          const graph::DataFacts &) const override
    {
        const Shape &x = inputs[0];
        const std::string &name = m_description.name;
        if (x.isTokens()) return expectsSequence(name, x);
        if (x.isVector() || x.isSequence()) return inputs;
        // One group over all channels is what a LayerNorm would be to maps.
        return misfit({"blocks.rows_expected", {name, graph::toString(x, false)}},
                      {"blocks.rows_reason", {name}}, "N×T×F", "x",
                      graph::ReplaceSelf{"GroupNorm", {{"num_groups", std::int64_t{1}}}});
    }

    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &,
                     const graph::Parameters &parameters) const override
    {
        if (!graph::boolean(parameters, "affine")) return {};
        return {(m_norm.shifts ? 2 : 1) * *inputs[0].size(Axis::F), 0};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<RowNormModule>(m_norm, request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const bool affine = graph::boolean(request.parameters, "affine");
        PytorchText text;
        text.module = fmt::format(
            "{}({}, eps={}{})", m_norm.pytorch, *request.inputs[0].size(Axis::F),
            graph::real(request.parameters, "eps"), affine ? "" : ", elementwise_affine=False");
        text.call = "{m}({x0})";
        return text;
    }

private:
    graph::Description m_description;
    RowNorm m_norm;
};

} // namespace

std::unique_ptr<BlockKind> rowNormKind(graph::Description description, RowNorm norm)
{
    return std::make_unique<RowNormKind>(std::move(description), std::move(norm));
}

std::vector<graph::ParameterSpec> normSpecs(Words affine)
{
    return {
        realSpec({"eps",
                  {"Epsilon", "Epsilon"},
                  {"Added under the root so that nothing is divided by zero.",
                   "Ajouté sous la racine pour ne jamais diviser par zéro."}},
                 1e-5, 1e-12, 1.0),
        booleanSpec({"affine", {"Learned scale", "Échelle apprise"}, std::move(affine)}, true),
    };
}

} // namespace ostrich::blocks
