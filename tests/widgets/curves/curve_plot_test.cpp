// What a curve plot draws of a run: both curves, their scale, the marks at the best epoch and at
// the end.
#include "curves/curve_plot.hpp"

#include <QTest>

#include <limits>

using namespace ostrich;
using namespace ostrich::ui;
using Quantity = CurvePlot::Quantity;

namespace {

/// Overfits from epoch 3 on: training falls, validation rises again.
CurveData run(int epochs)
{
    CurveData data;
    data.plannedEpochs = 20;
    data.bestEpoch = std::min(epochs, 3);
    for (int i = 1; i <= epochs; ++i) {
        train::EpochMetrics epoch;
        epoch.epoch = i;
        epoch.train_loss = 1.0 / i;
        epoch.val_loss = 0.5 + 0.1 * std::abs(i - 3);
        epoch.train_accuracy = 1.0 - 0.5 / i;
        epoch.val_accuracy = 0.8;
        data.epochs.push_back(epoch);
    }
    return data;
}

} // namespace

class CurvePlotTest : public QObject {
    Q_OBJECT

private slots:
    void bothCurvesHaveAPointAnEpoch()
    {
        const auto plot = show(run(5), Quantity::Loss);
        QCOMPARE(plot->graph(0)->dataCount(), 5);
        QCOMPARE(plot->graph(1)->dataCount(), 5);
        QCOMPARE(plot->graph(0)->data()->at(1)->key, 2.0);
        QCOMPARE(plot->graph(0)->data()->at(1)->value, 0.5);
        QCOMPARE(plot->graph(1)->data()->at(2)->value, 0.5);
        QVERIFY(plot->graph(0)->pen().color() != plot->graph(1)->pen().color());
    }

    void theLastEpochIsADotOnBothCurves()
    {
        for (const int epochs : {1, 5}) { // after the first there is no line yet
            const auto plot = show(run(epochs), Quantity::Loss, false);
            const auto &last = run(epochs).epochs.back();
            for (const double value : {last.train_loss, last.val_loss}) {
                int dots = 0;
                for (int i = 0; i < plot->graphCount(); ++i) {
                    const QCPGraph *graph = plot->graph(i);
                    if (graph->lineStyle() == QCPGraph::lsNone && graph->dataCount() == 1
                        && !graph->scatterStyle().isNone())
                        dots += graph->data()->at(0)->key == epochs
                                && graph->data()->at(0)->value == value;
                }
                QCOMPARE(dots, 1);
            }
        }
    }

    void accuracyIsInPercentOfAHundred()
    {
        const auto plot = show(run(5), Quantity::Accuracy);
        QCOMPARE(plot->graph(1)->data()->at(0)->value, 80.0);
        QCOMPARE(plot->yAxis->range().upper, 100.0);
        QVERIFY(plot->yAxis->range().lower <= 50.0); // where training begins
    }

    void theScaleHoldsAllEpochsFromTheStart()
    {
        const auto plot = show(run(2), Quantity::Loss);
        QCOMPARE(plot->xAxis->range().lower, 1.0);
        QCOMPARE(plot->xAxis->range().upper, 20.0);
        auto longer = run(5);
        longer.plannedEpochs = 3; // gone on beyond the plan
        plot->show(longer);
        QCOMPARE(plot->xAxis->range().upper, 5.0);
    }

    void aTowerAtTheStartDoesNotFlattenTheRest()
    {
        auto data = run(10);
        data.epochs.front().val_loss = 2.0;
        data.epochs.front().train_loss = 1000.0;
        const auto plot = show(data, Quantity::Loss);
        QVERIFY2(plot->yAxis->range().upper < 1000.0,
                 qPrintable(QString::number(plot->yAxis->range().upper)));
        QVERIFY(plot->yAxis->range().upper >= 2.0);
    }

