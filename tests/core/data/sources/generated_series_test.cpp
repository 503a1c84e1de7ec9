// Mackey-Glass, Lorenz, autoregressive and seasonal series against their equations, solved or
// worked out another way.
#include "data/source.hpp"

#include <QtTest>

#include <cmath>
#include <numbers>

using namespace ostrich;
using namespace ostrich::data;

namespace {

std::shared_ptr<const Dataset> loaded(const std::string &source, std::uint64_t seed = 1)
{
    const auto dataset = load(source, seed);
    if (!dataset) qWarning("%s", sentence(dataset.error(), Language::English).c_str());
    return dataset ? *dataset : nullptr;
}

/// The training stretch of a series in one column, from a source with window=1, horizon=1 and
/// relative=0.
std::vector<double> seriesOf(const Dataset &dataset)
{
    const Samples &train = dataset.split(Split::Train);
    return {train.values.begin(), train.values.end()};
}

double mean(const std::vector<double> &values)
{
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

/// Of values around 0.
double autocovariance(const std::vector<double> &values, std::size_t lag)
{
    double sum = 0.0;
    for (std::size_t i = lag; i < values.size(); ++i) sum += values[i] * values[i - lag];
    return sum / static_cast<double>(values.size() - lag);
}

/// Between the samples of a smooth series at whole steps: the polynomial through the six around
/// `time`.
double between(const std::vector<double> &values, double time)
{
    const auto first = static_cast<std::ptrdiff_t>(std::floor(time)) - 2;
    double sum = 0.0;
    for (std::ptrdiff_t i = first; i < first + 6; ++i) {
        double weight = 1.0;
        for (std::ptrdiff_t j = first; j < first + 6; ++j)
            if (j != i) weight *= (time - static_cast<double>(j)) / static_cast<double>(i - j);
        sum += weight * values.at(static_cast<std::size_t>(i));
    }
    return sum;
}

} // namespace

class GeneratedSeriesTest : public QObject {
    Q_OBJECT

private slots:
    void fillsThreeSplits_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("window");
        QTest::addColumn<int>("values");
        QTest::addColumn<bool>("seasonal");
        QTest::newRow("mackey-glass") << "mackey-glass" << 1 << 24 << 6 << false;
        QTest::newRow("lorenz") << "lorenz" << 3 << 24 << 12 << false;
        QTest::newRow("lorenz, x alone") << "lorenz?target=x&horizon=2" << 3 << 24 << 2 << false;
        QTest::newRow("seasonal") << "seasonal" << 1 << 48 << 12 << true;
        QTest::newRow("ar") << "ar" << 1 << 24 << 1 << false;
        QTest::newRow("a short one") << "ar?count=30" << 1 << 11 << 1 << false;
    }
    void fillsThreeSplits()
    {
        QFETCH(QString, source);
        QFETCH(int, columns);
        QFETCH(int, window);
        QFETCH(int, values);
        QFETCH(bool, seasonal);
        const auto dataset = loaded(source.toStdString());
        QVERIFY(dataset);
        QCOMPARE(dataset->facts, *factsOf(source.toStdString()));
        QVERIFY(dataset->facts.input == graph::Shape::sequence(window, columns));
        QVERIFY(dataset->facts.task == graph::Task::Regress);
        QCOMPARE(dataset->facts.values, values);
        QCOMPARE(dataset->facts.longest, window);
        QVERIFY(
            !sentence(Message{dataset->facts.title, {}}, Language::French).starts_with("data."));
        for (const Samples &samples : dataset->splits) {
            QVERIFY(samples.count() > 0);
            QCOMPARE(std::ssize(samples.values), samples.count() * window * columns);
            QCOMPARE(std::ssize(samples.answers), samples.count() * values);
            QCOMPARE(samples.naive.size(), samples.answers.size());
            QCOMPARE(samples.seasonalNaive.size(), seasonal ? samples.answers.size() : 0);
            for (const float value : samples.values) QVERIFY(std::isfinite(value));
        }
        QCOMPARE(dataset->checksum, loaded(source.toStdString())->checksum);
        QVERIFY(dataset->checksum != loaded(source.toStdString(), 2)->checksum);
    }

