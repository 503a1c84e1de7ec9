// The colours of one picture's animal.
#include "data/pictures/palette.hpp"

#include <algorithm>
#include <stdexcept>

namespace ostrich::data {
namespace {

auto findSlot(const Slots<Colour> &palette, std::string_view slot)
{
    return std::find_if(palette.begin(), palette.end(),
                        [slot](const auto &entry) { return entry.first == slot; });
}

bool has(const Slots<Colour> &palette, std::string_view slot)
{
    return findSlot(palette, slot) != palette.end();
}

} // namespace

Slots<Colour> mixPalette(const MenagerieArtwork &artwork, const Animal &animal,
                         RandomStream &random)
{
    const auto index = static_cast<std::size_t>(pickWeighted(random, animal.palettes));
    Slots<Colour> palette;
    for (const auto &[slot, colour] : animal.palettes[index].colours)
        palette.emplace_back(slot, jittered(colour, artwork.jitter, random));

    Slots<Colour> shared;
    for (const auto &[slot, colours] : artwork.commonColours)
        shared.emplace_back(slot, pickEvenly(random, colours));
    for (const auto &[slot, other] : animal.fallback)
        if (!has(palette, slot))
            palette.emplace_back(slot, slotColour(has(palette, other) ? palette : shared, other));
    for (const auto &[slot, colour] : shared)
        if (!has(palette, slot)) palette.emplace_back(slot, colour);
    return palette;
}

const Colour &slotColour(const Slots<Colour> &palette, std::string_view slot)
{
    const auto found = findSlot(palette, slot);
    if (found == palette.end()) throw std::out_of_range("no colour for slot " + std::string(slot));
    return found->second;
}

Colour contrastColour(const Animal &animal, const Slots<Colour> &palette)
{
    Colour sum;
    for (const std::string &slot : animal.contrastSlots) sum += slotColour(palette, slot);
    return sum * (1.0F / static_cast<float>(animal.contrastSlots.size()));
}

} // namespace ostrich::data
