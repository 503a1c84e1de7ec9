// The geometry of an animal's part in one picture: how it is turned, bent and strewn with spots.
#pragma once

#include "data/pictures/artwork.hpp"
#include "data/pictures/stance.hpp"
#include "data/pictures/stencil.hpp"

namespace ostrich::data {

/// The maps from rest coordinates that a part's children follow: at its base, and, after all bends
/// of a limb, at its tip. Both are the same for other shapes.
struct PartFrames {
    Affine base;
    Affine tip;
};

struct PartFigure {
    PartFrames frames;
    Drawing drawing; // in canvas pixels, without a smallest stroke width
};

/// The part as it hangs on its parent's frame. Draws the same random numbers whether or not the
/// part is visible in the end.
PartFigure shapePart(const Part &part, const Affine &parent, const Stance &stance,
                     RandomStream &random);

} // namespace ostrich::data
