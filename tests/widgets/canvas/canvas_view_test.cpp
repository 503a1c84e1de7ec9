// The canvas as a hand uses it: real mouse and key events on a real session.
#include "canvas/canvas_view.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/canvas_scene.hpp"
#include "canvas/problem_bubble.hpp"
#include "canvas/quick_add.hpp"
#include "graph/layout.hpp"
#include "model/session.hpp"
#include "project/templates.hpp"
#include "theme/theme.hpp"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

class CanvasViewTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void draggingFromPortToPortConnects();
    void draggingBackwardsConnectsToo();
    void aConnectedEndIsTakenOff();
    void escapeCancelsAWire();
    void aLooseWireAsksForABlock();
    void aPaletteBlockIsPutIntoTheWireBelowIt();
    void aLooseBlockDroppedOnAWireIsPutIn();
    void deletingJoinsTheNeighbours();
    void aSelectedWireIsDeleted();
    void movingIsOneCommandOnTheGrid();
    void movingComesToRestInLine();
    void theRubberBandSelects();
    void copiesTravelAsText();
    void arrowsNudgeAsOneCommand();
    void tabWalksAlongTheFlow();
    void spaceFindsABlockAndPutsItAfterTheSelected();
    void theBubbleRepairs();
    void theBubbleLeavesItsInputWireFree();
    void undoDropsWhatIsGoneFromTheSelection();
    void theWheelZoomsAtThePointer();
    void twoHundredBlocksChangeWithinAFrame();
    void twoHundredBlocksAreReroutedWithinAFrame();
    void twoHundredBlocksArePaintedWithinAFrame();

private:
    ProjectModel &project() { return m_session->project; }
    const graph::Network &network() { return project().network(); }
    CanvasScene *scene() { return static_cast<CanvasScene *>(m_view->scene()); }
    QPoint at(const QPointF &scenePoint) { return m_view->mapFromScene(scenePoint); }
    QPoint at(const std::string &block) { return at(scene()->body(block).center()); }
    QPoint port(const std::string &block, const std::string &name, bool output)
    {
        return at(scene()->position({{block, name}, output}));
    }
    bool wired(const std::string &from, const std::string &to) const
    {
        for (const graph::Wire &wire : m_session->project.network().wires)
            if (wire.from.block == from && wire.to.block == to) return true;
        return false;
    }
    void drag(const QPoint &from, const QPoint &to, Qt::MouseButton button = Qt::LeftButton);
    void drop(const char *kind, const QPoint &where);
    std::string add(const char *kind, double x, double y);
    void chain(int count);

    std::unique_ptr<Session> m_session;
    std::unique_ptr<CanvasView> m_view;
};

void CanvasViewTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void CanvasViewTest::init()
{
    m_session = std::make_unique<Session>();
    m_view = std::make_unique<CanvasView>(m_session.get());
    m_view->resize(824, 552);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    auto lenet = project::newProject("lenet");
    QVERIFY(bool(lenet));
    lenet->data = "glyphs?train=50&validation=50&test=50";
    project().setProject(std::move(*lenet), {});
    project().apply(graph::tidy(network(), blocks::Registry::instance(), project().facts(), 824));
    m_view->fit();
    m_view->zoomToActualSize();
}

void CanvasViewTest::cleanup()
{
    m_view.reset();
    m_session.reset();
}

void CanvasViewTest::drag(const QPoint &from, const QPoint &to, Qt::MouseButton button)
{
    QWidget *surface = m_view->viewport();
    QTest::mouseMove(surface, from);
    QTest::mousePress(surface, button, {}, from);
    for (int i = 1; i <= 4; ++i) {
        const QPoint step = from + (to - from) * i / 4;
        QMouseEvent move(QEvent::MouseMove, step, surface->mapToGlobal(step), Qt::NoButton, button,
                         {});
        QCoreApplication::sendEvent(surface, &move);
    }
    QTest::mouseRelease(surface, button, {}, to);
}

