// Rows of results that come in parts: one part after another, or each row to a place of its own.
#pragma once

#include "base/array.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

namespace ostrich::attack {

/// Rows of `part` behind those of `all`; of arrays, both have the same shape but for the first
/// axis.
inline void appendRows(Array &all, Array &&part)
{
    if (all.shape.empty()) {
        all = std::move(part);
        return;
    }
    if (part.shape.empty()) return;
    all.shape[0] += part.shape[0];
    all.values.insert(all.values.end(), part.values.begin(), part.values.end());
}

template <typename T>
void appendRows(std::vector<T> &all, std::vector<T> &&part)
{
    std::ranges::move(part, std::back_inserter(all));
}

/// Rows of `part` to their `places` in `whole`, which has `count` rows; those of an array may be
/// longer than the part's, as the first part has them.
inline void putRows(Array &whole, const Array &part, std::span<const std::size_t> places,
                    std::size_t count)
{
    if (part.shape.empty()) return;
    if (whole.shape.empty()) {
        whole.shape = part.shape;
        whole.shape[0] = static_cast<std::int64_t>(count);
        whole.values.assign(part.values.size() / places.size() * count, 0.0F);
    }
    const std::size_t wide = whole.values.size() / count, own = part.values.size() / places.size();
    for (std::size_t i = 0; i < places.size(); ++i)
        std::copy_n(part.values.begin() + static_cast<std::ptrdiff_t>(i * own), own,
                    whole.values.begin() + static_cast<std::ptrdiff_t>(places[i] * wide));
}

template <typename T>
void putRows(std::vector<T> &whole, const std::vector<T> &part, std::span<const std::size_t> places,
             std::size_t count)
{
    if (part.empty()) return;
    whole.resize(count);
    for (std::size_t i = 0; i < places.size(); ++i) whole[places[i]] = part[i];
}

} // namespace ostrich::attack
