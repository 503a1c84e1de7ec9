// MaxPool2d: the strongest value of each small square.
#include "blocks/block_kind.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/window.hpp"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/max_pool2d.h>
#include <fmt/format.h>

#include <limits>

namespace ostrich::blocks::max_pool2d {

namespace {

using graph::Shape;

class MaxPool2dModule final : public Module {
public:
    explicit MaxPool2dModule(const BuildRequest &request)
        : m_window(poolWindow(request.parameters)), m_sweeps(*sweeps(request.inputs[0], m_window))
    {
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        at::Tensor x = inputs[0].tensor;
        const auto &[down, across] = m_sweeps;
        const bool symmetric = m_sweeps.symmetric();
        if (!symmetric)
            x = at::constant_pad_nd(x, {across.before, across.after, down.before, down.after},
                                    -std::numeric_limits<double>::infinity());
        const std::int64_t above = symmetric ? down.before : 0,
                           left = symmetric ? across.before : 0;
        return {{at::max_pool2d(x, {m_window.kernel, m_window.kernel},
                                {m_window.stride, m_window.stride}, {above, left}),
                 {}}};
    }

    bool choosesLargest() const override { return true; }

private:
    Window m_window;
    Sweeps m_sweeps;
};

class MaxPool2dKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "MaxPool2d",
            .category = graph::Category::Pooling,
            .role = graph::Role::Hidden,
            .label = {"MaxPool2d", "MaxPool2d"},
            .help =
                {"Keeps the strongest value of each small square: smaller maps, less place for "
                 "detail.",
                 "Garde la valeur la plus forte de chaque petit carré : des cartes plus petites, "
                 "moins de détail."},
            .formula = "y<sub>i,j</sub> = max<sub>u,v</sub> x<sub>s·i+u, s·j+v</sub>",
            .icon = "pool",
            .searchWords = {"max pooling", "subsampling", "sous-échantillonnage", "pool"},
            .pill = false,
            .idStem = "max_pool",
            .parameters = poolSpecs(
                {"Pixels around the maps that never win; same: output = input / stride, rounded "
                 "up.",
                 "Pixels autour des cartes, jamais retenus ; same : sortie = entrée / pas, arrondi "
                 "au-dessus."}),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        return inferPool("MaxPool2d", inputs[0], poolWindow(parameters));
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return poolSummary(poolWindow(parameters));
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<MaxPool2dModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const Window window = poolWindow(request.parameters);
        const PythonPadding padding = pythonPadding(request.inputs[0], window);
        return {.module = fmt::format("nn.MaxPool2d({}{}{})", window.kernel, pythonStride(window),
                                      padding.argument),
                .call = "{m}(" + padding.padded("-torch.inf") + ")"};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<MaxPool2dKind>();
}

} // namespace ostrich::blocks::max_pool2d