void CanvasViewTest::drop(const char *kind, const QPoint &where)
{
    QMimeData data;
    data.setData(QLatin1String(kBlockMimeType), kind);
    QDragEnterEvent enter(where, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_view->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDragMoveEvent over(where, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_view->viewport(), &over);
    QDropEvent drop(where, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_view->viewport(), &drop);
}

std::string CanvasViewTest::add(const char *kind, double x, double y)
{
    project().apply(graph::addBlock(network(), *blocks::Registry::instance().find(kind), {x, y}));
    return network().blocks.back().id;
}

/// Convolutions and ReLUs in turn, as wide as the classroom's largest network.
void CanvasViewTest::chain(int count)
{
    project::Project large;
    large.data = project().project().data;
    for (int i = 0; i < count; ++i) {
        const bool first = i == 0, last = i == count - 1;
        graph::Block block;
        block.kind = first ? "Input" : last ? "Output" : i % 2 ? "Conv2d" : "ReLU";
        block.id = "b" + std::to_string(i) + "_1";
        if (i % 2 && !last) block.parameters["padding"] = std::string("same");
        large.network.blocks.push_back(block);
        if (i > 0)
            large.network.wires.push_back(
                {{large.network.blocks[static_cast<std::size_t>(i - 1)].id, "y"}, {block.id, "x"}});
    }
    std::sort(large.network.wires.begin(), large.network.wires.end());
    const graph::Edit tidy =
        graph::tidy(large.network, blocks::Registry::instance(), project().facts(), 3000);
    QVERIFY(bool(graph::apply(tidy, large.network)));
    project().setProject(std::move(large), {});
    m_view->fit();
}

void CanvasViewTest::draggingFromPortToPortConnects()
{
    const graph::Wire wire = *network().wireInto({"relu_1", "x"});
    project().apply(graph::removeWires(network(), {wire}));
    QVERIFY(!wired(wire.from.block, "relu_1"));
    drag(port(wire.from.block, "y", true), port("relu_1", "x", false));
    QVERIFY(wired(wire.from.block, "relu_1"));
    QVERIFY(!project().undoStack()->undoText().isEmpty());
    project().undoStack()->undo();
    QVERIFY(!wired(wire.from.block, "relu_1"));
    project().undoStack()->redo();
    QVERIFY(wired(wire.from.block, "relu_1"));
}

void CanvasViewTest::draggingBackwardsConnectsToo()
{
    const graph::Wire wire = *network().wireInto({"relu_1", "x"});
    project().apply(graph::removeWires(network(), {wire}));
    drag(port("relu_1", "x", false), port(wire.from.block, "y", true));
    QVERIFY(wired(wire.from.block, "relu_1"));
}

void CanvasViewTest::aConnectedEndIsTakenOff()
{
    const graph::Wire wire = *network().wireInto({"relu_1", "x"});
    const QPoint start = port("relu_1", "x", false);
    drag(start, start + QPoint(10, 130));
    QVERIFY(!wired(wire.from.block, "relu_1"));
    project().undoStack()->undo();
    // To another input: one command.
    const std::string dropout =
        add("Dropout", scene()->body("relu_1").x(), scene()->body("relu_1").bottom() + 30);
    const int before = project().undoStack()->index();
    drag(port("relu_1", "x", false), port(dropout, "x", false));
    QVERIFY(wired(wire.from.block, dropout));
    QVERIFY(!wired(wire.from.block, "relu_1"));
    QCOMPARE(project().undoStack()->index(), before + 1);
}

void CanvasViewTest::escapeCancelsAWire()
{
    const graph::Network before = network();
    const QPoint start = port("conv_1", "y", true);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, start);
    QMouseEvent move(QEvent::MouseMove, start + QPoint(60, 60),
                     m_view->viewport()->mapToGlobal(start + QPoint(60, 60)), Qt::NoButton,
                     Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_view->viewport(), &move);
    QVERIFY(!scene()->draft().wire.isEmpty());
    QVERIFY(!scene()->draft().litPorts.empty());
    QVERIFY(!scene()->draft().litPorts.contains({{"input_1", "y"}, true}));
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(scene()->draft().wire.isEmpty());
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, start + QPoint(60, 60));
    QVERIFY(network() == before);
}

