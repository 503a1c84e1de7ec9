// How runs are told: accuracies, or errors where there are none.
#include "curves/run_figures.hpp"

#include "theme/theme.hpp"

#include <QTest>

#include <cmath>

using namespace ostrich;
using namespace ostrich::ui;

class RunFiguresTest : public QObject {
    Q_OBJECT

private slots:
    void anAccuracyIsAShare()
    {
        train::EpochMetrics epoch;
        epoch.val_accuracy = 0.914;
        QVERIFY(!forecasts(epoch));
        QCOMPARE(validationText(epoch), percent(0.914));
    }

    void aForecastIsToldByItsError()
    {
        train::EpochMetrics epoch = forecast();
        QVERIFY(forecasts(epoch));
        QCOMPARE(validationText(epoch), QStringLiteral("MASE 0.525"));
        epoch.figures = {{"val_mae", 12.34}};
        QCOMPARE(validationText(epoch), QStringLiteral("MAE 12.3"));
        epoch.figures.clear();
        epoch.val_loss = 3.5;
        QCOMPARE(validationText(epoch), QStringLiteral("3.50"));
    }

    void noBetterThanNaiveIsNoVictory()
    {
        QVERIFY(beatsNaive({{"test_mase", 0.9}, {"naive_mase", 1.0}}, "test_"));
        QVERIFY(!beatsNaive({{"test_mase", 1.0}, {"naive_mase", 1.0}}, "test_"));
        QVERIFY(!beatsNaive({{"test_mase", 1.2}, {"naive_mase", 1.0}}, "test_"));
        QVERIFY(beatsNaive({{"test_mae", 1.2}}, "test_")); // nothing to compare with
    }

    void anEndedRunSpeaksThroughItsBestEpoch()
    {
        train::Run run;
        QVERIFY(validationText(run).isEmpty());
        run.epochs = {forecast(), forecast()};
        run.epochs[0].epoch = 1;
        run.epochs[1].epoch = 2;
        run.epochs[1].figures["val_mase"] = 0.75;
        QCOMPARE(validationText(run), QStringLiteral("MASE 0.750")); // the last one
        run.manifest.summary = train::Summary();
        run.manifest.summary->best_epoch = 1;
        run.manifest.summary->val_accuracy = std::nan("");
        QCOMPARE(validationText(run), QStringLiteral("MASE 0.525"));
    }

    void figuresHaveThreeDigits()
    {
        QCOMPARE(figure(0.01234), QStringLiteral("0.0123"));
        QCOMPARE(figure(4.5), QStringLiteral("4.50"));
        QCOMPARE(figure(-78.94), QStringLiteral("-78.9"));
        QCOMPARE(figure(0.0), QStringLiteral("0.00"));
        QCOMPARE(figure(std::nan("")), QStringLiteral("–"));
    }

private:
    static train::EpochMetrics forecast()
    {
        train::EpochMetrics epoch;
        epoch.train_accuracy = epoch.val_accuracy = std::nan("");
        epoch.figures = {{"val_mae", 0.3}, {"val_mase", 0.525}, {"naive_mase", 1.01}};
        return epoch;
    }
};

QTEST_MAIN(RunFiguresTest)
#include "run_figures_test.moc"
