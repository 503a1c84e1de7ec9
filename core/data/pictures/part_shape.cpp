// The geometry of an animal's part in one picture.
#include "data/pictures/part_shape.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::data {
namespace {

/// Works on one part in the artwork's units; one overload per shape.
struct Shaper {
    const Affine &base;
    const Stance &stance;
    RandomStream &random;

    PartFigure operator()(const Outline &outline) const
    {
        return {.frames = {base, base},
                .drawing = {.polygons = {base(outline.curve)}, .strokes = {}}};
    }
    PartFigure operator()(const Limb &limb) const;
    PartFigure operator()(const Spots &spots) const;
    PartFigure operator()(const Stripes &stripes) const;
    PartFigure operator()(const Scales &scales) const;

    /// The bend at each inner point, in degrees.
    std::vector<double> bendsOf(const Limb &limb) const;
};

std::vector<double> Shaper::bendsOf(const Limb &limb) const
{
    std::vector<double> bends;
    if (limb.bendShared) {
        const double total = limb.bends.front().sample(random, stance.poses);
        const std::size_t inner = std::max<std::size_t>(limb.points.size(), 2) - 2;
        bends.assign(inner, total / static_cast<double>(std::max<std::size_t>(inner, 1)));
        return bends;
    }
    for (const Amount &bend : limb.bends) bends.push_back(bend.sample(random, stance.poses));
    return bends;
}

PartFigure Shaper::operator()(const Limb &limb) const
{
    const std::vector<double> bends = bendsOf(limb);
    Affine tip = base;
    Path bent{base(limb.points.front())};
    for (std::size_t i = 1; i < limb.points.size(); ++i) {
        bent.push_back(tip(limb.points[i]));
        if (i <= bends.size()) tip = tip * turnedAbout(limb.points[i], bends[i - 1]);
    }

    const double growth = base.lengthFactor() * (limb.fleshy ? stance.girth : 1.0);
    std::vector<double> widths = limb.widths;
    for (double &width : widths) width *= growth;

    PenStroke stroke{.path = bent, .widths = widths};
    if (!limb.straight)
        stroke = {.path = smoothOpen(withoutCorners(bent)), .widths = spreadAlong(widths)};
    return {.frames = {base, tip}, .drawing = {.polygons = {}, .strokes = {std::move(stroke)}}};
}

PartFigure Shaper::operator()(const Spots &spots) const
{
    constexpr int kBlobPoints = 7;
    constexpr double kUnevenness = 0.25;
    PartFigure figure{.frames = {base, base}, .drawing = {}};
    const int count = spots.count.sample(random);
    for (int i = 0; i < count; ++i) {
        const double radius = spots.radius.sample(random);
        std::vector<double> radii(kBlobPoints);
        for (double &each : radii)
            each = radius * (1.0 + random.uniform(-kUnevenness, kUnevenness));
        const double x = random.uniform(spots.box.x, spots.box.br().x);
        const double y = random.uniform(spots.box.y, spots.box.br().y);
        figure.drawing.polygons.push_back(
            base(smoothClosed(roughCircle({x, y}, radii, spots.aspect), 4)));
    }
    return figure;
}

PartFigure Shaper::operator()(const Stripes &stripes) const
{
    PartFigure figure{.frames = {base, base}, .drawing = {}};
    const cv::Rect2d &box = stripes.box;
    const int count = stripes.count.sample(random);
    for (int i = 0; i < count; ++i) {
        const double x = box.x + box.width * (i + 0.5 + random.uniform(-0.25, 0.25)) / count;
        const double lean = stripes.lean.sample(random, stance.poses);
        const double bow = stripes.bow.sample(random, stance.poses);
        const double width = stripes.width.sample(random);
        const Path line{
            {x, box.y}, {x + lean / 2.0 + bow, box.y + box.height / 2.0}, {x + lean, box.br().y}};
        figure.drawing.strokes.push_back(
            {.path = base(smoothOpen(withoutCorners(line))),
             .widths = spreadAlong({width, width, width * stripes.taper})});
    }
    return figure;
}

PartFigure Shaper::operator()(const Scales &scales) const
{
    constexpr int kArcPoints = 7;
    PartFigure figure{.frames = {base, base}, .drawing = {}};
    const double radius = scales.radius;
    int column = 0;
    for (double x = scales.box.x; x < scales.box.br().x; x += 1.5 * radius, ++column) {
        const double first = scales.box.y + (column % 2) * radius;
        for (double y = first; y < scales.box.br().y; y += 2.0 * radius) {
            Path arc;
            for (int i = 0; i < kArcPoints; ++i) {
                const double angle =
                    radians(std::lerp(scales.from, scales.to, i / (kArcPoints - 1.0)));
                arc.emplace_back(x + radius * std::cos(angle), y + radius * std::sin(angle));
            }
            figure.drawing.strokes.push_back(
                {.path = base(arc), .widths = std::vector<double>(kArcPoints, scales.width)});
        }
    }
    return figure;
}

} // namespace

PartFigure shapePart(const Part &part, const Affine &parent, const Stance &stance,
                     RandomStream &random)
{
    const double scaleX = part.scaleX.sample(random, stance.poses);
    const double scaleY = part.scaleY.sample(random, stance.poses);
    const double rotation = part.rotation.sample(random, stance.poses);
    const Affine base = parent * turnedAbout(part.pivot, rotation, scaleX, scaleY);

    PartFigure figure = std::visit(Shaper{base, stance, random}, part.shape);
    for (Path &polygon : figure.drawing.polygons) polygon = stance.toCanvas(polygon);
    for (auto &[path, widths] : figure.drawing.strokes) {
        path = stance.toCanvas(path);
        for (double &width : widths) width *= stance.unit;
    }
    return figure;
}

} // namespace ostrich::data
