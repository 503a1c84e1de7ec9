// Smooth curves through the artwork's control points.
#pragma once

#include "data/pictures/affine.hpp"

#include <vector>

namespace ostrich::data {

struct ControlPoint {
    Point at;
    bool corner = false; // the curve has a sharp bend here
};

/// Bezier segments through the points, `steps` vertices each. The tangent at a point is parallel to
/// the line between its two neighbours (at an open end: to the one neighbour); the handles are a
/// third of the segment long. At a corner the handle lies on the segment itself.
Path smoothClosed(const std::vector<ControlPoint> &points, int steps = 7);

/// The same for an open curve: steps * (points - 1) + 1 vertices, both end points included.
Path smoothOpen(const std::vector<ControlPoint> &points, int steps = 5);

/// One value per vertex of `smoothOpen` out of one value per control point, linear in between.
std::vector<double> spreadAlong(const std::vector<double> &values, int steps = 5);

/// The value at `position` in 0..1 of a line through evenly spaced `knots`.
double alongKnots(const std::vector<double> &knots, double position);

/// A polygon of `vertices` corners on an ellipse turned by `degrees`.
Path ellipse(Point centre, double radiusX, double radiusY, double degrees = 0.0, int vertices = 28);

/// Regularly spaced points at `radii` (one per point) around the centre, x stretched by `aspect`.
std::vector<ControlPoint> roughCircle(Point centre, const std::vector<double> &radii,
                                      double aspect = 1.0);

/// Control points without corners.
std::vector<ControlPoint> withoutCorners(const Path &points);

} // namespace ostrich::data
