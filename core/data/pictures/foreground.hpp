// What stands in front of an animal: grass, a leaf, a rock or bush.
#pragma once

#include "data/pictures/animal_painter.hpp"
#include "data/pictures/artwork.hpp"
#include "data/pictures/canvas.hpp"

namespace ostrich::data {

/// Puts one random piece on the scene. Whatever would hide too much of the animal is left out.
void paintForeground(Canvas &scene, const MenagerieArtwork &artwork, const AnimalLayer &animal,
                     RandomStream &random);

} // namespace ostrich::data
