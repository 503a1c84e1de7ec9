// Reading animals, their views and parts from menagerie.json; names become indices here.
#include "data/pictures/artwork_json.hpp"

#include <stdexcept>

namespace ostrich::data {
namespace {

using Names = std::vector<std::string>;

int indexOf(const Names &names, const std::string &name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<int>(i);
    throw std::invalid_argument("unknown name in the artwork: " + name);
}

/// What the names in a part may refer to.
struct Scope {
    Names poses = {};
    Names choices = {};
    std::vector<Names> options = {}; // per choice
    Names parts = {};                // those before the one being read
    double relief = 0.0;
    double contact = 0.0;
    double minStrokeWidth = 0.0;
};

Amount readAmount(const Json &json, const Names &poses)
{
    if (json.is_number()) return {.offset = json.get<double>()};
    if (json.is_array()) return {.spread = readRange(json)};
    const double jitter = json.value("jitter", 0.0);
    return {.offset = json.value("add", 0.0),
            .gain = json.value("gain", 1.0),
            .pose = indexOf(poses, json.at("pose").get<std::string>()),
            .spread = {-jitter, jitter}};
}

Amount readAmount(const Json &part, const char *key, double fallback, const Names &poses)
{
    return part.contains(key) ? readAmount(part.at(key), poses) : Amount{.offset = fallback};
}

Outline readEllipse(const Json &json)
{
    const double degrees = json.size() > 4 ? json.at(4).get<double>() : 0.0;
    return {ellipse(readPoint(json), json.at(2).get<double>(), json.at(3).get<double>(), degrees)};
}

Limb readLimb(const Json &part, const Names &poses)
{
    Limb limb{.points = {},
              .widths = {},
              .bends = {},
              .fleshy = part.value("fleshy", true),
              .straight = part.value("straight", false)};
    for (const Json &point : part.at("stroke")) {
        limb.points.push_back(readPoint(point));
        limb.widths.push_back(point.at(2).get<double>());
    }
    const Json bend = part.value("bend", Json(0.0));
    limb.bendShared = !bend.is_array() || bend.empty() || bend.front().is_number();
    if (limb.bendShared)
        limb.bends.push_back(readAmount(bend, poses));
    else
        for (const Json &each : bend) limb.bends.push_back(readAmount(each, poses));
    return limb;
}

cv::Rect2d readBox(const Json &json)
{
    const Point corner = readPoint(json);
    return {corner.x, corner.y, json.at(2).get<double>() - corner.x,
            json.at(3).get<double>() - corner.y};
}

PartShape readTexture(const Json &part, const Names &poses)
{
    const cv::Rect2d box = readBox(part.at("box"));
    if (part.contains("spots")) {
        const Json &spots = part.at("spots");
        return Spots{.box = box,
                     .count = readCountRange(spots.at("count")),
                     .radius = readRange(spots.at("radius")),
                     .aspect = spots.value("aspect", 1.0)};
    }
    if (part.contains("stripes")) {
        const Json &stripes = part.at("stripes");
        return Stripes{.box = box,
                       .count = readCountRange(stripes.at("count")),
                       .width = readRange(stripes.at("width")),
                       .lean = readAmount(stripes, "lean", 0.0, poses),
                       .bow = readAmount(stripes, "bow", 0.0, poses),
                       .taper = stripes.value("taper", 0.3)};
    }
    const Json &scales = part.at("scales");
    return Scales{.box = box,
                  .radius = scales.at("radius").get<double>(),
                  .width = scales.at("width").get<double>(),
                  .from = scales.value("from", -80.0),
                  .to = scales.value("to", 80.0)};
}

PartShape readShape(const Json &part, const Names &poses)
{
    if (part.contains("outline"))
        return Outline{smoothClosed(readControlPoints(part.at("outline")))};
    if (part.contains("ellipse")) return readEllipse(part.at("ellipse"));
    if (part.contains("stroke")) return readLimb(part, poses);
    return readTexture(part, poses);
}

std::vector<Condition> readConditions(const Json &json, const Scope &scope)
{
    std::vector<Condition> conditions;
    for (const auto &[choice, wanted] : json.items()) {
        Condition condition{.choice = indexOf(scope.choices, choice), .options = {}};
        const Names &options = scope.options[static_cast<std::size_t>(condition.choice)];
        for (const Json &option : wanted.is_array() ? wanted : Json::array({wanted}))
            condition.options.push_back(indexOf(options, option.get<std::string>()));
        conditions.push_back(std::move(condition));
    }
    return conditions;
}

int readReference(const Json &part, const char *key, const Scope &scope)
{
    return part.contains(key) ? indexOf(scope.parts, part.at(key).get<std::string>()) : -1;
}

Part readPart(const Json &json, const Scope &scope)
{
    Part part{.name = json.at("name").get<std::string>(),
              .shape = readShape(json, scope.poses),
              .parent = readReference(json, "parent", scope),
              .atTip = json.value("at", "base") == "tip",
              .pivot = json.contains("pivot") ? readPoint(json.at("pivot")) : Point(),
              .rotation = readAmount(json, "rotate", 0.0, scope.poses),
              .slot = json.at("colour").get<std::string>(),
              .tone = json.value("tone", 1.0),
              .opacity = json.value("alpha", 1.0),
              .softness = json.value("soft", 0.0),
              .clip = readReference(json, "clip", scope),
              .keep = json.value("keep", false),
              .relief = json.value("relief", scope.relief),
              .roundness = json.value("round", 0.3),
              .contact = json.value("contact", scope.contact),
              .melt = {},
              .conditions = readConditions(json.value("when", Json::object()), scope),
              .chance = json.value("chance", 1.0),
              .minSize = json.value("min_size", 0),
              .minStrokeWidth = json.value("min_px", scope.minStrokeWidth)};
    if (json.contains("scale")) {
        part.scaleX = readAmount(json.at("scale").at(0), scope.poses);
        part.scaleY = readAmount(json.at("scale").at(1), scope.poses);
    }
    if (json.contains("melt"))
        part.melt = Melt{.centre = readPoint(json.at("melt")),
                         .radius = json.at("melt").at(2).get<double>()};
    return part;
}

Placement readPlacement(const Json &defaults, const Json &overrides)
{
    Json json = defaults;
    json.update(overrides);
    return {.scale = readRange(json.at("scale")),
            .stretch = readRange(json.at("stretch")),
            .girth = readRange(json.at("girth")),
            .tilt = readRange(json.at("tilt")),
            .shift = readPoint(json.at("shift")),
            .mirror = json.at("mirror").get<double>(),
            .keepHead = json.at("keep_head").get<double>()};
}

View readView(const Json &json, const Json &root)
{
    View view{.weight = json.value("weight", 1.0),
              .centre = readPoint(json.at("centre")),
              .focus = {},
              .ground = {},
              .placement =
                  readPlacement(root.at("placement"), json.value("placement", Json::object())),
              .poses = {},
              .choices = {},
              .parts = {}};
    Scope scope{.relief = root.at("light").at("relief").get<double>(),
                .contact = root.at("light").at("contact").get<double>(),
                .minStrokeWidth = root.at("render").at("min_stroke_px").get<double>()};
    if (json.contains("focus"))
        view.focus = Focus{.centre = readPoint(json.at("focus")),
                           .radius = json.at("focus").at(2).get<double>()};
    if (json.contains("ground"))
        view.ground =
            Ground{.y = json.at("ground").get<double>(), .shadow = json.value("shadow", 30.0)};
    const Json poses = json.value("pose", Json::object());
    for (const auto &[name, range] : poses.items()) {
        scope.poses.push_back(name);
        view.poses.push_back(readRange(range));
    }
    const Json choices = json.value("choices", Json::object());
    for (const auto &[name, options] : choices.items()) {
        scope.choices.push_back(name);
        scope.options.emplace_back();
        view.choices.emplace_back();
        for (const auto &[option, weight] : options.items()) {
            scope.options.back().push_back(option);
            view.choices.back().push_back({.name = option, .weight = weight.get<double>()});
        }
    }
    for (const Json &part : json.at("parts")) {
        view.parts.push_back(readPart(part, scope));
        scope.parts.push_back(view.parts.back().name);
    }
    return view;
}

Palette readPalette(const Json &json)
{
    Palette palette{.weight = json.value("weight", 1.0), .colours = {}};
    for (const auto &[slot, value] : json.items())
        if (slot != "name" && slot != "weight")
            palette.colours.emplace_back(slot, parseColour(value.get_ref<const std::string &>()));
    return palette;
}

} // namespace

Animal readAnimal(const Json &json, const Json &root)
{
    Animal animal{.name = json.at("name").get<std::string>(),
                  .palettes = {},
                  .fallback = {},
                  .contrastSlots = json.value("contrast_slots", Names{"main"}),
                  .views = {}};
    for (const Json &palette : json.at("palettes")) animal.palettes.push_back(readPalette(palette));
    const Json fallback = json.value("fallback", Json::object());
    for (const auto &[slot, other] : fallback.items())
        animal.fallback.emplace_back(slot, other.get<std::string>());
    for (const Json &view : json.at("views")) animal.views.push_back(readView(view, root));
    return animal;
}

} // namespace ostrich::data
