// Recall, adding, copy, parity and waveforms: each answer worked out again from what the network
// gets to see.
#include "data/source.hpp"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace ostrich;
using namespace ostrich::data;

namespace {

std::shared_ptr<const Dataset> loaded(const std::string &source, std::uint64_t seed = 1)
{
    const auto dataset = load(source, seed);
    if (!dataset) qWarning("%s", sentence(dataset.error(), Language::English).c_str());
    return dataset ? *dataset : nullptr;
}

/// Value of `feature` at `step` of sequence `index`.
float valueAt(const Samples &samples, std::int64_t index, std::int64_t step, std::int64_t feature)
{
    const std::int64_t row = samples.starts[static_cast<std::size_t>(index)] + step;
    return samples.values[static_cast<std::size_t>(row * samples.sampleShape[0] + feature)];
}

std::int32_t labelAt(const Samples &samples, std::int64_t index, std::int64_t step)
{
    return samples.stepLabels[static_cast<std::size_t>(
        samples.starts[static_cast<std::size_t>(index)] + step)];
}

/// The one feature below `features` that is 1; -1: none is.
std::int64_t hotAt(const Samples &samples, std::int64_t index, std::int64_t step,
                   std::int64_t features)
{
    std::int64_t hot = -1;
    for (std::int64_t f = 0; f < features; ++f) {
        const float value = valueAt(samples, index, step, f);
        if (value == 1.0F && hot < 0)
            hot = f;
        else if (value != 0.0F)
            return -2;
    }
    return hot;
}

/// Calls `check(samples, index)` for every sequence of every split.
template <typename Check>
void forEach(const Dataset &dataset, Check check)
{
    for (const Samples &samples : dataset.splits)
        for (std::int64_t i = 0; i < samples.count(); ++i) check(samples, i);
}

} // namespace

