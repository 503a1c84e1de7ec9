// Windows cut from series whose numbers are their own steps, so that each value tells where it
// comes from.
#include "data/forecast.hpp"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace ostrich;
using namespace ostrich::data;

namespace {

/// 0, 1, 2 ... in the first column, a hundred times as much in the next.
Series counting(std::int64_t steps, std::size_t columns = 1)
{
    Series series{std::vector<std::vector<double>>(columns)};
    double scale = 1.0;
    for (auto &column : series.columns) {
        for (std::int64_t t = 0; t < steps; ++t) column.push_back(scale * static_cast<double>(t));
        scale *= 100.0;
    }
    return series;
}

std::array<Samples, 3> cut(const Series &series, const ForecastPlan &plan)
{
    const auto checked = checkForecast(plan, series.steps(), std::ssize(series.columns), "test");
    if (!checked) qFatal("%s", sentence(checked.error(), Language::English).c_str());
    return *forecastWindows(series, plan, "test", {}, {});
}

} // namespace

class ForecastTest : public QObject {
    Q_OBJECT

private slots:
    void cutsTheExactWindows()
    {
        const auto splits =
            cut(counting(20), {.window = 3, .horizon = 2, .relative = false, .targets = {0}});
        // Stretches: 0..15, 16..17, 18..19.
        QCOMPARE(splits[0].count(), 12);
        QCOMPARE(splits[1].count(), 1);
        QCOMPARE(splits[2].count(), 1);
        const Samples &train = splits[0];
        QCOMPARE(train.sampleShape, std::vector<std::int64_t>{1});
        QVERIFY(std::vector<float>(train.values.begin(), train.values.begin() + 6)
                == (std::vector<float>{0, 1, 2, 1, 2, 3}));
        QVERIFY(std::vector<float>(train.answers.begin(), train.answers.begin() + 4)
                == (std::vector<float>{3, 4, 4, 5}));
        QCOMPARE(train.answers.back(), 15.0F);
        QVERIFY(splits[1].values == (std::vector<float>{13, 14, 15}));
        QVERIFY(splits[1].answers == (std::vector<float>{16, 17}));
        QVERIFY(splits[1].naive == (std::vector<float>{15, 15}));
        QVERIFY(splits[2].values == (std::vector<float>{15, 16, 17}));
        QVERIFY(splits[2].answers == (std::vector<float>{18, 19}));
        QVERIFY(splits[2].seasonalNaive.empty());
        QVERIFY((train.starts
                 == std::vector<std::int64_t>{0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36}));
    }

    void noAnswerBelongsToTwoSplitsAndNoWindowLooksAhead_data()
    {
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("window");
        QTest::addColumn<int>("horizon");
        QTest::addColumn<int>("stride");
        QTest::newRow("plain") << 100 << 5 << 1 << 1;
        QTest::newRow("several steps") << 100 << 7 << 4 << 1;
        QTest::newRow("strides") << 103 << 6 << 3 << 4;
        QTest::newRow("a long horizon") << 100 << 10 << 20 << 1;
        QTest::newRow("few steps") << 12 << 1 << 1 << 1;
        QTest::newRow("fewest steps") << 4 << 1 << 1 << 1;
    }
    void noAnswerBelongsToTwoSplitsAndNoWindowLooksAhead()
    {
        QFETCH(int, steps);
        QFETCH(int, window);
        QFETCH(int, horizon);
        QFETCH(int, stride);
        const auto splits = cut(counting(steps), {.window = window,
                                                  .horizon = horizon,
                                                  .stride = stride,
                                                  .relative = false,
                                                  .targets = {0}});
        float lastAnswer = -1.0F; // of the splits before
        for (const Samples &samples : splits) {
            QVERIFY(samples.count() > 0);
            const auto width = static_cast<std::size_t>(window);
            const auto asked = static_cast<std::size_t>(horizon);
            for (std::size_t i = 0; i < static_cast<std::size_t>(samples.count()); ++i) {
                const float first = samples.values[i * width];
                for (std::size_t t = 0; t < width; ++t)
                    QCOMPARE(samples.values[i * width + t], first + static_cast<float>(t));
                for (std::size_t h = 0; h < asked; ++h)
                    QCOMPARE(samples.answers[i * asked + h], first + static_cast<float>(width + h));
                QVERIFY(samples.answers[i * asked] > lastAnswer);
                if (i > 0)
                    QCOMPARE(first, samples.values[(i - 1) * width] + static_cast<float>(stride));
            }
            lastAnswer = samples.answers.back();
            QVERIFY(lastAnswer < static_cast<float>(steps));
        }
    }

