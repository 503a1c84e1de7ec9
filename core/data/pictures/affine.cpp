// Plane geometry of the artwork: affine maps.
#include "data/pictures/affine.hpp"

#include <cmath>
#include <numbers>

namespace ostrich::data {

double radians(double degrees)
{
    return degrees * std::numbers::pi / 180.0;
}

Path Affine::operator()(const Path &path) const
{
    Path mapped;
    mapped.reserve(path.size());
    for (const Point &point : path) mapped.push_back((*this)(point));
    return mapped;
}

Affine Affine::operator*(const Affine &inner) const
{
    const Point origin = (*this)(Point(inner.dx, inner.dy));
    return {.xx = xx * inner.xx + xy * inner.yx,
            .xy = xx * inner.xy + xy * inner.yy,
            .yx = yx * inner.xx + yy * inner.yx,
            .yy = yx * inner.xy + yy * inner.yy,
            .dx = origin.x,
            .dy = origin.y};
}

double Affine::lengthFactor() const
{
    return std::sqrt(std::abs(xx * yy - xy * yx));
}

Affine turnedAbout(Point pivot, double degrees, double scaleX, double scaleY)
{
    const double cosine = std::cos(radians(degrees));
    const double sine = std::sin(radians(degrees));
    Affine map{
        .xx = cosine * scaleX, .xy = -sine * scaleY, .yx = sine * scaleX, .yy = cosine * scaleY};
    const Point moved = map(pivot);
    map.dx = pivot.x - moved.x;
    map.dy = pivot.y - moved.y;
    return map;
}

Affine movedBy(Point offset)
{
    return {.dx = offset.x, .dy = offset.y};
}

} // namespace ostrich::data
