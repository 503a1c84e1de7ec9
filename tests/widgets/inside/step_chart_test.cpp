// The step chart under mouse and keys: where its steps stand, its cursor, its letters.
#include "inside/step_chart.hpp"

#include "../model/own_home.hpp"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

SampleSteps letters(int count)
{
    SampleSteps steps;
    steps.choices = {"A", "B", "C", "D"};
    for (int i = 0; i < count; ++i) {
        Step step;
        step.choice = i % 4;
        step.word = steps.choices[static_cast<std::size_t>(i % 4)];
        steps.steps.push_back(step);
    }
    return steps;
}

} // namespace

class StepChartTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_chart = std::make_unique<StepChart>();
        m_chart->resize(716, 452);
        m_chart->setSteps(letters(26));
        Array map{{26, 3}, std::vector<float>(78, 0.5f)};
        m_chart->setRows(
            {{"Forget gate", "1 keeps", map, false, 1.0f}, {"Cell state", "", map, true, 6.0f}},
            {});
        m_chart->setCursor(12);
        m_chart->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_chart.get()));
        m_moved = std::make_unique<QSignalSpy>(m_chart.get(), &StepChart::cursorMoved);
        m_made = std::make_unique<QSignalSpy>(m_chart.get(), &StepChart::choiceMade);
        m_wanted = std::make_unique<QSignalSpy>(m_chart.get(), &StepChart::choiceWanted);
    }

    void chipsAndMapsShareTheirColumns()
    {
        QCOMPARE(m_chart->chipRect(0).center().x(), StepChart::kLeft + 11);
        QCOMPARE(m_chart->rowRect(0).left(), StepChart::kLeft);
        QCOMPARE(m_chart->rowRect(0).width(), 26 * 22.0);
        QVERIFY(m_chart->rowRect(1).top() > m_chart->rowRect(0).bottom());
        QVERIFY(m_chart->rowRect(1).bottom() < 452);
        for (int i = 0; i < 26; ++i) {
            QCOMPARE(m_chart->stepAt(m_chart->chipRect(i).center()), i);
            QCOMPARE(m_chart->stepAt({m_chart->chipRect(i).center().x(), 300}), i);
        }
        QCOMPARE(m_chart->stepAt({20, 300}), -1);
        QCOMPARE(m_chart->stepAt({StepChart::kLeft + 26 * 22 + 3, 300}), -1);
    }

    void longSequencesStayInside()
    {
        m_chart->setSteps(letters(400));
        QVERIFY(m_chart->chipRect(399).right() <= m_chart->width());
        QCOMPARE(m_chart->stepAt(m_chart->chipRect(399).center()), 399);
    }

    void theCursorFollowsTheMouse()
    {
        const QPointF there = m_chart->rowRect(1).topLeft() + QPointF(3.5 * 22, 20);
        QTest::mouseMove(m_chart.get(), QPoint(400, 200));
        QTest::mouseMove(m_chart.get(), there.toPoint());
        QTRY_COMPARE(m_chart->cursor(), 3);
        QCOMPARE(m_moved->last().at(0).toInt(), 3);
    }

    void theCursorFollowsTheKeys()
    {
        QTest::keyClick(m_chart.get(), Qt::Key_Right);
        QCOMPARE(m_chart->cursor(), 13);
        QTest::keyClick(m_chart.get(), Qt::Key_Left);
        QTest::keyClick(m_chart.get(), Qt::Key_Left);
        QCOMPARE(m_chart->cursor(), 11);
        QTest::keyClick(m_chart.get(), Qt::Key_Home);
        QTest::keyClick(m_chart.get(), Qt::Key_Left); // stops at the end
        QCOMPARE(m_chart->cursor(), 0);
        QTest::keyClick(m_chart.get(), Qt::Key_End);
        QCOMPARE(m_chart->cursor(), 25);
        QCOMPARE(m_moved->count(), 5);
    }

    void upAndDownTurnTheLetter()
    {
        QTest::keyClick(m_chart.get(), Qt::Key_Up);
        QCOMPARE(m_made->last(), (QVariantList{12, 1})); // A becomes B
        QTest::keyClick(m_chart.get(), Qt::Key_Down);
        QCOMPARE(m_made->last(), (QVariantList{12, 3})); // round the corner: D
        QTest::keyClick(m_chart.get(), Qt::Key_Return);
        QCOMPARE(m_wanted->last().at(0).toInt(), 12);
    }

    void aDraggedChipTurnsAndAClickedOneAsks()
    {
        const QPoint chip = m_chart->chipRect(5).center().toPoint();
        QTest::mousePress(m_chart.get(), Qt::LeftButton, {}, chip);
        QTest::mouseMove(m_chart.get(), chip - QPoint(0, 15));
        QTest::mouseRelease(m_chart.get(), Qt::LeftButton, {}, chip - QPoint(0, 15));
        QTRY_COMPARE(m_made->count(), 1);
        QCOMPARE(m_made->last(), (QVariantList{5, 2})); // B becomes C
        QCOMPARE(m_wanted->count(), 0);
        QTest::mouseClick(m_chart.get(), Qt::LeftButton, {}, chip);
        QCOMPARE(m_wanted->count(), 1);
        QCOMPARE(m_wanted->last().at(0).toInt(), 5);
    }

    void unitsAreSortedByTheirMean()
    {
        const Array gate{{2, 3}, {0.1f, 0.9f, 0.4f, 0.3f, 0.7f, 0.6f}};
        QCOMPARE(unitsByMean(gate), (std::vector<int>{1, 2, 0}));
    }

    void nothingToShowIsNoTrouble()
    {
        m_chart->setSteps({});
        m_chart->setRows({}, {});
        m_chart->setCursor(-1);
        m_chart->repaint();
        QTest::keyClick(m_chart.get(), Qt::Key_Right);
        QTest::keyClick(m_chart.get(), Qt::Key_Up);
        QCOMPARE(m_moved->count() + m_made->count(), 0);
    }

private:
    std::unique_ptr<StepChart> m_chart;
    std::unique_ptr<QSignalSpy> m_moved, m_made, m_wanted;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    StepChartTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "step_chart_test.moc"