    void relativeTakesTheLastValueOffEachColumn()
    {
        const auto splits =
            cut(counting(40, 2),
                {.window = 3, .horizon = 2, .season = 4, .relative = true, .targets = {1, 0}});
        for (const Samples &samples : splits) {
            for (std::int64_t i = 0; i < samples.count(); ++i) {
                const auto at = [i](const std::vector<float> &values, std::ptrdiff_t size) {
                    const auto first = values.begin() + i * size;
                    return std::vector<float>(first, first + size);
                };
                QVERIFY(at(samples.values, 6) == (std::vector<float>{-2, -200, -1, -100, 0, 0}));
                // Step by step, and in each the targets in their order.
                QVERIFY(at(samples.answers, 4) == (std::vector<float>{100, 1, 200, 2}));
                QVERIFY(at(samples.naive, 4) == (std::vector<float>{0, 0, 0, 0}));
            }
        }
        // One season before the answers: 4 steps.
        QVERIFY(
            std::vector<float>(splits[2].seasonalNaive.begin(), splits[2].seasonalNaive.begin() + 4)
            == (std::vector<float>{-300, -3, -200, -2}));
        // The first window's answers begin at step 3: only the second of them has a season before.
        QVERIFY(
            std::vector<float>(splits[0].seasonalNaive.begin(), splits[0].seasonalNaive.begin() + 4)
            == (std::vector<float>{0, 0, -200, -2}));
    }

    void beyondOneSeasonTheLastKnownOneComesAgain()
    {
        const auto splits =
            cut(counting(60),
                {.window = 2, .horizon = 5, .season = 2, .relative = false, .targets = {0}});
        const Samples &test = splits[2];
        QVERIFY(std::vector<float>(test.answers.begin(), test.answers.begin() + 5)
                == (std::vector<float>{54, 55, 56, 57, 58}));
        QVERIFY(std::vector<float>(test.seasonalNaive.begin(), test.seasonalNaive.begin() + 5)
                == (std::vector<float>{52, 53, 52, 53, 52}));
    }

    void aSeasonLongerThanTheSeriesHasNoForecast()
    {
        const auto splits = cut(counting(50), {.window = 2, .season = 48, .targets = {0}});
        for (const Samples &samples : splits) QVERIFY(samples.seasonalNaive.empty());
    }

    void theShortestSeriesIsAsLongAsTheErrorSays()
    {
        for (const std::int64_t window : {1, 5, 24, 100}) {
            for (const std::int64_t horizon : {1, 3, 12, 40}) {
                const ForecastPlan plan{.window = window, .horizon = horizon, .targets = {0}};
                const auto refused = checkForecast(plan, window + horizon, 1, "x");
                QVERIFY(!refused);
                const std::int64_t least = std::stoll(refused.error().what.arguments[3]);
                QVERIFY(!checkForecast(plan, least - 1, 1, "x"));
                for (const Samples &samples : cut(counting(least), plan))
                    QVERIFY(samples.count() > 0);
            }
        }
    }

    void shortSeriesGetASmallerWindow()
    {
        QCOMPARE(fittingWindow(24, 4000, 1), 24);
        QCOMPARE(fittingWindow(24, 36, 1), 13);
        QCOMPARE(fittingWindow(24, 5, 1), 1);
        QCOMPARE(fittingWindow(24, 0, 1), 1);
    }

    void tooMuchForTheMemoryIsRefused()
    {
        const ForecastPlan plan{.window = 10000, .targets = {0}};
        const auto refused = checkForecast(plan, 1000000, 3, "huge.csv");
        QVERIFY(!refused);
        QCOMPARE(refused.error().what.id, std::string("data.too_large"));
    }

    void aStopIsHeard()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto stopped =
            forecastWindows(counting(50), {.targets = {0}}, "test", {}, stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().what.id, std::string("data.cancelled"));
    }

    void missingValuesAreFilledByTheStatedRule()
    {
        const double none = std::numeric_limits<double>::quiet_NaN();
        std::vector<double> values{none, none, 3.0, none, none, 9.0, none, 5.0, none};
        QCOMPARE(fillMissing(values), 6);
        const std::vector<double> expected{3, 3, 3, 5, 7, 9, 7, 5, 5};
        for (std::size_t i = 0; i < values.size(); ++i)
            QVERIFY(std::abs(values[i] - expected[i]) < 1e-12);
        std::vector<double> whole{1.0, 2.0}, hollow{none, none};
        QCOMPARE(fillMissing(whole), 0);
        QCOMPARE(fillMissing(hollow), 2);
    }
};

QTEST_APPLESS_MAIN(ForecastTest)
#include "forecast_test.moc"
