// Reading backgrounds and foregrounds from menagerie.json.
#include "data/pictures/artwork_json.hpp"

#include <stdexcept>
#include <unordered_map>

namespace ostrich::data {
namespace {

Zone readZone(const Json &json)
{
    return json.get_ref<const std::string &>() == "sky" ? Zone::Sky : Zone::Ground;
}

FeatureKind readFeatureKind(const Json &json)
{
    static const std::unordered_map<std::string, FeatureKind> kKinds{
        {"clouds", FeatureKind::Clouds}, {"disc", FeatureKind::Disc},
        {"hills", FeatureKind::Hills},   {"bushes", FeatureKind::Bushes},
        {"tufts", FeatureKind::Tufts},   {"ripples", FeatureKind::Ripples},
        {"dots", FeatureKind::Dots},     {"stripes", FeatureKind::Stripes},
        {"frame", FeatureKind::Frame},   {"band", FeatureKind::Band},
        {"boards", FeatureKind::Boards}};
    return kKinds.at(json.get<std::string>());
}

Feature readFeature(const Json &json)
{
    Feature feature{.kind = readFeatureKind(json.at("type")),
                    .on = readZone(json.at("on")),
                    .colour = {},
                    .count = readCountRange(json.at("count")),
                    .size = readRange(json.at("size")),
                    .opacity = readRange(json.at("alpha")),
                    .softness = json.value("soft", 0.0),
                    .flatness = json.value("flat", 1.0),
                    .chance = json.value("chance", 1.0)};
    if (json.contains("colours"))
        feature.colour = readColours(json.at("colours"));
    else
        feature.colour =
            ZoneColour{.of = readZone(json.at("of")), .lighten = readRange(json.at("lighten"))};
    return feature;
}

ColourPair readPair(const Json &json)
{
    const std::vector<Colour> colours = readColours(json);
    return {colours.at(0), colours.at(1)};
}

BackgroundKind readKind(const Json &json)
{
    BackgroundKind kind{.weight = json.value("weight", 1.0),
                        .horizon = readRange(json.at("horizon")),
                        .unevenness = json.value("uneven", 0.0),
                        .palettes = {},
                        .features = {}};
    for (const Json &palette : json.at("palettes"))
        kind.palettes.push_back({.weight = palette.value("weight", 1.0),
                                 .sky = readPair(palette.at("sky")),
                                 .ground = readPair(palette.at("ground"))});
    for (const Json &feature : json.at("features")) kind.features.push_back(readFeature(feature));
    return kind;
}

ForegroundKind readForegroundKind(const Json &json)
{
    ForegroundKind kind{.weight = json.value("weight", 1.0),
                        .colours = readColours(json.at("colours")),
                        .shape = {}};
    const std::string type = json.at("type").get<std::string>();
    if (type == "grass")
        kind.shape = Grass{.count = readCountRange(json.at("count")),
                           .height = readRange(json.at("height")),
                           .width = readRange(json.at("width"))};
    else if (type == "leaf")
        kind.shape =
            Leaf{.length = readRange(json.at("length")), .width = readRange(json.at("width"))};
    else if (type == "blob")
        kind.shape = Boulder{.radius = readRange(json.at("radius")),
                             .roughness = json.at("rough").get<double>(),
                             .sink = readRange(json.at("sink"))};
    else
        throw std::invalid_argument("unknown foreground: " + type);
    return kind;
}

} // namespace

BackgroundArtwork readBackground(const Json &json)
{
    BackgroundArtwork background{.tries = json.at("tries").get<int>(),
                                 .minDistance = json.at("min_distance").get<double>(),
                                 .texture = readRange(json.at("texture")),
                                 .jitter = readJitter(json.at("jitter")),
                                 .kinds = {}};
    for (const Json &kind : json.at("kinds")) background.kinds.push_back(readKind(kind));
    return background;
}

ForegroundArtwork readForeground(const Json &json)
{
    ForegroundArtwork foreground{.chance = json.at("chance").get<double>(),
                                 .mostHidden = json.at("most_hidden").get<double>(),
                                 .kinds = {}};
    for (const Json &kind : json.at("kinds")) foreground.kinds.push_back(readForegroundKind(kind));
    return foreground;
}

} // namespace ostrich::data
