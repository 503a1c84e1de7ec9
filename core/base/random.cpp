// The generators behind RandomStream: SplitMix64 to seed, xoshiro256** to draw.
#include "base/random.hpp"

#include <bit>
#include <cassert>
#include <cmath>
#include <numbers>

namespace ostrich {

namespace {

constexpr std::uint64_t kGoldenGamma = 0x9e3779b97f4a7c15U;
constexpr std::uint64_t kFnvOffset = 0xcbf29ce484222325U;
constexpr std::uint64_t kFnvPrime = 0x100000001b3U;

std::uint64_t finalise(std::uint64_t z)
{
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

} // namespace

std::uint64_t hashSeed(std::uint64_t seed, std::string_view name)
{
    std::uint64_t hash = kFnvOffset;
    // The seed's bytes, low one first, so that big-endian machines agree.
    for (unsigned shift = 0; shift < 64; shift += 8)
        hash = (hash ^ ((seed >> shift) & 0xffU)) * kFnvPrime;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * kFnvPrime;
    return finalise(hash);
}

RandomStream::RandomStream(std::uint64_t seed)
{
    for (std::uint64_t &word : m_state) {
        seed += kGoldenGamma;
        word = finalise(seed);
    }
}

std::uint64_t RandomStream::next()
{
    const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
    const std::uint64_t t = m_state[1] << 17U;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= t;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

double RandomStream::uniform()
{
    return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

double RandomStream::normal()
{
    if (m_hasSpareNormal) {
        m_hasSpareNormal = false;
        return m_spareNormal;
    }
    // 1 - uniform() is in (0, 1]: the logarithm stays finite.
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    const double angle = 2.0 * std::numbers::pi * uniform();
    m_spareNormal = radius * std::sin(angle);
    m_hasSpareNormal = true;
    return radius * std::cos(angle);
}

std::int64_t RandomStream::integer(std::int64_t count)
{
    assert(count > 0);
    const auto range = static_cast<std::uint64_t>(count);
    // Draws below 2^64 mod count would make the small numbers likelier.
    const std::uint64_t unfair = (0 - range) % range;
    std::uint64_t draw = next();
    while (draw < unfair) draw = next();
    return static_cast<std::int64_t>(draw % range);
}

} // namespace ostrich