    void lossesThatAreNoNumbersLeaveAScale()
    {
        auto data = run(4);
        data.epochs[2].train_loss = std::numeric_limits<double>::quiet_NaN();
        data.epochs[3].train_loss = std::numeric_limits<double>::infinity();
        data.epochs[3].val_loss = std::numeric_limits<double>::quiet_NaN();
        for (const Quantity quantity : {Quantity::Loss, Quantity::Accuracy}) {
            const auto plot = show(data, quantity);
            QVERIFY(std::isfinite(plot->yAxis->range().upper));
            QVERIFY(plot->yAxis->range().size() > 0);
            plot->toPixmap(); // draws
        }
    }

    void theBestEpochIsMarked()
    {
        const auto plot = show(run(6), Quantity::Loss);
        QVERIFY2(texts(*plot).contains(QLatin1String("best: epoch 3")), qPrintable(texts(*plot)));
        const auto none = show(run(0), Quantity::Loss);
        QCOMPARE(texts(*none), QString());
    }

    void theEarlyStopIsMarkedWhereThereIsRoom()
    {
        auto data = run(6);
        data.stoppedEarly = true;
        QVERIFY(
            texts(*show(data, Quantity::Loss)).contains(QLatin1String("stopped early: epoch 6")));
        QVERIFY(!texts(*show(data, Quantity::Loss, false)).contains(QLatin1String("stopped")));
    }

    void theTestStandsAtTheBestEpochOnceMeasured()
    {
        auto data = run(6);
        QVERIFY(!texts(*show(data, Quantity::Accuracy)).contains(QLatin1String("test")));
        data.test = 0.9137;
        const auto plot = show(data, Quantity::Accuracy);
        QVERIFY2(texts(*plot).contains(QLatin1String("test 91.4")), qPrintable(texts(*plot)));
        bool found = false;
        for (int i = 0; i < plot->graphCount(); ++i)
            for (const QCPGraphData &point : *plot->graph(i)->data())
                found = found || (point.key == 3.0 && qFuzzyCompare(point.value, 91.37));
        QVERIFY(found);
        QVERIFY(!texts(*show(data, Quantity::Loss)).contains(QLatin1String("test")));
    }

    void theGapIsValidationOverTraining()
    {
        const CurveData data = run(10); // 1.2 and 0.1
        QCOMPARE(*CurvePlot::gap(data, Quantity::Loss), 1.1);
        QCOMPARE(*CurvePlot::gap(data, Quantity::Accuracy), 0.95 - 0.8);
        QVERIFY(!CurvePlot::gap({}, Quantity::Loss));
        QVERIFY(texts(*show(data, Quantity::Loss)).contains(QLatin1String("gap 1.10")));
        QVERIFY2(!texts(*show(run(2), Quantity::Accuracy)).contains(QLatin1String("gap")),
                 "it is the loss that is measured");
        auto better = data;
        better.epochs.back().val_loss = 0.05;
        QVERIFY2(!texts(*show(better, Quantity::Loss)).contains(QLatin1String("gap")),
                 "none where validation is the better one");
    }

    void anotherRunTakesTheMarksAway()
    {
        auto data = run(6);
        data.stoppedEarly = true;
        const auto plot = show(data, Quantity::Loss);
        plot->show(CurveData{});
        QCOMPARE(texts(*plot), QString());
        for (int i = 0; i < plot->graphCount(); ++i) QCOMPARE(plot->graph(i)->dataCount(), 0);
    }

private:
    static std::unique_ptr<CurvePlot> show(const CurveData &data, Quantity quantity,
                                           bool detailed = true)
    {
        auto plot = std::make_unique<CurvePlot>(quantity, detailed);
        plot->resize(640, 240);
        plot->show(data);
        plot->QWidget::show();
        plot->replot();
        return plot;
    }
    /// The words in sight.
    static QString texts(const CurvePlot &plot)
    {
        QStringList texts;
        for (int i = 0; i < plot.itemCount(); ++i)
            if (const auto *text = qobject_cast<QCPItemText *>(plot.item(i));
                text && text->visible())
                texts << text->text();
        return texts.join(QLatin1String(" / "));
    }
};

QTEST_MAIN(CurvePlotTest)
#include "curve_plot_test.moc"
