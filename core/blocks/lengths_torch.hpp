// Padding in batches of sequences: which steps are real, and how to keep the others out.
#pragma once

#include "blocks/module_torch.hpp"

namespace ostrich::blocks {

/// (N, T) booleans: true where a step of `signal` (N, T, ...) is real. Undefined where nothing is
/// padded (no lengths).
at::Tensor realSteps(const Signal &signal);

/// `signal`'s tensor (N, T, F) with 0 in every padded step; itself where nothing is padded.
at::Tensor withoutPadding(const Signal &signal);

/// The last real step of each sample: (N, T, F) to (N, F).
at::Tensor lastStep(const Signal &signal);

/// Every sample's real steps in reverse order, its padding left behind them: (N, T, F). Its own
/// inverse.
at::Tensor reversed(const Signal &signal);

/// Lengths behind a window that slides over T: floor((L + padding - reach) / stride) + 1, at least
/// 0; `reach` = dilation (kernel - 1) + 1, `padding` of both ends together. Undefined for undefined
/// lengths.
at::Tensor slidLengths(const at::Tensor &lengths, std::int64_t padding, std::int64_t reach,
                       std::int64_t stride);

} // namespace ostrich::blocks
