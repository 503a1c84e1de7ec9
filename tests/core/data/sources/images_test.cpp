// Folders of pictures: scaling and cutting, what is skipped, and folders that cannot serve.
#include "../scratch_folder.hpp"
#include "data/picture_file.hpp"
#include "data/source.hpp"

#include <QtTest>

#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

namespace fs = std::filesystem;
using namespace ostrich;
using namespace ostrich::data;
using namespace ostrich::test;

namespace {

std::string encoded(const char *ending, const cv::Mat &picture)
{
    std::vector<uchar> bytes;
    cv::imencode(ending, picture, bytes);
    return {bytes.begin(), bytes.end()};
}

/// One colour, given as red, green, blue.
std::string plain(int width, int height, const cv::Vec3b &rgb, const char *ending = ".png")
{
    return encoded(ending, cv::Mat(height, width, CV_8UC3, cv::Scalar(rgb[2], rgb[1], rgb[0])));
}

void writeClass(const ScratchFolder &folder, const std::string &name, int count,
                const cv::Vec3b &rgb)
{
    for (int i = 0; i < count; ++i)
        folder.write(name + "/" + std::to_string(i) + ".png", plain(40 + i, 30, rgb));
}

/// A PNG that announces a size far beyond what follows.
std::string announcing(std::uint32_t width, std::uint32_t height)
{
    std::string png = plain(8, 8, {1, 2, 3});
    png.replace(16, 8, bigEndian(width) + bigEndian(height));
    const auto sum = crc32(0, reinterpret_cast<const Bytef *>(png.data() + 12), 17);
    png.replace(29, 4, bigEndian(static_cast<std::uint32_t>(sum)));
    return png;
}

} // namespace

class ImagesTest : public QObject {
    Q_OBJECT

private slots:
    void aFolderPerClassBecomesADataset()
    {
        const ScratchFolder folder("images");
        writeClass(folder, "red", 20, {200, 10, 20});
        writeClass(folder, "blue/deeper", 20, {10, 20, 200});
        folder.write(".hidden/x.png", plain(9, 9, {0, 0, 0}));
        const std::string source = "images:" + folder.path().string() + "?size=16";
        const auto loaded = load(source, 1);
        QVERIFY(static_cast<bool>(loaded));
        const Dataset &dataset = **loaded;
        QCOMPARE(dataset.facts, *factsOf(source));
        QVERIFY(dataset.facts.input == graph::Shape::maps(3, 16, 16));
        QCOMPARE(dataset.facts.classNames, (std::vector<std::string>{"blue", "red"}));
        QVERIFY(dataset.warnings.empty());
        QCOMPARE(dataset.splits[0].count(), 32);
        QCOMPARE(dataset.splits[1].count(), 4);
        for (const Samples &samples : dataset.splits) {
            for (std::size_t i = 0; i < samples.labels.size(); ++i)
                QCOMPARE(static_cast<int>(samples.bytes[i * 768]),
                         samples.labels[i] == 1 ? 200 : 10); // red plane
        }
        QCOMPARE((*load(source, 1))->checksum, dataset.checksum);
    }

    void trainAndTestFoldersAreTheSplits()
    {
        const ScratchFolder folder("images-split");
        writeClass(folder, "train/a", 20, {1, 1, 1});
        writeClass(folder, "train/b", 20, {2, 2, 2});
        writeClass(folder, "test/a", 5, {3, 3, 3});
        writeClass(folder, "test/b", 6, {4, 4, 4});
        const auto dataset = *load("images:" + folder.path().string() + "?size=8", 1);
        QCOMPARE(dataset->splits[0].count(), 36);
        QCOMPARE(dataset->splits[1].count(), 4);
        QCOMPARE(dataset->splits[2].count(), 11);
        const Samples &test = dataset->splits[2];
        for (std::size_t i = 0; i < test.labels.size(); ++i)
            QCOMPARE(static_cast<int>(test.bytes[i * 192]), 3 + test.labels[i]);
        writeClass(folder, "test/c", 1, {5, 5, 5});
        const auto foreign = load("images:" + folder.path().string(), 1);
        QVERIFY(!foreign);
        QCOMPARE(foreign.error().where, (folder.path() / "test/c").string());
    }

    void badFilesAreSkippedAndTold()
    {
        const ScratchFolder folder("images-bad");
        writeClass(folder, "a", 20, {1, 1, 1});
        writeClass(folder, "b", 20, {2, 2, 2});
        folder.write("a/notes.txt", "not a picture");
        folder.write("a/empty.png", "");
        folder.write("b/bomb.png", announcing(60000, 60000));
        folder.write("b/cut.png", plain(40, 40, {9, 9, 9}).substr(0, 40));
        const auto loaded = load("images:" + folder.path().string() + "?size=8", 1);
        QVERIFY(static_cast<bool>(loaded));
        std::int64_t total = 0;
        for (const Samples &samples : (*loaded)->splits) total += samples.count();
        QCOMPARE(total, 40);
        QCOMPARE((*loaded)->warnings.size(), std::size_t{1});
        const std::string line = sentence((*loaded)->warnings[0], Language::English);
        for (const char *part : {"4", "a/empty.png", "a/notes.txt", "b/bomb.png", "..."})
            QVERIFY2(line.find(part) != std::string::npos, line.c_str());
    }

