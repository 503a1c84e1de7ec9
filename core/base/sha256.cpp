// SHA-256 in its plain form: 64 rounds over blocks of 64 bytes.
#include "base/sha256.hpp"

#include "base/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace ostrich {

namespace {

constexpr std::size_t kBlock = 64;       // bytes
constexpr std::size_t kPart = 1U << 20U; // of a file, bytes

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::array<std::uint32_t, 64> kRound{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t bigEndian(const unsigned char *bytes)
{
    return (std::uint32_t{bytes[0]} << 24U) | (std::uint32_t{bytes[1]} << 16U)
           | (std::uint32_t{bytes[2]} << 8U) | std::uint32_t{bytes[3]};
}

} // namespace

void Sha256::addBlock(const unsigned char *block)
{
    std::array<std::uint32_t, 64> w;
    for (std::size_t t = 0; t < 16; ++t) w[t] = bigEndian(block + 4 * t);
    for (std::size_t t = 16; t < 64; ++t) {
        const std::uint32_t early = w[t - 15], late = w[t - 2];
        w[t] = w[t - 16] + (std::rotr(early, 7) ^ std::rotr(early, 18) ^ (early >> 3U)) + w[t - 7]
               + (std::rotr(late, 17) ^ std::rotr(late, 19) ^ (late >> 10U));
    }
    auto [a, b, c, d, e, f, g, h] = m_state;
    for (std::size_t t = 0; t < 64; ++t) {
        const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25))
                                    + ((e & f) ^ (~e & g)) + kRound[t] + w[t];
        const std::uint32_t second =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    const std::array<std::uint32_t, 8> mixed{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < mixed.size(); ++i) m_state[i] += mixed[i];
}

void Sha256::add(std::string_view bytes)
{
    const auto *next = reinterpret_cast<const unsigned char *>(bytes.data());
    std::size_t left = bytes.size();
    const std::size_t held = m_size % kBlock;
    m_size += left;
    if (held > 0) {
        const std::size_t taken = std::min(kBlock - held, left);
        std::memcpy(m_rest.data() + held, next, taken);
        next += taken;
        left -= taken;
        if (held + taken < kBlock) return;
        addBlock(m_rest.data());
    }
    for (; left >= kBlock; left -= kBlock, next += kBlock) addBlock(next);
    if (left > 0) std::memcpy(m_rest.data(), next, left);
}

std::string Sha256::finish()
{
    const std::uint64_t bits = m_size * 8;
    // A one bit, zeros, and the length in the last 8 bytes of a block.
    const std::size_t held = m_size % kBlock;
    std::string ending((held < 56 ? 64 : 128) - held, '\0');
    ending.front() = static_cast<char>(0x80);
    for (std::size_t i = 0; i < 8; ++i)
        ending[ending.size() - 1 - i] = static_cast<char>(bits >> (8 * i));
    add(ending);
    std::string text;
    for (const std::uint32_t word : m_state) text += fmt::format("{:08x}", word);
    return text;
}

std::string sha256(std::string_view bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

Result<std::string> sha256OfFile(const std::filesystem::path &file)
{
    const auto opened = OpenFile::open(file);
    if (!opened) return opened.error();
    Sha256 hash;
    std::string part;
    for (std::uint64_t at = 0; at < opened->size(); at += part.size()) {
        part.resize(std::min<std::uint64_t>(kPart, opened->size() - at));
        if (auto read = opened->read(at, part.data(), part.size()); !read) return read.error();
        hash.add(part);
    }
    return hash.finish();
}

} // namespace ostrich
