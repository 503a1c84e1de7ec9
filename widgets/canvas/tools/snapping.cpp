// Alignment beats the grid.
#include "canvas/tools/snapping.hpp"

#include "canvas/canvas_geometry.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kNear = 1200.0; // what stands farther away is no neighbour
constexpr double kGuideOverhang = 12.0;

double gridOffset(double value)
{
    return std::round(value / kGrid) * kGrid - value;
}

bool isNear(const QRectF &a, const QRectF &b)
{
    return std::abs(a.center().x() - b.center().x()) < kNear
           && std::abs(a.center().y() - b.center().y()) < kNear;
}

} // namespace

Snap snapped(const QRectF &moving, const std::vector<QRectF> &others, double reach)
{
    const QRectF *row = nullptr, *column = nullptr;
    double dy = reach, dx = reach;
    for (const QRectF &other : others) {
        if (!isNear(other, moving)) continue;
        const double y = other.center().y() - moving.center().y();
        const double x = other.left() - moving.left();
        // Of equally good ones the nearest neighbour.
        if (std::abs(y) < std::abs(dy)
            || (row && std::abs(y) == std::abs(dy)
                && std::abs(other.center().x() - moving.center().x())
                       < std::abs(row->center().x() - moving.center().x()))) {
            dy = y;
            row = &other;
        }
        if (std::abs(x) < std::abs(dx)) {
            dx = x;
            column = &other;
        }
    }
    Snap snap;
    snap.offset = {column ? dx : gridOffset(moving.left()), row ? dy : gridOffset(moving.top())};
    const QRectF rest = moving.translated(snap.offset);
    if (row) {
        const QRectF both = rest | *row;
        snap.guides.emplace_back(both.left() - kGuideOverhang, rest.center().y(),
                                 both.right() + kGuideOverhang, rest.center().y());
    }
    if (column) {
        const QRectF both = rest | *column;
        snap.guides.emplace_back(rest.left(), both.top() - kGuideOverhang, rest.left(),
                                 both.bottom() + kGuideOverhang);
    }
    return snap;
}

} // namespace ostrich::ui
