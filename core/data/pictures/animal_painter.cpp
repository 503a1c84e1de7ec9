// Painting an animal, part by part, on a transparent layer.
#include "data/pictures/animal_painter.hpp"

#include "data/pictures/palette.hpp"
#include "data/pictures/part_shape.hpp"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace ostrich::data {
namespace {

/// A part's mask and shading, for the markings clipped to it.
struct KeptPart {
    Stencil stencil;
    cv::Mat1f shade;
};

class AnimalPainter {
public:
    AnimalPainter(const AnimalLook &look, const Light &light)
        : m_look(look),
          m_light(light),
          m_layer{.canvas = Canvas(look.canvasSize, look.canvasSize, cv::Vec4f()), .extent = {}},
          m_frames(look.view->parts.size()),
          m_kept(look.view->parts.size())
    {
    }

    AnimalLayer paintAll(RandomStream &random);

private:
    [[nodiscard]] bool isShown(const Part &part, bool lucky) const;
    [[nodiscard]] Affine parentFrame(const Part &part) const;
    void thicken(const Part &part, Drawing &drawing) const;
    [[nodiscard]] cv::Rect areaOf(const Part &part, const Drawing &drawing) const;
    void melt(const Melt &melt, const Affine &frame, Stencil &stencil) const;
    void paintPart(std::size_t index, PartFigure figure);
    void paintMarking(const Part &part, Stencil &stencil);
    [[nodiscard]] cv::Mat1f shadeOf(const Part &part, const Drawing &drawing,
                                    const Stencil &stencil) const;
    void castContactShadow(const Part &part, const Stencil &stencil);
    void lightWholeBody();

    const AnimalLook &m_look;
    const Light &m_light;
    AnimalLayer m_layer;
    std::vector<std::optional<PartFrames>> m_frames; // of the parts drawn so far
    std::vector<std::optional<KeptPart>> m_kept;
};

AnimalLayer AnimalPainter::paintAll(RandomStream &random)
{
    const std::vector<Part> &parts = m_look.view->parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Part &part = parts[i];
        const bool lucky = random.chance(part.chance);
        if (part.parent >= 0 && !m_frames[static_cast<std::size_t>(part.parent)]) continue;
        PartFigure figure = shapePart(part, parentFrame(part), m_look.stance, random);
        if (!isShown(part, lucky)) continue;
        m_frames[i] = figure.frames;
        paintPart(i, std::move(figure));
    }
    lightWholeBody();
    return std::move(m_layer);
}

bool AnimalPainter::isShown(const Part &part, bool lucky) const
{
    return lucky && m_look.pictureSize >= part.minSize && m_look.stance.meets(part.conditions);
}

Affine AnimalPainter::parentFrame(const Part &part) const
{
    if (part.parent < 0) return {};
    const PartFrames &frames = *m_frames[static_cast<std::size_t>(part.parent)];
    return part.atTip ? frames.tip : frames.base;
}

void AnimalPainter::thicken(const Part &part, Drawing &drawing) const
{
    const double least = part.minStrokeWidth * m_look.canvasSize / m_look.pictureSize;
    for (auto &[path, widths] : drawing.strokes)
        for (double &width : widths) width = std::max(width, least);
}

cv::Rect AnimalPainter::areaOf(const Part &part, const Drawing &drawing) const
{
    double padding = 3.0 + 2.0 * part.softness * m_look.stance.unit;
    if (part.contact > 0.0 && part.clip < 0)
        padding += 2.0 * m_light.contactRadius * m_look.stance.unit;
    return drawing.bounds(padding) & cv::Rect(0, 0, m_look.canvasSize, m_look.canvasSize);
}

void AnimalPainter::melt(const Melt &melt, const Affine &frame, Stencil &stencil) const
{
    constexpr double kGone = 0.35; // share of the radius within which nothing is left
    const Point centre = m_look.stance.toCanvas(frame(melt.centre)) - Point(stencil.area().tl());
    const double radius = melt.radius * m_look.stance.unit;
    for (int y = 0; y < stencil.area().height; ++y) {
        std::uint8_t *mask = stencil.mask()[y];
        const cv::Vec4f *below = m_layer.canvas[stencil.area().y + y] + stencil.area().x;
        for (int x = 0; x < stencil.area().width; ++x) {
            if (mask[x] == 0) continue;
            const double distance = std::hypot(x - centre.x, y - centre.y) / radius;
            const double fade = std::clamp((distance - kGone) / (1.0 - kGone), 0.0, 1.0);
            const double share =
                std::max(fade, 1.0 - below[x][3]); // no hole where nothing lies below
            mask[x] = cv::saturate_cast<std::uint8_t>(mask[x] * share);
        }
    }
}

