// The sizes of cards and pills, from the design's canvas geometry.
#include "graph/group.hpp"
#include "graph/layout.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::graph {

namespace {

/// About how wide `text` is in 10 pt semibold (13.33 px), by kinds of letters: core has no fonts to
/// ask.
double textWidth(const std::string &text)
{
    double width = 0.0;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if ((code & 0xc0U) == 0x80U) continue; // a UTF-8 letter counts once
        if (std::string_view("ijlI. ").find(c) != std::string_view::npos)
            width += 3.9;
        else if (std::string_view("ftr-").find(c) != std::string_view::npos)
            width += 5.4;
        else if (std::string_view("mwMW").find(c) != std::string_view::npos)
            width += 11.8;
        else if (c >= 'A' && c <= 'Z')
            width += 8.8;
        else
            width += 8.0;
    }
    return width;
}

} // namespace

Size blockSize(const Block &block, const KindSet &kinds)
{
    constexpr Size card{168.0, 96.0};
    const auto kind = kindOf(block, kinds);
    if (kind == nullptr) return card;
    const Description &description = kind->description();
    if (!description.pill) {
        if (description.role == Role::Input) return {144.0, card.height};
        return {description.role == Role::Output ? 124.0 : card.width, card.height};
    }
    // Around the word: ports, icon and its gap. Even, so that half of it is a whole pixel.
    const double word = textWidth(description.name);
    const double width = 2.0 * std::round((word + 42.0) / 2.0);
    const std::size_t inputs =
        kind->inputs(soundParameters(block.parameters, description.parameters)).size();
    // Ports stand 16 apart.
    const double height = inputs < 2 ? 32.0 : 16.0 * static_cast<double>(inputs) + 8.0;
    return {width, height};
}

} // namespace ostrich::graph
