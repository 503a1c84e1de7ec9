// Reading menagerie.json: the whole, and its small shared things.
#include "data/pictures/artwork.hpp"

#include "data/pictures/artwork_json.hpp"

namespace ostrich::data {
namespace {

Light readLight(const Json &json)
{
    Light light{.angle = readRange(json.at("angle")),
                .bodyRelief = json.at("body").get<double>(),
                .bodyRound = json.at("body_round").get<double>(),
                .contactRadius = json.at("contact_radius").get<double>(),
                .groundShadow = json.at("ground_shadow").get<double>(),
                .falloff = readRange(json.at("falloff")),
                .contrast = readRange(json.at("contrast")),
                .brightness = readRange(json.at("brightness")),
                .noise = readRange(json.at("noise")),
                .tints = {}};
    for (const Json &tint : json.at("tints")) {
        const Json &rgb = tint.at("rgb");
        light.tints.push_back(
            {.weight = tint.at("weight").get<double>(),
             .factor = {rgb.at(0).get<float>(), rgb.at(1).get<float>(), rgb.at(2).get<float>()}});
    }
    return light;
}

} // namespace

double Amount::sample(RandomStream &random, const std::vector<double> &poses) const
{
    const double posed = pose < 0 ? offset : offset + gain * poses[static_cast<std::size_t>(pose)];
    return spread == Range() ? posed : posed + spread.sample(random);
}

Range readRange(const Json &json)
{
    return {json.at(0).get<double>(), json.at(1).get<double>()};
}

CountRange readCountRange(const Json &json)
{
    return {json.at(0).get<int>(), json.at(1).get<int>()};
}

Point readPoint(const Json &json)
{
    return {json.at(0).get<double>(), json.at(1).get<double>()};
}

std::vector<ControlPoint> readControlPoints(const Json &json)
{
    std::vector<ControlPoint> points;
    for (const Json &point : json)
        points.push_back({.at = readPoint(point),
                          .corner = point.size() > 2 && point.at(2).get<double>() == 1.0});
    return points;
}

std::vector<Colour> readColours(const Json &json)
{
    std::vector<Colour> colours;
    for (const Json &colour : json)
        colours.push_back(parseColour(colour.get_ref<const std::string &>()));
    return colours;
}

ColourJitter readJitter(const Json &json)
{
    return {.hue = json.at("hue").get<double>(),
            .saturation = json.at("saturation").get<double>(),
            .value = json.at("value").get<double>()};
}

MenagerieArtwork parseMenagerie(std::string_view json)
{
    const Json root = Json::parse(json);
    MenagerieArtwork artwork{.oversample = root.at("render").at("oversample").get<int>(),
                             .jitter = readJitter(root.at("colour_jitter")),
                             .commonColours = {},
                             .light = readLight(root.at("light")),
                             .background = readBackground(root.at("background")),
                             .foreground = readForeground(root.at("foreground")),
                             .animals = {}};
    for (const auto &[slot, colours] : root.at("common_colours").items())
        artwork.commonColours.emplace_back(slot, readColours(colours));
    for (const Json &animal : root.at("animals"))
        artwork.animals.push_back(readAnimal(animal, root));
    return artwork;
}

} // namespace ostrich::data
