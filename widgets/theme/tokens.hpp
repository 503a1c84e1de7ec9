// The design's colours as data; Theme chooses among them.
#pragma once

#include "theme/theme.hpp"

#include <algorithm>
#include <array>

namespace ostrich::ui {

using ColourStops = std::array<QRgb, 5>; // equally spaced

Tokens themeTokens(bool dark);
QColor categoryColour(graph::Category category, bool dark);
const ColourStops &unitStops(bool dark);
const ColourStops &signedStops(bool dark);
QRgb mix(const ColourStops &stops, float position); // position in [0, 1]

/// The application's style sheet in these colours.
QString styleSheet(const Tokens &tokens);

} // namespace ostrich::ui
