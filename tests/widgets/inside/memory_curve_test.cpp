// The memory curve with its swaps and other runs, and its legend.
#include "inside/memory_curve.hpp"

#include "../model/own_home.hpp"
#include "inside/curve_legend.hpp"

#include <QApplication>
#include <QHelpEvent>
#include <QTest>
#include <QToolTip>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

/// A hill at `top` of `steps`.
std::vector<float> hill(int top, int steps)
{
    std::vector<float> values;
    for (int k = 0; k < steps; ++k)
        values.push_back(1.0f / (1.0f + 0.5f * static_cast<float>(std::abs(k - top))));
    return values;
}

std::vector<OtherRuns::Item> others()
{
    OtherRuns::Item drawn{"002", "GRU", "99 %", 0, hill(2, 26), {}};
    OtherRuns::Item waiting{"003", "RNN", "25 %", 1, {}, {}};
    OtherRuns::Item unchosen{"004", "RNN, run 004", "25 %", -1, {}, {}};
    return {drawn, waiting, unchosen};
}

} // namespace

class MemoryCurveTest : public QObject {
    Q_OBJECT

private slots:
    void everyCurveIsToldAtADistance()
    {
        MemoryCurve curve;
        curve.show({{3, hill(20, 26), hill(10, 26)}}, 20, "LSTM", others());
        QCOMPARE(curve.toldAt(20), QStringLiteral("LSTM: 1.00\nstep swapped: 0.17\nGRU: 0.10"));
        QCOMPARE(curve.toldAt(26), QString());
        QCOMPARE(curve.toldAt(-1), QString());
        curve.show({{3, hill(20, 26), {}}}, 20, "LSTM", {});
        QCOMPARE(curve.toldAt(20), QStringLiteral("LSTM: 1.00"));
        curve.show({}, {}, "LSTM", {});
        QCOMPARE(curve.toldAt(0), QString());
    }

    void swapsAndOtherRunsAreDrawn()
    {
        MemoryCurve curve;
        curve.resize(720, 170);
        curve.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&curve));
        curve.show({{3, hill(20, 26), {}}}, 20, "LSTM", {});
        QTest::qWait(50);
        const QImage alone = curve.grab().toImage();
        curve.show({{3, hill(20, 26), hill(10, 26)}}, 20, "LSTM", {});
        QTest::qWait(50);
        const QImage swapped = curve.grab().toImage();
        QVERIFY(swapped != alone);
        curve.show({{3, hill(20, 26), hill(10, 26)}}, 20, "LSTM", others());
        QTest::qWait(50);
        QVERIFY(curve.grab().toImage() != swapped);
    }

    void noTwoLinesAreAlike()
    {
        std::vector<QPen> pens{MemoryCurve::ownPen(), MemoryCurve::swapPen()};
        for (int place = 0; place < 6; ++place) pens.push_back(MemoryCurve::otherPen(place));
        for (std::size_t i = 0; i < pens.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(pens[i].color() != pens[j].color()
                        || pens[i].dashPattern() != pens[j].dashPattern());
    }

    void aLegendWrapsAndTells()
    {
        CurveLegend legend;
        const QPen pen(Qt::black, 2);
        legend.show({{"LSTM, half at 20", pen, "what it is"},
                     {"step swapped", pen, "another"},
                     {"GRU, run 002, half at 20", pen, "a third"}});
        legend.resize(legend.sizeHint());
        QCOMPARE(legend.heightForWidth(legend.width()), 20);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(legend.rect().contains(legend.rectOf(i)));
            if (i > 0) QVERIFY(legend.rectOf(i).left() > legend.rectOf(i - 1).right());
        }
        const int narrow = legend.width() - 40;
        QCOMPARE(legend.heightForWidth(narrow), 40);
        legend.resize(narrow, 40);
        QCOMPARE(legend.rectOf(2).right(), narrow - 1); // from the right
        QVERIFY(legend.rectOf(2).top() > legend.rectOf(0).bottom());
        legend.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&legend));
        const QPoint over = legend.rectOf(1).center();
        QHelpEvent asks(QEvent::ToolTip, over, legend.mapToGlobal(over));
        QApplication::sendEvent(&legend, &asks);
        QCOMPARE(QToolTip::text(), QStringLiteral("another"));
    }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    MemoryCurveTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "memory_curve_test.moc"
