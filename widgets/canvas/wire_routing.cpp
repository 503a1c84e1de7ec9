// Routing by candidates: a few orthogonal lines per wire, the cheapest wins.
#include "canvas/wire_routing.hpp"

#include "canvas/gutters.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr double kLead = 16.0;         // from a port to the first corner
constexpr double kForkLead = 48.0;     // before the target of a line that others fork from
constexpr double kMergeLead = 26.0;    // before the target of a fork
constexpr double kClearance = 4.0;     // around blocks
constexpr double kLaneDistance = 12.0; // nearer than this, two lines read as one
constexpr double kHitCost = 1e5;
constexpr double kOverlapCost = 2000.0;
constexpr double kCrossingCost = 60.0;
constexpr double kBendCost = 20.0;
constexpr double kForkBonus = 100.0;

struct Piece {
    QPointF a, b;
    int source;
};

bool same(double a, double b)
{
    return std::abs(a - b) < 0.5;
}

bool horizontal(const QPointF &a, const QPointF &b)
{
    return same(a.y(), b.y());
}

QRectF span(const QPointF &a, const QPointF &b)
{
    return {QPointF(std::min(a.x(), b.x()), std::min(a.y(), b.y())),
            QPointF(std::max(a.x(), b.x()), std::max(a.y(), b.y()))};
}

/// Open-ended: rectangles of no height touch as well.
bool meet(const QRectF &block, const QRectF &line)
{
    return line.left() < block.right() && line.right() > block.left() && line.top() < block.bottom()
           && line.bottom() > block.top();
}

QPolygonF withoutRepeats(const QPolygonF &points)
{
    QPolygonF clean;
    for (const QPointF &point : points) {
        if (!clean.isEmpty() && same(clean.back().x(), point.x())
            && same(clean.back().y(), point.y()))
            continue;
        const auto n = clean.size();
        const bool straightOn =
            n >= 2
            && ((same(clean[n - 2].x(), clean[n - 1].x()) && same(clean[n - 1].x(), point.x()))
                || (same(clean[n - 2].y(), clean[n - 1].y()) && same(clean[n - 1].y(), point.y())));
        if (straightOn)
            clean.back() = point;
        else
            clean << point;
    }
    return clean;
}

/// What a line costs on an empty canvas: its length and its bends.
double ownCost(const QPolygonF &line)
{
    double price = static_cast<double>(line.size()) * kBendCost;
    for (qsizetype i = 1; i < line.size(); ++i) price += (line[i] - line[i - 1]).manhattanLength();
    return price;
}

class Router {
public:
    Router(const std::vector<QRectF> &blocks, const std::vector<WireEnds> &wires)
        : m_blocks(blocks), m_wires(wires), m_gutters(blocks)
    {
    }

    Routing run();

private:
    void routeStraight();
    void routeGroup(std::vector<std::size_t> group);
    bool forkAfterReturn(std::size_t wire, const QPolygonF &trunk);
    QPolygonF best(const WireEnds &ends, bool hasFollowers) const;
    std::vector<QPolygonF> candidates(const WireEnds &ends, bool hasFollowers) const;
    int hits(const QPolygonF &line, const WireEnds &ends) const;
    double cost(const QPolygonF &line, const WireEnds &ends) const;
    void settle(std::size_t wire, const QPolygonF &line);
    void placeForks(const std::vector<std::size_t> &group);
    double exitLead(const WireEnds &ends) const;

    const std::vector<QRectF> &m_blocks;
    const std::vector<WireEnds> &m_wires;
    Gutters m_gutters;
    std::vector<Piece> m_settled;
    Routing m_routing;
};

Routing Router::run()
{
    m_routing.routes.resize(m_wires.size());
    routeStraight();
    std::map<int, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < m_wires.size(); ++i) groups[m_wires[i].source].push_back(i);
    for (auto &[source, group] : groups) routeGroup(group);
    for (const auto &[source, group] : groups) placeForks(group);
    return std::move(m_routing);
}

