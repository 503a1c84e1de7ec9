// Lines, map and small maps under mouse and keys.
#include "inside/attention_lines.hpp"
#include "inside/attention_map.hpp"
#include "inside/maps_grid.hpp"

#include "../model/own_home.hpp"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

const QStringList kAbove{"Le", "chat", "noir", "dort", "."};
const QStringList kBelow{"the", "black", "cat", "sleeps", ".", "<end>"};

Array weights()
{
    Array all{{6, 5}, std::vector<float>(30, 0.05f)};
    for (std::size_t row = 0; row < 6; ++row) all.values[row * 5 + (row % 5)] = 0.8f;
    return all;
}

} // namespace

class AttentionViewsTest : public QObject {
    Q_OBJECT

private slots:
    void wordsStandSideBySide()
    {
        AttentionLines lines;
        lines.resize(700, 250);
        lines.show(kAbove, kBelow, weights());
        for (int i = 0; i < 5; ++i) {
            QVERIFY(lines.aboveRect(i).left() >= 0);
            QVERIFY(lines.aboveRect(i).right() <= 700);
            if (i > 0) QVERIFY(lines.aboveRect(i).left() > lines.aboveRect(i - 1).right());
            QVERIFY(lines.belowRect(i).top() > lines.aboveRect(i).bottom());
        }
        // A long sentence needs more room than there is: it says so, and the place scrolls.
        QStringList many;
        for (int i = 0; i < 60; ++i) many << QStringLiteral("anticonstitutionnellement");
        lines.show(many, many, {{60, 60}, std::vector<float>(3600, 1.0f / 60)});
        QVERIFY(lines.minimumSizeHint().width() > 700);
    }

    void aHoveredWordShowsItsLinesAlone()
    {
        AttentionLines lines;
        lines.resize(700, 250);
        lines.show(kAbove, kBelow, weights());
        lines.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&lines));
        const QImage before = lines.grab().toImage();
        QTest::mouseMove(&lines, QPoint(5, 120));
        QTest::mouseMove(&lines, lines.aboveRect(1).center().toPoint());
        QTRY_COMPARE(lines.hoveredAbove(), 1);
        QCOMPARE(lines.hoveredBelow(), -1);
        QVERIFY(lines.grab().toImage() != before);
        QTest::mouseMove(&lines, QPoint(5, 120));
        QTRY_COMPARE(lines.hoveredAbove(), -1);
    }

    void theWordThatLooksIsChosen()
    {
        AttentionLines lines;
        lines.resize(700, 250);
        lines.show(kAbove, kBelow, weights());
        lines.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&lines));
        QSignalSpy chosen(&lines, &AttentionLines::rowChosen);
        QTest::mouseClick(&lines, Qt::LeftButton, {}, lines.belowRect(3).center().toPoint());
        QCOMPARE(chosen.last().at(0).toInt(), 3);
        QTest::keyClick(&lines, Qt::Key_Right);
        QCOMPARE(lines.row(), 4);
        QTest::keyClick(&lines, Qt::Key_Right);
        QTest::keyClick(&lines, Qt::Key_Right); // the last
        QCOMPARE(lines.row(), 5);
        QCOMPARE(chosen.count(), 3);
    }

    void theMapHasACellForEachPair()
    {
        AttentionMap map;
        map.resize(470, 300);
        map.show(kBelow, kAbove, weights());
        map.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&map));
        QCOMPARE(map.cellRect(2, 3).topLeft() - map.cellRect(1, 2).topLeft(),
                 QPointF(map.cellRect(0, 0).width(), map.cellRect(0, 0).height()));
        QVERIFY(map.rect().contains(map.cellRect(5, 4).toAlignedRect()));
        QSignalSpy chosen(&map, &AttentionMap::rowChosen);
        QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellRect(4, 1).center().toPoint());
        QCOMPARE(map.row(), 4);
        QTest::keyClick(&map, Qt::Key_Up);
        QCOMPARE(map.row(), 3);
        QCOMPARE(chosen.count(), 2);
        const QImage image = attentionImage(weights());
        QCOMPARE(image.size(), QSize(5, 6));
        QVERIFY(image.pixel(2, 2) != image.pixel(3, 2));
    }

    void aHeadIsChosenByClickAndKeys()
    {
        MapsGrid grid(QSize(70, 48), 2, true);
        std::vector<MapsGrid::Tile> tiles(8, {attentionImage(weights()), QStringLiteral("head")});
        grid.setTiles(tiles);
        grid.setChosen(0);
        grid.resize(grid.sizeHint());
        grid.show();
        QVERIFY(QTest::qWaitForWindowExposed(&grid));
        QSignalSpy chosen(&grid, &MapsGrid::tileChosen);
        QTest::mouseClick(&grid, Qt::LeftButton, {}, grid.tileRect(3).center().toPoint());
        QCOMPARE(grid.chosen(), 3);
        QTest::keyClick(&grid, Qt::Key_Down);
        QCOMPARE(grid.chosen(), 5);
        QTest::keyClick(&grid, Qt::Key_Left);
        QCOMPARE(grid.chosen(), 4);
        QCOMPARE(chosen.count(), 3);
        QVERIFY(grid.tileRect(7).bottom() <= grid.height());
    }

    void mapsShareOneScale()
    {
        const auto images = mapImages({0.0f, 1.0f, 0.0f, 0.5f}, 2, 1, 2);
        QCOMPARE(images.size(), std::size_t{2});
        QVERIFY(images[0].pixel(0, 0) == images[1].pixel(0, 0));
        QVERIFY(images[0].pixel(1, 0) != images[1].pixel(1, 0));
    }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    AttentionViewsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "attention_views_test.moc"