class SequencesTest : public QObject {
    Q_OBJECT

private slots:
    void fillsThreeSplits_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("features");
        QTest::addColumn<int>("shortest");
        QTest::addColumn<int>("longest");
        QTest::newRow("recall") << "recall" << 6 << 21 << 37;
        QTest::newRow("recall far back") << "recall?lag=200" << 6 << 201 << 217;
        QTest::newRow("recall, next step") << "recall?lag=1&around=1&count=100" << 6 << 2 << 4;
        QTest::newRow("adding") << "adding" << 2 << 45 << 55;
        QTest::newRow("adding, shortest") << "adding?length=4" << 2 << 4 << 4;
        QTest::newRow("copy") << "copy" << 5 << 17 << 23;
        QTest::newRow("copy one letter at once") << "copy?length=1&lag=0&letters=2" << 3 << 3 << 3;
        QTest::newRow("parity") << "parity" << 1 << 6 << 12;
        QTest::newRow("waveforms") << "waveforms" << 1 << 40 << 120;
    }
    void fillsThreeSplits()
    {
        QFETCH(QString, source);
        QFETCH(int, features);
        QFETCH(int, shortest);
        QFETCH(int, longest);
        const auto dataset = loaded(source.toStdString());
        QVERIFY(dataset);
        QCOMPARE(dataset->facts, *factsOf(source.toStdString()));
        QVERIFY(dataset->facts.input == graph::Shape::sequence({}, features));
        QCOMPARE(dataset->facts.longest, longest);
        QVERIFY(
            !sentence(Message{dataset->facts.title, {}}, Language::French).starts_with("data."));
        std::int64_t total = 0, least = 1000000, most = 0;
        for (const Samples &samples : dataset->splits) {
            QCOMPARE(samples.sampleShape, std::vector<std::int64_t>{features});
            QCOMPARE(std::ssize(samples.values), samples.starts.back() * features);
            total += samples.count();
        }
        forEach(*dataset, [&](const Samples &samples, std::int64_t i) {
            least = std::min(least, samples.steps(i));
            most = std::max(most, samples.steps(i));
        });
        QCOMPARE(least, shortest);
        QCOMPARE(most, longest);
        QCOMPARE(total, source.contains("count") ? 100 : 4000);
        QCOMPARE(dataset->splits[1].count(), total / 10);
        QCOMPARE(dataset->splits[2].count(), total / 10);
        const auto same = loaded(source.toStdString());
        QCOMPARE(dataset->checksum, same->checksum);
        QVERIFY(dataset->checksum != loaded(source.toStdString(), 2)->checksum);
    }

    void recallAsksForTheStoredLetterExactlyLagStepsLater()
    {
        for (const int lag : {1, 20, 50}) {
            const auto dataset = loaded("recall?lag=" + std::to_string(lag));
            QVERIFY(dataset->facts.task == graph::Task::LabelSteps);
            int wrong = 0;
            std::set<std::int64_t> before, after;
            forEach(*dataset, [&](const Samples &samples, std::int64_t i) {
                std::vector<std::int64_t> stores, recalls, labelled;
                for (std::int64_t t = 0; t < samples.steps(i); ++t) {
                    if (hotAt(samples, i, t, 4) < 0) ++wrong; // a letter at each step
                    if (valueAt(samples, i, t, 4) == 1.0F) stores.push_back(t);
                    if (valueAt(samples, i, t, 5) == 1.0F) recalls.push_back(t);
                    if (labelAt(samples, i, t) != kNoLabel) labelled.push_back(t);
                }
                if (stores.size() != 1 || recalls.size() != 1 || labelled != recalls
                    || recalls[0] != stores[0] + lag
                    || labelAt(samples, i, recalls[0]) != hotAt(samples, i, stores[0], 4)) {
                    ++wrong;
                    return;
                }
                before.insert(stores[0]);
                after.insert(samples.steps(i) - 1 - recalls[0]);
            });
            QCOMPARE(wrong, 0);
            const std::set<std::int64_t> all{0, 1, 2, 3, 4, 5, 6, 7, 8};
            QVERIFY(before == all && after == all);
        }
    }

    void recallIsAMatterOfChanceForWhoeverDoesNotRemember()
    {
        // Four standard deviations of a share of 4000 draws at 1/4.
        const double tolerance = 4.0 * std::sqrt(0.25 * 0.75 / 4000.0);
        const auto dataset = loaded("recall", 7);
        std::array<double, 4> asked{};
        double shown = 0.0; // the letter at the question is the answer
        forEach(*dataset, [&](const Samples &samples, std::int64_t i) {
            for (std::int64_t t = 0; t < samples.steps(i); ++t) {
                const std::int32_t label = labelAt(samples, i, t);
                if (label == kNoLabel) continue;
                asked[static_cast<std::size_t>(label)] += 1.0 / 4000.0;
                if (hotAt(samples, i, t, 4) == label) shown += 1.0 / 4000.0;
            }
        });
        for (const double share : asked) QVERIFY(std::abs(share - 0.25) < tolerance);
        QVERIFY(std::abs(shown - 0.25) < tolerance);
    }

    void optionsOutOfRangeAreRefusedByName_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("name");
        QTest::newRow("backwards") << "recall?lag=-3" << "lag";
        QTest::newRow("at once") << "recall?lag=0" << "lag";
        QTest::newRow("too far") << "recall?lag=1000000000" << "lag";
        QTest::newRow("beyond 64 bits") << "recall?lag=99999999999999999999" << "lag";
        QTest::newRow("no number") << "adding?length=long" << "length";
        QTest::newRow("too short") << "adding?length=3" << "length";
        QTest::newRow("one letter") << "copy?letters=1" << "letters";
        QTest::newRow("too few") << "parity?count=5" << "count";
        QTest::newRow("beyond the memory") << "adding?length=1000&count=200000" << "adding";
    }
    void optionsOutOfRangeAreRefusedByName()
    {
        QFETCH(QString, source);
        QFETCH(QString, name);
        const auto result = load(source.toStdString(), 1);
        QVERIFY(!result);
        const QString line = QString::fromStdString(sentence(result.error(), Language::English));
        QVERIFY2(line.contains(name) && !line.contains('\n'), qPrintable(line));
    }

    void addingAsksForTheSumOfTheMarkedNumbers()
    {
        const auto dataset = loaded("adding");
        QVERIFY(dataset->facts.task == graph::Task::Regress);
        QCOMPARE(dataset->facts.values, 1);
        int wrong = 0;
        double sum = 0.0, squares = 0.0;
        forEach(*dataset, [&](const Samples &samples, std::int64_t i) {
            double asked = 0.0;
            int firstHalf = 0, secondHalf = 0;
            for (std::int64_t t = 0; t < samples.steps(i); ++t) {
                const float value = valueAt(samples, i, t, 0), mark = valueAt(samples, i, t, 1);
                if (value < 0.0F || value > 1.0F) ++wrong;
                if (mark == 0.0F) continue;
                asked += value;
                ++(t < samples.steps(i) / 2 ? firstHalf : secondHalf);
            }
            const double answer = samples.answers[static_cast<std::size_t>(i)];
            if (firstHalf != 1 || secondHalf != 1 || std::abs(asked - answer) > 1e-6) ++wrong;
            sum += answer;
            squares += answer * answer;
        });
        QCOMPARE(wrong, 0);
        // A sum of two uniform numbers: mean 1, variance 1/6.
        const double mean = sum / 4000.0, variance = squares / 4000.0 - mean * mean;
        QVERIFY(std::abs(mean - 1.0) < 4.0 * std::sqrt(1.0 / 6.0 / 4000.0));
        QVERIFY(std::abs(variance - 1.0 / 6.0) < 0.015);
    }

    void copyAsksForTheSameLettersBehindTheMark()
    {
        const auto dataset = loaded("copy?length=7&lag=3&letters=5");
        QVERIFY(dataset->facts.task == graph::Task::LabelSteps);
        QCOMPARE(dataset->facts.classes, 5);
        int wrong = 0;
        std::set<std::int64_t> lengths;
        forEach(*dataset, [&](const Samples &samples, std::int64_t i) {
            const std::int64_t length = (samples.steps(i) - 1 - 3) / 2;
            lengths.insert(length);
            for (std::int64_t t = 0; t < samples.steps(i); ++t) {
                const std::int64_t hot = hotAt(samples, i, t, 6);
                const std::int32_t label = labelAt(samples, i, t);
                if (t < length)
                    wrong += hot < 0 || hot > 4 || label != kNoLabel;
                else if (t < length + 3)
                    wrong += hot != -1 || label != kNoLabel;
                else if (t == length + 3)
                    wrong += hot != 5 || label != kNoLabel;
                else
                    wrong += hot != -1 || label != hotAt(samples, i, t - length - 4, 6);
            }
        });
        QCOMPARE(wrong, 0);
        QVERIFY((lengths == std::set<std::int64_t>{4, 5, 6, 7}));
    }

    void parityIsThatOfTheOnes()
    {
        const auto dataset = loaded("parity");
        QVERIFY(dataset->facts.task == graph::Task::Classify);
        int wrong = 0, odd = 0;
        forEach(*dataset, [&](const Samples &samples, std::int64_t i) {
            int ones = 0;
            for (std::int64_t t = 0; t < samples.steps(i); ++t) {
                const float bit = valueAt(samples, i, t, 0);
                wrong += bit != 0.0F && bit != 1.0F;
                ones += bit == 1.0F;
            }
            wrong += samples.labels[static_cast<std::size_t>(i)] != ones % 2;
            odd += ones % 2;
        });
        QCOMPARE(wrong, 0);
        QVERIFY(std::abs(odd - 2000) < 4.0 * std::sqrt(1000.0));
    }

    void waveformsLookLikeTheirNames()
    {
        const auto dataset = loaded("waveforms?noise=0");
        QCOMPARE(dataset->facts.classes, 6);
        std::array<int, 6> counts{};
        int wrong = 0;
        forEach(*dataset, [&](const Samples &samples, std::int64_t i) {
            const std::int32_t shape = samples.labels[static_cast<std::size_t>(i)];
            ++counts[static_cast<std::size_t>(shape)];
            float peak = 0.0F, largestRise = 0.0F, largestFall = 0.0F;
            int zeros = 0;
            for (std::int64_t t = 0; t < samples.steps(i); ++t) {
                const float value = valueAt(samples, i, t, 0);
                peak = std::max(peak, std::abs(value));
                zeros += value == 0.0F;
                if (t == 0) continue;
                const float rise = value - valueAt(samples, i, t - 1, 0);
                largestRise = std::max(largestRise, rise);
                largestFall = std::max(largestFall, -rise);
            }
            // The pitch is at most an eighth of a turn a step (a chirp's a quarter).
            const float step = largestRise / peak, fall = largestFall / peak;
            switch (shape) {
            case 0:
                wrong += step > 0.85F || zeros > 0;
                break;
            case 1:
                wrong += std::abs(step - 2.0F) > 1e-5F;
                break;
            case 2:
                wrong += step > 0.3F || fall < 1.4F;
                break;
            case 3:
                wrong += step > 0.7F || fall > 0.7F;
                break;
            case 4:
                wrong += step > 1.5F || zeros > 0;
                break;
            default:
                wrong += zeros < 6;
                break;
            }
        });
        QCOMPARE(wrong, 0);
        QVERIFY(std::ranges::max(counts) - std::ranges::min(counts) <= 1);
    }
};

QTEST_APPLESS_MAIN(SequencesTest)
#include "sequences_test.moc"