void Router::routeStraight()
{
    for (std::size_t i = 0; i < m_wires.size(); ++i) {
        const WireEnds &ends = m_wires[i];
        if (!same(ends.from.y(), ends.to.y()) || ends.to.x() <= ends.from.x()) continue;
        const QPolygonF line({ends.from, ends.to});
        if (hits(line, ends) == 0) settle(i, line);
    }
}

void Router::routeGroup(std::vector<std::size_t> group)
{
    std::erase_if(group, [&](std::size_t i) { return !m_routing.routes[i].points.isEmpty(); });
    // The next in reading order leads: the others fork from it.
    std::sort(group.begin(), group.end(), [&](std::size_t a, std::size_t b) {
        const QPointF p = m_wires[a].to, q = m_wires[b].to;
        const int rowA = m_gutters.rowAt(p.y()), rowB = m_gutters.rowAt(q.y());
        return rowA != rowB ? rowA < rowB : p.x() != q.x() ? p.x() < q.x() : p.y() < q.y();
    });
    const QPolygonF *trunk = nullptr;
    for (std::size_t k = 0; k < group.size(); ++k) {
        const std::size_t wire = group[k];
        if (trunk && forkAfterReturn(wire, *trunk)) continue;
        const bool hasFollowers = k + 1 < group.size()
                                  && m_gutters.rowAt(m_wires[group[k + 1]].to.y())
                                         == m_gutters.rowAt(m_wires[wire].to.y());
        settle(wire, best(m_wires[wire], hasFollowers));
        if (!trunk && m_routing.routes[wire].points.size() == 6)
            trunk = &m_routing.routes[wire].points;
    }
}

/// A second wire that lands right of the first one's end: parted from it after the return, in the
/// next lane.
bool Router::forkAfterReturn(std::size_t wire, const QPolygonF &trunk)
{
    const WireEnds &ends = m_wires[wire];
    const QPointF corner = trunk[3]; // where the trunk leaves its lane
    const QPointF landing = trunk[4];
    const double entry = ends.to.x() - kMergeLead;
    if (landing.y() <= corner.y() || entry <= corner.x() + kLead) return false;
    if (m_gutters.rowAt(ends.to.y()) != m_gutters.rowAt(landing.y())) return false;
    const std::optional<double> lane = m_gutters.laneBelow(corner.y());
    if (!lane || *lane > landing.y() - kLead) return false;
    QPolygonF line(trunk.mid(0, 4));
    line << QPointF(corner.x(), *lane) << QPointF(entry, *lane) << QPointF(entry, ends.to.y())
         << ends.to;
    line = withoutRepeats(line);
    if (hits(line, ends) > 0) return false;
    settle(wire, line);
    return true;
}

double Router::exitLead(const WireEnds &ends) const
{
    double lead = kLead;
    for (std::size_t i = 0; i < m_wires.size(); ++i) { // a fork inside a narrow gap: half way
        const QPolygonF &other = m_routing.routes[i].points;
        if (m_wires[i].source == ends.source && other.size() == 2)
            lead = std::min(lead, (other[1].x() - other[0].x()) / 2);
    }
    return lead;
}

