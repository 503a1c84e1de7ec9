// BatchNorm2d: every channel to mean 0 and deviation 1 over the batch, then a learned scale and
// shift.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/batch_norm.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

namespace ostrich::blocks::batch_norm2d {

namespace {

using graph::Axis;
using graph::Shape;

class BatchNorm2dModule final : public Module {
public:
    explicit BatchNorm2dModule(const BuildRequest &request)
        : m_momentum(graph::real(request.parameters, "momentum")),
          m_epsilon(graph::real(request.parameters, "eps"))
    {
        const std::int64_t channels = *request.inputs[0].size(Axis::C);
        const auto options = at::TensorOptions().dtype(request.dtype);
        if (graph::boolean(request.parameters, "affine"))
            parameters = {{"weight", at::ones({channels}, options).requires_grad_(true)},
                          {"bias", at::zeros({channels}, options).requires_grad_(true)}};
        buffers = {{"running_mean", at::zeros({channels}, options)},
                   {"running_var", at::ones({channels}, options)}};
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &pass) override
    {
        const at::Tensor &x = inputs[0].tensor;
        const bool affine = !parameters.empty();
        // One value a channel has no variance (PyTorch refuses it): the running statistics serve
        // such a batch.
        const bool fromBatch = pass.training && x.size(0) * x.size(2) * x.size(3) > 1;
        return {{at::batch_norm(x, affine ? parameters[0].tensor : at::Tensor(),
                                affine ? parameters[1].tensor : at::Tensor(), buffers[0].tensor,
                                buffers[1].tensor, fromBatch, m_momentum, m_epsilon,
                                /*cudnn_enabled=*/true),
                 {}}};
    }

private:
    double m_momentum;
    double m_epsilon;
};

std::vector<graph::ParameterSpec> specs()
{
    return {
        realSpec({"momentum",
                  {"Momentum", "Inertie"},
                  {"Weight of the newest batch in the running mean and variance.",
                   "Poids du dernier lot dans la moyenne et la variance courantes."}},
                 0.1, 0.0, 1.0),
        realSpec({"eps",
                  {"Epsilon", "Epsilon"},
                  {"Added to the variance so that nothing is divided by zero.",
                   "Ajouté à la variance pour ne jamais diviser par zéro."}},
                 1e-5, 1e-12, 1.0),
        booleanSpec({"affine",
                     {"Scale and shift", "Échelle et décalage"},
                     {"A learned scale and shift for each channel.",
                      "Une échelle et un décalage appris pour chaque canal."}},
                    true),
    };
}

class BatchNorm2dKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "BatchNorm2d",
            .category = graph::Category::Normalisation,
            .role = graph::Role::Hidden,
            .label = {"BatchNorm2d", "BatchNorm2d"},
            .help = {"Brings each channel to mean 0 and deviation 1 over the batch: training is "
                     "steadier.",
                     "Ramène chaque canal à moyenne 0 et écart type 1 sur le lot : l'apprentissage "
                     "est plus stable."},
            .formula = "y = γ (x − μ) / √(σ<sup>2</sup> + ε) + β",
            .icon = "norm",
            .searchWords = {"batch normalization", "batch norm", "normalisation par lot"},
            .pill = false,
            .idStem = "batch_norm",
            .parameters = specs(),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &,
                                                          const graph::DataFacts &) const override
    {
        if (!inputs[0].isMaps()) return expectsMaps("BatchNorm2d", inputs[0]);
        return inputs;
    }

    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &,
                     const graph::Parameters &parameters) const override
    {
        return {graph::boolean(parameters, "affine") ? 2 * *inputs[0].size(Axis::C) : 0, 0};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<BatchNorm2dModule>(request);
    }

    /// The weights carry no version, so that PyTorch does not miss its num_batches_tracked.
    PytorchText pytorch(const TextRequest &request) const override
    {
        const graph::Parameters &parameters = request.parameters;
        std::string module = fmt::format("nn.BatchNorm2d({}", *request.inputs[0].size(Axis::C));
        if (const double epsilon = graph::real(parameters, "eps"); epsilon != 1e-5)
            module += fmt::format(", eps={}", epsilon);
        if (const double momentum = graph::real(parameters, "momentum"); momentum != 0.1)
            module += fmt::format(", momentum={}", momentum);
        if (!graph::boolean(parameters, "affine")) module += ", affine=False";
        return {.module = module + ")", .call = "{m}({x0})"};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<BatchNorm2dKind>();
}

} // namespace ostrich::blocks::batch_norm2d
