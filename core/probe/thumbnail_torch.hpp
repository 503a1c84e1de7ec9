// From a block's output tensor to the few small maps or the row of values that a card shows.
#pragma once

#include "probe/thumbnails.hpp"

#include <ATen/core/Tensor.h>

#include <optional>

namespace ostrich::probe {

/// Larger maps are averaged down to this many pixels on their long side.
inline constexpr std::int64_t kThumbnailSide = 64;

/// `output` of one sample: maps (1, C, H, W), a sequence (1, T, F), vector (1, F) or tokens (1, T);
/// anything else: nothing.
/// `allChannels`: every map in its own order instead of the strongest; sequences with every feature
/// and step.
std::optional<Thumbnail> thumbnailOf(const at::Tensor &output, bool allChannels);

} // namespace ostrich::probe