std::vector<QPolygonF> Router::candidates(const WireEnds &ends, bool hasFollowers) const
{
    const QPointF from = ends.from, to = ends.to;
    const double lead = exitLead(ends);
    std::vector<QPolygonF> found;
    const auto add = [&](std::initializer_list<QPointF> points) {
        found.push_back(withoutRepeats(QPolygonF(points)));
    };
    if (to.x() - from.x() >= 2 * 8.0) {
        for (const double x :
             {to.x() - kLead, from.x() + lead, (from.x() + to.x()) / 2, to.x() - kMergeLead})
            if (x > from.x() + 2 && x < to.x() - 2) add({from, {x, from.y()}, {x, to.y()}, to});
    }
    std::vector<double> exits{from.x() + lead};
    if (m_gutters.rowAt(from.y()) != m_gutters.rowAt(to.y()))
        exits.push_back(std::max(from.x(), m_gutters.right()) + kLead);
    std::vector<double> entries{to.x() - kLead, to.x() - 2 * kLead};
    if (hasFollowers) entries.insert(entries.begin(), to.x() - kForkLead);
    std::vector<QRectF> near;
    if (ends.fromBlock >= 0) near.push_back(m_blocks[static_cast<std::size_t>(ends.fromBlock)]);
    if (ends.toBlock >= 0) near.push_back(m_blocks[static_cast<std::size_t>(ends.toBlock)]);
    const QRectF between = span(from, to);
    for (const QRectF &block : m_blocks)
        if (near.size() < 8 && meet(block, between)) near.push_back(block);
    for (const double lane : m_gutters.lanesFor(from.y(), to.y(), near))
        for (const double x1 : exits)
            for (const double x2 : entries)
                add({from, {x1, from.y()}, {x1, lane}, {x2, lane}, {x2, to.y()}, to});
    return found;
}

QPolygonF Router::best(const WireEnds &ends, bool hasFollowers) const
{
    double lowest = std::numeric_limits<double>::infinity();
    QPolygonF choice({ends.from, ends.to});
    for (const QPolygonF &line : candidates(ends, hasFollowers)) {
        if (ownCost(line) - kForkBonus >= lowest) continue;
        double price = cost(line, ends);
        if (hasFollowers && line.size() == 6 && same(line[4].x(), ends.to.x() - kForkLead))
            price -= kForkBonus; // room for the fork's dot
        if (price < lowest - 1e-6) {
            lowest = price;
            choice = line;
        }
    }
    return choice;
}

int Router::hits(const QPolygonF &line, const WireEnds &ends) const
{
    int count = 0;
    for (qsizetype i = 1; i < line.size(); ++i) {
        const QRectF piece = span(line[i - 1], line[i]);
        for (std::size_t b = 0; b < m_blocks.size(); ++b) {
            const bool own =
                static_cast<int>(b) == ends.fromBlock || static_cast<int>(b) == ends.toBlock;
            const double margin = own ? -1.0 : kClearance;
            if (meet(m_blocks[b].adjusted(-margin, -margin, margin, margin), piece)) ++count;
        }
    }
    return count;
}

double Router::cost(const QPolygonF &line, const WireEnds &ends) const
{
    double price = ownCost(line) + hits(line, ends) * kHitCost;
    for (qsizetype i = 1; i < line.size(); ++i) {
        const QPointF a = line[i - 1], b = line[i];
        const QRectF piece = span(a, b);
        const bool flat = horizontal(a, b);
        for (const Piece &other : m_settled) {
            if (other.source == ends.source) continue;
            const QRectF rect = span(other.a, other.b);
            const bool otherFlat = horizontal(other.a, other.b);
            const double margin = flat == otherFlat ? kLaneDistance : 0.0;
            if (!meet(flat ? rect.adjusted(0, -margin, 0, margin)
                           : rect.adjusted(-margin, 0, margin, 0),
                      piece.adjusted(-0.1, -0.1, 0.1, 0.1)))
                continue;
            price += flat == otherFlat ? kOverlapCost : kCrossingCost;
        }
    }
    return price;
}

void Router::settle(std::size_t wire, const QPolygonF &line)
{
    Route &route = m_routing.routes[wire];
    route.points = line;
    route.returns = line.size() > 4;
    double longest = -1.0;
    for (qsizetype i = 1; i < line.size(); ++i) {
        const double length = std::abs(line[i].x() - line[i - 1].x());
        // The later of equals: a fork's own lane, not the one that it shares.
        if (length >= longest && (line.size() <= 6 || i > 3)) {
            longest = length;
            route.labelled = static_cast<int>(i - 1);
        }
        m_settled.push_back({line[i - 1], line[i], m_wires[wire].source});
    }
}

