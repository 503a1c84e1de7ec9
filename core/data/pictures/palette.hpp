// The colours of one picture's animal.
#pragma once

#include "data/pictures/artwork.hpp"

#include <string_view>

namespace ostrich::data {

/// A colour for every slot the animal's parts name: one of its palettes, jittered; else the
/// animal's fallback slot; else a colour that all animals share.
Slots<Colour> mixPalette(const MenagerieArtwork &artwork, const Animal &animal,
                         RandomStream &random);

/// The colour of a slot. Throws std::out_of_range where the artwork gives it none.
const Colour &slotColour(const Slots<Colour> &palette, std::string_view slot);

/// The colour that the background must differ from.
Colour contrastColour(const Animal &animal, const Slots<Colour> &palette);

} // namespace ostrich::data
