// The beam's tree under mouse and keys, step by step.
#include "inside/beam_tree.hpp"

#include "../model/own_home.hpp"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

/// Two sentences are followed. "a" (0.6) leads at first; "b" (0.4) is sure from there on.
std::vector<BeamTree::Node> overtaken()
{
    const auto node = [](std::int64_t parent, const char *text, double probability,
                         bool ends = false) {
        return BeamTree::Node{parent, QString::fromLatin1(text), std::log(probability), ends};
    };
    return {node(-1, "a", 0.6),       node(-1, "b", 0.4),        node(1, "c", 0.9),
            node(0, "d", 0.5),        node(2, "end", 1.0, true), node(3, "e", 0.5),
            node(5, "end", 0.9, true)};
}

} // namespace

class BeamTreeTest : public QObject {
    Q_OBJECT

private slots:
    void columnsAreStepsAndRowsAreThoseFollowed()
    {
        BeamTree tree;
        tree.show(overtaken());
        QCOMPARE(tree.steps(), 4);
        QCOMPARE(tree.step(), 4);
        QCOMPARE(tree.nodeRect(0).left(), tree.nodeRect(1).left());
        QCOMPARE(tree.nodeRect(2).top(), tree.nodeRect(0).top());
        QVERIFY(tree.nodeRect(1).top() > tree.nodeRect(0).bottom());
        QVERIFY(tree.nodeRect(2).left() > tree.nodeRect(0).right());
        for (int node = 0; node < 7; ++node)
            QVERIFY(QRectF(QPointF(), tree.sizeHint()).contains(tree.nodeRect(node)));
        tree.show({});
        QCOMPARE(tree.steps(), 0);
        QCOMPARE(tree.leader(), -1);
        tree.setStep(3);
        QCOMPARE(tree.step(), 0);
    }

    void whoLeadsMayBeOvertaken()
    {
        BeamTree tree;
        tree.show(overtaken());
        tree.setStep(1);
        QCOMPARE(tree.leader(), 0); // 0.6 against 0.4
        tree.setStep(2);
        QCOMPARE(tree.leader(), 2); // 0.4 · 0.9 against 0.6 · 0.5
        QVERIFY(tree.onBestPath(1) && !tree.onBestPath(0));
        QVERIFY(tree.isShown(3) && !tree.isShown(4));
        tree.setStep(4); // the mean of log(0.4 · 0.9) over 3 words against log(0.135) over 4
        QCOMPARE(tree.leader(), 4);
        QVERIFY(tree.onBestPath(4) && tree.onBestPath(2) && tree.onBestPath(1));
        QVERIFY(!tree.onBestPath(6));
    }

    void arrowsGrowAndShrinkIt()
    {
        BeamTree tree;
        tree.show(overtaken());
        tree.resize(tree.sizeHint());
        tree.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&tree));
        QSignalSpy changed(&tree, &BeamTree::stepChanged);
        const QImage whole = tree.grab().toImage();
        QTest::keyClick(&tree, Qt::Key_Left);
        QCOMPARE(tree.step(), 3);
        QVERIFY(tree.grab().toImage() != whole);
        QTest::keyClick(&tree, Qt::Key_Home);
        QTest::keyClick(&tree, Qt::Key_Left); // no further
        QCOMPARE(tree.step(), 1);
        QTest::keyClick(&tree, Qt::Key_End);
        QTest::keyClick(&tree, Qt::Key_Right);
        QCOMPARE(tree.step(), 4);
        QCOMPARE(changed.count(), 3);
    }

    void hoveringTellsTheLogProbability()
    {
        BeamTree tree;
        tree.show(overtaken());
        tree.resize(tree.sizeHint());
        tree.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&tree));
        QTest::mouseMove(&tree, QPoint(1, 1));
        QTest::mouseMove(&tree, tree.nodeRect(2).center().toPoint());
        QTRY_COMPARE(tree.hovered(), 2);
        const QString told = tree.told(2);
        QVERIFY2(told.contains(QStringLiteral("−0.105")), qPrintable(told)); // log 0.9
        QVERIFY2(told.contains(QStringLiteral("−1.02")), qPrintable(told));  // and log 0.4
        QVERIFY2(told.contains(QStringLiteral("−0.511")), qPrintable(told)); // their mean
        QTest::mouseMove(&tree, QPoint(1, 1));
        QTRY_COMPARE(tree.hovered(), -1);
        QCOMPARE(logText(-1e-7), QStringLiteral("0.00"));
    }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    BeamTreeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "beam_tree_test.moc"