void CanvasViewTest::aLooseWireAsksForABlock()
{
    const QPoint start = port("conv_1", "y", true);
    drag(start, start + QPoint(12, 76));
    auto *search = m_view->findChild<QuickAdd *>();
    QVERIFY(search->isVisible());
    auto *list = search->findChild<QListWidget *>();
    QVERIFY(list->findItems(QStringLiteral("Input"), Qt::MatchExactly).isEmpty()); // no way in
    QTest::keyClicks(search->findChild<QLineEdit *>(), QStringLiteral("flat"));
    QTest::keyClick(search->findChild<QLineEdit *>(), Qt::Key_Return);
    QVERIFY(!search->isVisible());
    QCOMPARE(network().blocks.back().kind, std::string("Flatten"));
    QVERIFY(wired("conv_1", network().blocks.back().id));
    project().undoStack()->undo();
    QVERIFY(!wired("conv_1", "flatten_2"));
}

void CanvasViewTest::aPaletteBlockIsPutIntoTheWireBelowIt()
{
    const graph::Wire wire = *network().wireInto({"relu_1", "x"});
    const QPointF middle =
        (scene()->position({wire.from, true}) + scene()->position({wire.to, false})) / 2;
    drop("Dropout", at(middle));
    const std::string id = network().blocks.back().id;
    QCOMPARE(network().find(id)->kind, std::string("Dropout"));
    QVERIFY(wired(wire.from.block, id));
    QVERIFY(wired(id, "relu_1"));
    QCOMPARE(m_session->selection.currentBlock(), id);
    // It covers nothing: the row made room.
    for (const graph::Block &block : network().blocks)
        if (block.id != id) QVERIFY(!scene()->body(block.id).intersects(scene()->body(id)));
    drop("Tanh", m_view->viewport()->rect().bottomRight() - QPoint(60, 40));
    QVERIFY(network().wiresOf(network().blocks.back().id).empty());
}

void CanvasViewTest::aLooseBlockDroppedOnAWireIsPutIn()
{
    const graph::Wire wire = *network().wireInto({"relu_1", "x"});
    const QRectF relu = scene()->body("relu_1");
    const std::string id = add("Sigmoid", relu.left(), relu.bottom() + 70);
    const int before = project().undoStack()->index();
    const QPointF middle =
        (scene()->position({wire.from, true}) + scene()->position({wire.to, false})) / 2;
    drag(at(id), at(middle));
    QVERIFY(wired(wire.from.block, id));
    QVERIFY(wired(id, "relu_1"));
    QCOMPARE(project().undoStack()->index(), before + 1);
    for (const graph::Block &block : network().blocks)
        if (block.id != id) QVERIFY(!scene()->body(block.id).intersects(scene()->body(id)));
    project().undoStack()->undo();
    QVERIFY(network().wiresOf(id).empty());
}

void CanvasViewTest::deletingJoinsTheNeighbours()
{
    const std::string from = network().wireInto({"relu_1", "x"})->from.block;
    std::string to;
    for (const graph::Wire &wire : network().wiresOf("relu_1"))
        if (wire.from.block == "relu_1") to = wire.to.block;
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at("relu_1"));
    QTest::keyClick(m_view.get(), Qt::Key_Delete);
    QVERIFY(!network().find("relu_1"));
    QVERIFY(wired(from, to));
    project().undoStack()->undo();
    QVERIFY(wired(from, "relu_1"));
    QVERIFY(!wired(from, to));
}

void CanvasViewTest::aSelectedWireIsDeleted()
{
    const graph::Wire wire = *network().wireInto({"conv_1", "x"});
    const QPointF middle =
        (scene()->position({wire.from, true}) + scene()->position({wire.to, false})) / 2;
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at(middle));
    QCOMPARE(scene()->selectedWires().size(), std::size_t{1});
    QTest::keyClick(m_view.get(), Qt::Key_Backspace);
    QVERIFY(!network().wireInto({"conv_1", "x"}));
    QVERIFY(network().find("conv_1"));
}

void CanvasViewTest::movingIsOneCommandOnTheGrid()
{
    const int before = project().undoStack()->index();
    const graph::Position start = network().find("conv_1")->position;
    drag(at("conv_1"), at("conv_1") + QPoint(3, 203));
    const graph::Position end = network().find("conv_1")->position;
    QVERIFY(end.y > start.y + 150);
    QCOMPARE(project().undoStack()->index(), before + 1);
    project().undoStack()->undo();
    QCOMPARE(network().find("conv_1")->position, start);
    QCOMPARE(scene()->body("conv_1").topLeft(), QPointF(start.x, start.y));
}

