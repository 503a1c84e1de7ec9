// Plane geometry of the artwork: points, paths and affine maps. Angles are in degrees, clockwise as
// y points down.
#pragma once

#include <opencv2/core/types.hpp>

#include <vector>

namespace ostrich::data {

using Point = cv::Point2d;
using Path = std::vector<Point>;

/// Radians of an angle in degrees.
double radians(double degrees);

/// The map p -> (xx * p.x + xy * p.y + dx, yx * p.x + yy * p.y + dy).
struct Affine {
    double xx = 1.0;
    double xy = 0.0;
    double yx = 0.0;
    double yy = 1.0;
    double dx = 0.0;
    double dy = 0.0;

    Point operator()(Point p) const { return {xx * p.x + xy * p.y + dx, yx * p.x + yy * p.y + dy}; }
    Path operator()(const Path &path) const;

    /// First `inner`, then this map.
    Affine operator*(const Affine &inner) const;

    /// How much lengths grow on average: the square root of the area's factor.
    [[nodiscard]] double lengthFactor() const;
};

/// Scales, then turns by `degrees`, both about `pivot`, which stays where it is.
Affine turnedAbout(Point pivot, double degrees, double scaleX = 1.0, double scaleY = 1.0);

/// Moves by `offset`.
Affine movedBy(Point offset);

} // namespace ostrich::data
