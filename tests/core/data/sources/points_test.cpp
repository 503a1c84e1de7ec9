// Spirals, moons, blobs and exclusive or: shapes, equal classes, the seed, and what makes each of
// them itself.
#include "data/source.hpp"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace ostrich;
using namespace ostrich::data;

class PointsTest : public QObject {
    Q_OBJECT

    static std::shared_ptr<const Dataset> loaded(const std::string &source, std::uint64_t seed = 1)
    {
        const auto dataset = load(source, seed);
        return dataset ? *dataset : nullptr;
    }

private slots:
    void fillsThreeSplits_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("classes");
        QTest::newRow("spirals") << "spirals?count=600" << 3;
        QTest::newRow("five arms") << "spirals?count=600&classes=5" << 5;
        QTest::newRow("moons") << "moons?count=600" << 2;
        QTest::newRow("blobs") << "blobs?count=600" << 3;
        QTest::newRow("many blobs") << "blobs?count=800&classes=8&noise=0" << 8;
        QTest::newRow("xor") << "xor?count=600&noise=0.3" << 2;
        QTest::newRow("fewest") << "moons?count=30" << 2;
    }
    void fillsThreeSplits()
    {
        QFETCH(QString, source);
        QFETCH(int, classes);
        const auto dataset = loaded(source.toStdString());
        QVERIFY(dataset);
        QCOMPARE(dataset->source, source.toStdString());
        QVERIFY(dataset->facts.input == graph::Shape::vector(2));
        QCOMPARE(dataset->facts.classes, classes);
        QCOMPARE(dataset->facts.classNames.size(), static_cast<std::size_t>(classes));
        QVERIFY(
            !sentence(Message{dataset->facts.title, {}}, Language::French).starts_with("data."));
        QCOMPARE(dataset->facts, *factsOf(source.toStdString()));
        QCOMPARE(dataset->statistics, fitStatistics(dataset->split(Split::Train)));
        QCOMPARE(dataset->checksum, checksumOf(*dataset));
        std::vector<int> perClass(static_cast<std::size_t>(classes), 0);
        for (const Samples &samples : dataset->splits) {
            QVERIFY(samples.count() > 0 && !samples.pictures());
            QCOMPARE(samples.values.size(), 2 * samples.labels.size());
            for (const float value : samples.values)
                QVERIFY(std::isfinite(value) && std::abs(value) < 3.0F);
            for (const std::int32_t label : samples.labels)
                ++perClass.at(static_cast<std::size_t>(label));
        }
        QVERIFY(std::ranges::max(perClass) - std::ranges::min(perClass) <= 1);
    }

    void theSeedDecides()
    {
        for (const char *source : {"spirals", "moons", "blobs", "xor"}) {
            QCOMPARE(loaded(source, 3)->checksum, loaded(source, 3)->checksum);
            QVERIFY(loaded(source, 3)->checksum != loaded(source, 4)->checksum);
        }
    }

    void oppositeQuadrantsAreOfOneClass()
    {
        const auto dataset = loaded("xor?noise=0");
        const Samples &train = dataset->split(Split::Train);
        for (std::size_t i = 0; i < train.labels.size(); ++i)
            QCOMPARE(train.labels[i] == 0, train.values[2 * i] * train.values[2 * i + 1] > 0.0F);
    }

    void withoutNoiseTheMoonsDoNotTouch()
    {
        const auto dataset = loaded("moons?noise=0&count=1000");
        const Samples &train = dataset->split(Split::Train);
        double nearest = 1e9;
        for (std::size_t i = 0; i < train.labels.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (train.labels[i] == train.labels[j]) continue;
                nearest = std::min(
                    nearest, std::hypot(double{train.values[2 * i]} - train.values[2 * j],
                                        double{train.values[2 * i + 1]} - train.values[2 * j + 1]));
            }
        }
        QVERIFY(nearest > 0.1);
    }

    void noiseSpreadsThePoints()
    {
        const auto spread = [](const char *source) {
            return loaded(source)->statistics.deviation[0];
        };
        QVERIFY(spread("blobs?noise=1") > 1.5F * spread("blobs?noise=0"));
    }
};

QTEST_APPLESS_MAIN(PointsTest)
#include "points_test.moc"
