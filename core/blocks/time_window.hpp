// The arithmetic of a window that slides over T: what Conv1d and the pools over time share. No
// LibTorch here.
#pragma once

#include "graph/kind.hpp"

#include <optional>

namespace ostrich::blocks {

/// A window of `kernel` steps, `dilation` apart, moved by `stride` steps, over a sequence with
/// `before` and `after` steps of padding. None of them depends on the length, so that a sequence
/// gives the same alone and in a longer batch: "same" centres window i at step i·stride
/// (TensorFlow's rule would shift it with the length where the stride is more than 1).
struct TimeWindow {
    std::int64_t kernel = 1;
    std::int64_t stride = 1;
    std::int64_t dilation = 1;
    std::int64_t before = 0;
    std::int64_t after = 0;

    std::int64_t reach() const { return dilation * (kernel - 1) + 1; } // steps it spans
    std::int64_t padding() const { return before + after; }
    /// Positions along `steps` steps: 0 where the window is longer. "same" and causal: steps /
    /// stride, rounded up.
    std::int64_t positions(std::int64_t steps) const;
};

/// From kernel_size, stride (0: the kernel's size), padding, and where the kind has them dilation
/// and causal: then all padding lies before, as much as "same" adds.
TimeWindow timeWindow(const graph::Parameters &parameters);

/// T behind the window: empty where it is variable; a misfit with `repair` where the window is
/// longer than all sequences.
std::variant<std::optional<std::int64_t>, graph::Misfit> slidSteps(const std::string &kind,
                                                                   const graph::Shape &sequence,
                                                                   const TimeWindow &window,
                                                                   graph::Repair repair);

/// The shape rule of both pools over time.
std::variant<std::vector<graph::Shape>, graph::Misfit> inferTimePool(
    const std::string &kind, const graph::Shape &input, const graph::Parameters &parameters);
/// kernel_size, stride and padding as both pools over time describe them.
std::vector<graph::ParameterSpec> timePoolSpecs(const Words &paddingHelp);
/// {"2", "stride 1", "valid"}, without what is as usual.
std::vector<Words> timePoolSummary(const graph::Parameters &parameters);

/// Python for PytorchText::support: slid(lengths, padding, reach, stride), stretched(x, lengths,
/// before, after, reach), which pads T, max_over_time() and mean_over_time().
std::string timeWindowPython();
/// "slid({l0}, 2, 3, 1)": PytorchText::lengths behind `window`.
std::string slidLengthsPython(const TimeWindow &window);

} // namespace ostrich::blocks
