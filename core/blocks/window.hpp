// The arithmetic of a window that slides over maps: what Conv2d and the pools share. No LibTorch
// here.
#pragma once

#include "graph/kind.hpp"

#include <optional>

namespace ostrich::blocks {

/// A square window of `kernel` × `kernel` taps, `dilation` pixels apart, moved by `stride` pixels.
struct Window {
    std::int64_t kernel = 1;
    std::int64_t stride = 1;
    std::int64_t dilation = 1;
    graph::ParameterValue padding = std::int64_t{0}; // "same", "valid", or pixels on every side

    std::int64_t reach() const { return dilation * (kernel - 1) + 1; } // pixels it spans
};

/// One axis: where the window goes and what is added before and after.
struct Sweep {
    std::int64_t output = 0;
    std::int64_t before = 0;
    std::int64_t after = 0;
    bool symmetric() const { return before == after; }
};

/// Both axes of a map.
struct Sweeps {
    Sweep vertical;
    Sweep horizontal;
    bool symmetric() const { return vertical.symmetric() && horizontal.symmetric(); }
};

/// Positions along an axis of `input` pixels; nothing where the window is longer than the padded
/// axis. "same": output = ceil(input / stride), the odd pixel after (right, bottom), as TensorFlow
/// pads.
std::optional<Sweep> sweep(std::int64_t input, const Window &window);
std::optional<Sweeps> sweeps(const graph::Shape &maps, const Window &window);

/// "The kernel of Conv2d spans 9 pixels, ..." with `repair` that makes it fit.
graph::Misfit kernelTooLarge(const std::string &kind, const graph::Shape &maps,
                             const Window &window, graph::Repair repair);

/// The parameters kernel_size, stride (0: the kernel's size) and padding of a pool.
Window poolWindow(const graph::Parameters &parameters);
/// The shape rule of both pools.
std::variant<std::vector<graph::Shape>, graph::Misfit> inferPool(const std::string &kind,
                                                                 const graph::Shape &input,
                                                                 const Window &window);
/// kernel_size, stride and padding as both pools describe them.
std::vector<graph::ParameterSpec> poolSpecs(const Words &paddingHelp);
/// {"2×2", "stride 1", "same"}, without what is as usual.
std::vector<Words> poolSummary(const Window &window);

/// How a window's padding reads in Python: as an argument of PyTorch's module, or, where the sides
/// differ, as a padding of its input.
struct PythonPadding {
    std::string argument = {}; // ", padding=1"; empty: none, or `sides`
    std::string sides = {};    // "0, 1, 0, 1": left, right, top, bottom

    /// The module's input: "{x0}", or {x0} padded with `value`.
    std::string padded(const std::string &value) const;
};
PythonPadding pythonPadding(const graph::Shape &maps, const Window &window);
/// ", stride=1"; empty where a pool moves by its own side.
std::string pythonStride(const Window &pool);

} // namespace ostrich::blocks
