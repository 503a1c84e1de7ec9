// What stands behind and in front of an animal, as plain data. Sizes are in hundredths of the
// picture's width.
#pragma once

#include "data/pictures/colours.hpp"
#include "data/pictures/sampling.hpp"

#include <array>
#include <variant>
#include <vector>

namespace ostrich::data {

using ColourPair = std::array<Colour, 2>; // top and bottom of a vertical gradient

/// "sky" is whatever is above the horizon (a wall, a wood), "ground" what is below.
enum class Zone { Sky, Ground };

enum class FeatureKind {
    Clouds,
    Disc,
    Hills,
    Bushes,
    Tufts,
    Ripples,
    Dots,
    Stripes,
    Frame,
    Band,
    Boards
};

/// One of a background's zones, made lighter or darker.
struct ZoneColour {
    Zone of = Zone::Sky;
    Range lighten;
};

/// Something painted on a background, several times in one colour.
struct Feature {
    FeatureKind kind = FeatureKind::Dots;
    Zone on = Zone::Ground;
    std::variant<std::vector<Colour>, ZoneColour> colour;
    CountRange count;
    Range size;
    Range opacity;
    double softness = 0.0;
    double flatness = 1.0; // height of a dot as a share of its width
    double chance = 1.0;
};

struct BackgroundPalette {
    double weight = 1.0;
    ColourPair sky;
    ColourPair ground;
};

struct BackgroundKind {
    double weight = 1.0;
    Range horizon; // share of the height: 1 is all sky, 0 is all ground
    double unevenness = 0.0;
    std::vector<BackgroundPalette> palettes;
    std::vector<Feature> features;
};

struct BackgroundArtwork {
    int tries = 1;
    double minDistance = 0.0; // between the mean colours of background and animal
    Range texture;
    ColourJitter jitter;
    std::vector<BackgroundKind> kinds;
};

/// A row of blades along the lower edge.
struct Grass {
    CountRange count; // of blades in each of the three tones
    Range height;
    Range width;
};

/// One big leaf that reaches in from an edge.
struct Leaf {
    Range length;
    Range width;
};

/// A rock or a bush that rises from below.
struct Boulder {
    Range radius;
    double roughness = 0.0;
    Range sink; // how far its middle lies below the lower edge, in radii
};

struct ForegroundKind {
    double weight = 1.0;
    std::vector<Colour> colours;
    std::variant<Grass, Leaf, Boulder> shape;
};

struct ForegroundArtwork {
    double chance = 0.0;
    double mostHidden = 1.0; // share of the animal that a piece may cover
    std::vector<ForegroundKind> kinds;
};

} // namespace ostrich::data
