// Where wires run: straight within a row, around blocks, along gutters, forking once.
#include "canvas/wire_routing.hpp"

#include "blocks/block_kind.hpp"
#include "graph/group.hpp"
#include "graph/layout.hpp"
#include "project/templates.hpp"

#include <QTest>

#include <cmath>
#include <map>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

struct Drawing {
    std::vector<QRectF> blocks;
    std::vector<WireEnds> wires;
};

QPointF port(const graph::Block &block, const std::string &name, bool output)
{
    const auto &kinds = blocks::Registry::instance();
    const auto kind = graph::kindOf(block, kinds);
    const auto parameters = graph::withDefaults(block.parameters, kind->description().parameters);
    const auto names = output ? kind->outputs(parameters) : kind->inputs(parameters);
    const auto at = std::find(names.begin(), names.end(), name) - names.begin();
    const graph::Size size = graph::blockSize(block, kinds);
    const double offset =
        (static_cast<double>(at) - static_cast<double>(names.size() - 1) / 2) * 16.0;
    return {block.position.x + (output ? size.width : 0.0),
            block.position.y + size.height / 2 + offset};
}

Drawing drawingOf(const graph::Network &network)
{
    Drawing drawing;
    std::map<std::string, int> index;
    for (const graph::Block &block : network.blocks) {
        const graph::Size size = graph::blockSize(block, blocks::Registry::instance());
        index[block.id] = static_cast<int>(drawing.blocks.size());
        drawing.blocks.emplace_back(block.position.x, block.position.y, size.width, size.height);
    }
    std::map<graph::Endpoint, int> sources;
    for (const graph::Wire &wire : network.wires)
        drawing.wires.push_back(
            {port(*network.find(wire.from.block), wire.from.port, true),
             port(*network.find(wire.to.block), wire.to.port, false),
             sources.emplace(wire.from, static_cast<int>(sources.size())).first->second,
             index[wire.from.block], index[wire.to.block]});
    return drawing;
}

bool crosses(const Route &route, const QRectF &block)
{
    const QRectF inside = block.adjusted(1, 1, -1, -1);
    for (qsizetype i = 1; i < route.points.size(); ++i) {
        const QRectF piece = QRectF(route.points[i - 1], route.points[i]).normalized();
        if (piece.adjusted(-0.1, -0.1, 0.1, 0.1).intersects(inside)) return true;
    }
    return false;
}

bool isOrthogonal(const Route &route)
{
    for (qsizetype i = 1; i < route.points.size(); ++i) {
        const QPointF step = route.points[i] - route.points[i - 1];
        if (std::abs(step.x()) > 0.5 && std::abs(step.y()) > 0.5) return false;
    }
    return true;
}

} // namespace

class WireRoutingTest : public QObject {
    Q_OBJECT

private slots:
    void aRowIsStraight();
    void aBlockInBetweenIsGoneAround();
    void theNextRowIsReachedThroughTheGutter();
    void twoWiresInOneGutterKeepApart();
    void aSecondWireForksAfterTheReturn();
    void roundedCornersEndWhereTheLineEnds();
    void templatesAreDrawnWithoutCrossingBlocks_data();
    void templatesAreDrawnWithoutCrossingBlocks();
    void twoHundredWires();
};

void WireRoutingTest::aRowIsStraight()
{
    const Routing routing =
        routeWires({{0, 0, 168, 96}, {256, 0, 168, 96}}, {{{168, 48}, {256, 48}, 0, 0, 1}});
    QCOMPARE(routing.routes.front().points, QPolygonF({{168, 48}, {256, 48}}));
    QVERIFY(!routing.routes.front().returns);
    QVERIFY(routing.forks.empty());
}

void WireRoutingTest::aBlockInBetweenIsGoneAround()
{
    const std::vector<QRectF> blocks{{0, 0, 168, 96}, {200, 0, 168, 96}, {400, 0, 168, 96}};
    const Route route = routeWires(blocks, {{{168, 48}, {400, 48}, 0, 0, 2}}).routes.front();
    QVERIFY(isOrthogonal(route));
    for (const QRectF &block : blocks) QVERIFY(!crosses(route, block));
}

void WireRoutingTest::theNextRowIsReachedThroughTheGutter()
{
    const std::vector<QRectF> blocks{{620, 30, 168, 96}, {88, 194, 168, 96}};
    const Route route = routeWires(blocks, {{{788, 78}, {88, 242}, 0, 0, 1}}).routes.front();
    QVERIFY(route.returns);
    QCOMPARE(route.labelledPiece().y1(), 155.0); // 29 below the upper row
    QCOMPARE(route.points[1].x(), 804.0);
    QCOMPARE(route.points[4].x(), 72.0); // 16 before its target
}

