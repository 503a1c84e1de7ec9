// The menagerie's artwork as plain data: what resources/pictures/menagerie.json says, with names
// resolved to indices. Lengths are in units of the artwork's square, 0..100, x to the right and y
// down.
#pragma once

#include "data/pictures/colours.hpp"
#include "data/pictures/curves.hpp"
#include "data/pictures/sampling.hpp"
#include "data/pictures/scenery.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ostrich::data {

/// A quantity drawn once per picture: offset + gain * (value of the view's pose `pose`) + spread.
/// Without a pose (-1) it is a number or a range.
struct Amount {
    double offset = 0.0;
    double gain = 0.0;
    int pose = -1;
    Range spread = {};

    double sample(RandomStream &random, const std::vector<double> &poses) const;
};

/// A filled closed curve (an outline or an ellipse), already smooth, in rest coordinates.
struct Outline {
    Path curve;
};

/// An open curve drawn with a round pen of changing width; it bends at its inner points.
struct Limb {
    Path points;
    std::vector<double> widths;
    std::vector<Amount> bends; // one per inner point from the root; or one in all, see bendShared
    bool bendShared = true;    // the one bend is the total, split equally
    bool fleshy = true;        // its width follows the picture's girth
    bool straight = false;
};

/// Blobs at random places of `box`.
struct Spots {
    cv::Rect2d box;
    CountRange count;
    Range radius;
    double aspect = 1.0;
};

/// Evenly spaced lines from the top to the bottom of `box`.
struct Stripes {
    cv::Rect2d box;
    CountRange count;
    Range width;
    Amount lean;        // x offset of the lower end
    Amount bow;         // x offset of the middle
    double taper = 0.3; // width of the lower end as a share
};

/// Arcs on a grid over `box`, every second column shifted.
struct Scales {
    cv::Rect2d box;
    double radius = 0.0;
    double width = 0.0;
    double from = -80.0; // degrees
    double to = 80.0;
};

using PartShape = std::variant<Outline, Limb, Spots, Stripes, Scales>;

/// "Drawn only if choice number `choice` fell on one of `options`."
struct Condition {
    int choice = 0;
    std::vector<int> options;
};

/// Where a part fades out, if something lies below: nothing within 0.35 radius, all of it at
/// radius.
struct Melt {
    Point centre;
    double radius = 0.0;
};

struct Part {
    std::string name;
    PartShape shape;
    int parent = -1;    // index of an earlier part of the view
    bool atTip = false; // follows the end of the parent's limb instead of its base
    Point pivot;
    Amount rotation; // degrees
    Amount scaleX{.offset = 1.0};
    Amount scaleY{.offset = 1.0};
    std::string slot; // of the palette
    double tone = 1.0;
    double opacity = 1.0;
    double softness = 0.0; // radius by which the edge is blurred
    int clip = -1;         // index of a part with `keep`: drawn only there, with its shading
    bool keep = false;
    double relief = 0.0;    // strength of the cushion shading
    double roundness = 0.3; // radius of the cushion as a share of the part's smaller extent
    double contact = 0.0;   // strength of the shadow on what lies below
    std::optional<Melt> melt;
    std::vector<Condition> conditions;
    double chance = 1.0;
    int minSize = 0;             // not drawn in smaller pictures
    double minStrokeWidth = 0.0; // in pixels of the finished picture
};

/// How an animal is put into the picture.
struct Placement {
    Range scale;
    Range stretch;
    Range girth;
    Range tilt;  // degrees
    Point shift; // share of the picture
    double mirror = 0.5;
    double keepHead = 0.0;
};

/// The circle (usually the head) that should stay inside the picture.
struct Focus {
    Point centre;
    double radius = 0.0;
};

/// The ground's height at the animal's feet, and half the width of its shadow there.
struct Ground {
    double y = 0.0;
    double shadow = 30.0;
};

struct Option {
    std::string name;
    double weight = 1.0;
};

/// One complete drawing of an animal: parts in drawing order, the farthest back first.
struct View {
    double weight = 1.0;
    Point centre;
    std::optional<Focus> focus;
    std::optional<Ground> ground;
    Placement placement;
    std::vector<Range> poses;
    std::vector<std::vector<Option>> choices;
    std::vector<Part> parts;
};

/// A list of slots and their colours; a few dozen entries, so it is searched from the front.
template <typename Value>
using Slots = std::vector<std::pair<std::string, Value>>;

struct Palette {
    double weight = 1.0;
    Slots<Colour> colours;
};

struct Animal {
    std::string name;
    std::vector<Palette> palettes;
    Slots<std::string>
        fallback; // slot -> the slot whose colour it takes where the palette has none
    std::vector<std::string> contrastSlots; // compared with the background
    std::vector<View> views;
};

struct Tint {
    double weight = 1.0;
    Colour factor;
};

/// Shading and the finish of a picture.
struct Light {
    Range angle; // direction towards the light, degrees, -90 is above
    double bodyRelief = 0.0;
    double bodyRound = 0.0;
    double contactRadius = 0.0;
    double groundShadow = 0.0;
    Range falloff;
    Range contrast;
    Range brightness;
    Range noise; // standard deviation of the grain
    std::vector<Tint> tints;
};

struct MenagerieArtwork {
    int oversample = 4; // canvas pixels per picture pixel
    ColourJitter jitter;
    Slots<std::vector<Colour>> commonColours; // slots that every animal has
    Light light;
    BackgroundArtwork background;
    ForegroundArtwork foreground;
    std::vector<Animal> animals;
};

/// Reads menagerie.json. Throws std::exception where the text isn't such artwork; the text is built
/// into the program, so this tells a programmer, not a user.
MenagerieArtwork parseMenagerie(std::string_view json);

} // namespace ostrich::data
