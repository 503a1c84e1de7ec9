// Painting an animal, part by part, on a transparent layer.
#pragma once

#include "data/pictures/artwork.hpp"
#include "data/pictures/canvas.hpp"
#include "data/pictures/stance.hpp"

#include <optional>

namespace ostrich::data {

/// What one picture's animal is painted with.
struct AnimalLook {
    const View *view = nullptr; // in the artwork
    Slots<Colour> palette;
    Stance stance;
    Point towardsLight; // unit vector; y points down
    int canvasSize = 0;
    int pictureSize = 0;
};

struct AnimalLayer {
    Canvas canvas;
    cv::Rect extent; // nothing is painted outside

    /// The sum of the coverage: the visible animal's area in canvas pixels.
    [[nodiscard]] double area() const;
};

/// All parts with their shading and the shadows they cast on each other, then one light over the
/// whole body.
AnimalLayer paintAnimal(const AnimalLook &look, const Light &light, RandomStream &random);

/// The animal's soft shadow on the ground, where its feet are below the horizon (canvas pixels from
/// the top; nothing: there is no ground).
void castGroundShadow(Canvas &scene, const AnimalLook &look, const Light &light,
                      std::optional<double> horizon);

} // namespace ostrich::data
