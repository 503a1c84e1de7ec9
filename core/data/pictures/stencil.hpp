// Masks that pictures are painted through: drawing them, softening them, and the light on a cushion
// of their shape.
#pragma once

#include "data/pictures/affine.hpp"

#include <opencv2/core/mat.hpp>

#include <span>
#include <vector>

namespace ostrich::data {

/// A pen's path with its width at every vertex, in canvas pixels.
struct PenStroke {
    Path path;
    std::vector<double> widths;
};

/// Polygons and strokes that are painted together, in one colour.
struct Drawing {
    std::vector<Path> polygons;
    std::vector<PenStroke> strokes;

    /// Around everything drawn, widths included, `padding` wider on every side.
    [[nodiscard]] cv::Rect bounds(double padding) const;
};

/// The smallest rectangle of whole pixels around the points, `padding` wider on every side.
cv::Rect boundsOf(std::span<const Point> points, double padding = 0.0);

/// An 8-bit mask over a rectangle of the canvas. Coordinates are those of the canvas; what falls
/// outside the rectangle is lost.
class Stencil {
public:
    explicit Stencil(cv::Rect area) : m_area(area), m_mask(cv::Mat1b::zeros(area.size())) {}
    Stencil(const Drawing &drawing, cv::Rect area);

    /// Fills a closed polygon, with anti-aliased edges.
    void fill(const Path &polygon);

    /// Draws with a round pen: discs joined by quadrilaterals.
    void draw(const PenStroke &stroke);

    /// Blurs the mask with two box filters of this radius.
    void soften(double radius);

    [[nodiscard]] cv::Rect area() const { return m_area; }
    [[nodiscard]] const cv::Mat1b &mask() const { return m_mask; }
    cv::Mat1b &mask() { return m_mask; }

private:
    cv::Rect m_area;
    cv::Mat1b m_mask;
};

/// Two box filters, close to a Gaussian of standard deviation 0.82 radius at a cost that doesn't
/// grow with it; beyond the border the outermost values go on. Any one-channel depth that cv::blur
/// takes.
void softBlur(const cv::Mat &source, cv::Mat &target, double radius);

/// Light on a cushion of the mask's shape that comes from the direction `towardsLight`: from -1 on
/// the far side to +1 on the near side; `radius` is how far the cushion's edge is rounded, in
/// pixels.
cv::Mat1f cushion(const cv::Mat1b &mask, double radius, Point towardsLight);

} // namespace ostrich::data
