// The things on a background: clouds and hills, tufts and ripples, wallpaper and floor boards.
#include "data/pictures/background.hpp"

#include <cmath>
#include <utility>
#include <variant>

namespace ostrich::data {
namespace {

/// Where one of a feature's things goes; all in canvas pixels.
struct Spot {
    Point at;
    double size = 0.0;
    double unit = 1.0; // a hundredth of the canvas
    double horizon = 0.0;
    double canvas = 0.0;
    double flatness = 1.0;
};

void drawCloud(Drawing &drawing, const Spot &spot)
{
    for (int puff = 0; puff < 4; ++puff) {
        const double lift = puff == 1 || puff == 2 ? 0.3 * spot.size : 0.0;
        const Point centre(spot.at.x + (puff - 1.5) * 0.7 * spot.size, spot.at.y - lift);
        drawing.polygons.push_back(ellipse(centre, 0.7 * spot.size, 0.4 * spot.size));
    }
}

void drawHill(Drawing &drawing, const Spot &spot)
{
    drawing.polygons.push_back(
        ellipse({spot.at.x, spot.horizon + 0.35 * spot.size}, 1.8 * spot.size, spot.size));
}

void drawBush(Drawing &drawing, const Spot &spot)
{
    for (int ball = -1; ball <= 1; ++ball) {
        const double lift = ball == 0 ? 0.4 * spot.size : 0.0;
        drawing.polygons.push_back(
            ellipse({spot.at.x + ball * 0.8 * spot.size, spot.horizon - lift}, 0.8 * spot.size,
                    0.7 * spot.size));
    }
}

void drawTuft(Drawing &drawing, const Spot &spot)
{
    for (int blade = -1; blade <= 1; ++blade)
        drawing.strokes.push_back(
            {.path = {spot.at, {spot.at.x + blade * 0.4 * spot.size, spot.at.y - spot.size}},
             .widths = {0.9 * spot.unit, 0.3 * spot.unit}});
}

void drawRipple(Drawing &drawing, const Spot &spot)
{
    PenStroke wave;
    for (int i = -4; i <= 4; ++i) {
        const double t = i / 4.0;
        wave.path.emplace_back(spot.at.x + t * spot.size,
                               spot.at.y + 0.06 * spot.size * std::sin(5.0 * t));
        wave.widths.push_back((1.1 - t * t) * 0.9 * spot.unit);
    }
    drawing.strokes.push_back(std::move(wave));
}

void drawRectangle(Drawing &drawing, double left, double top, double right, double bottom)
{
    drawing.polygons.push_back({{left, top}, {right, top}, {right, bottom}, {left, bottom}});
}

void drawBoard(Drawing &drawing, const Spot &spot)
{
    const double middle = spot.canvas / 2.0;
    const double fanned = middle + (spot.at.x - middle) * 2.2;
    drawing.strokes.push_back({.path = {{spot.at.x, spot.horizon}, {fanned, spot.canvas}},
                               .widths = {0.5 * spot.unit, 1.1 * spot.unit}});
}

void drawThing(Drawing &drawing, FeatureKind kind, const Spot &spot)
{
    const double x = spot.at.x;
    const double y = spot.at.y;
    const double size = spot.size;
    switch (kind) {
    case FeatureKind::Clouds:
        return drawCloud(drawing, spot);
    case FeatureKind::Disc:
        return drawing.polygons.push_back(ellipse(spot.at, size, size));
    case FeatureKind::Hills:
        return drawHill(drawing, spot);
    case FeatureKind::Bushes:
        return drawBush(drawing, spot);
    case FeatureKind::Tufts:
        return drawTuft(drawing, spot);
    case FeatureKind::Ripples:
        return drawRipple(drawing, spot);
    case FeatureKind::Dots:
        return drawing.polygons.push_back(ellipse(spot.at, size, size * spot.flatness, 0.0, 12));
    case FeatureKind::Stripes:
        return drawRectangle(drawing, x, 0.0, x + size, spot.horizon);
    case FeatureKind::Frame:
        return drawRectangle(drawing, x, y, x + 1.3 * size, y + size);
    case FeatureKind::Band:
        return drawRectangle(drawing, 0.0, spot.horizon - size, spot.canvas, spot.horizon);
    case FeatureKind::Boards:
        return drawBoard(drawing, spot);
    }
}

Colour featureColour(const Feature &feature, const Backdrop &backdrop, RandomStream &random)
{
    if (const auto *colours = std::get_if<std::vector<Colour>>(&feature.colour))
        return pickEvenly(random, *colours);
    const auto &shaded = std::get<ZoneColour>(feature.colour);
    const Colour base = backdrop.zone(shaded.of)[static_cast<std::size_t>(random.integer(2))];
    return clamped(base + Colour::all(static_cast<float>(shaded.lighten.sample(random))));
}

Drawing drawFeature(const Feature &feature, const Backdrop &backdrop, double canvas,
                    RandomStream &random)
{
    Drawing drawing;
    const double unit = canvas / 100.0;
    const double horizon = backdrop.horizon * canvas;
    const int count = feature.count.sample(random);
    for (int i = 0; i < count; ++i) {
        Spot spot{.at = {},
                  .unit = unit,
                  .horizon = horizon,
                  .canvas = canvas,
                  .flatness = feature.flatness};
        spot.at.x = random.uniform(0.0, canvas);
        spot.size = feature.size.sample(random) * unit;
        if (feature.kind == FeatureKind::Frame) // pictures hang at eye level
            spot.at.y = random.uniform(0.1, 0.6) * horizon;
        else
            spot.at.y = feature.on == Zone::Sky ? random.uniform(0.0, horizon)
                                                : random.uniform(horizon, canvas);
        drawThing(drawing, feature.kind, spot);
    }
    return drawing;
}

} // namespace

void paintFeature(Canvas &scene, const Feature &feature, const Backdrop &backdrop,
                  RandomStream &random)
{
    const Drawing drawing = drawFeature(feature, backdrop, scene.cols, random);
    const Colour colour = featureColour(feature, backdrop, random);
    const double opacity = feature.opacity.sample(random);
    const double softness = feature.softness * scene.cols / 100.0;

    const cv::Rect whole(0, 0, scene.cols, scene.rows);
    Stencil stencil(drawing, drawing.bounds(2.0 + 2.0 * softness) & whole);
    if (stencil.area().empty()) return;
    if (softness > 0.0) stencil.soften(softness);
    paint(scene, stencil, colour, opacity);
}

} // namespace ostrich::data
