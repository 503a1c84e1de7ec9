// Silencing a random share of values: what Dropout does, and other blocks do within.
#pragma once

#include "blocks/module_torch.hpp"

namespace ostrich::blocks {

/// `x` with `share` (0 to 1) of its values set to 0 and the others scaled by 1 / (1 − share), while
/// training (Srivastava et al. 2014); else `x` itself. Draws from the pass's generator.
at::Tensor dropped(const at::Tensor &x, double share, const Pass &pass);

} // namespace ostrich::blocks
