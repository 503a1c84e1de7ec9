// The canvas that pictures are painted on, some times larger than the picture, and painting on it.
#pragma once

#include "data/pictures/colours.hpp"
#include "data/pictures/stencil.hpp"

#include <opencv2/core/mat.hpp>

namespace ostrich::data {

/// Red, green and blue in 0..1, premultiplied with the fourth channel, the coverage. A scene's
/// coverage is 1 everywhere, a layer starts with 0.
using Canvas = cv::Mat4f;

/// Paints one colour through the stencil; where `shade` isn't empty (it has the stencil's size) the
/// colour is multiplied by it.
void paint(Canvas &canvas, const Stencil &stencil, const Colour &colour, double opacity = 1.0,
           const cv::Mat1f &shade = {});

/// Multiplies what is painted by 1 - strength * mask: a shadow. The coverage stays.
void darken(Canvas &canvas, const Stencil &stencil, double strength);

/// Multiplies what is painted within `area` by 1 + strength * light. The coverage stays.
void illuminate(Canvas &canvas, cv::Rect area, const cv::Mat1f &light, double strength);

/// Puts a layer on a scene of the same size, within `area`.
void compose(Canvas &scene, const Canvas &layer, cv::Rect area);

} // namespace ostrich::data
