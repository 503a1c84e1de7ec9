// Glyphs and the menagerie as data sets: equal classes, no picture twice, the cache, stopping.
#include "base/file.hpp"
#include "data/source.hpp"

#include <QtTest>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

namespace fs = std::filesystem;
using namespace ostrich;
using namespace ostrich::data;

class DrawnTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_cache;
    const std::string m_glyphs = "glyphs?train=40&validation=20&test=20";
    const std::string m_animals = "menagerie?train=40&validation=20&test=20";

    std::vector<fs::path> cached() const
    {
        std::vector<fs::path> files;
        for (const auto &entry : fs::directory_iterator(cacheFolder() / "pictures"))
            files.push_back(entry.path());
        return files;
    }

    static std::vector<std::uint8_t> picture(const Samples &samples, std::size_t index)
    {
        const auto size = static_cast<std::ptrdiff_t>(samples.valuesPerSample());
        const auto first = samples.bytes.begin() + static_cast<std::ptrdiff_t>(index) * size;
        return {first, first + size};
    }

private slots:
    void init() // an empty cache for each
    {
        static int count = 0;
        const std::string folder = m_cache.path().toStdString() + "/" + std::to_string(count++);
        fs::create_directories(folder);
        ::setenv("XDG_CACHE_HOME", folder.c_str(), 1);
    }

    void fillsThreeSplitsWithEqualClasses_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("side");
        QTest::addColumn<QStringList>("names");
        const QString counts = "train=40&validation=20&test=20";
        const QStringList digits{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
        const QStringList animals{"dog",      "cat",  "ostrich", "horse",     "elephant",
                                  "flamingo", "fish", "turtle",  "butterfly", "owl"};
        QTest::newRow("glyphs") << "glyphs?" + counts << 1 << 28 << digits;
        QTest::newRow("some digits")
            << "glyphs?classes=7, 1&" + counts << 1 << 28 << QStringList{"1", "7"};
        QTest::newRow("menagerie") << "menagerie?" + counts << 3 << 32 << animals;
        QTest::newRow("large") << "menagerie?size=64&" + counts << 3 << 64 << animals;
        QTest::newRow("two animals") << "menagerie?classes=dog,ostrich&" + counts << 3 << 32
                                     << QStringList{"dog", "ostrich"};
    }
    void fillsThreeSplitsWithEqualClasses()
    {
        QFETCH(QString, source);
        QFETCH(int, channels);
        QFETCH(int, side);
        QFETCH(QStringList, names);
        const auto loaded = load(source.toStdString(), 1);
        QVERIFY2(static_cast<bool>(loaded),
                 loaded ? "" : sentence(loaded.error(), Language::English).c_str());
        const Dataset &dataset = **loaded;
        QCOMPARE(dataset.facts, *factsOf(source.toStdString()));
        QVERIFY(dataset.facts.input == graph::Shape::maps(channels, side, side));
        const std::string title = sentence(Message{dataset.facts.title, {}}, Language::French);
        QCOMPARE(QString::fromStdString(title),
                 channels == 1 ? QStringLiteral("Chiffres") : QStringLiteral("Ménagerie"));
        QStringList given;
        for (const std::string &name : dataset.facts.classNames)
            given << QString::fromStdString(name);
        QCOMPARE(given, names);
        const std::array<std::int64_t, 3> counts{40, 20, 20};
        for (std::size_t split = 0; split < 3; ++split) {
            const Samples &samples = dataset.splits[split];
            QCOMPARE(samples.count(), counts[split]);
            QCOMPARE(static_cast<std::int64_t>(samples.bytes.size()),
                     samples.count() * samples.valuesPerSample());
            for (std::int32_t label = 0; label < names.size(); ++label)
                QCOMPARE(std::ranges::count(samples.labels, label), counts[split] / names.size());
        }
    }

    void noPictureIsInTwoSplitsNorTwiceInOne()
    {
        const auto dataset = *load("glyphs?train=400&validation=200&test=200", 1);
        std::set<std::vector<std::uint8_t>> seen;
        std::size_t total = 0;
        for (const Samples &samples : dataset->splits) {
            for (std::size_t i = 0; i < samples.labels.size(); ++i, ++total)
                seen.insert(picture(samples, i));
        }
        QCOMPARE(seen.size(), total);
    }

    void theSeedDecidesAndTheCacheChangesNothing()
    {
        for (const std::string &source : {m_glyphs, m_animals}) {
            const auto drawn = *load(source, 7);
            const auto read = *load(source, 7);
            QCOMPARE(read->checksum, drawn->checksum);
            QVERIFY((*load(source, 8))->checksum != drawn->checksum);
        }
        QCOMPARE(cached().size(), std::size_t{4});
    }

    void aPictureDoesNotDependOnWhichOtherClassesAreChosen()
    {
        const auto all = *load("glyphs?train=100&validation=20&test=20", 1);
        const auto two = *load("glyphs?train=20&validation=20&test=20&classes=1,7", 1);
        std::set<std::vector<std::uint8_t>> known;
        for (std::size_t i = 0; i < 100; ++i) known.insert(picture(all->splits[0], i));
        for (std::size_t i = 0; i < 20; ++i) QVERIFY(known.contains(picture(two->splits[0], i)));
    }

    void aDamagedCacheFileIsDrawnAgain_data()
    {
        QTest::addColumn<int>("damage");
        QTest::newRow("a bit flipped") << 0;
        QTest::newRow("cut off") << 1;
        QTest::newRow("empty") << 2;
        QTest::newRow("longer") << 3;
        QTest::newRow("another header") << 4;
    }
    void aDamagedCacheFileIsDrawnAgain()
    {
        QFETCH(int, damage);
        const std::uint64_t checksum = (*load(m_glyphs, 1))->checksum;
        QCOMPARE(cached().size(), std::size_t{1});
        const fs::path file = cached()[0];
        const std::string sound = *readFile(file);
        std::string broken = sound;
        if (damage == 0) broken[broken.size() / 2] ^= 1;
        if (damage == 1) broken.resize(broken.size() / 2);
        if (damage == 2) broken.clear();
        if (damage == 3) broken += "x";
        if (damage == 4) broken[0] = 'X';
        QVERIFY(static_cast<bool>(writeFile(file, broken)));
        QCOMPARE((*load(m_glyphs, 1))->checksum, checksum);
        QCOMPARE(*readFile(file), sound);
    }

    void withoutACacheFolderItIsDrawnEachTime()
    {
        ::setenv("XDG_CACHE_HOME", "/proc/no/such/place", 1);
        const auto first = load(m_glyphs, 1);
        const auto again = load(m_glyphs, 1);
        QVERIFY(first && again);
        QCOMPARE((*first)->checksum, (*again)->checksum);
    }

    void stoppingInTheMiddleLeavesNoCacheFile()
    {
        std::stop_source stop;
        const auto loaded = load(
            "menagerie?train=20000&size=64", 1, [&](double) { stop.request_stop(); },
            stop.get_token());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().what.id, std::string("data.cancelled"));
        QVERIFY(!fs::exists(cacheFolder() / "pictures") || cached().empty());
    }

    void moreThanMemoryIsRefused()
    {
        const auto loaded = load("menagerie?train=200000&size=128", 1);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().what.id, std::string("data.too_large"));
    }
};

QTEST_APPLESS_MAIN(DrawnTest)
#include "drawn_test.moc"