void AnimalPainter::paintPart(std::size_t index, PartFigure figure)
{
    const Part &part = m_look.view->parts[index];
    if (part.opacity <= 0.0 && !part.keep) return;
    thicken(part, figure.drawing);
    const cv::Rect area = areaOf(part, figure.drawing);
    if (area.width < 2 || area.height < 2) return;

    Stencil stencil(figure.drawing, area);
    if (part.softness > 0.0) stencil.soften(part.softness * m_look.stance.unit);
    if (part.melt) melt(*part.melt, figure.frames.base, stencil);
    if (part.clip >= 0) {
        paintMarking(part, stencil);
        return;
    }

    const cv::Mat1f shade = shadeOf(part, figure.drawing, stencil);
    castContactShadow(part, stencil);
    const Colour colour = slotColour(m_look.palette, part.slot) * static_cast<float>(part.tone);
    paint(m_layer.canvas, stencil, clamped(colour), part.opacity, shade);
    m_layer.extent |= area;
    if (part.keep) m_kept[index] = KeptPart{.stencil = std::move(stencil), .shade = shade};
}

/// Narrows the stencil to where the kept part was drawn, and borrows that part's shading.
void AnimalPainter::paintMarking(const Part &part, Stencil &stencil)
{
    const std::optional<KeptPart> &kept = m_kept[static_cast<std::size_t>(part.clip)];
    if (!kept) return;
    const cv::Rect common = stencil.area() & kept->stencil.area();
    if (common.empty()) return;
    const cv::Rect here = common - stencil.area().tl();
    const cv::Rect there = common - kept->stencil.area().tl();

    Stencil marking(common);
    cv::multiply(stencil.mask()(here), kept->stencil.mask()(there), marking.mask(), 1.0 / 255.0);
    const cv::Mat1f shade = kept->shade.empty() ? cv::Mat1f() : kept->shade(there);
    const Colour colour = slotColour(m_look.palette, part.slot) * static_cast<float>(part.tone);
    paint(m_layer.canvas, marking, clamped(colour), part.opacity, shade);
}

cv::Mat1f AnimalPainter::shadeOf(const Part &part, const Drawing &drawing,
                                 const Stencil &stencil) const
{
    if (part.relief == 0.0) return {};
    double extent = 0.0;
    if (drawing.polygons.empty())
        for (const auto &[path, widths] : drawing.strokes)
            extent = std::max(extent, *std::max_element(widths.begin(), widths.end()));
    else {
        const cv::Rect bounds = drawing.bounds(0.0);
        extent = std::min(bounds.width, bounds.height);
    }
    cv::Mat1f shade = cushion(stencil.mask(), part.roundness * extent, m_look.towardsLight);
    for (float &value : shade) value = 1.0F + static_cast<float>(part.relief) * value;
    return shade;
}

void AnimalPainter::castContactShadow(const Part &part, const Stencil &stencil)
{
    if (part.contact <= 0.0) return;
    Stencil shadow = stencil;
    shadow.soften(m_light.contactRadius * m_look.stance.unit);
    darken(m_layer.canvas, shadow, part.contact);
}

void AnimalPainter::lightWholeBody()
{
    const cv::Rect extent = m_layer.extent;
    if (extent.empty()) return;
    Stencil body(extent);
    for (int y = 0; y < extent.height; ++y) {
        const cv::Vec4f *in = m_layer.canvas[extent.y + y] + extent.x;
        std::uint8_t *out = body.mask()[y];
        for (int x = 0; x < extent.width; ++x)
            out[x] = cv::saturate_cast<std::uint8_t>(in[x][3] * 255.0F);
    }
    const double radius = m_light.bodyRound * m_look.stance.unit;
    illuminate(m_layer.canvas, extent, cushion(body.mask(), radius, m_look.towardsLight),
               m_light.bodyRelief);
}

} // namespace

double AnimalLayer::area() const
{
    return cv::sum(canvas(extent))[3];
}

AnimalLayer paintAnimal(const AnimalLook &look, const Light &light, RandomStream &random)
{
    return AnimalPainter(look, light).paintAll(random);
}

void castGroundShadow(Canvas &scene, const AnimalLook &look, const Light &light,
                      std::optional<double> horizon)
{
    if (!horizon || !look.view->ground) return;
    const double unit = look.stance.unit;
    const Ground &ground = *look.view->ground;
    const Point feet = look.stance.toCanvas(Point(look.view->centre.x, ground.y));
    if (feet.y <= *horizon) return;

    constexpr double kBlur = 2.5;
    constexpr double kOffset = 8.0; // away from the light
    const double halfWidth = ground.shadow * unit;
    Drawing shape;
    shape.polygons.push_back(ellipse({feet.x - look.towardsLight.x * kOffset * unit, feet.y},
                                     halfWidth, 0.16 * halfWidth));
    Stencil shadow(shape,
                   shape.bounds(2.0 + 2.0 * kBlur * unit) & cv::Rect(0, 0, scene.cols, scene.rows));
    if (shadow.area().empty()) return;
    shadow.soften(kBlur * unit);
    paint(scene, shadow, {0.1F, 0.1F, 0.16F}, light.groundShadow);
}

} // namespace ostrich::data
