// Replacing points between digits.
#include "base/decimal_sign.hpp"

namespace ostrich {

std::string withDecimalSign(std::string text, Language language)
{
    if (language != Language::French) return text;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 1; i + 1 < text.size(); ++i)
        if (text[i] == '.' && isDigit(text[i - 1]) && isDigit(text[i + 1])) text[i] = ',';
    return text;
}

} // namespace ostrich
