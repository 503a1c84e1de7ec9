// SHA-256, for files that come from elsewhere: whether they are the published ones, bit by bit.
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace ostrich {

/// The hash of bytes that come piece by piece (FIPS 180-4, section 6.2).
class Sha256 {
public:
    void add(std::string_view bytes);
    /// In hexadecimal, 64 letters. Ends it: nothing may be added afterwards.
    std::string finish();

private:
    void addBlock(const unsigned char *block);

    std::array<std::uint32_t, 8> m_state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, 64> m_rest{}; // not a whole block yet
    std::uint64_t m_size = 0;               // bytes in all
};

std::string sha256(std::string_view bytes);
/// Of a file, read in parts. Errors: what OpenFile tells.
Result<std::string> sha256OfFile(const std::filesystem::path &file);

} // namespace ostrich
