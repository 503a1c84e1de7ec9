// The whole window as a student uses it: an error repaired by its button, undo, a training, a
// fooled digit.
#include "canvas/breadcrumb.hpp"
#include "canvas/canvas_view.hpp"
#include "canvas/problem_bubble.hpp"
#include "fool/fool_model.hpp"
#include "fool/fool_place.hpp"
#include "graph/group.hpp"
#include "window/build_place.hpp"
#include "window/main_window.hpp"
#include "window/transport.hpp"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

class WindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void deletedBlocksComeBackWithUndo();
    void anErrorIsRepairedByItsButton();
    void aTypedBlockLandsOnTheCanvas();
    void blocksAreFoldedNamedAndLookedInto();
    void playLearnsAndStopKeepsTheBest();
    void aLearnedDigitCanBeFooled();

private:
    Session &session() { return m_window->session(); }
    CanvasView *canvas() { return m_window->buildPlace().canvas(); }
    std::unique_ptr<MainWindow> m_window;
};

void WindowTest::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("Ostrich"));
    QCoreApplication::setOrganizationName(QStringLiteral("ostrich"));
    m_window = std::make_unique<MainWindow>();
    m_window->openWelcome();
    session().project.setData("glyphs?train=300&validation=100&test=100");
    m_window->show();
    QTRY_VERIFY_WITH_TIMEOUT(session().data.dataset() != nullptr, 30'000);
    QVERIFY(session().project.analysis().ok());
}

void WindowTest::deletedBlocksComeBackWithUndo()
{
    const graph::Network before = session().project.network();
    canvas()->setFocus();
    QTest::keyClick(canvas(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(session().selection.blocks().size(), before.blocks.size());
    QTest::keyClick(canvas(), Qt::Key_Delete);
    QVERIFY(session().project.network().blocks.empty());
    session().project.undoStack()->undo();
    QVERIFY(session().project.network() == before);
    session().project.undoStack()->redo();
    QVERIFY(session().project.network().blocks.empty());
    session().project.undoStack()->undo();
    QVERIFY(session().project.network() == before);
}

void WindowTest::anErrorIsRepairedByItsButton()
{
    ProjectModel &project = session().project;
    const graph::Block *flatten = nullptr;
    for (const graph::Block &block : project.network().blocks)
        if (block.kind == "Flatten") flatten = &block;
    QVERIFY(flatten);
    graph::Wire joined;
    graph::Edit edit;
    for (const graph::Wire &wire : project.network().wiresOf(flatten->id)) {
        edit.changes.push_back(graph::RemoveWire{wire});
        if (wire.to.block == flatten->id)
            joined.from = wire.from;
        else
            joined.to = wire.to;
    }
    edit.changes.push_back(graph::RemoveBlock{*flatten});
    edit.changes.push_back(graph::AddWire{joined});
    QVERIFY(project.apply(edit));
    QCOMPARE(project.analysis().problems.size(), std::size_t{1});
    QCOMPARE(project.analysis().problems.front().block, joined.to.block);
    QString reason;
    QVERIFY(!session().run.canPlay(&reason));
    QVERIFY(!reason.isEmpty());

    auto *bubble = canvas()->findChild<ProblemBubble *>();
    QVERIFY(bubble && bubble->isVisible());
    QTest::mouseClick(bubble->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(project.analysis().ok());
    QVERIFY(!bubble->isVisible());
    project.undoStack()->undo();
    QVERIFY(!project.analysis().ok());
    project.undoStack()->redo();
    QVERIFY(project.analysis().ok());
}

void WindowTest::aTypedBlockLandsOnTheCanvas()
{
    ProjectModel &project = session().project;
    const std::size_t before = project.network().blocks.size();
    session().selection.setBlocks({});
    canvas()->addBlock(QStringLiteral("Dropout"));
    QCOMPARE(project.network().blocks.size(), before + 1);
    QCOMPARE(project.network().blocks.back().kind, std::string("Dropout"));
    QTest::keyClick(canvas(), Qt::Key_Delete);
    QCOMPARE(project.network().blocks.size(), before);
}

void WindowTest::blocksAreFoldedNamedAndLookedInto()
{
    ProjectModel &project = session().project;
    const std::string before = project::toText(project.project());
    const int steps = project.undoStack()->index();
    std::vector<std::string> pair;
    for (const graph::Wire &wire : project.network().wires)
        if (wire.from.block != "input_1" && wire.to.block != "output_1" && pair.empty())
            pair = {wire.from.block, wire.to.block};
    canvas()->setFocus();
    session().selection.setBlocks(pair);
    QTest::keyClick(canvas(), Qt::Key_G, Qt::ControlModifier);
    const std::string group = session().selection.currentBlock();
    QVERIFY(project.network().find(group)->inside);
    // The name is asked for where it stands.
    auto *name = qobject_cast<QLineEdit *>(m_window->focusWidget());
    QVERIFY(name && name->hasSelectedText());
    QTest::keyClicks(name, QStringLiteral("Deep part"));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(graph::titleOf(*project.network().find(group)), std::string("Deep part"));
    QCOMPARE(project.undoStack()->index(), steps + 2);

    auto *bar = m_window->findChild<Breadcrumb *>();
    QVERIFY(bar->isHidden());
    canvas()->setFocus();
    QTest::keyClick(canvas(), Qt::Key_Return);
    QCOMPARE(project.scope(), std::vector<std::string>{group});
    QVERIFY(bar->isVisible());
    QVERIFY(session().run.canPlay());
    QTest::keyClick(canvas(), Qt::Key_Escape);
    QVERIFY(project.scope().empty());
    QVERIFY(bar->isHidden());
    project.undoStack()->undo();
    project.undoStack()->undo();
    QCOMPARE(project::toText(project.project()), before);
}

void WindowTest::playLearnsAndStopKeepsTheBest()
{
    auto *play = m_window->findChild<PlayButton *>();
    QVERIFY(play && play->isEnabled());
    QTest::mouseClick(play, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(session().run.running(), 5'000);
    QTRY_VERIFY_WITH_TIMEOUT(session().run.epochs().size() >= 3, 120'000);
    QVERIFY(session().run.epochs().back().train_loss < session().run.epochs().front().train_loss);
    session().run.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session().run.summary().has_value(), 60'000);
    QVERIFY(!session().run.running());
    QTRY_VERIFY_WITH_TIMEOUT(session().run.model() != nullptr, 60'000);
    QVERIFY(session().run.evaluation(data::Split::Test).has_value());
}

void WindowTest::aLearnedDigitCanBeFooled()
{
    m_window->setPlace(MainWindow::Place::Fool);
    FoolModel *model = m_window->foolPlace().model();
    model->useSample({data::Split::Test, 0});
    model->setEpsilon(64.0 / 255.0);
    QTRY_VERIFY_WITH_TIMEOUT(model->result().has_value() && model->result()->max_norm > 0.2,
                             30'000);
    QVERIFY(model->result()->max_norm <= 64.0 / 255.0 + 1e-6);
    QVERIFY(model->result()->y_adv.front() != model->result()->y.front());
}

QTEST_MAIN(WindowTest)
#include "window_test.moc"
