// The hash behind checksum.hpp: four lanes of multiply and rotate, then MurmurHash3's finaliser.
#include "data/checksum.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace ostrich::data {

namespace {

constexpr std::uint64_t kFirstPrime = 0x9E3779B185EBCA87ULL;
constexpr std::uint64_t kSecondPrime = 0xC2B2AE3D27D4EB4FULL;

std::uint64_t word(const unsigned char *bytes, std::size_t size = 8)
{
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, size);
    return value;
}

std::uint64_t mix(std::uint64_t lane, std::uint64_t value)
{
    return std::rotl(lane + value * kSecondPrime, 31) * kFirstPrime;
}

std::uint64_t finish(std::uint64_t hash)
{
    hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDULL;
    hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53ULL;
    return hash ^ (hash >> 33);
}

} // namespace

std::uint64_t hashBytes(const void *bytes, std::size_t size, std::uint64_t seed)
{
    const auto *position = static_cast<const unsigned char *>(bytes);
    std::size_t left = size;
    std::array<std::uint64_t, 4> lanes{seed + kFirstPrime, seed + kSecondPrime, seed,
                                       seed - kFirstPrime};
    for (; left >= 32; left -= 32, position += 32) {
        for (std::size_t lane = 0; lane < 4; ++lane)
            lanes[lane] = mix(lanes[lane], word(position + 8 * lane));
    }
    std::uint64_t hash = size;
    for (const std::uint64_t lane : lanes) hash = mix(hash, lane);
    for (; left >= 8; left -= 8, position += 8) hash = mix(hash, word(position));
    if (left > 0) hash = mix(hash, word(position, left));
    return finish(hash);
}

} // namespace ostrich::data
