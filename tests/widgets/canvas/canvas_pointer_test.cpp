// Where the pointer puts blocks, and which button a gesture belongs to.
#include "canvas_at_hand.hpp"

#include "canvas/quick_add.hpp"

#include <QLineEdit>
#include <QStandardPaths>

using namespace ostrich;
using namespace ostrich::ui;

class CanvasPointerTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_canvas = std::make_unique<CanvasAtHand>();
        QVERIFY(QTest::qWaitForWindowExposed(&m_canvas->view));
    }
    void cleanup() { m_canvas.reset(); }

    void quickAddPutsTheBlockAtThePointer()
    {
        m_canvas->select("conv_1");
        const QPoint free = freePlace();
        m_canvas->moveTo(free, {});
        quickAdd("BatchNorm2d");
        const std::string id = m_canvas->network().blocks.back().id;
        const QPoint middle = m_canvas->at(id);
        QVERIFY((middle - free).manhattanLength() < 16);
        QVERIFY(m_canvas->network().wiresOf(id).empty());
    }

    void quickAddSplicesAfterTheSelectedWhenThePointerIsElsewhere_data()
    {
        QTest::addColumn<bool>("onTheBlock");
        QTest::newRow("on the block itself") << true;
        QTest::newRow("outside the canvas") << false;
    }

    void quickAddSplicesAfterTheSelectedWhenThePointerIsElsewhere()
    {
        QFETCH(bool, onTheBlock);
        m_canvas->select("conv_1");
        m_canvas->moveTo(onTheBlock ? m_canvas->at("conv_1") : QPoint(300, 500), {});
        if (!onTheBlock) {
            QEvent leave(QEvent::Leave);
            QCoreApplication::sendEvent(m_canvas->view.viewport(), &leave);
        }
        quickAdd("BatchNorm2d");
        QVERIFY(m_canvas->wired("conv_1", m_canvas->network().blocks.back().id));
    }

    void thePaletteSplicesAfterTheSelectedWhereverThePointerIs()
    {
        m_canvas->select("conv_1");
        m_canvas->moveTo({300, 500}, {});
        m_canvas->view.addBlock(QStringLiteral("BatchNorm2d"));
        QVERIFY(m_canvas->wired("conv_1", m_canvas->network().blocks.back().id));
    }

    void whatWasFittedStaysFittedInASmallerPlace()
    {
        CanvasView &view = m_canvas->view;
        view.fit();
        view.resize(824, 380);
        const QRectF blocks = m_canvas->scene().contents();
        QVERIFY(QRectF(view.viewport()->rect())
                    .contains(view.mapFromScene(blocks).boundingRect().toRectF()));
    }

    void aChosenZoomOutlivesAnotherSize()
    {
        CanvasView &view = m_canvas->view;
        view.fit();
        view.zoomToActualSize();
        view.zoomIn();
        const double chosen = view.zoom();
        view.resize(824, 380);
        QCOMPARE(view.zoom(), chosen);
    }

    void aDragRightAfterAClickMoves()
    {
        const QPoint start = m_canvas->at("conv_1");
        const double before = m_canvas->network().find("conv_1")->position.y;
        m_canvas->press(start);
        m_canvas->release(start);
        m_canvas->mouse(QEvent::MouseButtonDblClick, start, Qt::LeftButton, Qt::LeftButton);
        m_canvas->moveTo(start + QPoint(0, 100));
        m_canvas->moveTo(start + QPoint(0, 200));
        m_canvas->release(start + QPoint(0, 200));
        QVERIFY(m_canvas->network().find("conv_1")->position.y > before + 150);
    }

    void aDragRightAfterAClickWires()
    {
        const std::string id = m_canvas->add("Tanh", 300, 500);
        const QPoint start = m_canvas->at(m_canvas->scene().position({{"conv_1", "y"}, true}));
        const QPoint end = m_canvas->at(m_canvas->scene().position({{id, "x"}, false}));
        m_canvas->press(start);
        m_canvas->release(start);
        m_canvas->mouse(QEvent::MouseButtonDblClick, start, Qt::LeftButton, Qt::LeftButton);
        m_canvas->moveTo(end);
        m_canvas->release(end);
        QVERIFY(m_canvas->wired("conv_1", id));
    }

    void aSecondButtonCancelsADrag()
    {
        const graph::Network before = m_canvas->network();
        const QPointF corner = m_canvas->scene().body("conv_1").topLeft();
        const QPoint start = m_canvas->at("conv_1");
        const QPoint there = start + QPoint(0, 200);
        m_canvas->press(start);
        m_canvas->moveTo(there);
        QVERIFY(m_canvas->scene().body("conv_1").topLeft() != corner);
        m_canvas->press(there, Qt::MiddleButton, Qt::LeftButton | Qt::MiddleButton);
        QCOMPARE(m_canvas->scene().body("conv_1").topLeft(), corner);
        m_canvas->release(there, Qt::LeftButton, Qt::MiddleButton);
        // The middle button is still down: it pans on.
        const QPointF under = m_canvas->view.mapToScene(there);
        m_canvas->moveTo(there + QPoint(0, 40), Qt::MiddleButton);
        QCOMPARE(m_canvas->view.mapToScene(there + QPoint(0, 40)), under);
        m_canvas->release(there + QPoint(0, 40), Qt::MiddleButton);
        QVERIFY(m_canvas->network() == before);
    }

    void aSecondButtonPutsALiftedWireBack()
    {
        const graph::Wire wire = *m_canvas->network().wireInto({"relu_1", "x"});
        const QPoint start = m_canvas->at(m_canvas->scene().position({wire.to, false}));
        m_canvas->press(start);
        m_canvas->moveTo(start + QPoint(10, 130));
        QVERIFY(!m_canvas->scene().item(wire)->isVisible());
        m_canvas->press(start, Qt::MiddleButton, Qt::LeftButton | Qt::MiddleButton);
        QVERIFY(m_canvas->scene().item(wire)->isVisible());
        m_canvas->release(start, Qt::MiddleButton, Qt::LeftButton);
        m_canvas->release(start, Qt::LeftButton);
        QVERIFY(m_canvas->wired(wire.from.block, "relu_1"));
    }

    void anotherButtonsReleaseEndsNoDrag()
    {
        const QPoint start = m_canvas->at("conv_1");
        const double before = m_canvas->network().find("conv_1")->position.y;
        m_canvas->press(start);
        m_canvas->moveTo(start + QPoint(0, 100));
        m_canvas->press(start, Qt::RightButton, Qt::LeftButton | Qt::RightButton);
        m_canvas->release(start + QPoint(0, 100), Qt::RightButton, Qt::LeftButton);
        QCOMPARE(m_canvas->network().find("conv_1")->position.y, before);
        m_canvas->moveTo(start + QPoint(0, 200));
        m_canvas->release(start + QPoint(0, 200));
        QVERIFY(m_canvas->network().find("conv_1")->position.y > before + 150);
    }

    void pastesAtOnePlaceStandApart()
    {
        m_canvas->select("conv_1");
        m_canvas->view.copy();
        m_canvas->moveTo({300, 480}, {});
        std::vector<graph::Position> corners;
        for (int i = 0; i < 3; ++i) {
            m_canvas->view.paste();
            corners.push_back(m_canvas->network().blocks.back().position);
        }
        for (std::size_t i = 1; i < corners.size(); ++i) {
            QCOMPARE(corners[i].x, corners[i - 1].x + 8);
            QCOMPARE(corners[i].y, corners[i - 1].y + 8);
        }
    }

private:
    /// A point of the viewport with nothing near it.
    QPoint freePlace()
    {
        for (int y = 20; y < 540; y += 10)
            for (int x = 100; x < 700; x += 10) {
                const QPointF point = m_canvas->view.mapToScene(x, y);
                if (m_canvas->scene().blockAt(point).empty()
                    && !m_canvas->scene().wireAt(point, 30.0))
                    return {x, y};
            }
        return {};
    }
    void quickAdd(const char *name)
    {
        m_canvas->key(Qt::Key_Space);
        auto *search = m_canvas->view.findChild<QuickAdd *>();
        QVERIFY(search->isVisible());
        QTest::keyClicks(search->findChild<QLineEdit *>(), QString::fromLatin1(name));
        QTest::keyClick(search->findChild<QLineEdit *>(), Qt::Key_Return);
        QCOMPARE(m_canvas->network().blocks.back().kind, std::string(name));
    }

    std::unique_ptr<CanvasAtHand> m_canvas;
};

QTEST_MAIN(CanvasPointerTest)
#include "canvas_pointer_test.moc"
