// Masks that pictures are painted through.
#include "data/pictures/stencil.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace ostrich::data {
namespace {

constexpr int kFractionBits = 4;

cv::Point fixedPoint(Point point)
{
    constexpr double kUnit = 1 << kFractionBits;
    return {cvRound(point.x * kUnit), cvRound(point.y * kUnit)};
}

void fillDisc(cv::Mat1b &mask, Point centre, double diameter)
{
    const int radius = std::max(1, static_cast<int>(diameter * 0.5 * (1 << kFractionBits)));
    cv::circle(mask, fixedPoint(centre), radius, 255, cv::FILLED, cv::LINE_AA, kFractionBits);
}

} // namespace

cv::Rect boundsOf(std::span<const Point> points, double padding)
{
    if (points.empty()) return {};
    Point low = points.front();
    Point high = low;
    for (const Point &point : points) {
        low = {std::min(low.x, point.x), std::min(low.y, point.y)};
        high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    }
    return {cv::Point(cvFloor(low.x - padding), cvFloor(low.y - padding)),
            cv::Point(cvCeil(high.x + padding), cvCeil(high.y + padding))};
}

cv::Rect Drawing::bounds(double padding) const
{
    cv::Rect bounds;
    for (const Path &polygon : polygons) bounds |= boundsOf(polygon, padding);
    for (const auto &[path, widths] : strokes)
        bounds |= boundsOf(path, padding + 0.5 * *std::max_element(widths.begin(), widths.end()));
    return bounds;
}

Stencil::Stencil(const Drawing &drawing, cv::Rect area) : Stencil(area)
{
    if (area.empty()) return;
    for (const Path &polygon : drawing.polygons) fill(polygon);
    for (const PenStroke &stroke : drawing.strokes) draw(stroke);
}

void Stencil::fill(const Path &polygon)
{
    const Point origin = m_area.tl();
    std::vector<cv::Point> corners;
    corners.reserve(polygon.size());
    for (const Point &point : polygon) corners.push_back(fixedPoint(point - origin));
    cv::fillPoly(m_mask, corners, 255, cv::LINE_AA, kFractionBits);
}

void Stencil::draw(const PenStroke &stroke)
{
    const Point origin = m_area.tl();
    for (std::size_t i = 0; i < stroke.path.size(); ++i) {
        const Point here = stroke.path[i] - origin;
        fillDisc(m_mask, here, stroke.widths[i]);
        if (i == 0) continue;
        const Point before = stroke.path[i - 1] - origin;
        const Point along = here - before;
        const double distance = std::hypot(along.x, along.y) + 1e-9;
        const Point across = Point(-along.y, along.x) / (2.0 * distance);
        const std::array<cv::Point, 4> quad{fixedPoint(before + across * stroke.widths[i - 1]),
                                            fixedPoint(here + across * stroke.widths[i]),
                                            fixedPoint(here - across * stroke.widths[i]),
                                            fixedPoint(before - across * stroke.widths[i - 1])};
        cv::fillConvexPoly(m_mask, quad.data(), static_cast<int>(quad.size()), 255, cv::LINE_AA,
                           kFractionBits);
    }
}

void Stencil::soften(double radius)
{
    cv::Mat1b soft; // a copy of this stencil may share the old one
    softBlur(m_mask, soft, radius);
    m_mask = soft;
}

void softBlur(const cv::Mat &source, cv::Mat &target, double radius)
{
    const int side = 2 * static_cast<int>(std::max(radius, 0.5) + 0.5) + 1;
    const cv::Size box(side, side);
    cv::Mat once;
    cv::blur(source, once, box, cv::Point(-1, -1), cv::BORDER_REPLICATE);
    cv::blur(once, target, box, cv::Point(-1, -1), cv::BORDER_REPLICATE);
}

cv::Mat1f cushion(const cv::Mat1b &mask, double radius, Point towardsLight)
{
    // 8 bits would show as steps in the gradient of a wide blur.
    constexpr double kFull = 65535.0;
    const double reach = std::max(radius, 1.0);
    cv::Mat1w height;
    mask.convertTo(height, CV_16U, kFull / 255.0);
    softBlur(height, height, reach);

    const double strength = -2.4 * reach / (2.0 * kFull);
    const auto slopeX = static_cast<float>(strength * towardsLight.x);
    const auto slopeY = static_cast<float>(strength * towardsLight.y);
    cv::Mat1f light(mask.size());
    const int lastX = mask.cols - 1;
    const int lastY = mask.rows - 1;
    for (int y = 0; y <= lastY; ++y) {
        const std::uint16_t *above = height[std::max(y - 1, 0)];
        const std::uint16_t *row = height[y];
        const std::uint16_t *below = height[std::min(y + 1, lastY)];
        float *out = light[y];
        const auto shade = [&](int x, int left, int right) {
            const auto rise = static_cast<float>(row[right] - row[left]) * slopeX
                              + static_cast<float>(below[x] - above[x]) * slopeY;
            out[x] = std::clamp(rise, -1.0F, 1.0F);
        };
        shade(0, 0, std::min(1, lastX));
        for (int x = 1; x < lastX; ++x) shade(x, x - 1, x + 1);
        if (lastX > 0) shade(lastX, lastX - 1, lastX);
    }
    return light;
}

} // namespace ostrich::data
