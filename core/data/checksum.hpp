// A fast 64-bit hash of raw bytes: the data's checksum in manifests, the soundness of cached
// pictures.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ostrich::data {

/// Hash of `size` bytes, started from `seed`; several gigabytes a second. Against accidents, not
/// against attackers.
std::uint64_t hashBytes(const void *bytes, std::size_t size, std::uint64_t seed = 0);

} // namespace ostrich::data
