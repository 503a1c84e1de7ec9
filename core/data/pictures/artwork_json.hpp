// Reading the artwork's small shared things from JSON: ranges, colours, points. Each throws
// nlohmann::json::exception or std::invalid_argument where the value doesn't fit.
#pragma once

#include "data/pictures/artwork.hpp"

#include <nlohmann/json.hpp>

namespace ostrich::data {

using Json = nlohmann::ordered_json; // the order of fallbacks matters

Range readRange(const Json &json);
CountRange readCountRange(const Json &json);
Point readPoint(const Json &json);                             // [x, y, ...]
std::vector<ControlPoint> readControlPoints(const Json &json); // [[x, y] or [x, y, 1], ...]
std::vector<Colour> readColours(const Json &json);
ColourJitter readJitter(const Json &json);

BackgroundArtwork readBackground(const Json &json);
ForegroundArtwork readForeground(const Json &json);

/// One animal; `root` gives the defaults for its views' placement and its parts' shading.
Animal readAnimal(const Json &json, const Json &root);

} // namespace ostrich::data
