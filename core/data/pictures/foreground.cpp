// What stands in front of an animal.
#include "data/pictures/foreground.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace ostrich::data {
namespace {

/// Paints one piece of the chosen colour; one overload per shape. Geometry is in hundredths of the
/// picture's width until it is drawn.
struct ForegroundPainter {
    Canvas &scene;
    const AnimalLayer &animal;
    Colour colour;
    double mostHidden = 1.0;
    RandomStream &random;

    void operator()(const Grass &grass) const;
    void operator()(const Leaf &leaf) const;
    void operator()(const Boulder &boulder) const;

    [[nodiscard]] double unit() const { return scene.cols / 100.0; }
    [[nodiscard]] Affine toCanvas() const { return {.xx = unit(), .yy = unit()}; }
    [[nodiscard]] Stencil stencilOf(const Drawing &drawing) const;
    [[nodiscard]] PenStroke blade(const Grass &grass, Range place) const;
    void put(const Stencil &stencil, const Colour &painted, const cv::Mat1f &shade = {}) const;
};

Stencil ForegroundPainter::stencilOf(const Drawing &drawing) const
{
    return {drawing, drawing.bounds(2.0) & cv::Rect(0, 0, scene.cols, scene.rows)};
}

void ForegroundPainter::put(const Stencil &stencil, const Colour &painted,
                            const cv::Mat1f &shade) const
{
    if (stencil.area().empty()) return;
    double hidden = 0.0;
    for (int y = 0; y < stencil.area().height; ++y) {
        const std::uint8_t *mask = stencil.mask()[y];
        const cv::Vec4f *below = animal.canvas[stencil.area().y + y] + stencil.area().x;
        float row = 0.0F;
        for (int x = 0; x < stencil.area().width; ++x)
            row += static_cast<float>(mask[x]) * below[x][3];
        hidden += row / 255.0;
    }
    if (hidden <= mostHidden * animal.area()) paint(scene, stencil, painted, 1.0, shade);
}

PenStroke ForegroundPainter::blade(const Grass &grass, Range place) const
{
    const double x = place.sample(random);
    const double height = grass.height.sample(random);
    const double lean = random.uniform(-8.0, 8.0);
    const double width = grass.width.sample(random);
    const Path spine{
        {x, 103.0}, {x + lean * 0.3, 100.0 - height * 0.5}, {x + lean, 100.0 - height}};
    PenStroke stroke{.path = toCanvas()(smoothOpen(withoutCorners(spine))), .widths = {}};
    const auto last = static_cast<double>(stroke.path.size() - 1);
    for (std::size_t i = 0; i < stroke.path.size(); ++i)
        stroke.widths.push_back(std::lerp(width, 0.4, static_cast<double>(i) / last) * unit());
    return stroke;
}

void ForegroundPainter::operator()(const Grass &grass) const
{
    Range place{-5.0, 105.0};
    if (random.chance(0.5)) { // not the whole row, but a stretch of it
        place = {random.uniform(-10.0, 110.0), random.uniform(-10.0, 110.0)};
        if (place.low > place.high) std::swap(place.low, place.high);
    }
    for (const float tone : std::array{0.8F, 1.0F, 1.15F}) {
        Drawing drawing;
        const int count = grass.count.sample(random);
        for (int i = 0; i < count; ++i) drawing.strokes.push_back(blade(grass, place));
        put(stencilOf(drawing), clamped(colour * tone));
    }
}

void ForegroundPainter::operator()(const Leaf &leaf) const
{
    constexpr double kRootDistance = 62.0; // from the middle: outside the picture
    const double length = leaf.length.sample(random);
    const double width = leaf.width.sample(random);
    const double side = random.uniform(0.0, 360.0);
    const Point root =
        Point(50.0, 50.0) - Point(std::cos(radians(side)), std::sin(radians(side))) * kRootDistance;
    const Affine place =
        toCanvas() * movedBy(root) * turnedAbout({}, side + random.uniform(-30.0, 30.0));

    const std::vector<ControlPoint> outline{
        {{0.0, 0.0}, true},    {{length * 0.3, -width}},      {{length * 0.7, -width * 0.7}},
        {{length, 0.0}, true}, {{length * 0.7, width * 0.7}}, {{length * 0.3, width}}};
    const Stencil blade = stencilOf({.polygons = {place(smoothClosed(outline))}, .strokes = {}});
    if (blade.area().empty()) return;
    Stencil vein(blade.area());
    vein.draw({.path = place(Path{{0.0, 0.0}, {length * 0.95, 0.0}}),
               .widths = {1.6 * unit(), 0.4 * unit()}});
    cv::Mat1f shade;
    vein.mask().convertTo(shade, CV_32F, 0.25 / 255.0, 1.0);
    put(blade, colour, shade);
}

void ForegroundPainter::operator()(const Boulder &boulder) const
{
    constexpr int kPoints = 9;
    const double radius = boulder.radius.sample(random);
    std::vector<double> radii(kPoints);
    for (double &each : radii)
        each = radius * (1.0 + random.uniform(-boulder.roughness, boulder.roughness));
    const double x = random.uniform(0.0, 100.0);
    const double y = 100.0 + radius * boulder.sink.sample(random);
    const Path outline = smoothClosed(roughCircle({x, y}, radii, 1.3));

    const Stencil stencil = stencilOf({.polygons = {toCanvas()(outline)}, .strokes = {}});
    if (stencil.area().empty()) return;
    cv::Mat1f shade = cushion(stencil.mask(), 0.4 * radius * unit(), {0.3, -0.95});
    for (float &value : shade) value = 1.0F + 0.25F * value;
    put(stencil, colour, shade);
}

} // namespace

void paintForeground(Canvas &scene, const MenagerieArtwork &artwork, const AnimalLayer &animal,
                     RandomStream &random)
{
    const ForegroundArtwork &foreground = artwork.foreground;
    const auto index = static_cast<std::size_t>(pickWeighted(random, foreground.kinds));
    const ForegroundKind &kind = foreground.kinds[index];
    const Colour colour =
        jittered(pickEvenly(random, kind.colours), artwork.background.jitter, random);
    std::visit(ForegroundPainter{.scene = scene,
                                 .animal = animal,
                                 .colour = colour,
                                 .mostHidden = foreground.mostHidden,
                                 .random = random},
               kind.shape);
}

} // namespace ostrich::data
