// What stands behind an animal: choosing one that the animal stands out from, and painting it.
#pragma once

#include "data/pictures/artwork.hpp"
#include "data/pictures/canvas.hpp"

#include <optional>

namespace ostrich::data {

/// A background's kind with the colours and the horizon drawn for one picture.
struct Backdrop {
    const BackgroundKind *kind = nullptr; // in the artwork
    ColourPair sky;
    ColourPair ground;
    double horizon = 1.0; // share of the height

    [[nodiscard]] const ColourPair &zone(Zone zone) const
    {
        return zone == Zone::Sky ? sky : ground;
    }
    /// The horizon's height in pixels of a canvas; nothing when the sky fills it.
    [[nodiscard]] std::optional<double> horizonLine(int canvasSize) const;
};

/// The first of a few random backdrops whose mean colour is far enough from `avoid`, else the
/// farthest. The kind doesn't depend on the animal's class but through that colour.
Backdrop chooseBackdrop(const BackgroundArtwork &artwork, const Colour &avoid,
                        RandomStream &random);

/// Paints the whole scene: sky, ground, their features and a slight texture.
void paintBackdrop(Canvas &scene, const BackgroundArtwork &artwork, const Backdrop &backdrop,
                   RandomStream &random);

/// Paints one of a backdrop's features (background_features.cpp).
void paintFeature(Canvas &scene, const Feature &feature, const Backdrop &backdrop,
                  RandomStream &random);

} // namespace ostrich::data
