// How one picture's animal stands: its pose, and its place in the picture.
#pragma once

#include "data/pictures/artwork.hpp"

namespace ostrich::data {

struct Stance {
    Affine toCanvas;           // units of the artwork -> canvas pixels
    double unit = 1.0;         // one unit in canvas pixels
    double girth = 1.0;        // width factor of fleshy limbs
    std::vector<double> poses; // one value per pose of the view
    std::vector<int> options;  // the option taken of each of the view's choices

    /// Whether all conditions of a part hold.
    [[nodiscard]] bool meets(const std::vector<Condition> &conditions) const;
};

/// Draws a stance at random. Most pictures (`keepHead`) are moved until the focus lies inside.
Stance takeStance(const View &view, int canvasSize, RandomStream &random);

} // namespace ostrich::data
