// Wires drawn, chosen and removed without a mouse.
#include "canvas_at_hand.hpp"

#include <QMenu>
#include <QStandardPaths>

using namespace ostrich;
using namespace ostrich::ui;

class KeyboardWiringTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_canvas = std::make_unique<CanvasAtHand>();
        QVERIFY(QTest::qWaitForWindowExposed(&m_canvas->view));
        connect(&m_canvas->project(), &ProjectModel::statusMessage, this,
                [this](const QString &text, bool isError) { m_said = {text, isError}; });
    }
    void cleanup() { m_canvas.reset(); }

    void aWireIsDrawnToTheNearestFreeInput()
    {
        const std::string id = m_canvas->add("Tanh", 300, 500);
        m_canvas->select("conv_1");
        const int before = m_canvas->project().undoStack()->index();
        m_canvas->key(Qt::Key_W);
        QVERIFY(!m_canvas->scene().draft().wire.isEmpty());
        QVERIFY(m_canvas->scene().draft().litPorts.contains({{id, "x"}, false}));
        QVERIFY(m_canvas->view.accessibleDescription().contains(QString::fromStdString(id)));
        QVERIFY(m_said.first.contains(QStringLiteral("Enter")) && !m_said.second);
        m_canvas->key(Qt::Key_Return);
        QVERIFY(m_canvas->wired("conv_1", id));
        QVERIFY(m_canvas->scene().draft().wire.isEmpty());
        QCOMPARE(m_canvas->project().undoStack()->index(), before + 1);
        QCOMPARE(m_canvas->session.selection.currentBlock(), std::string("conv_1"));
    }

    void arrowsAndTabGoThroughTheInputs()
    {
        const std::string near = m_canvas->add("Tanh", 300, 500);
        const std::string far = m_canvas->add("Sigmoid", 900, 700);
        const graph::Network before = m_canvas->network();
        m_canvas->select("conv_1");
        m_canvas->key(Qt::Key_W);
        QVERIFY(endsAt(near));
        m_canvas->key(Qt::Key_Right);
        QVERIFY(endsAt(far));
        m_canvas->key(Qt::Key_Up);
        QVERIFY(endsAt(near));
        m_canvas->key(Qt::Key_Tab);
        QVERIFY(endsAt(far));
        m_canvas->key(Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(endsAt(near));
        QVERIFY2(m_canvas->network() == before, "nothing moved");
        m_canvas->key(Qt::Key_Tab);
        m_canvas->moveTo({100, 100}, {}); // a mouse that is touched leads no other way
        m_canvas->key(Qt::Key_Enter);
        QVERIFY(m_canvas->wired("conv_1", far));
        QVERIFY(!m_canvas->wired("conv_1", near));
    }

    void aWireThatIsThereIsNotOffered()
    {
        const std::string next = m_canvas->network().wiresOf("conv_1").back().to.block;
        m_canvas->select("conv_1");
        m_canvas->key(Qt::Key_W);
        const int inputs = static_cast<int>(m_canvas->scene().draft().litPorts.size());
        for (int i = 0; i < inputs; ++i) {
            QVERIFY(!endsAt(next));
            m_canvas->key(Qt::Key_Right);
        }
    }

    void escapeCancels()
    {
        const std::string id = m_canvas->add("Tanh", 300, 500);
        const graph::Network before = m_canvas->network();
        m_canvas->select("conv_1");
        m_canvas->key(Qt::Key_W);
        m_canvas->key(Qt::Key_Escape);
        QVERIFY(m_canvas->scene().draft().wire.isEmpty());
        m_canvas->key(Qt::Key_Right); // is a nudge again
        QVERIFY(m_canvas->network().find("conv_1")->position != before.find("conv_1")->position);
        QVERIFY(!m_canvas->wired("conv_1", id));
    }

    void whatEndsTheOutputEndsTheWire()
    {
        m_canvas->add("Tanh", 300, 500);
        m_canvas->select("conv_1");
        m_canvas->key(Qt::Key_W);
        m_canvas->project().undoStack()->undo();
        QVERIFY(m_canvas->scene().draft().wire.isEmpty());
        m_canvas->key(Qt::Key_W);
        m_canvas->key(Qt::Key_Delete);
        QVERIFY(!m_canvas->network().find("conv_1"));
        QVERIFY(m_canvas->scene().draft().wire.isEmpty());
        m_canvas->key(Qt::Key_Return);
    }

    void aBlockWithoutOutputSaysSo()
    {
        m_canvas->select("output_1");
        m_canvas->key(Qt::Key_W);
        QVERIFY(m_said.second && !m_said.first.isEmpty());
        QVERIFY(m_canvas->scene().draft().wire.isEmpty());
    }

    void theWiresOfABlockAreWalkedAndRemoved()
    {
        m_canvas->select("conv_1");
        const auto wires = m_canvas->network().wiresOf("conv_1");
        QCOMPARE(wires.size(), std::size_t{2});
        m_canvas->key(Qt::Key_W, Qt::ShiftModifier);
        QCOMPARE(m_canvas->scene().selectedWires(), std::set<graph::Wire>{wires[0]});
        m_canvas->key(Qt::Key_W, Qt::ShiftModifier);
        QCOMPARE(m_canvas->scene().selectedWires(), std::set<graph::Wire>{wires[1]});
        QVERIFY(m_canvas->view.accessibleDescription().contains(QStringLiteral("Delete")));
        m_canvas->key(Qt::Key_Delete);
        QVERIFY(m_canvas->network().find("conv_1"));
        QCOMPARE(m_canvas->network().wiresOf("conv_1"), std::vector{wires[0]});
        QCOMPARE(m_canvas->session.selection.currentBlock(), std::string("conv_1"));
    }

    void aChosenWireIsLetGoOf()
    {
        m_canvas->select("conv_1");
        m_canvas->key(Qt::Key_W, Qt::ShiftModifier);
        m_canvas->key(Qt::Key_Escape);
        QVERIFY(m_canvas->scene().selectedWires().empty());
        QCOMPARE(m_canvas->session.selection.currentBlock(), std::string("conv_1"));
        m_canvas->key(Qt::Key_W, Qt::ShiftModifier);
        m_canvas->select("relu_1");
        QVERIFY(m_canvas->scene().selectedWires().empty());
        m_canvas->key(Qt::Key_W, Qt::ShiftModifier);
        m_canvas->key(Qt::Key_X, Qt::ControlModifier); // cuts the block
        QVERIFY(!m_canvas->network().find("relu_1"));
    }

    void theMenuTellsTheKeys()
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, m_canvas->at("conv_1"),
                                m_canvas->view.viewport()->mapToGlobal(m_canvas->at("conv_1")));
        QCoreApplication::sendEvent(m_canvas->view.viewport(), &event);
        auto *menu = m_canvas->view.findChild<QMenu *>();
        QVERIFY(menu && menu->isVisible());
        QCOMPARE(m_canvas->session.selection.currentBlock(), std::string("conv_1"));
        QStringList lines;
        for (const QAction *action : menu->actions()) lines << action->text();
        QVERIFY(lines.contains(QStringLiteral("Begin a wire\tW")));
        QVERIFY(lines.contains(QStringLiteral("Select the next wire\tShift+W")));
        menu->close();
        QVERIFY(m_canvas->view.accessibleDescription().contains(QStringLiteral("Shift+W")));
    }

private:
    bool endsAt(const std::string &block)
    {
        const QPointF end = m_canvas->scene().draft().wire.currentPosition();
        return QLineF(end, m_canvas->scene().position({{block, "x"}, false})).length() < 1.0;
    }

    std::unique_ptr<CanvasAtHand> m_canvas;
    std::pair<QString, bool> m_said;
};

QTEST_MAIN(KeyboardWiringTest)
#include "keyboard_wiring_test.moc"