/// Where two lines from one port part; nothing when they share no piece.
std::optional<QPointF> parting(const QPolygonF &p, const QPolygonF &q)
{
    const qsizetype shorter = std::min(p.size(), q.size());
    qsizetype i = 0;
    while (i < shorter && p[i] == q[i]) ++i;
    if (i == 0 || i >= shorter) return std::nullopt;
    const QPointF last = p[i - 1];
    const QLineF a(last, p[i]), b(last, q[i]);
    const double back = 13.0;
    const QPointF from = i >= 2 ? p[i - 2] : last;
    QPointF at = last;
    double piece = QLineF(from, last).length();
    QPointF towards = from;
    if (std::abs(a.angleTo(b)) < 1.0 || std::abs(a.angleTo(b)) > 359.0) {
        const QLineF &nearer = a.length() < b.length() ? a : b;
        at = nearer.p2();
        piece = nearer.length();
        towards = last;
    }
    if (piece < 2 * kLead - 8.0 || at == towards) return at;
    QLineF backwards(at, towards);
    backwards.setLength(std::min(back, piece / 2));
    return backwards.p2();
}

void Router::placeForks(const std::vector<std::size_t> &group)
{
    for (std::size_t a = 0; a < group.size(); ++a) {
        // Each line parts once from those before it: from the one that it shares most with.
        std::optional<QPointF> dot;
        double shared = -1.0;
        for (std::size_t b = 0; b < a; ++b) {
            const QPolygonF &line = m_routing.routes[group[a]].points;
            const auto at = parting(m_routing.routes[group[b]].points, line);
            if (!at) continue;
            const double far = QLineF(line.front(), *at).length();
            if (far > shared) {
                shared = far;
                dot = at;
            }
        }
        if (dot && shared > 6.0
            && std::find(m_routing.forks.begin(), m_routing.forks.end(), *dot)
                   == m_routing.forks.end())
            m_routing.forks.push_back(*dot);
    }
}

} // namespace

Routing routeWires(const std::vector<QRectF> &blocks, const std::vector<WireEnds> &wires)
{
    return Router(blocks, wires).run();
}

QPainterPath roundedPath(const QPolygonF &points, double radius)
{
    QPainterPath path;
    if (points.size() < 2) return path;
    path.moveTo(points.front());
    for (qsizetype i = 1; i + 1 < points.size(); ++i) {
        QLineF in(points[i], points[i - 1]), out(points[i], points[i + 1]);
        const double r = std::min({radius, in.length() / 2, out.length() / 2});
        in.setLength(r);
        out.setLength(r);
        path.lineTo(in.p2());
        // A quarter circle as one cubic.
        constexpr double kArc = 0.5523;
        path.cubicTo(in.p2() + (points[i] - in.p2()) * kArc,
                     out.p2() + (points[i] - out.p2()) * kArc, out.p2());
    }
    path.lineTo(points.back());
    return path;
}

QPainterPath freeWire(const QPointF &from, const QPointF &to)
{
    const double reach = std::max(32.0, std::abs(to.x() - from.x()) / 2);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    return path;
}

double distanceTo(const QPolygonF &line, const QPointF &point)
{
    double nearest = std::numeric_limits<double>::infinity();
    for (qsizetype i = 1; i < line.size(); ++i) {
        const QPointF along = line[i] - line[i - 1];
        const double length = QPointF::dotProduct(along, along);
        const double t =
            length > 0
                ? std::clamp(QPointF::dotProduct(point - line[i - 1], along) / length, 0.0, 1.0)
                : 0.0;
        nearest = std::min(nearest, QLineF(point, line[i - 1] + along * t).length());
    }
    return nearest;
}

} // namespace ostrich::ui
