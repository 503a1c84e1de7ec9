// Unicode as far as splitting text needs it: code points from UTF-8 and back, what kind of sign
// each is, small letters. Ranges by hand instead of Unicode's tables: see each function for its
// limits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ostrich::data::unicode {

/// The code point that begins at `text[position]`, which is moved behind it; nothing, and
/// `position` unmoved, where the bytes there are no UTF-8 (overlong forms, surrogates and numbers
/// beyond U+10FFFF are none).
std::optional<char32_t> next(std::string_view text, std::size_t &position);
void append(char32_t codePoint, std::string &text);

/// All of `text`, which is UTF-8.
std::vector<char32_t> codePoints(std::string_view text);
std::string toUtf8(const std::vector<char32_t> &codePoints);

/// Blanks of every width, line ends, control signs.
bool isBlank(char32_t c);
/// Signs that change nothing to be seen: soft hyphen, byte order mark, direction marks.
bool isInvisible(char32_t c);
/// Signs that are drawn on the one before them: accents, variation selectors, skin tones.
bool isMark(char32_t c);
/// Punctuation and symbols, emoji among them.
bool isSign(char32_t c);
/// Scripts written without blanks whose signs serve as words here: Han and Kana. (Thai, Lao, Khmer
/// and Burmese write no blanks either; their runs stay whole.)
bool isWordByItself(char32_t c);
bool isDigit(char32_t c); // 0 to 9

/// The small letter of a capital: Latin with all its extensions to U+024F and U+1E00 to U+1EFF,
/// modern Greek, Cyrillic. Others stay as they are, and so does a final sigma.
char32_t folded(char32_t c);

} // namespace ostrich::data::unicode
