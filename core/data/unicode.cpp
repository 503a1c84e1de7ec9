// Ranges of Unicode and the arithmetic of its small letters.
#include "data/unicode.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace ostrich::data::unicode {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

bool isIn(std::span<const Range> ranges, char32_t c)
{
    const auto behind = std::ranges::upper_bound(ranges, c, {}, &Range::first);
    return behind != ranges.begin() && c <= std::prev(behind)->last;
}

constexpr std::array<Range, 13> kBlanks{{{0x00, 0x20},
                                         {0x7F, 0xA0},
                                         {0x1680, 0x1680},
                                         {0x180E, 0x180E},
                                         {0x2000, 0x200B},
                                         {0x2028, 0x2029},
                                         {0x202F, 0x202F},
                                         {0x205F, 0x205F},
                                         {0x2800, 0x2800},
                                         {0x3000, 0x3000},
                                         {0x3164, 0x3164},
                                         {0xFFA0, 0xFFA0},
                                         {0xFFF9, 0xFFFB}}};

constexpr std::array<Range, 8> kInvisible{{{0xAD, 0xAD},
                                           {0x061C, 0x061C},
                                           {0x200E, 0x200F},
                                           {0x202A, 0x202E},
                                           {0x2060, 0x2069},
                                           {0x206A, 0x206F},
                                           {0xFEFF, 0xFEFF},
                                           {0xE0000, 0xE007F}}};

constexpr std::array<Range, 9> kMarks{{{0x0300, 0x036F},
                                       {0x0483, 0x0489},
                                       {0x1AB0, 0x1AFF},
                                       {0x1DC0, 0x1DFF},
                                       {0x20D0, 0x20FF},
                                       {0xFE00, 0xFE0F},
                                       {0xFE20, 0xFE2F},
                                       {0x1F3FB, 0x1F3FF},
                                       {0xE0100, 0xE01EF}}};

constexpr std::array<Range, 67> kSigns{
    {{0x21, 0x2F},     {0x3A, 0x40},     {0x5B, 0x60},     {0x7B, 0x7E},     {0xA1, 0xA9},
     {0xAB, 0xAC},     {0xAE, 0xB1},     {0xB4, 0xB4},     {0xB6, 0xB8},     {0xBB, 0xBB},
     {0xBF, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},     {0x02C2, 0x02C5}, {0x02D2, 0x02DF},
     {0x0375, 0x0375}, {0x037E, 0x037E}, {0x0384, 0x0385}, {0x0387, 0x0387}, {0x03F6, 0x03F6},
     {0x055A, 0x055F}, {0x0589, 0x058F}, {0x05BE, 0x05BE}, {0x05C0, 0x05C0}, {0x05C3, 0x05C3},
     {0x05C6, 0x05C6}, {0x05F3, 0x05F4}, {0x0606, 0x060F}, {0x061B, 0x061B}, {0x061D, 0x061F},
     {0x066A, 0x066D}, {0x06D4, 0x06D4}, {0x0700, 0x070D}, {0x0964, 0x0965}, {0x0970, 0x0970},
     {0x0E3F, 0x0E3F}, {0x0E4F, 0x0E4F}, {0x0E5A, 0x0E5B}, {0x0F04, 0x0F14}, {0x104A, 0x104F},
     {0x10FB, 0x10FB}, {0x1360, 0x1368}, {0x166D, 0x166E}, {0x17D4, 0x17D6}, {0x17D8, 0x17DA},
     {0x1800, 0x180A}, {0x2010, 0x2027}, {0x2030, 0x205E}, {0x207A, 0x207E}, {0x208A, 0x208E},
     {0x20A0, 0x20CF}, {0x2100, 0x215F}, {0x218A, 0x218B}, {0x2190, 0x27FF}, {0x2900, 0x2BFF},
     {0x2E00, 0x2FFF}, {0x3001, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x303F}, {0x30FB, 0x30FB},
     {0xA9CF, 0xA9CF}, {0xE000, 0xF8FF}, {0xFD3E, 0xFD3F}, {0xFE10, 0xFE1F}, {0xFE30, 0xFE6B},
     {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20}}};

constexpr std::array<Range, 6> kMoreSigns{{{0xFF3B, 0xFF40},
                                           {0xFF5B, 0xFF65},
                                           {0xFFE0, 0xFFFD},
                                           {0x1D100, 0x1D1FF},
                                           {0x1F000, 0x1FBFF},
                                           {0xF0000, 0x10FFFF}}};

