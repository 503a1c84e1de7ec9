// The glyphs' artwork as plain data: what resources/pictures/glyphs.json says. Pen points lie in a
// box of 0..100, as high as the digit.
#pragma once

#include "data/pictures/curves.hpp"
#include "data/pictures/sampling.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ostrich::data {

/// One way of writing a digit.
struct GlyphVariant {
    double weight = 1.0;
    std::vector<std::vector<ControlPoint>> strokes;
};

struct GlyphDigit {
    std::string name;
    std::vector<GlyphVariant> variants;
};

struct Pen {
    Range thickness; // of the line, in units of the box
    Range pressure;  // width factor at each of `pressureKnots` places along a stroke
    int pressureKnots = 2;
    Range endTaper; // width factor at both ends of a stroke
};

struct Hand {
    double pointJitter = 0.0; // standard deviation, in units of the box
    int elasticCells = 2;
    double elasticAmount = 0.0; // in units of the box
    Range slant;                // degrees
    Range rotation;             // degrees
    Range aspect;
    Range height; // of the box, in pixels of the picture
    Point shift;  // largest shift of the digit's middle, in pixels of the picture
};

struct Ink {
    Range blur; // standard deviation, in pixels of the picture
    Range level;
    Range contrast; // gain before clipping
    Range noise;    // standard deviation
};

struct GlyphArtwork {
    int size = 28;
    int oversample = 6;
    Pen pen;
    Hand hand;
    Ink ink;
    std::vector<GlyphDigit> digits;
};

/// Reads glyphs.json. Throws std::exception where the text isn't such artwork; the text is built
/// into the program, so this tells a programmer, not a user.
GlyphArtwork parseGlyphs(std::string_view json);

} // namespace ostrich::data
