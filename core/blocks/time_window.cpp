// A window that slides over T: its arithmetic, its words, and what it does to tensors.
#include "blocks/time_window.hpp"

#include "blocks/lengths_torch.hpp"
#include "blocks/misfits.hpp"
#include "blocks/specs.hpp"
#include "blocks/time_window_torch.hpp"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/full.h>
#include <ATen/ops/where.h>
#include <fmt/format.h>

#include <algorithm>

namespace ostrich::blocks {

using graph::Axis;
using graph::Shape;

std::int64_t TimeWindow::positions(std::int64_t steps) const
{
    const std::int64_t room = steps + padding() - reach();
    return room < 0 ? 0 : room / stride + 1;
}

TimeWindow timeWindow(const graph::Parameters &parameters)
{
    TimeWindow window;
    window.kernel = graph::integer(parameters, "kernel_size");
    const std::int64_t stride = graph::integer(parameters, "stride");
    window.stride = stride == 0 ? window.kernel : stride;
    if (parameters.contains("dilation")) window.dilation = graph::integer(parameters, "dilation");

    const std::int64_t missing = window.reach() - 1; // what keeps T at stride 1
    if (parameters.contains("causal") && graph::boolean(parameters, "causal")) {
        window.before = missing;
        return window;
    }
    const graph::ParameterValue &padding = parameters.at("padding");
    if (const auto *steps = std::get_if<std::int64_t>(&padding)) {
        window.before = window.after = *steps;
    } else if (std::get<std::string>(padding) == "same") {
        window.before = missing / 2;
        window.after = missing - window.before;
    }
    return window;
}

std::variant<std::optional<std::int64_t>, graph::Misfit> slidSteps(const std::string &kind,
                                                                   const Shape &sequence,
                                                                   const TimeWindow &window,
                                                                   graph::Repair repair)
{
    const auto steps = sequence.size(Axis::T);
    if (!steps) return std::optional<std::int64_t>();
    if (const std::int64_t positions = window.positions(*steps); positions > 0)
        return std::optional(positions);
    const std::string reach = std::to_string(window.reach()),
                      padded = std::to_string(*steps + window.padding());
    return misfit({"blocks.kernel_too_long", {kind, reach, padded}},
                  {"blocks.kernel_too_long_reason", {reach, padded}}, "", "x", std::move(repair));
}

std::variant<std::vector<Shape>, graph::Misfit> inferTimePool(const std::string &kind,
                                                              const Shape &input,
                                                              const graph::Parameters &parameters)
{
    if (!input.isSequence() || !input.size(Axis::F)) return expectsSequence(kind, input);
    const TimeWindow window = timeWindow(parameters);

    // A window must not lie in the padding alone.
    const auto *padding = std::get_if<std::int64_t>(&parameters.at("padding"));
    if (padding && *padding > window.kernel / 2)
        return misfit({"blocks.pool_padding_steps",
                       {kind, std::to_string(*padding), std::to_string(window.kernel)}},
                      {"blocks.pool_padding_reason", {}}, "", "",
                      graph::ChangeParameter{"padding", window.kernel / 2});

    const auto slid =
        slidSteps(kind, input, window,
                  graph::ChangeParameter{"kernel_size", input.size(Axis::T).value_or(1)});
    if (const auto *misfit = std::get_if<graph::Misfit>(&slid)) return *misfit;
    return std::vector{Shape::sequence(std::get<0>(slid), *input.size(Axis::F))};
}

std::vector<graph::ParameterSpec> timePoolSpecs(const Words &paddingHelp)
{
    graph::ParameterSpec padding =
        paddingSpec({"padding", {"Padding", "Marge"}, paddingHelp}, std::string("same"));
    padding.unit = "steps";
    return {
        integerSpec({"kernel_size",
                     {"Window", "Fenêtre"},
                     {"How many steps become one.", "Combien de pas en deviennent un seul."}},
                    2, 1, kMaxKernel, "steps"),
        integerSpec({"stride",
                     {"Stride", "Pas"},
                     {"How far the window moves each time; 0: by its own length.",
                      "Déplacement de la fenêtre à chaque fois ; 0 : de sa propre longueur."}},
                    0, 0, kMaxKernel, "steps"),
        std::move(padding),
    };
}

std::vector<Words> timePoolSummary(const graph::Parameters &parameters)
{
    const TimeWindow window = timeWindow(parameters);
    std::vector<Words> words{counted(window.kernel, {"step", "pas"}, {"steps", "pas"})};
    if (window.stride != window.kernel) {
        const std::string stride = std::to_string(window.stride);
        words.push_back({"stride " + stride, "pas " + stride});
    }
    const graph::ParameterValue &padding = parameters.at("padding");
    const std::string text = graph::toString(padding);
    if (const auto *steps = std::get_if<std::int64_t>(&padding)) {
        if (*steps != 0) words.push_back({"padding " + text, "marge " + text});
    } else if (text != "same") {
        words.push_back(same(text));
    }
    return words;
}

std::string timeWindowPython()
{
    // One text for all kinds, so that it is written once.
    return R"py(def real_steps(x, lengths):
    """(N, T, 1): True where a step of x (N, T, F) is real."""
    return (torch.arange(x.shape[1], device=x.device) < lengths[:, None])[:, :, None]


def slid(lengths, padding, reach, stride):
    """Real steps behind a window over time that spans `reach` steps."""
    if lengths is None:
        return None
    return ((lengths + padding - reach).div(stride, rounding_mode="floor") + 1).clamp(min=0)


def stretched(x, lengths, before, after, reach, value=0.0):
    """x (N, T, F) to (N, F, T + padding), `value` wherever no real step is."""
    if lengths is not None:
        x = torch.where(real_steps(x, lengths), x, value)
    after = max(after, reach - before - x.shape[1])
    return nn.functional.pad(x.transpose(1, 2), (before, after), value=value)


def max_over_time(x, lengths, kernel, stride, before, after):
    """The largest of every `kernel` steps; padding never wins."""
    y = stretched(x, lengths, before, after, kernel, float("-inf"))
    y = nn.functional.max_pool1d(y, kernel, stride).transpose(1, 2)
    if lengths is None:
        return y
    return torch.where(real_steps(y, slid(lengths, before + after, kernel, stride)), y, 0.0)


def mean_over_time(x, lengths, kernel, stride, before, after):
    """The mean of every `kernel` steps; padding does not count."""
    def pooled(x):
        x = stretched(x, lengths, before, after, kernel)
        return nn.functional.avg_pool1d(x, kernel, stride).transpose(1, 2)
    return pooled(x) / pooled(torch.ones_like(x[:, :, :1])).clamp(min=1 / kernel)
)py";
}

std::string slidLengthsPython(const TimeWindow &window)
{
    if (window.stride == 1 && window.padding() == window.reach() - 1) return "{l0}";
    return fmt::format("slid({{l0}}, {}, {}, {})", window.padding(), window.reach(), window.stride);
}

at::Tensor stretched(const Signal &signal, const TimeWindow &window, double value)
{
    const at::Tensor real = realSteps(signal);
    const at::Tensor known =
        real.defined() ? at::where(real.unsqueeze(2), signal.tensor, value) : signal.tensor;
    const std::int64_t after =
        std::max(window.after, window.reach() - window.before - known.size(1));
    const at::Tensor x = known.transpose(1, 2);
    if (window.before == 0 && after == 0) return x;
    return at::constant_pad_nd(x, {window.before, after}, value);
}

at::Tensor slidBy(const Signal &signal, const TimeWindow &window)
{
    at::Tensor lengths = signal.lengths;
    const std::int64_t count = signal.tensor.size(0), steps = signal.tensor.size(1);
    if (!lengths.defined() && window.positions(steps) == 0)
        lengths = at::full({count}, steps, signal.tensor.options().dtype(at::kLong));
    return slidLengths(lengths, window.padding(), window.reach(), window.stride);
}

} // namespace ostrich::blocks
