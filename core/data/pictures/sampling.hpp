// The artwork's random quantities: ranges, counts and weighted choices.
#pragma once

#include "base/random.hpp"

#include <vector>

namespace ostrich::data {

/// A number drawn uniformly from [low, high].
struct Range {
    double low = 0.0;
    double high = 0.0;

    double sample(RandomStream &random) const { return random.uniform(low, high); }
    bool operator==(const Range &) const = default;
};

/// A whole number drawn from low..high, both ends included.
struct CountRange {
    int low = 0;
    int high = 0;

    int sample(RandomStream &random) const
    {
        return low + static_cast<int>(random.integer(high - low + 1));
    }
};

/// The index of a member of `items`, drawn in proportion to its `weight`; the weights need not sum
/// to 1.
template <typename Item>
int pickWeighted(RandomStream &random, const std::vector<Item> &items)
{
    double total = 0.0;
    for (const Item &item : items) total += item.weight;
    double rest = random.uniform() * total;
    for (std::size_t i = 0; i + 1 < items.size(); ++i) {
        rest -= items[i].weight;
        if (rest < 0.0) return static_cast<int>(i);
    }
    return static_cast<int>(items.size()) - 1;
}

/// A member of `items`, all equally likely.
template <typename Item>
const Item &pickEvenly(RandomStream &random, const std::vector<Item> &items)
{
    return items[static_cast<std::size_t>(random.integer(static_cast<std::int64_t>(items.size())))];
}

} // namespace ostrich::data
