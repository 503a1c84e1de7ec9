// Where wires run: from ports and block rectangles to orthogonal lines. Pure geometry, no model, no
// pixels.
#pragma once

#include <QLineF>
#include <QPainterPath>
#include <QPointF>
#include <QPolygonF>
#include <QRectF>

#include <optional>
#include <vector>

namespace ostrich::ui {

/// One wire to route. Wires with the same `source` leave the same port and may share their first
/// part.
struct WireEnds {
    QPointF from;
    QPointF to;
    int source = 0;
    int fromBlock = -1; // indices into the blocks handed over
    int toBlock = -1;

    bool operator==(const WireEnds &) const = default;
};

struct Route {
    QPolygonF points;     // horizontal and vertical pieces in turn; two points: straight
    bool returns = false; // runs through a gutter between rows
    int labelled =
        0; // the piece that carries the shape label: points[labelled] to points[labelled + 1]

    bool operator==(const Route &) const = default;
    QLineF labelledPiece() const { return {points[labelled], points[labelled + 1]}; }
};

struct Routing {
    std::vector<Route> routes;  // in the order of the wires
    std::vector<QPointF> forks; // where wires of one source part: a dot each

    bool operator==(const Routing &) const = default;
};

/// Straight within a row where nothing stands between; else around: out, along a gutter (lanes 29
/// apart), and in from the left. What cannot be avoided (blocks on top of each other) is crossed.
/// Deterministic; a millisecond or two for 200 wires.
Routing routeWires(const std::vector<QRectF> &blocks, const std::vector<WireEnds> &wires);

/// The line with its corners rounded (less where a piece is short).
QPainterPath roundedPath(const QPolygonF &points, double radius = 8.0);

/// The curve of a wire that is being dragged.
QPainterPath freeWire(const QPointF &from, const QPointF &to);

double distanceTo(const QPolygonF &line, const QPointF &point);

} // namespace ostrich::ui