void CanvasViewTest::movingComesToRestInLine()
{
    const std::string id = add("Tanh", 300, 420);
    const double line = scene()->body("conv_1").center().y();
    const QPointF target(scene()->body("conv_1").center().x() + 30, line + 4);
    drag(at(id), at(target));
    QCOMPARE(scene()->body(id).center().y(), line);
}

void CanvasViewTest::theRubberBandSelects()
{
    const QRectF both = scene()->body("input_1") | scene()->body("conv_1");
    drag(at(both.topLeft() - QPointF(12, 12)), at(both.bottomRight() + QPointF(6, 12)));
    QCOMPARE(m_session->selection.blocks().size(), std::size_t{2});
    QVERIFY(scene()->draft().band.isNull());
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_session->selection.blocks().size(), network().blocks.size());
}

void CanvasViewTest::copiesTravelAsText()
{
    m_session->selection.setBlocks({"conv_1", "relu_1"});
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("\"ostrich\"")));
    const std::size_t before = network().blocks.size();
    QTest::mouseMove(m_view->viewport(), QPoint(300, 480));
    QTest::keyClick(m_view.get(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(network().blocks.size(), before + 2);
    QCOMPARE(m_session->selection.blocks().size(), std::size_t{2});
    QVERIFY(wired(m_session->selection.blocks()[0], m_session->selection.blocks()[1])
            || wired(m_session->selection.blocks()[1], m_session->selection.blocks()[0]));
    QTest::keyClick(m_view.get(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(network().blocks.size(), before + 4);
    QTest::keyClick(m_view.get(), Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(network().blocks.size(), before + 2);
    QGuiApplication::clipboard()->setText(QStringLiteral("no network"));
    QTest::keyClick(m_view.get(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(network().blocks.size(), before + 2);
}

void CanvasViewTest::arrowsNudgeAsOneCommand()
{
    m_session->selection.setBlocks({"conv_1"});
    const graph::Position start = network().find("conv_1")->position;
    const int before = project().undoStack()->index();
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    const graph::Position moved{start.x + 16, start.y + 8};
    QCOMPARE(network().find("conv_1")->position, moved);
    QCOMPARE(project().undoStack()->index(), before + 1);
    m_session->selection.setBlocks({"relu_1"});
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(project().undoStack()->index(), before + 2);
}

void CanvasViewTest::tabWalksAlongTheFlow()
{
    m_view->setFocus();
    m_session->selection.setBlocks({});
    const auto &order = project().analysis().order;
    QTest::keyClick(m_view.get(), Qt::Key_Tab);
    QCOMPARE(m_session->selection.currentBlock(), order[0]);
    QTest::keyClick(m_view.get(), Qt::Key_Tab);
    QCOMPARE(m_session->selection.currentBlock(), order[1]);
    QVERIFY(!m_view->accessibleDescription().isEmpty());
    QTest::keyClick(m_view.get(), Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(m_session->selection.currentBlock(), order[0]);
}

void CanvasViewTest::spaceFindsABlockAndPutsItAfterTheSelected()
{
    m_view->setFocus();
    m_session->selection.setBlocks({"conv_1"});
    QEvent leave(QEvent::Leave); // the pointer of the test before
    QCoreApplication::sendEvent(m_view->viewport(), &leave);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    auto *search = m_view->findChild<QuickAdd *>();
    QVERIFY(search->isVisible());
    QTest::keyClicks(search->findChild<QLineEdit *>(), QStringLiteral("batch"));
    QTest::keyClick(search->findChild<QLineEdit *>(), Qt::Key_Return);
    const std::string id = network().blocks.back().id;
    QCOMPARE(network().find(id)->kind, std::string("BatchNorm2d"));
    QVERIFY(wired("conv_1", id));
    QVERIFY(project().analysis().ok());
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QVERIFY(search->isVisible());
    QTest::keyClick(search->findChild<QLineEdit *>(), Qt::Key_Escape);
    QVERIFY(!search->isVisible());
}

void CanvasViewTest::theBubbleRepairs()
{
    // Without its Flatten the next Linear gets maps.
    project().apply(graph::removeWires(network(), network().wiresOf("flatten_1")));
    const std::string linear = "linear_1";
    std::string pool;
    for (const std::string &id : project().analysis().order)
        if (id.starts_with("max_pool") || id.starts_with("avg_pool")) pool = id;
    project().apply(
        graph::connect(network(), {pool, "y"}, {linear, "x"}, blocks::Registry::instance()));
    auto *bubble = m_view->findChild<ProblemBubble *>();
    QVERIFY(bubble->isVisible());
    auto *button = bubble->findChild<QPushButton *>();
    QVERIFY(button->isVisible() && !button->text().isEmpty());
    for (const Language language : {Language::French, Language::English}) {
        setLanguage(language);
        bubble->setProblem(project().analysis().problems.front());
        QCoreApplication::processEvents();
        for (const QLabel *label : bubble->findChildren<QLabel *>()) {
            if (label->text().isEmpty()) continue;
            const int lines = label->heightForWidth(label->width()) / label->fontMetrics().height();
            QVERIFY2(lines <= 2, qPrintable(label->text()));
        }
    }
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(network().wireInto({linear, "x"})->from.block != pool);
    QVERIFY(!bubble->isVisible() || project().analysis().problems.front().block != linear);
    project().undoStack()->undo();
    QVERIFY(bubble->isVisible());
    m_view->setFocus();
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QVERIFY(network().wireInto({linear, "x"})->from.block != pool);
}

void CanvasViewTest::theBubbleLeavesItsInputWireFree()
{
    QWidget canvas;
    canvas.resize(824, 552);
    ProblemBubble bubble(&canvas);
    bubble.resize(400, 74);
    const QRectF block(300, 200, 168, 96);
    bubble.placeAt(block, {}, {});
    QVERIFY(bubble.y() >= 296);
    bubble.placeAt(block, {QRectF(280, 330, 200, 4)}, {});
    QVERIFY(bubble.geometry().bottom() <= 200);
    bubble.placeAt(QRectF(300, 450, 168, 96), {}, {}); // no room below
    QVERIFY(bubble.geometry().bottom() <= 450);
}

void CanvasViewTest::undoDropsWhatIsGoneFromTheSelection()
{
    const std::string id = add("Tanh", 300, 420);
    m_session->selection.setBlocks({id, "conv_1"});
    project().undoStack()->undo();
    QCOMPARE(m_session->selection.blocks(), std::vector<std::string>{"conv_1"});
}

void CanvasViewTest::theWheelZoomsAtThePointer()
{
    const QPoint pointer(200, 150);
    const QPointF before = m_view->mapToScene(pointer);
    QWheelEvent turn(pointer, m_view->viewport()->mapToGlobal(pointer), {}, {0, 240}, Qt::NoButton,
                     {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_view->viewport(), &turn);
    QVERIFY(m_view->zoom() > 1.2);
    QVERIFY(QLineF(m_view->mapToScene(pointer), before).length() < 2.0);
    for (int i = 0; i < 40; ++i) m_view->zoomOut();
    QVERIFY(std::abs(m_view->zoom() - 0.1) < 1e-9);
    for (int i = 0; i < 40; ++i) m_view->zoomIn();
    QVERIFY(std::abs(m_view->zoom() - 4.0) < 1e-9);
}

void CanvasViewTest::twoHundredBlocksChangeWithinAFrame()
{
    chain(200);
    std::int64_t channels = 3;
    QBENCHMARK
    {
        channels = channels % 8 + 2;
        project().apply(graph::setParameter(network(), "b1_1", "out_channels", channels));
    }
}

void CanvasViewTest::twoHundredBlocksAreReroutedWithinAFrame()
{
    chain(200);
    double step = 8.0;
    QBENCHMARK
    {
        const graph::Position at = network().find("b50_1")->position;
        step = -step;
        project().apply(graph::moveBlocks(network(), {{"b50_1", {at.x, at.y + step}}}));
    }
}

void CanvasViewTest::twoHundredBlocksArePaintedWithinAFrame()
{
    chain(200);
    QImage image(m_view->viewport()->size(), QImage::Format_RGB32);
    QBENCHMARK
    {
        m_view->viewport()->render(&image, {}, {}, QWidget::DrawWindowBackground);
    }
}

QTEST_MAIN(CanvasViewTest)
#include "canvas_view_test.moc"