    void mackeyGlassSolvesItsDelayEquation()
    {
        const auto dataset = loaded("mackey-glass?window=60&horizon=10&stride=200");
        const Samples &train = dataset->split(Split::Train);
        double largest = 0.0, lowest = 10.0, highest = 0.0;
        for (std::int64_t sample = 0; sample < train.count(); ++sample) {
            const auto first = train.values.begin() + 60 * sample;
            const std::vector<double> past(first, first + 60);
            lowest = std::min(lowest, std::ranges::min(past));
            highest = std::max(highest, std::ranges::max(past));
            const auto slope = [&](double time, double x) {
                const double delayed = between(past, 59.0 + time - 17.0);
                return 0.2 * delayed / (1.0 + std::pow(delayed, 10.0)) - 0.1 * x;
            };
            double x = past.back();
            constexpr double kStep = 0.05;
            for (int i = 0; i < 200; ++i) {
                const double t = kStep * i;
                const double a = slope(t, x);
                const double b = slope(t + kStep / 2, x + kStep / 2 * a);
                const double c = slope(t + kStep / 2, x + kStep / 2 * b);
                const double d = slope(t + kStep, x + kStep * c);
                x += kStep / 6 * (a + 2 * b + 2 * c + d);
                if (i % 20 != 19) continue;
                const double told = train.answers[static_cast<std::size_t>(10 * sample + i / 20)];
                largest = std::max(largest, std::abs(x - told));
            }
        }
        QVERIFY(train.count() > 10);
        QVERIFY2(largest < 2e-4, std::to_string(largest).c_str());
        QVERIFY(lowest > 0.15 && lowest < 0.6 && highest > 1.1 && highest < 1.5);
    }

    void lorenzSolvesItsEquations()
    {
        const auto dataset = loaded("lorenz?window=1&horizon=4&stride=50");
        const Samples &train = dataset->split(Split::Train);
        using State = std::array<double, 3>;
        const auto slope = [](const State &s) {
            return State{10.0 * (s[1] - s[0]), s[0] * (28.0 - s[2]) - s[1],
                         s[0] * s[1] - 8.0 / 3.0 * s[2]};
        };
        double largest = 0.0;
        bool left = false, right = false; // both wings of the butterfly
        for (std::int64_t sample = 0; sample < train.count(); ++sample) {
            State state{};
            for (std::size_t c = 0; c < 3; ++c)
                state[c] = train.values[static_cast<std::size_t>(3 * sample) + c];
            left = left || state[0] < -5.0;
            right = right || state[0] > 5.0;
            // The midpoint rule with steps so small that its error is below that of the floats.
            constexpr int kParts = 4000;
            constexpr double kStep = 0.05 / kParts;
            for (std::size_t ahead = 0; ahead < 4; ++ahead) {
                for (int part = 0; part < kParts; ++part) {
                    const State a = slope(state);
                    State middle{};
                    for (std::size_t c = 0; c < 3; ++c) middle[c] = state[c] + kStep / 2 * a[c];
                    const State b = slope(middle);
                    for (std::size_t c = 0; c < 3; ++c) state[c] += kStep * b[c];
                }
                for (std::size_t c = 0; c < 3; ++c) {
                    const double told =
                        train.answers[static_cast<std::size_t>(12 * sample) + 3 * ahead + c];
                    largest = std::max(largest, std::abs(state[c] - told));
                }
            }
        }
        QVERIFY2(largest < 1e-4, std::to_string(largest).c_str());
        QVERIFY(left && right);
    }

    void theAutoregressiveSeriesHasTheAutocovarianceOfItsWeights()
    {
        constexpr double kFirst = 1.2, kSecond = -0.5, kNoise = 2.0;
        const auto dataset = loaded("ar?coefficients=1.2,-0.5&noise=2&count=500000&window=1");
        const std::vector<double> values = seriesOf(*dataset);
        // Yule and Walker's equations, solved for order 2.
        const double variance =
            kNoise * kNoise * (1 - kSecond)
            / ((1 + kSecond) * ((1 - kSecond) * (1 - kSecond) - kFirst * kFirst));
        double before = variance * kFirst / (1 - kSecond), beforeThat = variance;
        QVERIFY(std::abs(mean(values)) < 0.05);
        QVERIFY(std::abs(autocovariance(values, 0) / variance - 1.0) < 0.02);
        QVERIFY(std::abs(autocovariance(values, 1) - before) < 0.02 * variance);
        for (const std::size_t lag : {2U, 3U, 4U, 5U}) {
            const double expected = kFirst * before + kSecond * beforeThat;
            QVERIFY(std::abs(autocovariance(values, lag) - expected) < 0.02 * variance);
            beforeThat = std::exchange(before, expected);
        }
        // The best forecast's error is the noise, and holds nothing that could be foretold.
        std::vector<double> errors;
        for (std::size_t i = 2; i < values.size(); ++i)
            errors.push_back(values[i] - kFirst * values[i - 1] - kSecond * values[i - 2]);
        QVERIFY(std::abs(std::sqrt(autocovariance(errors, 0)) / kNoise - 1.0) < 0.01);
        QVERIFY(std::abs(autocovariance(errors, 1)) < 0.02 * kNoise * kNoise);
    }

