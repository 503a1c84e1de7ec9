// AvgPool1d: the mean of a few steps; padding counts for nothing.
#include "blocks/block_kind.hpp"
#include "blocks/lengths_torch.hpp"
#include "blocks/time_window_torch.hpp"

#include <ATen/ops/avg_pool1d.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/div.h>
#include <ATen/ops/ones.h>
#include <fmt/format.h>

namespace ostrich::blocks::avg_pool1d {

namespace {

using graph::Shape;

class AvgPool1dModule final : public Module {
public:
    explicit AvgPool1dModule(const BuildRequest &request) : m_window(timeWindow(request.parameters))
    {
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const at::Tensor lengths = slidBy(inputs[0], m_window);
        const at::Tensor means = pooled(inputs[0]);
        if (!lengths.defined() && m_window.padding() == 0) return {{means.transpose(1, 2), {}}};

        // The mean over the padded window, divided by its share of real steps; a window without
        // one must not divide by 0.
        const at::Tensor &x = inputs[0].tensor;
        const at::Tensor ones = at::ones({x.size(0), x.size(1), 1}, x.options());
        const double leastShare = 1.0 / static_cast<double>(m_window.kernel);
        const at::Tensor share = at::clamp(pooled({ones, inputs[0].lengths}), leastShare);
        return {{at::div(means, share).transpose(1, 2), lengths}};
    }

private:
    at::Tensor pooled(const Signal &signal) const
    {
        return at::avg_pool1d(stretched(signal, m_window, 0.0), m_window.kernel, m_window.stride);
    }

    TimeWindow m_window;
};

class AvgPool1dKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "AvgPool1d",
            .category = graph::Category::Pooling,
            .role = graph::Role::Hidden,
            .label = {"AvgPool1d", "AvgPool1d"},
            .help = {"Takes the mean of a few steps: a shorter, smoother sequence.",
                     "Prend la moyenne de quelques pas : une séquence plus courte et plus lisse."},
            .formula = "y<sub>t</sub> = mean<sub>u</sub> x<sub>s·t+u</sub>",
            .icon = "pool",
            .searchWords = {"average pooling", "mean", "moyenne", "moving average",
                            "moyenne mobile", "pool", "sequence", "séquence"},
            .pill = false,
            .idStem = "avg_pool1d",
            .parameters = timePoolSpecs(
                {"Steps at both ends that do not count; same: output = input / stride, rounded up; "
                 "valid: an incomplete window at the end is left out.",
                 "Pas aux deux bouts, qui ne comptent pas ; same : sortie = entrée / pas, arrondi "
                 "au-dessus ; valid : une fenêtre incomplète à la fin est laissée."}),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        return inferTimePool("AvgPool1d", inputs[0], parameters);
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return timePoolSummary(parameters);
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<AvgPool1dModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const TimeWindow window = timeWindow(request.parameters);
        return {.module = "",
                .call = fmt::format("mean_over_time({{x0}}, {{l0}}, {}, {}, {}, {})", window.kernel,
                                    window.stride, window.before, window.after),
                .lengths = slidLengthsPython(window),
                .support = timeWindowPython()};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<AvgPool1dKind>();
}

} // namespace ostrich::blocks::avg_pool1d
