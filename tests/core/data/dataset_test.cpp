// Samples, their statistics and checksum.
#include "data/dataset.hpp"

#include "data/checksum.hpp"

#include <QtTest>

#include <cmath>
#include <set>

using namespace ostrich;
using namespace ostrich::data;

class DatasetTest : public QObject {
    Q_OBJECT

    /// Two pictures of two channels, one row, two columns.
    static Samples pictures()
    {
        Samples samples;
        samples.sampleShape = {2, 1, 2};
        samples.bytes = {0, 255, 51, 51, 255, 0, 51, 51};
        samples.labels = {0, 1};
        return samples;
    }

    static Samples points()
    {
        Samples samples;
        samples.sampleShape = {2};
        samples.values = {1.0F, 5.0F, 3.0F, 5.0F, 5.0F, 5.0F};
        samples.labels = {0, 1, 0};
        return samples;
    }

private slots:
    void aPicturesSampleIsBetween0And1()
    {
        const Array sample = pictures().sample(0);
        QCOMPARE(sample.shape, (std::vector<std::int64_t>{2, 1, 2}));
        QCOMPARE(sample.values, (std::vector<float>{0.0F, 1.0F, 0.2F, 0.2F}));
    }

    void gatherTakesSamplesInTheOrderAsked()
    {
        const std::vector<std::int64_t> indices{2, 0, 2};
        std::vector<float> out(6);
        points().gather(indices, out.data());
        QCOMPARE(out, (std::vector<float>{5.0F, 5.0F, 1.0F, 5.0F, 5.0F, 5.0F}));
    }

    void statisticsOfPicturesArePerChannel()
    {
        const Statistics statistics = fitStatistics(pictures());
        QCOMPARE(statistics.mean, (std::vector<float>{0.5F, 0.2F}));
        QCOMPARE(statistics.deviation[0], 0.5F);
        QCOMPARE(statistics.deviation[1], 1.0F); // constant: never 0
    }

    void statisticsOfPointsArePerFeature()
    {
        const Statistics statistics = fitStatistics(points());
        QCOMPARE(statistics.mean, (std::vector<float>{3.0F, 5.0F}));
        QCOMPARE(statistics.deviation[0], static_cast<float>(std::sqrt(8.0 / 3.0)));
        QCOMPARE(statistics.deviation[1], 1.0F);
    }

    void statisticsFarFromZeroKeepTheirDeviation()
    {
        Samples samples;
        samples.sampleShape = {1};
        for (int i = 0; i < 100000; ++i) {
            samples.values.push_back(i % 2 == 0 ? 1e6F : 1e6F + 1.0F);
            samples.labels.push_back(0);
        }
        QCOMPARE(fitStatistics(samples).deviation[0], 0.5F);
    }

    void theChecksumSeesEverySampleAndLabel()
    {
        Dataset dataset;
        dataset.splits = {pictures(), points(), pictures()};
        const std::uint64_t checksum = checksumOf(dataset);
        QCOMPARE(checksumOf(dataset), checksum);
        Dataset pixel = dataset;
        pixel.splits[2].bytes[7] ^= 1;
        Dataset label = dataset;
        label.splits[0].labels[1] = 0;
        Dataset value = dataset;
        value.splits[1].values[0] += 1e-6F;
        for (const Dataset &changed : {pixel, label, value})
            QVERIFY(checksumOf(changed) != checksum);
    }

    void theHashTellsLengthsApart()
    {
        const std::string zeros(100, '\0');
        std::set<std::uint64_t> hashes;
        for (std::size_t size = 0; size <= zeros.size(); ++size)
            hashes.insert(hashBytes(zeros.data(), size));
        QCOMPARE(hashes.size(), zeros.size() + 1);
        QVERIFY(hashBytes("a", 1, 1) != hashBytes("a", 1, 2));
    }

    void splitsHaveTheirNames()
    {
        QCOMPARE(name(Split::Train), std::string_view("train"));
        QCOMPARE(name(Split::Validation), std::string_view("validation"));
        QCOMPARE(name(Split::Test), std::string_view("test"));
    }
};

QTEST_APPLESS_MAIN(DatasetTest)
#include "dataset_test.moc"