    void weightsThatCannotBeAreRefused_data()
    {
        QTest::addColumn<QString>("weights");
        QTest::addColumn<QString>("id");
        QTest::newRow("words") << "a,b" << "data.ar_form";
        QTest::newRow("none") << "" << "data.ar_form";
        QTest::newRow("a comma too many") << "0.5," << "data.ar_form";
        QTest::newRow("21") << QString("0,").repeated(20) + "0.5" << "data.ar_form";
        QTest::newRow("random walk") << "1" << "data.ar_unstable";
        QTest::newRow("second order") << "0.6,0.4" << "data.ar_unstable";
        QTest::newRow("complex roots") << "1.5,-1.01" << "data.ar_unstable";
        QTest::newRow("negative root") << "-0.7,0.4" << "data.ar_unstable";
        QTest::newRow("stable of order 3") << "0.5,0.2,0.1" << "";
        QTest::newRow("nearly complex roots") << "1.5,-0.99" << "";
    }
    void weightsThatCannotBeAreRefused()
    {
        QFETCH(QString, weights);
        QFETCH(QString, id);
        const auto facts = factsOf("ar?coefficients=" + weights.toStdString());
        QCOMPARE(static_cast<bool>(facts), id.isEmpty());
        if (facts) return;
        QCOMPARE(QString::fromStdString(facts.error().what.id), id);
        QVERIFY(sentence(facts.error(), Language::French).starts_with("ar?coefficients"));
    }

    void theSeasonComesAgainAndTheTrendGoesOn()
    {
        const auto dataset =
            loaded("seasonal?noise=0&trend=0.5&window=1&horizon=1&relative=0&period=30");
        const std::vector<double> values = seriesOf(*dataset);
        double swing = 0.0;
        for (std::size_t i = 30; i < values.size(); ++i) {
            QVERIFY(std::abs(values[i] - values[i - 30] - 15.0) < 1e-3);
            swing = std::max(swing, std::abs(values[i] - 0.5 * static_cast<double>(i)));
        }
        QVERIFY(swing > 0.9 && swing < 1.6);
        const Samples &test = dataset->split(Split::Test);
        for (std::size_t i = 0; i < test.answers.size(); ++i)
            QVERIFY(std::abs(test.answers[i] - test.seasonalNaive[i] - 15.0F) < 1e-3F);
    }

    void theNoiseHasItsDeviation()
    {
        const auto dataset = loaded("seasonal?noise=0.5&trend=0&window=1&horizon=1&relative=0"
                                    "&count=100000");
        const std::vector<double> values = seriesOf(*dataset);
        std::vector<double> gaps; // two noises' difference
        for (std::size_t i = 24; i < values.size(); ++i) gaps.push_back(values[i] - values[i - 24]);
        QVERIFY(std::abs(std::sqrt(autocovariance(gaps, 0) / 2.0) - 0.5) < 0.01);
    }

    void aWindowLongerThanTheSeriesIsRefused()
    {
        const auto facts = factsOf("seasonal?count=100&window=90");
        QVERIFY(!facts);
        QCOMPARE(facts.error().what.id, std::string("data.series_short"));
        const std::string line = sentence(facts.error(), Language::English);
        QVERIFY2(line.find("seasonal") == 0 && line.find('{') == std::string::npos, line.c_str());
    }
};

QTEST_APPLESS_MAIN(GeneratedSeriesTest)
#include "generated_series_test.moc"
