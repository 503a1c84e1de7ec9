// Errors of forecasts against what a hand computes.
#include "train/forecast_figures.hpp"

#include <QtTest>

#include <cmath>

using namespace ostrich;

class ForecastFiguresTest : public QObject {
    Q_OBJECT

private slots:
    void eachNumberIsScaledByItsOwnNaiveError()
    {
        data::Samples train, test;
        train.starts = {0, 1, 2};
        train.answers = {1, 100, 3, 300};
        train.naive = {0, 0, 1, 100}; // errors 1, 100, 2, 200: scales 1.5 and 150
        test.starts = {0, 1};
        test.answers = {2, 100};
        test.naive = {0, 40};
        test.seasonalNaive = {2, 100};
        const std::vector<float> predictions{5, 70};
        const auto figures = train::forecastFigures(predictions, {}, test, train);
        QCOMPARE(figures.at("mae"), (3.0 + 30.0) / 2.0);
        QCOMPARE(figures.at("rmse"), std::sqrt((9.0 + 900.0) / 2.0));
        QCOMPARE(figures.at("mase"), (3.0 / 1.5 + 30.0 / 150.0) / 2.0);
        QCOMPARE(figures.at("naive_mase"), (2.0 / 1.5 + 60.0 / 150.0) / 2.0);
        QCOMPARE(figures.at("seasonal_naive_mase"), 0.0);
    }

    void withoutANaiveForecastThereIsNoScale()
    {
        data::Samples asked;
        asked.starts = {0, 1};
        asked.answers = {2};
        const std::vector<float> predictions{3};
        const auto figures = train::forecastFigures(predictions, {}, asked, asked);
        QCOMPARE(figures.size(), std::size_t{2});
        QCOMPARE(figures.at("mae"), 1.0);
    }

    void coverageIsTheShareOfTruthsInside()
    {
        const train::Band band{{0, 0, 0, 0, 0}, {1, 1, 1, 1, 1}};
        const std::vector<float> truths{-0.1F, 0.0F, 0.5F, 1.0F, 1.1F}; // the ends are inside
        QCOMPARE(train::coverage(band, truths), 3.0 / 5.0);
        QCOMPARE(train::coverage({}, truths), 0.0);
        data::Samples asked;
        asked.starts = {0, 1};
        asked.answers = {0.25F, 2.0F};
        const std::vector<float> predictions{0.5F, 0.5F};
        const auto figures = train::forecastFigures(predictions, {{0, 0}, {1, 1}}, asked, asked);
        QCOMPARE(figures.at("coverage"), 0.5);
        QVERIFY(!train::forecastFigures(predictions, {}, asked, asked).contains("coverage"));
        QVERIFY(train::named("test_", figures).contains("test_coverage"));
    }

    void aUniformTruthFallsIntoTheInnerEightTenths()
    {
        // Quantiles of the uniform distribution on [0, 1]: 0.1 and 0.9; truths in even steps.
        train::Band band;
        std::vector<float> truths;
        for (int i = 0; i < 1000; ++i) {
            truths.push_back((static_cast<float>(i) + 0.5F) / 1000.0F);
            band.low.push_back(0.1F);
            band.high.push_back(0.9F);
        }
        QCOMPARE(train::coverage(band, truths), 0.8);
    }

    void onlyTheNetworksFiguresTakeTheNameOfTheSplit()
    {
        const auto named = train::named("test_", {{"mase", 0.5}, {"naive_mase", 1.0}});
        QVERIFY(named == (std::map<std::string, double>{{"test_mase", 0.5}, {"naive_mase", 1.0}}));
    }
};

QTEST_APPLESS_MAIN(ForecastFiguresTest)
#include "forecast_figures_test.moc"
