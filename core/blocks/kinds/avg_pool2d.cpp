// AvgPool2d: the mean of each small square; padding counts for nothing (PyTorch's
// count_include_pad=False).
#include "blocks/block_kind.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/window.hpp"

#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/div.h>
#include <ATen/ops/ones.h>
#include <fmt/format.h>

namespace ostrich::blocks::avg_pool2d {

namespace {

using graph::Shape;

class AvgPool2dModule final : public Module {
public:
    explicit AvgPool2dModule(const BuildRequest &request)
        : m_window(poolWindow(request.parameters)), m_sweeps(*sweeps(request.inputs[0], m_window))
    {
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const at::Tensor &x = inputs[0].tensor;
        if (m_sweeps.symmetric())
            return {{pool(x, m_sweeps.vertical.before, m_sweeps.horizontal.before), {}}};

        // LibTorch cannot pad one side alone: the mean over the padded window, divided by the share
        // of real pixels.
        const at::Tensor real = at::ones({1, 1, x.size(2), x.size(3)}, x.options());
        return {{at::div(pool(padded(x), 0, 0), pool(padded(real), 0, 0)), {}}};
    }

private:
    at::Tensor padded(const at::Tensor &x) const
    {
        const auto &[down, across] = m_sweeps;
        return at::constant_pad_nd(x, {across.before, across.after, down.before, down.after}, 0);
    }

    at::Tensor pool(const at::Tensor &x, std::int64_t above, std::int64_t left) const
    {
        return at::avg_pool2d(x, {m_window.kernel, m_window.kernel},
                              {m_window.stride, m_window.stride}, {above, left},
                              /*ceil_mode=*/false, /*count_include_pad=*/false);
    }

    Window m_window;
    Sweeps m_sweeps;
};

class AvgPool2dKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "AvgPool2d",
            .category = graph::Category::Pooling,
            .role = graph::Role::Hidden,
            .label = {"AvgPool2d", "AvgPool2d"},
            .help = {"Takes the mean of each small square: smaller, smoother maps.",
                     "Prend la moyenne de chaque petit carré : des cartes plus petites et plus "
                     "lisses."},
            .formula = "y<sub>i,j</sub> = mean<sub>u,v</sub> x<sub>s·i+u, s·j+v</sub>",
            .icon = "pool",
            .searchWords = {"average pooling", "mean", "moyenne", "pool"},
            .pill = false,
            .idStem = "avg_pool",
            .parameters = poolSpecs(
                {"Pixels around the maps that do not count; same: output = input / stride, rounded "
                 "up.",
                 "Pixels autour des cartes, qui ne comptent pas ; same : sortie = entrée / pas, "
                 "arrondi au-dessus."}),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        return inferPool("AvgPool2d", inputs[0], poolWindow(parameters));
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return poolSummary(poolWindow(parameters));
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<AvgPool2dModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const Window window = poolWindow(request.parameters);
        const PythonPadding padding = pythonPadding(request.inputs[0], window);
        const std::string module =
            fmt::format("nn.AvgPool2d({}{}{}, count_include_pad=False)", window.kernel,
                        pythonStride(window), padding.argument);
        if (padding.sides.empty()) return {.module = module, .call = "{m}({x0})"};
        return {.module = module,
                .call = fmt::format("mean_of_real({{m}}, {{x0}}, ({}))", padding.sides),
                .support = R"(def mean_of_real(pool, x, padding):
    """Means of x (N, C, H, W) in which pixels of the padding count for nothing."""
    real = nn.functional.pad(torch.ones_like(x[:1, :1]), padding)
    return pool(nn.functional.pad(x, padding)) / pool(real)
)"};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<AvgPool2dKind>();
}

} // namespace ostrich::blocks::avg_pool2d
