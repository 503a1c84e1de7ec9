// Choosing the strongest channels, and scaling maps down.
#include "probe/thumbnail_torch.hpp"

#include "engine/model_torch.hpp"

#include <ATen/ops/adaptive_avg_pool2d.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ostrich::probe {

namespace {

std::vector<int> strongest(const at::Tensor &maps)
{
    const Array strength = engine::toArray(maps.abs().mean({1, 2}));
    std::vector<int> channels(strength.values.size());
    std::iota(channels.begin(), channels.end(), 0);
    const auto stronger = [&strength](int a, int b) {
        return strength.values[static_cast<std::size_t>(a)]
               > strength.values[static_cast<std::size_t>(b)];
    };
    std::stable_sort(channels.begin(), channels.end(), stronger);
    channels.resize(std::min<std::size_t>(channels.size(), kThumbnailMaps));
    return channels;
}

/// `maps` (M, H, W) by area averages to at most kThumbnailSide pixels a side, in proportion.
at::Tensor scaledDown(const at::Tensor &maps)
{
    const std::int64_t longSide = std::max(maps.size(1), maps.size(2));
    if (longSide <= kThumbnailSide) return maps;
    const auto scaled = [longSide](std::int64_t side) {
        return std::max<std::int64_t>((side * kThumbnailSide + longSide / 2) / longSide, 1);
    };
    const std::array<std::int64_t, 2> size{scaled(maps.size(1)), scaled(maps.size(2))};
    return at::adaptive_avg_pool2d(maps, size);
}

/// `strip` (1, F, T) by area averages to at most kThumbnailSide features and steps, each by itself:
/// a long sequence keeps its features.
at::Tensor shortened(const at::Tensor &strip)
{
    if (std::max(strip.size(1), strip.size(2)) <= kThumbnailSide) return strip;
    const std::array<std::int64_t, 2> size{std::min(strip.size(1), kThumbnailSide),
                                           std::min(strip.size(2), kThumbnailSide)};
    return at::adaptive_avg_pool2d(strip, size);
}

Thumbnail finished(const at::Tensor &values, std::vector<int> channels)
{
    Thumbnail thumbnail;
    thumbnail.values = engine::toArray(values);
    thumbnail.channels = std::move(channels);
    thumbnail.isSigned = std::any_of(thumbnail.values.values.begin(), thumbnail.values.values.end(),
                                     [](float value) { return value < 0.0f; });
    return thumbnail;
}

} // namespace

std::optional<Thumbnail> thumbnailOf(const at::Tensor &output, bool allChannels)
{
    if (output.dim() == 2) return finished(output.select(0, 0), {});
    if (output.numel() == 0) return {};
    if (output.dim() == 3) {
        const at::Tensor strip = output.transpose(1, 2);
        return finished(allChannels ? strip : shortened(strip), {0});
    }
    if (output.dim() != 4) return {};
    const at::Tensor maps = output.select(0, 0);
    if (allChannels) {
        std::vector<int> channels(static_cast<std::size_t>(maps.size(0)));
        std::iota(channels.begin(), channels.end(), 0);
        return finished(scaledDown(maps), std::move(channels));
    }
    std::vector<int> channels = strongest(maps);
    const std::vector<std::int64_t> chosen(channels.begin(), channels.end());
    return finished(scaledDown(at::index_select(maps, 0, at::tensor(chosen))), std::move(channels));
}

} // namespace ostrich::probe
