// A window that slides over T: what it does to tensors.
#pragma once

#include "blocks/module_torch.hpp"
#include "blocks/time_window.hpp"

namespace ostrich::blocks {

/// The sequence (N, T, F) as LibTorch's windows take it: (N, F, T + padding), `value` in padding of
/// the batch and of the window, and where even that is too short for one window, behind it.
at::Tensor stretched(const Signal &signal, const TimeWindow &window, double value);

/// Real steps behind the window (N); defined too where no window fits, since something has to come
/// out. A sequence without a window has length 0.
at::Tensor slidBy(const Signal &signal, const TimeWindow &window);

} // namespace ostrich::blocks
