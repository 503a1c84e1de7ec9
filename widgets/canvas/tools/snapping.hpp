// Where a dragged rectangle comes to rest: in line with a neighbour, else on the grid. Pure
// geometry.
#pragma once

#include <QLineF>
#include <QPointF>
#include <QRectF>

#include <vector>

namespace ostrich::ui {

struct Snap {
    QPointF offset; // to add to the rectangle
    std::vector<QLineF> guides;
};

/// Middles of heights first (wires become straight), then left edges; `reach` in canvas pixels.
Snap snapped(const QRectF &moving, const std::vector<QRectF> &others, double reach);

} // namespace ostrich::ui