    void foldersThatCannotServeAreNamed()
    {
        const ScratchFolder folder("images-none");
        const std::string source = "images:" + folder.path().string();
        const auto refused = [&](const char *id) {
            const auto loaded = load(source, 1);
            return !loaded && loaded.error().what.id == id
                   && loaded.error().where == folder.path().string()
                   && !loaded.error().hint.empty();
        };
        QVERIFY(refused("data.images_classes"));
        folder.write("x.txt", "x");
        QVERIFY(refused("data.images_classes"));
        folder.write("a/x.txt", "x");
        QVERIFY(refused("data.images_classes")); // one class alone
        folder.write("b/x.txt", "x");
        QVERIFY(refused("data.images_none"));
    }

    void theCentreIsKeptAndTheShortSideScaled_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("wide") << 90 << 30;
        QTest::newRow("tall") << 30 << 90;
        QTest::newRow("small, enlarged") << 9 << 3;
        QTest::newRow("a strip") << 9000 << 3;
    }
    void theCentreIsKeptAndTheShortSideScaled()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        const ScratchFolder folder("centre");
        // Green in the middle third, red outside.
        cv::Mat picture(height, width, CV_8UC3, cv::Scalar(0, 0, 255));
        const int side = std::min(width, height);
        picture(cv::Rect((width - side) / 2, (height - side) / 2, side, side)) =
            cv::Scalar(0, 255, 0);
        const auto planes = readPicture(folder.write("x.png", encoded(".png", picture)), 10);
        QVERIFY(planes.has_value());
        QCOMPARE(planes->size(), std::size_t{300});
        for (std::size_t i = 0; i < 100; ++i) {
            QCOMPARE(static_cast<int>((*planes)[i]), 0);
            QCOMPARE(static_cast<int>((*planes)[100 + i]), 255);
        }
    }

    void everyKindOfPictureBecomesThreePlanes()
    {
        const ScratchFolder folder("kinds");
        const cv::Mat grey(20, 20, CV_8UC1, cv::Scalar(120));
        const cv::Mat deep(20, 20, CV_16UC1, cv::Scalar(120 * 257));
        const cv::Mat alpha(20, 20, CV_8UC4, cv::Scalar(120, 120, 120, 0));
        const std::vector<std::string> files{encoded(".png", grey),  encoded(".jpg", grey),
                                             encoded(".bmp", grey),  encoded(".tiff", grey),
                                             encoded(".webp", grey), encoded(".png", deep),
                                             encoded(".png", alpha), encoded(".pgm", grey)};
        for (std::size_t i = 0; i < files.size(); ++i) {
            const auto planes = readPicture(folder.write(std::to_string(i), files[i]), 8);
            QVERIFY2(planes.has_value(), std::to_string(i).c_str());
            for (const std::uint8_t value : *planes) QVERIFY(std::abs(value - 120) <= 2);
        }
    }

    void exifTurnsThePicture()
    {
        const ScratchFolder folder("exif");
        cv::Mat picture(32, 64, CV_8UC3, cv::Scalar(0, 0, 0));
        picture.colRange(0, 32) = cv::Scalar(255, 255, 255); // white on the left
        std::string jpeg = encoded(".jpg", picture);
        // APP1 with one entry: orientation 6, to be turned a quarter clockwise; then white is
        // above.
        const std::string tiff("MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0", 26);
        const std::string exif = std::string("Exif\0\0", 6) + tiff;
        jpeg.insert(2, "\xFF\xE1" + bigEndian(static_cast<std::uint32_t>(exif.size() + 2)).substr(2)
                           + exif);
        // A tall picture's centre: its upper half white.
        const auto planes = readPicture(folder.write("x.jpg", jpeg), 16);
        QVERIFY(planes.has_value());
        QVERIFY((*planes)[2 * 16 + 8] > 200);
        QVERIFY((*planes)[13 * 16 + 8] < 50);
    }

    void hugeAnnouncementsAreRefusedBeforeMemoryIsGiven()
    {
        const ScratchFolder folder("huge");
        QVERIFY(!readPicture(folder.write("a.png", announcing(0x7FFFFFFF, 0x7FFFFFFF)), 8));
        QVERIFY(!readPicture(folder.write("b.png", announcing(30000, 30000)), 8));
        QVERIFY(!readPicture(folder.path(), 8));
        QVERIFY(!readPicture(folder.path() / "missing", 8));
    }

    void theSharedFolderHasItsCounts()
    {
        const fs::path shared = fs::path(OSTRICH_SHARED_DATA) / "caltech101-8";
        if (!fs::exists(shared))
            QSKIP("no shared/data beside the project: caltech101-8 was not read");
        std::int64_t files = 0;
        for (const auto &entry : fs::recursive_directory_iterator(shared))
            files += entry.is_regular_file() ? 1 : 0;
        const auto loaded = load("images:" + shared.string() + "?size=32", 1);
        QVERIFY(static_cast<bool>(loaded));
        QCOMPARE((*loaded)->facts.classes, 8);
        QVERIFY((*loaded)->warnings.empty());
        std::int64_t total = 0;
        for (const Samples &samples : (*loaded)->splits) total += samples.count();
        QCOMPARE(total, files);
        const auto parts = *load(
            "images:" + (fs::path(OSTRICH_SHARED_DATA) / "cifar10_png").string() + "?size=32", 1);
        QCOMPARE(parts->facts.classes, 10);
        QVERIFY(parts->splits[2].count() > 0);
    }
};

QTEST_APPLESS_MAIN(ImagesTest)
#include "images_test.moc"
