// Batches: all samples once, in an order of seed and epoch; and a loader may be dropped at any
// time.
#include "data/loader.hpp"

#include <QtTest>

#include <numeric>
#include <set>
#include <thread>

using namespace ostrich::data;

class LoaderTest : public QObject {
    Q_OBJECT

    /// Sample i holds i and -i, its label is i % 3.
    static std::shared_ptr<const Dataset> counted(int count)
    {
        auto dataset = std::make_shared<Dataset>();
        Samples &train = dataset->splits[0];
        train.sampleShape = {2};
        for (int i = 0; i < count; ++i) {
            train.values.push_back(static_cast<float>(i));
            train.values.push_back(static_cast<float>(-i));
            train.labels.push_back(i % 3);
        }
        return dataset;
    }

    static std::vector<std::int64_t> drain(Loader &loader)
    {
        std::vector<std::int64_t> indices;
        while (const auto batch = loader.next())
            indices.insert(indices.end(), batch->indices.begin(), batch->indices.end());
        return indices;
    }

private slots:
    void everySampleComesOnceAndTheLastBatchIsSmaller()
    {
        Loader loader(counted(10), Split::Train, {.batchSize = 4});
        QCOMPARE(loader.batches(), 3);
        std::vector<std::size_t> sizes;
        std::set<std::int64_t> seen;
        while (const auto batch = loader.next()) {
            sizes.push_back(batch->y.size());
            QCOMPARE(batch->x.shape,
                     (std::vector<std::int64_t>{static_cast<std::int64_t>(batch->y.size()), 2}));
            for (std::size_t i = 0; i < batch->y.size(); ++i) {
                seen.insert(batch->indices[i]);
                QCOMPARE(batch->x.values[2 * i], static_cast<float>(batch->indices[i]));
                QCOMPARE(batch->x.values[2 * i + 1], static_cast<float>(-batch->indices[i]));
                QCOMPARE(batch->y[i], batch->indices[i] % 3);
            }
        }
        QCOMPARE(sizes, (std::vector<std::size_t>{4, 4, 2}));
        QCOMPARE(seen.size(), std::size_t{10});
        QVERIFY(!loader.next());
    }

    void theOrderIsThatOfSeedAndEpoch()
    {
        Loader loader(counted(100), Split::Train, {.batchSize = 7, .seed = 5, .epoch = 3});
        QCOMPARE(drain(loader), epochOrder(100, 5, 3));
        QVERIFY(epochOrder(100, 5, 3) != epochOrder(100, 5, 4));
        QVERIFY(epochOrder(100, 5, 3) != epochOrder(100, 6, 3));
        QCOMPARE(epochOrder(100, 5, 3), epochOrder(100, 5, 3));
        QVERIFY(epochOrder(0, 5, 3).empty());
    }

    void withoutShufflingTheOrderIsTheFiles()
    {
        Loader loader(counted(9), Split::Train, {.batchSize = 2, .shuffle = false});
        std::vector<std::int64_t> expected(9);
        std::iota(expected.begin(), expected.end(), 0);
        QCOMPARE(drain(loader), expected);
    }

    void aResumedEpochGoesOnWhereItStopped()
    {
        Loader loader(counted(20), Split::Train, {.batchSize = 4, .seed = 1, .skipBatches = 3});
        auto expected = epochOrder(20, 1, 1);
        expected.erase(expected.begin(), expected.begin() + 12);
        QCOMPARE(drain(loader), expected);
        QCOMPARE(loader.batches(), 5);
        Loader beyond(counted(20), Split::Train, {.batchSize = 4, .skipBatches = 99});
        QVERIFY(!beyond.next());
    }

    void anEmptySplitEndsAtOnce()
    {
        Loader loader(counted(0), Split::Train, {});
        QCOMPARE(loader.batches(), 0);
        QVERIFY(!loader.next());
    }

    void mayBeDroppedAtAnyTime()
    {
        const auto dataset = counted(20000);
        for (int taken = 0; taken < 30; ++taken) {
            Loader loader(dataset, Split::Train, {.batchSize = 64, .prefetch = 1 + taken % 5});
            for (int i = 0; i < taken; ++i) QVERIFY(loader.next());
            if (taken % 3 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }

    void batchesOfSequencesHoldLittlePaddingAndEverySampleOnce()
    {
        auto dataset = std::make_shared<Dataset>();
        Samples &train = dataset->splits[0];
        train.sampleShape = {1};
        train.starts = {0};
        for (int i = 0; i < 1000; ++i) {
            const int steps = 1 + (i * 37) % 50;
            train.starts.push_back(train.starts.back() + steps);
            train.values.resize(train.values.size() + static_cast<std::size_t>(steps));
            train.labels.push_back(0);
        }
        std::int64_t padded = 0, real = 0;
        std::set<std::int64_t> seen;
        Loader loader(dataset, Split::Train, {.batchSize = 10, .seed = 3});
        while (const auto batch = loader.next()) {
            padded += batch->x.dim(0) * batch->x.dim(1);
            for (const std::int64_t index : batch->indices) {
                real += train.steps(index);
                seen.insert(index);
            }
        }
        QCOMPARE(seen.size(), std::size_t{1000});
        QCOMPARE(real, train.starts.back());
        QVERIFY2(padded < real * 11 / 10, qPrintable(QString::number(padded)));
        // Another epoch, another order of the batches; the same epoch, the same.
        const auto order = [&](std::int64_t epoch) {
            return bucketed(epochOrder(1000, 3, epoch), train, 10, 3, epoch);
        };
        QCOMPARE(order(1), order(1));
        QVERIFY(order(1) != order(2));
    }
};

QTEST_APPLESS_MAIN(LoaderTest)
#include "loader_test.moc"