void WireRoutingTest::twoWiresInOneGutterKeepApart()
{
    const std::vector<QRectF> blocks{
        {400, 0, 100, 96}, {620, 0, 100, 96}, {60, 164, 100, 96}, {200, 164, 100, 96}};
    const Routing routing =
        routeWires(blocks, {{{720, 48}, {60, 212}, 0, 1, 2}, {{500, 48}, {200, 212}, 1, 0, 3}});
    const double distance =
        std::abs(routing.routes[0].labelledPiece().y1() - routing.routes[1].labelledPiece().y1());
    QVERIFY2(distance >= 12.0, qPrintable(QString::number(distance)));
}

void WireRoutingTest::aSecondWireForksAfterTheReturn()
{
    // The picture of the design: MaxPool2d above, a convolution and, farther right, Add below.
    const std::vector<QRectF> blocks{{620, 30, 168, 96}, {88, 194, 168, 96}, {596, 222, 68, 40}};
    const Routing routing =
        routeWires(blocks, {{{788, 78}, {596, 234}, 0, 0, 2}, {{788, 78}, {88, 242}, 0, 0, 1}});
    QCOMPARE(routing.forks.size(), std::size_t{1});
    QCOMPARE(routing.forks.front().x(), 40.0);               // 48 before the first target
    QCOMPARE(routing.routes[0].labelledPiece().y1(), 184.0); // 29 below the trunk's lane
    QCOMPARE(routing.routes[1].labelledPiece().y1(), 155.0);
    for (const Route &route : routing.routes)
        for (const QRectF &block : blocks) QVERIFY(!crosses(route, block));
}

void WireRoutingTest::roundedCornersEndWhereTheLineEnds()
{
    const QPolygonF line({{0, 0}, {40, 0}, {40, 30}, {90, 30}});
    const QPainterPath path = roundedPath(line);
    QCOMPARE(path.currentPosition(), QPointF(90, 30));
    QVERIFY(!path.contains(QPointF(40, 0)));
    QVERIFY(path.elementCount() > 4);
    QCOMPARE(distanceTo(line, {20, 5}), 5.0);
}

void WireRoutingTest::templatesAreDrawnWithoutCrossingBlocks_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("tidied");
    for (const project::Template &entry : project::templates()) {
        const QByteArray name = QByteArray::fromStdString(entry.name);
        QTest::newRow(name + " as it comes") << QString::fromUtf8(name) << false;
        QTest::newRow(name + " tidied") << QString::fromUtf8(name) << true;
    }
}

void WireRoutingTest::templatesAreDrawnWithoutCrossingBlocks()
{
    QFETCH(QString, name);
    QFETCH(bool, tidied);
    graph::Network network = project::newProject(name.toStdString())->network;
    if (tidied) {
        graph::DataFacts facts;
        facts.input = graph::Shape::maps(3, 64, 64);
        facts.classes = 10;
        const graph::Edit edit = graph::tidy(network, blocks::Registry::instance(), facts, 824);
        QVERIFY(bool(graph::apply(edit, network)));
    }
    const Drawing drawing = drawingOf(network);
    const Routing routing = routeWires(drawing.blocks, drawing.wires);
    QCOMPARE(routing.routes.size(), drawing.wires.size());
    for (std::size_t w = 0; w < routing.routes.size(); ++w) {
        QVERIFY(isOrthogonal(routing.routes[w]));
        const bool inRow = drawing.wires[w].from.y() == drawing.wires[w].to.y()
                           && drawing.wires[w].to.x() - drawing.wires[w].from.x() < 120.0
                           && drawing.wires[w].to.x() > drawing.wires[w].from.x();
        if (inRow) QCOMPARE(routing.routes[w].points.size(), qsizetype(2));
        for (std::size_t b = 0; b < drawing.blocks.size(); ++b)
            QVERIFY2(!crosses(routing.routes[w], drawing.blocks[b]),
                     qPrintable(QStringLiteral("%1 crosses %2")
                                    .arg(QString::fromStdString(network.wires[w].from.block),
                                         QString::fromStdString(network.blocks[b].id))));
    }
}

void WireRoutingTest::twoHundredWires()
{
    Drawing drawing; // ten rows of twenty, a return after each
    for (int i = 0; i < 200; ++i) {
        const double x = 40.0 + 200.0 * (i % 20), y = 30.0 + 164.0 * (i / 20);
        drawing.blocks.emplace_back(x, y, 168, 96);
        if (i > 0)
            drawing.wires.push_back({{drawing.blocks[static_cast<std::size_t>(i - 1)].right(),
                                      drawing.blocks[static_cast<std::size_t>(i - 1)].center().y()},
                                     {x, y + 48},
                                     i,
                                     i - 1,
                                     i});
    }
    QBENCHMARK
    {
        const Routing routing = routeWires(drawing.blocks, drawing.wires);
        QCOMPARE(routing.routes.size(), std::size_t{199});
    }
}

QTEST_MAIN(WireRoutingTest)
#include "wire_routing_test.moc"
