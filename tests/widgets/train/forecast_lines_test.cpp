// Levels put back: the lines of relative windows are the series itself.
#include "train/forecast_lines.hpp"

#include "data/source.hpp"

#include <QTest>

#include <cmath>

using namespace ostrich;
using namespace ostrich::ui;

class ForecastLinesTest : public QObject {
    Q_OBJECT

private slots:
    void relativeWindowsAddUpToTheSeries_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::newRow("one step ahead") << QByteArray("horizon=1");
        QTest::newRow("several steps ahead") << QByteArray("horizon=6");
        QTest::newRow("every third window") << QByteArray("horizon=6&stride=3");
    }
    void relativeWindowsAddUpToTheSeries()
    {
        QFETCH(QByteArray, options);
        const std::string common = "seasonal?count=800&" + options.toStdString();
        const auto relative = data::load(common, 1), plain = data::load(common + "&relative=no", 1);
        QVERIFY(relative && plain);
        const auto lines = linesOf(**relative), levels = linesOf(**plain);
        QVERIFY(lines.levelled && !levels.levelled);
        QCOMPARE(lines.steps, levels.steps);
        const double base = levels.naive[0]; // where the first window ends: zero of the other
        for (std::size_t i = 0; i < lines.truth.size(); ++i) {
            QVERIFY(std::abs(lines.truth[i] + base - levels.truth[i]) < 1e-3);
            QVERIFY(std::abs(lines.naive[i] + base - levels.naive[i]) < 1e-3);
        }
    }

    void windowsFarApartKeepTheirOwnZero()
    {
        const auto dataset = data::load("seasonal?count=800&horizon=2&stride=5", 1);
        QVERIFY(static_cast<bool>(dataset));
        QVERIFY(!linesOf(**dataset).levelled);
    }

    void theBandStandsOnTheSameLevels()
    {
        const auto dataset = data::load("seasonal?count=800&horizon=1", 1);
        QVERIFY(static_cast<bool>(dataset));
        const auto &answers = (*dataset)->split(data::Split::Test).answers;
        train::Band band{answers, answers};
        for (float &low : band.low) low -= 1.0F;
        for (float &high : band.high) high += 2.0F;
        const auto lines = forecastLines(**dataset, data::Split::Test, answers, band);
        QVERIFY(lines.levelled);
        for (std::size_t i = 0; i < lines.truth.size(); ++i) {
            QVERIFY(std::abs(lines.truth[i] - 1.0 - lines.low[i]) < 1e-5);
            QVERIFY(std::abs(lines.truth[i] + 2.0 - lines.high[i]) < 1e-5);
        }
        QVERIFY(linesOf(**dataset).low.empty());
    }

    void otherPredictionsThanThereAreWindowsDrawNothing()
    {
        const auto dataset = data::load("seasonal?count=800", 1);
        QVERIFY(static_cast<bool>(dataset));
        const std::vector<float> few(3);
        QVERIFY(forecastLines(**dataset, data::Split::Test, few).steps.empty());
    }

private:
    static ForecastLines linesOf(const data::Dataset &dataset)
    {
        return forecastLines(dataset, data::Split::Test, dataset.split(data::Split::Test).answers);
    }
};

QTEST_MAIN(ForecastLinesTest)
#include "forecast_lines_test.moc"
