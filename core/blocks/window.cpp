// The arithmetic of a window that slides over maps: what Conv2d and the pools share.
#include "blocks/window.hpp"

#include "blocks/misfits.hpp"
#include "blocks/specs.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ostrich::blocks {

using graph::Axis;
using graph::Shape;

std::optional<Sweep> sweep(std::int64_t input, const Window &window)
{
    if (input <= 0) return std::nullopt;

    const auto *word = std::get_if<std::string>(&window.padding);
    if (word && *word == "same") {
        const std::int64_t output = (input + window.stride - 1) / window.stride;
        const std::int64_t covered = (output - 1) * window.stride + window.reach();
        const std::int64_t added = std::max<std::int64_t>(covered - input, 0);
        return Sweep{output, added / 2, added - added / 2};
    }
    const auto *pixels = std::get_if<std::int64_t>(&window.padding);
    const std::int64_t side = pixels ? *pixels : 0;
    const std::int64_t room = input + 2 * side - window.reach();
    if (room < 0) return std::nullopt;
    return Sweep{room / window.stride + 1, side, side};
}

std::optional<Sweeps> sweeps(const Shape &maps, const Window &window)
{
    const auto vertical = sweep(maps.size(Axis::H).value_or(0), window);
    const auto horizontal = sweep(maps.size(Axis::W).value_or(0), window);
    if (!vertical || !horizontal) return std::nullopt;
    return Sweeps{*vertical, *horizontal};
}

graph::Misfit kernelTooLarge(const std::string &kind, const Shape &maps, const Window &window,
                             graph::Repair repair)
{
    const auto *pixels = std::get_if<std::int64_t>(&window.padding);
    const std::int64_t added = pixels ? 2 * *pixels : 0;
    const std::string padded = fmt::format("{}×{}", maps.size(Axis::H).value_or(0) + added,
                                           maps.size(Axis::W).value_or(0) + added);
    return misfit({"blocks.kernel_too_large", {kind, square(window.reach()), padded}},
                  {"blocks.kernel_reason", {square(window.reach()), padded}}, "", "x",
                  std::move(repair));
}

Window poolWindow(const graph::Parameters &parameters)
{
    Window window;
    window.kernel = graph::integer(parameters, "kernel_size");
    const std::int64_t stride = graph::integer(parameters, "stride");
    window.stride = stride == 0 ? window.kernel : stride;
    window.padding = parameters.at("padding");
    return window;
}

std::variant<std::vector<Shape>, graph::Misfit> inferPool(const std::string &kind,
                                                          const Shape &input, const Window &window)
{
    if (!input.isMaps()) return expectsMaps(kind, input);

    // LibTorch refuses windows that could lie in the padding alone.
    const auto *pixels = std::get_if<std::int64_t>(&window.padding);
    if (pixels && *pixels > window.kernel / 2)
        return misfit(
            {"blocks.pool_padding", {kind, std::to_string(*pixels), square(window.kernel)}},
            {"blocks.pool_padding_reason", {}}, "", "",
            graph::ChangeParameter{"padding", window.kernel / 2});

    const auto fitted = sweeps(input, window);
    if (!fitted) {
        const std::int64_t side = std::min(*input.size(Axis::H), *input.size(Axis::W));
        return kernelTooLarge(kind, input, window, graph::ChangeParameter{"kernel_size", side});
    }
    return std::vector{
        Shape::maps(*input.size(Axis::C), fitted->vertical.output, fitted->horizontal.output)};
}

std::vector<graph::ParameterSpec> poolSpecs(const Words &paddingHelp)
{
    return {
        integerSpec({"kernel_size",
                     {"Window", "Fenêtre"},
                     {"Side of the square that becomes one value.",
                      "Côté du carré qui devient une seule valeur."}},
                    2, 1, kMaxKernel, "pixels"),
        integerSpec({"stride",
                     {"Stride", "Pas"},
                     {"How far the window moves each time; 0: by its own side.",
                      "Déplacement de la fenêtre à chaque fois ; 0 : de son propre côté."}},
                    0, 0, kMaxKernel, "pixels"),
        paddingSpec({"padding", {"Padding", "Marge"}, paddingHelp}, std::string("valid")),
    };
}

std::vector<Words> poolSummary(const Window &window)
{
    std::vector<Words> words{same(square(window.kernel))};
    if (window.stride != window.kernel) {
        const std::string stride = std::to_string(window.stride);
        words.push_back({"stride " + stride, "pas " + stride});
    }
    const std::string padding = graph::toString(window.padding);
    if (const auto *pixels = std::get_if<std::int64_t>(&window.padding)) {
        if (*pixels != 0) words.push_back({"padding " + padding, "marge " + padding});
    } else if (padding != "valid") {
        words.push_back(same(padding));
    }
    return words;
}

std::string PythonPadding::padded(const std::string &value) const
{
    if (sides.empty()) return "{x0}";
    return fmt::format("nn.functional.pad({{x0}}, ({}), value={})", sides, value);
}

PythonPadding pythonPadding(const Shape &maps, const Window &window)
{
    const Sweep down = sweeps(maps, window)->vertical, across = sweeps(maps, window)->horizontal;
    if (!down.symmetric() || !across.symmetric())
        return {.sides = fmt::format("{}, {}, {}, {}", across.before, across.after, down.before,
                                     down.after)};
    if (down.before == 0 && across.before == 0) return {};
    if (down.before == across.before) return {fmt::format(", padding={}", down.before)};
    return {fmt::format(", padding=({}, {})", down.before, across.before)};
}

std::string pythonStride(const Window &pool)
{
    return pool.stride == pool.kernel ? std::string() : fmt::format(", stride={}", pool.stride);
}

} // namespace ostrich::blocks
