// The losses that an Output may ask for.
#pragma once

#include "blocks/module_torch.hpp"

#include <memory>

namespace ostrich::blocks {

/// Against class indices, of samples (N, K) or of steps (N, T, K); kNoLabel is left out.
std::unique_ptr<OutputModule> crossEntropyOutput();
/// Squared error against one-hot targets, mean over samples and classes.
std::unique_ptr<OutputModule> classErrorOutput();

enum class NumbersLoss { SquaredError, AbsoluteError, Quantiles };

/// 10 %, 50 % and 90 %, in this order: logits (N, 3·V), the V tenths first.
inline constexpr std::int64_t kQuantileCount = 3;

/// Against numbers (N, V). The network learns them with mean 0 and deviation 1 over the training
/// split (buffers answer_mean and answer_deviation, V), so that a loss means the same whatever the
/// unit; probabilities() gives data units, of quantiles the medians. Quantiles: the pinball loss
/// (Koenker and Bassett 1978).
std::unique_ptr<OutputModule> numbersOutput(NumbersLoss loss, const BuildRequest &request);

} // namespace ostrich::blocks
