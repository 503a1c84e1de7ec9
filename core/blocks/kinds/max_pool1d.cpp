// MaxPool1d: the strongest value of a few steps; padding never wins.
#include "blocks/block_kind.hpp"
#include "blocks/lengths_torch.hpp"
#include "blocks/time_window_torch.hpp"

#include <ATen/ops/max_pool1d.h>
#include <fmt/format.h>

#include <limits>

namespace ostrich::blocks::max_pool1d {

namespace {

using graph::Shape;

class MaxPool1dModule final : public Module {
public:
    explicit MaxPool1dModule(const BuildRequest &request) : m_window(timeWindow(request.parameters))
    {
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const at::Tensor x =
            stretched(inputs[0], m_window, -std::numeric_limits<double>::infinity());
        const at::Tensor y = at::max_pool1d(x, m_window.kernel, m_window.stride).transpose(1, 2);
        // Windows over nothing but padding hold -∞, which no later block could multiply by 0.
        const at::Tensor lengths = slidBy(inputs[0], m_window);
        return {{withoutPadding({y, lengths}), lengths}};
    }

private:
    TimeWindow m_window;
};

class MaxPool1dKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "MaxPool1d",
            .category = graph::Category::Pooling,
            .role = graph::Role::Hidden,
            .label = {"MaxPool1d", "MaxPool1d"},
            .help = {"Keeps the strongest value of a few steps: a shorter sequence.",
                     "Garde la valeur la plus forte de quelques pas : une séquence plus courte."},
            .formula = "y<sub>t</sub> = max<sub>u</sub> x<sub>s·t+u</sub>",
            .icon = "pool",
            .searchWords = {"max pooling", "subsampling", "sous-échantillonnage", "pool",
                            "sequence", "séquence"},
            .pill = false,
            .idStem = "max_pool1d",
            .parameters = timePoolSpecs(
                {"Steps at both ends that never win; same: output = input / stride, rounded up; "
                 "valid: an incomplete window at the end is left out.",
                 "Pas aux deux bouts, jamais retenus ; same : sortie = entrée / pas, arrondi "
                 "au-dessus ; valid : une fenêtre incomplète à la fin est laissée."}),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        return inferTimePool("MaxPool1d", inputs[0], parameters);
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return timePoolSummary(parameters);
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<MaxPool1dModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const TimeWindow window = timeWindow(request.parameters);
        return {.module = "",
                .call = fmt::format("max_over_time({{x0}}, {{l0}}, {}, {}, {}, {})", window.kernel,
                                    window.stride, window.before, window.after),
                .lengths = slidLengthsPython(window),
                .support = timeWindowPython()};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<MaxPool1dKind>();
}

} // namespace ostrich::blocks::max_pool1d
