// Seeded random streams: the same numbers on every platform, one stream per purpose.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace ostrich {

/// A 64-bit hash of a seed and a name that is the same on every machine (FNV-1a, then SplitMix64's
/// finaliser).
std::uint64_t hashSeed(std::uint64_t seed, std::string_view name);

/// xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64. Not thread-safe: one stream per
/// thread.
class RandomStream {
public:
    explicit RandomStream(std::uint64_t seed);
    RandomStream(std::uint64_t seed, std::string_view name) : RandomStream(hashSeed(seed, name)) {}

    std::uint64_t next();
    double uniform(); // [0, 1)
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    double normal(); // mean 0, deviation 1 (Box-Muller, both halves used)
    double normal(double mean, double deviation) { return mean + deviation * normal(); }
    std::int64_t integer(std::int64_t count); // 0 .. count - 1; count > 0
    bool chance(double probability) { return uniform() < probability; }

    template <typename T>
    void shuffle(std::span<T> items)
    {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1],
                      items[static_cast<std::size_t>(integer(static_cast<std::int64_t>(i)))]);
    }

private:
    std::uint64_t m_state[4];
    double m_spareNormal = 0.0;
    bool m_hasSpareNormal = false;
};

} // namespace ostrich