constexpr std::array<Range, 8> kWordsByThemselves{{{0x3005, 0x3007},
                                                   {0x3021, 0x302F},
                                                   {0x3040, 0x30FA},
                                                   {0x30FC, 0x312F},
                                                   {0x31F0, 0x9FFF},
                                                   {0xF900, 0xFAFF},
                                                   {0xFF66, 0xFF9F},
                                                   {0x20000, 0x3FFFF}}};

/// Capitals and small letters side by side, the capital even (or odd).
bool isPaired(char32_t c)
{
    constexpr std::array<Range, 12> even{{{0x0100, 0x012F},
                                          {0x0132, 0x0137},
                                          {0x014A, 0x0177},
                                          {0x01DE, 0x01EF},
                                          {0x01F4, 0x01F5},
                                          {0x01F8, 0x0233},
                                          {0x0460, 0x0481},
                                          {0x048A, 0x04BF},
                                          {0x04D0, 0x052F},
                                          {0x1E00, 0x1E95},
                                          {0x1EA0, 0x1EFF},
                                          {0xA640, 0xA66D}}};
    constexpr std::array<Range, 4> odd{
        {{0x0139, 0x0148}, {0x0179, 0x017E}, {0x01CD, 0x01DC}, {0x04C1, 0x04CE}}};
    return isIn(even, c) ? c % 2 == 0 : isIn(odd, c) && c % 2 == 1;
}

} // namespace

std::optional<char32_t> next(std::string_view text, std::size_t &position)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (position >= text.size()) return {};
    const unsigned char first = byte(position);
    if (first < 0x80) {
        ++position;
        return first;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || position + length > text.size()) return {};
    char32_t c = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(position + i) & 0xC0) != 0x80) return {};
        c = (c << 6) | (byte(position + i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return {};
    position += length;
    return c;
}

void append(char32_t c, std::string &text)
{
    const auto push = [&text](char32_t byte) { text += static_cast<char>(byte); };
    if (c < 0x80) {
        push(c);
        return;
    }
    if (c < 0x800) {
        push(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        push(0xE0 | (c >> 12));
        push(0x80 | ((c >> 6) & 0x3F));
    } else {
        push(0xF0 | (c >> 18));
        push(0x80 | ((c >> 12) & 0x3F));
        push(0x80 | ((c >> 6) & 0x3F));
    }
    push(0x80 | (c & 0x3F));
}

std::vector<char32_t> codePoints(std::string_view text)
{
    std::vector<char32_t> all;
    all.reserve(text.size());
    std::size_t position = 0;
    while (position < text.size()) {
        const auto c = next(text, position);
        all.push_back(c.value_or(0xFFFD));
        if (!c) ++position;
    }
    return all;
}

std::string toUtf8(const std::vector<char32_t> &codePoints)
{
    std::string text;
    for (const char32_t c : codePoints) append(c, text);
    return text;
}

bool isBlank(char32_t c)
{
    return isIn(kBlanks, c);
}

bool isInvisible(char32_t c)
{
    return c >= 0x80 && isIn(kInvisible, c);
}

bool isMark(char32_t c)
{
    return c >= 0x300 && isIn(kMarks, c);
}

bool isSign(char32_t c)
{
    return isIn(kSigns, c) || isIn(kMoreSigns, c);
}

bool isWordByItself(char32_t c)
{
    return c >= 0x3000 && isIn(kWordsByThemselves, c);
}

bool isDigit(char32_t c)
{
    return c >= '0' && c <= '9';
}

char32_t folded(char32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c >= 0xC0 && c <= 0xDE) return c == 0xD7 ? c : c + 32;
    if (c == 0x0130) return 'i';
    if (c == 0x0178) return 0xFF;
    if (c == 0x1E9E) return 0xDF;
    if (c == 0x0386) return 0x03AC;
    if (c >= 0x0388 && c <= 0x038A) return c + 37;
    if (c == 0x038C) return 0x03CC;
    if (c == 0x038E || c == 0x038F) return c + 63;
    if (c >= 0x0391 && c <= 0x03AB) return c == 0x03A2 ? c : c + 32;
    if (c >= 0x0400 && c <= 0x040F) return c + 80;
    if (c >= 0x0410 && c <= 0x042F) return c + 32;
    if (c == 0x04C0) return 0x04CF;
    return isPaired(c) ? c + 1 : c;
}

} // namespace ostrich::data::unicode
