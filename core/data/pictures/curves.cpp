// Smooth curves through the artwork's control points.
#include "data/pictures/curves.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ostrich::data {
namespace {

double length(Point vector)
{
    return std::hypot(vector.x, vector.y);
}

Point unit(Point vector)
{
    return vector / (length(vector) + 1e-9);
}

Path smooth(const std::vector<ControlPoint> &points, bool closed, int steps)
{
    const int count = static_cast<int>(points.size());
    const auto tangent = [&](int i) {
        const int before = closed ? (i + count - 1) % count : std::max(i - 1, 0);
        const int after = closed ? (i + 1) % count : std::min(i + 1, count - 1);
        return unit(points[after].at - points[before].at);
    };

    Path curve;
    const int segments = closed ? count : count - 1;
    curve.reserve(static_cast<std::size_t>(segments * steps + 1));
    for (int i = 0; i < segments; ++i) {
        const int j = (i + 1) % count;
        const Point start = points[i].at;
        const Point end = points[j].at;
        const Point chord = unit(end - start);
        const double reach = length(end - start) / 3.0;
        const Point leave = start + (points[i].corner ? chord : tangent(i)) * reach;
        const Point arrive = end - (points[j].corner ? chord : tangent(j)) * reach;
        for (int step = 0; step < steps; ++step) {
            const double t = static_cast<double>(step) / steps;
            const double s = 1.0 - t;
            curve.push_back(start * (s * s * s) + leave * (3 * s * s * t) + arrive * (3 * s * t * t)
                            + end * (t * t * t));
        }
    }
    if (!closed) curve.push_back(points.back().at);
    return curve;
}

} // namespace

Path smoothClosed(const std::vector<ControlPoint> &points, int steps)
{
    return smooth(points, true, steps);
}

Path smoothOpen(const std::vector<ControlPoint> &points, int steps)
{
    return smooth(points, false, steps);
}

std::vector<double> spreadAlong(const std::vector<double> &values, int steps)
{
    std::vector<double> spread;
    spread.reserve((values.size() - 1) * static_cast<std::size_t>(steps) + 1);
    for (std::size_t i = 0; i + 1 < values.size(); ++i)
        for (int step = 0; step < steps; ++step)
            spread.push_back(
                std::lerp(values[i], values[i + 1], static_cast<double>(step) / steps));
    spread.push_back(values.back());
    return spread;
}

double alongKnots(const std::vector<double> &knots, double position)
{
    const double place = std::clamp(position, 0.0, 1.0) * static_cast<double>(knots.size() - 1);
    const auto left = std::min(static_cast<std::size_t>(place), knots.size() - 2);
    return std::lerp(knots[left], knots[left + 1], place - static_cast<double>(left));
}

Path ellipse(Point centre, double radiusX, double radiusY, double degrees, int vertices)
{
    Path outline;
    outline.reserve(static_cast<std::size_t>(vertices));
    for (int i = 0; i < vertices; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / vertices;
        outline.emplace_back(centre.x + radiusX * std::cos(angle),
                             centre.y + radiusY * std::sin(angle));
    }
    return degrees == 0.0 ? outline : turnedAbout(centre, degrees)(outline);
}

std::vector<ControlPoint> roughCircle(Point centre, const std::vector<double> &radii, double aspect)
{
    std::vector<ControlPoint> points;
    points.reserve(radii.size());
    for (std::size_t i = 0; i < radii.size(); ++i) {
        const double angle =
            2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(radii.size());
        points.push_back({.at = {centre.x + radii[i] * std::cos(angle) * aspect,
                                 centre.y + radii[i] * std::sin(angle)}});
    }
    return points;
}

std::vector<ControlPoint> withoutCorners(const Path &points)
{
    std::vector<ControlPoint> controls;
    controls.reserve(points.size());
    for (const Point &point : points) controls.push_back({.at = point});
    return controls;
}

} // namespace ostrich::data
