// Reading glyphs.json.
#include "data/pictures/glyph_artwork.hpp"

#include "data/pictures/artwork_json.hpp"

namespace ostrich::data {
namespace {

Pen readPen(const Json &json)
{
    return {.thickness = readRange(json.at("thickness")),
            .pressure = readRange(json.at("pressure")),
            .pressureKnots = json.at("pressure_knots").get<int>(),
            .endTaper = readRange(json.at("end_taper"))};
}

Hand readHand(const Json &json)
{
    return {.pointJitter = json.at("point_jitter").get<double>(),
            .elasticCells = json.at("elastic").at("cells").get<int>(),
            .elasticAmount = json.at("elastic").at("amount").get<double>(),
            .slant = readRange(json.at("slant")),
            .rotation = readRange(json.at("rotate")),
            .aspect = readRange(json.at("aspect")),
            .height = readRange(json.at("height_px")),
            .shift = readPoint(json.at("shift_px"))};
}

Ink readInk(const Json &json)
{
    return {.blur = readRange(json.at("blur_px")),
            .level = readRange(json.at("level")),
            .contrast = readRange(json.at("contrast")),
            .noise = readRange(json.at("noise"))};
}

GlyphDigit readDigit(const Json &json)
{
    GlyphDigit digit{.name = json.at("name").get<std::string>(), .variants = {}};
    for (const Json &variant : json.at("variants")) {
        digit.variants.push_back({.weight = variant.value("weight", 1.0), .strokes = {}});
        for (const Json &stroke : variant.at("strokes"))
            digit.variants.back().strokes.push_back(readControlPoints(stroke));
    }
    return digit;
}

} // namespace

GlyphArtwork parseGlyphs(std::string_view json)
{
    const Json root = Json::parse(json);
    GlyphArtwork artwork{.size = root.at("render").at("size").get<int>(),
                         .oversample = root.at("render").at("oversample").get<int>(),
                         .pen = readPen(root.at("pen")),
                         .hand = readHand(root.at("hand")),
                         .ink = readInk(root.at("ink")),
                         .digits = {}};
    for (const Json &digit : root.at("digits")) artwork.digits.push_back(readDigit(digit));
    return artwork;
}

} // namespace ostrich::data
