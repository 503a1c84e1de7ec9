// Splits: stratified, without overlap, a function of the seed.
#include "data/source.hpp"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace ostrich::data;

class SplitsTest : public QObject {
    Q_OBJECT

    /// Sample i holds the value i; `sizes` samples of each class.
    static Samples pool(const std::vector<int> &sizes)
    {
        Samples samples;
        samples.sampleShape = {1};
        for (std::size_t label = 0; label < sizes.size(); ++label) {
            for (int i = 0; i < sizes[label]; ++i) {
                samples.values.push_back(static_cast<float>(samples.labels.size()));
                samples.labels.push_back(static_cast<std::int32_t>(label));
            }
        }
        return samples;
    }

    static std::int64_t ofClass(const Samples &samples, std::int32_t label)
    {
        return std::ranges::count(samples.labels, label);
    }

    /// Each sample of the pool is in exactly one split, with its own label.
    static bool partition(const std::array<Samples, 3> &splits, const Samples &whole)
    {
        std::vector<int> seen(whole.labels.size(), 0);
        for (const Samples &split : splits) {
            for (std::size_t i = 0; i < split.labels.size(); ++i) {
                const auto origin = static_cast<std::size_t>(split.values[i]);
                ++seen[origin];
                if (whole.labels[origin] != split.labels[i]) return false;
            }
        }
        return std::ranges::all_of(seen, [](int count) { return count == 1; });
    }

private slots:
    void aPoolIsCut80To10To10InEveryClass()
    {
        const Samples whole = pool({100, 200, 50});
        std::array<Samples, 3> splits;
        splitPool(whole, 1, splits);
        QCOMPARE(splits[0].count(), 280);
        QCOMPARE(splits[1].count(), 35);
        QCOMPARE(splits[2].count(), 35);
        for (const std::int32_t label : {0, 1, 2})
            QCOMPARE(ofClass(splits[1], label), ofClass(splits[2], label));
        QCOMPARE(ofClass(splits[1], 1), 20);
        QVERIFY(partition(splits, whole));
    }

    void validationIsATenthOfAllHoweverTheClassesDivide()
    {
        const Samples whole =
            pool({5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}); // MNIST's
        std::array<Samples, 3> splits;
        splitValidation(whole, 1, splits);
        QCOMPARE(splits[0].count(), 54000);
        QCOMPARE(splits[1].count(), 6000);
        for (std::int32_t label = 0; label < 10; ++label) {
            const double share = static_cast<double>(ofClass(splits[1], label))
                                 / static_cast<double>(ofClass(whole, label));
            QVERIFY(std::abs(share - 0.1) < 0.0002);
        }
        QVERIFY(partition(splits, whole));
    }

    void theSeedDecides()
    {
        const Samples whole = pool({100, 100});
        std::array<Samples, 3> first, again, other;
        splitPool(whole, 1, first);
        splitPool(whole, 1, again);
        splitPool(whole, 2, other);
        QCOMPARE(first[2].values, again[2].values);
        QVERIFY(first[2].values != other[2].values);
    }

    void theFirstOfASplitAreOfAllClasses()
    {
        std::array<Samples, 3> splits;
        splitPool(pool({300, 300, 300}), 1, splits);
        for (const Samples &split : splits) {
            const std::set<std::int32_t> labels(split.labels.begin(), split.labels.begin() + 20);
            QCOMPARE(labels.size(), std::size_t{3});
        }
    }

    void smallClassesKeepATrainingSample()
    {
        for (const int size : {1, 2, 3, 5, 9}) {
            const Samples whole = pool({size, size, size});
            std::array<Samples, 3> splits;
            splitPool(whole, 1, splits);
            QVERIFY(partition(splits, whole));
            for (const std::int32_t label : {0, 1, 2}) QVERIFY(ofClass(splits[0], label) >= 1);
        }
    }

    void aSplitMayBeCutIntoItself()
    {
        std::array<Samples, 3> splits;
        splits[0] = pool({50, 50});
        const Samples whole = splits[0];
        splitValidation(splits[0], 3, splits);
        QCOMPARE(splits[0].count(), 90);
        QCOMPARE(splits[1].count(), 10);
        QVERIFY(partition(splits, whole));
    }
};

QTEST_APPLESS_MAIN(SplitsTest)
#include "splits_test.moc"
