// Groups on the canvas by mouse and keyboard: in and out, fold and unfold, the card, the menu.
#include "../model/own_home.hpp"
#include "canvas/breadcrumb.hpp"
#include "canvas/problem_bubble.hpp"
#include "canvas/quick_add.hpp"
#include "canvas_at_hand.hpp"
#include "graph/group.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace ostrich;
using namespace ostrich::ui;

class CanvasGroupsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_canvas = std::make_unique<CanvasAtHand>();
        QVERIFY(QTest::qWaitForWindowActive(&m_canvas->view));
        m_before = text();
    }
    void cleanup() { m_canvas.reset(); }

    void theKeyFoldsAndAsksForAName()
    {
        QSignalSpy asked(&view(), &CanvasView::renameWanted);
        const std::string id = fold();
        QVERIFY(!id.empty());
        QCOMPARE(asked.count(), 1);
        QCOMPARE(selected(), id);
        m_canvas->key(Qt::Key_F2);
        QCOMPARE(asked.count(), 2);
        project().undoStack()->undo();
        QCOMPARE(text(), m_before);
        project().undoStack()->redo();
        QVERIFY(network().find(id));
    }

    void theKeyUnfoldsAndSelectsWhatComesOut()
    {
        m_canvas->select(fold());
        m_canvas->key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        auto chosen = session().selection.blocks();
        std::ranges::sort(chosen);
        QCOMPARE(chosen, (std::vector<std::string>{"conv_2", "max_pool_2", "relu_2"}));
        project().undoStack()->undo();
        project().undoStack()->undo();
        QCOMPARE(text(), m_before);
    }

    void enterAndEscapeGoInAndOut()
    {
        const std::string id = fold();
        m_canvas->select(id);
        m_canvas->key(Qt::Key_Return);
        QCOMPARE(project().scope(), std::vector<std::string>{id});
        QVERIFY(session().selection.blocks().empty());
        QVERIFY(!m_canvas->scene().body("conv_2").isNull());
        QVERIFY(m_canvas->scene().body("conv_1").isNull());
        m_canvas->select("conv_2");
        m_canvas->key(Qt::Key_Escape); // first the selection
        QCOMPARE(project().scope().size(), std::size_t{1});
        QVERIFY(session().selection.blocks().empty());
        m_canvas->key(Qt::Key_Escape);
        QVERIFY(project().scope().empty());
        QCOMPARE(selected(), id);
        m_canvas->key(Qt::Key_Return);
        m_canvas->key(Qt::Key_Up, Qt::AltModifier);
        QVERIFY(project().scope().empty());
        QCOMPARE(project().undoStack()->undoText(), foldText()); // going about is no command
    }

    void aDoubleClickGoesIn()
    {
        const std::string id = fold();
        QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, m_canvas->at(id));
        QCOMPARE(project().scope(), std::vector<std::string>{id});
    }

    void eachPartIsSeenAgainAsItWasLeft()
    {
        const std::string id = fold();
        view().zoomOut();
        const QTransform zoom = view().transform();
        const QPointF corner = view().mapToScene(QPoint(0, 0));
        project().enter(id);
        view().zoomIn();
        project().leave();
        QCOMPARE(view().transform(), zoom);
        QCOMPARE(view().mapToScene(QPoint(0, 0)), corner);
    }

    void blocksInsideAreEditedByHand()
    {
        project().enter(fold());
        const std::string before = text();
        m_canvas->select("conv_2");
        m_canvas->key(Qt::Key_Right);
        m_canvas->key(Qt::Key_Right);
        QVERIFY(text() != before);
        project().undoStack()->undo(); // both were one
        QCOMPARE(text(), before);
        m_canvas->select("relu_2");
        m_canvas->key(Qt::Key_Delete);
        QVERIFY(!network().find("relu_2"));
        QVERIFY(m_canvas->wired("conv_2", "max_pool_2"));
        project().undoStack()->undo();
        QCOMPARE(text(), before);
        const std::size_t count = network().blocks.size();
        view().addBlock(QStringLiteral("Dropout"));
        QCOMPARE(network().blocks.size(), count + 1);
        project().leave();
        QVERIFY(!network().find("dropout_1"));
    }

    void copiesTravelIntoAGroupAndWithIt()
    {
        const std::string id = fold();
        m_canvas->select(id);
        view().copy();
        view().paste();
        const std::string copy = selected();
        QVERIFY(copy != id && network().find(copy)->inside);
        project().enter(copy);
        view().paste();
        QVERIFY(network().find(selected())->inside);
        QCOMPARE(project().scope(), std::vector<std::string>{copy});
    }

    void tabWalksOverTheGroup()
    {
        const std::string id = fold();
        m_canvas->select("max_pool_1");
        m_canvas->key(Qt::Key_Tab);
        QCOMPARE(selected(), id);
        project().enter(id);
        view().setFocus();
        m_canvas->key(Qt::Key_Tab);
        QVERIFY(network().find(selected()));
    }

    void theCardTellsWhatItHolds()
    {
        const std::string id = fold();
        set(id, "title", std::string("Deep part"));
        BlockLook look = m_canvas->scene().item(id)->look();
        QVERIFY(look.group);
        QCOMPARE(look.layers, 2);
        QCOMPARE(look.title, QStringLiteral("Deep part"));
        QCOMPARE(look.summary, QStringList{QStringLiteral("3 blocks")});
        QCOMPARE(look.ports.size(), std::size_t{2});
        set(id, "repeat", std::int64_t{3});
        look = m_canvas->scene().item(id)->look();
        QCOMPARE(look.layers, 3);
        QCOMPARE(look.summary, (QStringList{QStringLiteral("×3"), QStringLiteral("3 blocks")}));
    }

    void severalWaysInAreToldByTheirNames()
    {
        project().enter(fold());
        const auto ports = [this] {
            return graph::portsOf(network(), graph::Role::GroupInput, blocks::Registry::instance());
        };
        const std::string first = ports().front();
        QCOMPARE(m_canvas->scene().item(first)->look().title, QStringLiteral("GroupInput"));
        const std::string second = m_canvas->add("GroupInput", 0, 300);
        QCOMPARE(m_canvas->scene().item(second)->look().title, QString::fromStdString(second));
        QCOMPARE(m_canvas->scene().item(first)->look().title, QString::fromStdString(first));
        project().leave();
        const auto &look = m_canvas->scene().item(project().network().find("group_1")->id)->look();
        QVERIFY(look.port(second, false)); // and is a port outside
    }

    void aTiedBlockNamesItsOwner()
    {
        project().setProject(*project::newProject("mlp"), {});
        set("linear_2", "out_features", std::int64_t{128});
        project().apply(graph::splice(network(), *network().wireInto({"linear_3", "x"}),
                                      *blocks::Registry::instance().find("Linear"), {}));
        const std::string user = network().blocks.back().id;
        set(user, "out_features", std::int64_t{128});
        m_canvas->select(user);
        QMenu menu;
        view().fillWeights(&menu);
        QCOMPARE(menu.actions().size(), 2);
        QVERIFY(menu.actions()[0]->isChecked());
        menu.actions()[1]->trigger();
        QCOMPARE(network().find(user)->weightsOf, std::string("linear_2"));
        const BlockLook look = m_canvas->scene().item(user)->look();
        QVERIFY(look.tied);
        QCOMPARE(look.summary.front(), QStringLiteral("weights of linear_2"));
        view().fillWeights(&menu);
        QVERIFY(menu.actions()[1]->isChecked());
        menu.actions()[0]->trigger();
        QVERIFY(network().find(user)->weightsOf.empty());
        m_canvas->select("relu_1");
        view().fillWeights(&menu);
        QVERIFY(!menu.actions()[0]->isEnabled()); // and says why
    }

    void aProblemInsideStandsAtTheCardWithItsRepair()
    {
        const std::string id = fold({"max_pool_2", "flatten_1", "linear_1"});
        project().enter(id);
        m_canvas->select("flatten_1");
        m_canvas->key(Qt::Key_Delete);
        if (!network().wireInto({"linear_1", "x"}))
            project().apply(graph::connect(network(), {"max_pool_2", "y"}, {"linear_1", "x"},
                                           blocks::Registry::instance()));
        project().leave();
        auto *bubble = view().findChild<ProblemBubble *>();
        QVERIFY(bubble->isVisible());
        QVERIFY(m_canvas->scene().item(id)->look().liveness == Liveness::Wrong);
        QTest::mouseClick(bubble->findChild<QPushButton *>(), Qt::LeftButton);
        QVERIFY(project().wholeAnalysis().ok());
        QVERIFY(!bubble->isVisible());
        QVERIFY(project().scope().empty());
    }

    void portsAreOfferedInsideOnly()
    {
        QVERIFY(!offered().contains(QStringLiteral("GroupInput")));
        project().enter(fold());
        QVERIFY(offered().contains(QStringLiteral("GroupInput")));
        QVERIFY(offered().contains(QStringLiteral("GroupOutput")));
    }

    void aLooseGroupIsPutIntoAWire()
    {
        const std::string id = fold({"conv_2", "relu_2"});
        set(id, "repeat", std::int64_t{1});
        const auto wires = network().wiresOf(id);
        project().apply(graph::removeWires(network(), wires));
        const graph::Wire wire{{"conv_1", "y"}, {"relu_1", "x"}};
        const Route route = m_canvas->scene().item(wire)->route();
        const QLineF piece = route.labelledPiece();
        const QPoint from = m_canvas->at(id), to = m_canvas->at(piece.pointAt(0.5));
        m_canvas->press(from);
        for (int i = 1; i <= 4; ++i) m_canvas->moveTo(from + (to - from) * i / 4);
        m_canvas->release(to);
        QVERIFY(m_canvas->wired("conv_1", id) && m_canvas->wired(id, "relu_1"));
        QVERIFY(m_canvas->scene().body(id).left() > m_canvas->scene().body("conv_1").right());
        QVERIFY(!m_canvas->scene().body(id).intersects(m_canvas->scene().body("relu_1")));
    }

    void theMenuOffersWhatFits()
    {
        const std::string id = fold();
        m_canvas->select(id);
        const QStringList words = menu();
        for (const char *wanted : {"Fold into a group", "Look inside", "Rename", "Unfold"})
            QVERIFY2(words.contains(QLatin1String(wanted)), wanted);
        QVERIFY(!words.contains(QStringLiteral("Go out")));
        project().enter(id);
        m_canvas->select("conv_2");
        QVERIFY(menu().contains(QStringLiteral("Go out")));
        QVERIFY(!menu().contains(QStringLiteral("Unfold")));
    }

    void theBreadcrumbLeadsBack()
    {
        Breadcrumb bar(&project());
        QVERIFY(bar.isHidden());
        const std::string outer = fold();
        set(outer, "title", std::string("Outer"));
        project().enter(outer);
        QVERIFY(!bar.isHidden());
        const std::string inner = project().fold({"relu_2", "max_pool_2"});
        project().enter(inner);
        QTRY_COMPARE(links(bar), (QStringList{QStringLiteral("Network"), QStringLiteral("Outer")}));
        QTRY_VERIFY(says(bar, QStringLiteral("Group 1")));
        project().setScope({outer});
        set("conv_2", "bias", false);
        project().leave();
        set(outer, "repeat", std::int64_t{4});
        project().setScope({outer, inner});
        QTRY_VERIFY(says(bar, QStringLiteral("×4: you see the first")));
        QTRY_COMPARE(links(bar).size(), 2);
        click(bar, QStringLiteral("Outer"));
        QCOMPARE(project().scope(), std::vector<std::string>{outer});
        QTRY_COMPARE(links(bar), QStringList{QStringLiteral("Network")});
        click(bar, QStringLiteral("Network"));
        QVERIFY(project().scope().empty());
        QVERIFY(bar.isHidden());
    }

