// Reading "4x7x7".
#include "blocks/size_text.hpp"

#include <charconv>
#include <string_view>

namespace ostrich::blocks {

std::optional<std::vector<std::int64_t>> sizesFromText(std::string text, std::int64_t most)
{
    for (std::size_t at; (at = text.find("×")) != std::string::npos;)
        text.replace(at, std::string_view("×").size(), 1, 'x');

    std::vector<std::int64_t> sizes;
    const char *next = text.data(), *const end = text.data() + text.size();
    while (true) {
        std::int64_t size = 0;
        const auto [rest, error] = std::from_chars(next, end, size);
        if (error != std::errc() || size < 1 || size > most || sizes.size() == 3)
            return std::nullopt;
        sizes.push_back(size);
        if (rest == end) return sizes;
        if (*rest != 'x') return std::nullopt;
        next = rest + 1;
    }
}

} // namespace ostrich::blocks
