// ImageNet's classes: the drawings at hand, and photographs in folders.
#include "../one_line_error.hpp"
#include "../own_time.hpp"
#include "../scratch_folder.hpp"
#include "data/source.hpp"

#include <QtTest>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <set>

using namespace ostrich;
using namespace ostrich::data;
using namespace ostrich::test;

namespace {

/// `count` pictures of one grey each, from `first` on.
void writeClass(const ScratchFolder &folder, const std::string &name, int count, int first = 0)
{
    for (int i = 0; i < count; ++i) {
        std::vector<uchar> bytes;
        cv::imencode(".png", cv::Mat(40, 50, CV_8UC3, cv::Scalar::all(first + i)), bytes);
        folder.write(name + "/" + std::to_string(i) + ".png", {bytes.begin(), bytes.end()});
    }
}

} // namespace

class ImagenetTest : public QObject {
    Q_OBJECT

private slots:
    void theClassesAreTold()
    {
        const test::OwnTime time;
        const auto facts = factsOf("imagenet");
        QVERIFY(time.elapsed() < 50);
        QVERIFY(static_cast<bool>(facts));
        QVERIFY(facts->input == graph::Shape::maps(3, 224, 224));
        QCOMPARE(facts->classes, 1000);
        QCOMPARE(facts->classNames.size(), std::size_t{1000});
        const std::set<std::string> different(facts->classNames.begin(), facts->classNames.end());
        QCOMPARE(different.size(), std::size_t{1000});
        QCOMPARE(facts->classNames[0], std::string("tench"));
        QCOMPARE(facts->classNames[9], std::string("ostrich"));
        QCOMPARE(facts->classNames[162], std::string("beagle"));
        QCOMPARE(facts->classNames[999], std::string("toilet tissue"));
    }

    void withoutPhotographsThereAreDrawings()
    {
        const auto loaded = load("imagenet", 1);
        QVERIFY(static_cast<bool>(loaded));
        const Dataset &dataset = **loaded;
        QVERIFY(dataset.facts == *factsOf("imagenet"));
        QCOMPARE(dataset.statistics.mean, std::vector<float>(3, 127.0F / 255.0F));
        QCOMPARE(dataset.statistics.deviation, std::vector<float>(3, 128.0F / 255.0F));
        std::set<std::string> pictures;
        for (const Samples &samples : dataset.splits) {
            QCOMPARE(samples.count(), 12);
            QCOMPARE(samples.sampleShape, (std::vector<std::int64_t>{3, 224, 224}));
            for (const int label : {9, 130, 386}) // ostrich, flamingo, African elephant
                QCOMPARE(std::ranges::count(samples.labels, label), 4);
            const auto size = static_cast<std::size_t>(samples.valuesPerSample());
            for (std::size_t i = 0; i < samples.labels.size(); ++i) {
                const auto *bytes = reinterpret_cast<const char *>(samples.bytes.data() + i * size);
                QVERIFY2(pictures.insert(std::string(bytes, size)).second, "a picture twice");
            }
        }
        QCOMPARE((*load("imagenet", 1))->checksum, dataset.checksum);
        QVERIFY((*load("imagenet", 2))->checksum != dataset.checksum);
    }

    void foldersAreClassesByNameOrNumber()
    {
        const ScratchFolder folder("imagenet");
        writeClass(folder, "train/beagle", 10, 0);
        writeClass(folder, "train/African_Elephant", 10, 50); // 386
        writeClass(folder, "train/9", 10, 100);
        writeClass(folder, "test/ostrich", 3, 200);
        const std::string source = "imagenet:" + folder.path().string();
        const auto facts = factsOf(source);
        QVERIFY(static_cast<bool>(facts));
        QCOMPARE(facts->classes, 1000);
        const auto loaded = load(source, 1);
        QVERIFY(static_cast<bool>(loaded));
        const Dataset &dataset = **loaded;
        QCOMPARE(dataset.splits[0].count() + dataset.splits[1].count(), 30);
        QCOMPARE(dataset.splits[2].labels, (std::vector<std::int32_t>{9, 9, 9}));
        for (const Samples &samples : dataset.splits) {
            const auto size = static_cast<std::size_t>(samples.valuesPerSample());
            QCOMPARE(size, std::size_t{3 * 224 * 224});
            for (std::size_t i = 0; i < samples.labels.size(); ++i) {
                const int grey = samples.bytes[i * size];
                QCOMPARE(samples.labels[i], grey < 50 ? 162 : grey < 100 ? 386 : 9);
            }
        }
    }

    void aFolderThatIsNoClassIsNamed()
    {
        const ScratchFolder folder("imagenet-bad");
        const std::string source = "imagenet:" + folder.path().string();
        QCOMPARE(faultOf(factsOf(source).error(), folder.path()), std::string());
        writeClass(folder, "beagle", 2);
        QVERIFY(static_cast<bool>(factsOf(source)));
        for (const char *name : {"flamingos", "zzzzzzzzzzzz", "1000", "-1", "9 "}) {
            writeClass(folder, name, 1);
            const auto facts = factsOf(source);
            QVERIFY2(!facts, name);
            QCOMPARE(faultOf(facts.error(), folder.path() / name), std::string());
            std::filesystem::remove_all(folder.path() / name);
        }
        writeClass(folder, "flamingos", 1);
        const std::string line = sentence(factsOf(source).error(), Language::English);
        QVERIFY2(line.find("Did you mean \"flamingo\"?") != std::string::npos, line.c_str());
        QVERIFY(!factsOf("imagenet:/no/such/folder"));
    }
};

QTEST_APPLESS_MAIN(ImagenetTest)
#include "imagenet_test.moc"