private:
    CanvasView &view() { return m_canvas->view; }
    Session &session() { return m_canvas->session; }
    ProjectModel &project() { return m_canvas->project(); }
    const graph::Network &network() { return m_canvas->network(); }
    std::string selected() { return session().selection.currentBlock(); }
    std::string text() { return project::toText(project().project()); }
    QString foldText()
    {
        return sentence(
            graph::fold(network(), {"linear_1"}, "Group 1", blocks::Registry::instance()).name);
    }
    bool set(const std::string &id, const char *name, const graph::ParameterValue &value)
    {
        return project().apply(graph::setParameter(network(), id, name, value));
    }
    std::string fold(std::vector<std::string> ids = {"conv_2", "relu_2", "max_pool_2"})
    {
        session().selection.setBlocks(std::move(ids));
        m_canvas->key(Qt::Key_G, Qt::ControlModifier);
        const std::string id = selected();
        const graph::Block *group = network().find(id);
        return group && group->inside ? id : std::string();
    }
    QStringList offered()
    {
        view().openQuickAdd();
        QStringList names;
        const auto *list = view().findChild<QuickAdd *>()->findChild<QListWidget *>();
        for (int i = 0; i < list->count(); ++i) names << list->item(i)->text();
        return names;
    }
    QStringList menu()
    {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QCoreApplication::sendEvent(view().viewport(), &event);
        QStringList words;
        for (QMenu *menu : view().findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly)) {
            for (const QAction *action : menu->actions())
                words << action->text().section(QLatin1Char('\t'), 0, 0);
            delete menu;
        }
        return words;
    }
    static QStringList links(const Breadcrumb &bar)
    {
        QStringList words;
        for (const QToolButton *button : bar.findChildren<QToolButton *>())
            if (!button->isHidden() && !button->text().isEmpty()) words << button->text();
        return words;
    }
    static bool says(const Breadcrumb &bar, const QString &text)
    {
        for (const QLabel *label : bar.findChildren<QLabel *>())
            if (!label->isHidden() && label->text().contains(text)) return true;
        return false;
    }
    static void click(const Breadcrumb &bar, const QString &text)
    {
        for (QToolButton *button : bar.findChildren<QToolButton *>())
            if (!button->isHidden() && button->text() == text) return button->click();
        QFAIL("no such part");
    }

    std::unique_ptr<CanvasAtHand> m_canvas;
    std::string m_before;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    CanvasGroupsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "canvas_groups_test.moc"
