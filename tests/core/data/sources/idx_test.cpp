// IDX files: good ones, packed ones, and every way in which they can be broken.
#include "../own_time.hpp"
#include "../scratch_folder.hpp"
#include "data/source.hpp"

#include <QtTest>

#include <cmath>

namespace fs = std::filesystem;
using namespace ostrich;
using namespace ostrich::data;
using namespace ostrich::test;

namespace {

constexpr std::uint32_t kTrain = 100;
constexpr std::uint32_t kTest = 30;

void writeSound(const ScratchFolder &folder, bool packed = false)
{
    const auto write = [&](const std::string &name, const std::string &bytes) {
        folder.write(packed ? name + ".gz" : name, packed ? gzipped(bytes) : bytes);
    };
    write("train-images-idx3-ubyte", idxPictures(kTrain, 4, 5));
    write("train-labels-idx1-ubyte", idxLabels(kTrain, 10));
    write("t10k-images-idx3-ubyte", idxPictures(kTest, 4, 5));
    write("t10k-labels-idx1-ubyte", idxLabels(kTest, 10));
}

std::string idxHeader(std::uint32_t count, std::uint32_t height, std::uint32_t width)
{
    return bigEndian(0x803) + bigEndian(count) + bigEndian(height) + bigEndian(width);
}

} // namespace

class IdxTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheFourFiles_data()
    {
        QTest::addColumn<bool>("packed");
        QTest::newRow("plain") << false;
        QTest::newRow("gzip") << true;
    }
    void readsTheFourFiles()
    {
        QFETCH(bool, packed);
        const ScratchFolder folder("idx");
        writeSound(folder, packed);
        const auto loaded = load("idx:" + folder.path().string(), 1);
        QVERIFY(static_cast<bool>(loaded));
        const Dataset &dataset = **loaded;
        QCOMPARE(dataset.facts, *factsOf("idx:" + folder.path().string()));
        QVERIFY(dataset.facts.input == graph::Shape::maps(1, 4, 5));
        QCOMPARE(dataset.facts.classes, 10);
        QCOMPARE(dataset.splits[0].count(), 90);
        QCOMPARE(dataset.splits[1].count(), 10);
        QCOMPARE(dataset.splits[2].count(), 30);
        const Samples &test = dataset.splits[2]; // in the file's order
        QCOMPARE(test.labels[7], 7);
        QCOMPARE(static_cast<int>(test.bytes[7 * 20 + 3]), 10);
        const Samples &train = dataset.splits[0];
        for (std::size_t i = 0; i < train.labels.size(); ++i)
            QCOMPARE(train.labels[i], train.bytes[i * 20] % 10); // label and picture stay together
    }

    void withoutATestSetThePoolIsSplit()
    {
        const ScratchFolder folder("idx");
        writeSound(folder);
        fs::remove(folder.path() / "t10k-images-idx3-ubyte");
        fs::remove(folder.path() / "t10k-labels-idx1-ubyte");
        const auto dataset = *load("idx:" + folder.path().string(), 1);
        QCOMPARE(dataset->splits[0].count(), 80);
        QCOMPARE(dataset->splits[2].count(), 10);
    }

    void aFolderNamedFashionHasClothes()
    {
        const ScratchFolder folder("My-Fashion");
        writeSound(folder);
        QCOMPARE(factsOf("idx:" + folder.path().string() + "/")->classNames[9],
                 std::string("Ankle boot"));
    }

    void brokenFilesAreNamedWithPlaceAndCure_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content"); // null: the file is missing
        QTest::addColumn<QString>("id");
        const auto row = [](const char *name, const char *file, const std::string &content,
                            const char *id) {
            QTest::newRow(name) << QString(file)
                                << QByteArray(content.data(), static_cast<int>(content.size()))
                                << QString(id);
        };
        const std::string images = "train-images-idx3-ubyte";
        const std::string sound = idxPictures(kTrain, 4, 5);
        const std::string packed = gzipped(sound);
        std::string flipped = packed;
        flipped[packed.size() / 2] ^= 0x55;
        std::string wrongSum = packed;
        wrongSum[packed.size() - 6] ^= 1;
        row("empty", "train-images-idx3-ubyte", "", "data.idx_header_short");
        row("header cut", "train-images-idx3-ubyte", sound.substr(0, 15), "data.idx_header_short");
        row("body cut", "train-images-idx3-ubyte", sound.substr(0, 1000), "data.idx_body_short");
        row("body missing", "train-images-idx3-ubyte", sound.substr(0, 16), "data.idx_body_short");
        row("too long", "train-images-idx3-ubyte", sound + "x", "data.idx_body_long");
        row("labels instead of pictures", "train-images-idx3-ubyte", idxLabels(kTrain, 10),
            "data.idx_magic");
        row("something else", "train-images-idx3-ubyte", std::string(5000, 'A'), "data.idx_magic");
        row("no pictures", "train-images-idx3-ubyte", idxHeader(0, 4, 5), "data.idx_sizes");
        row("no width", "train-images-idx3-ubyte", idxHeader(10, 4, 0), "data.idx_sizes");
        row("absurd count", "train-images-idx3-ubyte", idxHeader(0xFFFFFFFF, 28, 28),
            "data.idx_sizes");
        row("absurd sides", "train-images-idx3-ubyte", idxHeader(1, 0xFFFFFFFF, 0xFFFFFFFF),
            "data.idx_sizes");
        row("a promise of gigabytes", "train-images-idx3-ubyte", idxHeader(kTrain, 4096, 4096),
            "data.idx_body_short");
        row("gzip cut", "train-images-idx3-ubyte", packed.substr(0, packed.size() / 2),
            "data.gzip_truncated");
        row("gzip without its end", "train-images-idx3-ubyte", packed.substr(0, packed.size() - 8),
            "data.gzip_truncated");
        row("gzip header only", "train-images-idx3-ubyte", packed.substr(0, 5),
            "data.gzip_truncated");
        row("gzip damaged", "train-images-idx3-ubyte", flipped, "");
        row("gzip with a wrong sum", "train-images-idx3-ubyte", wrongSum, "data.gzip_damaged");
        row("too few labels", "train-labels-idx1-ubyte", idxLabels(kTrain - 1, 10),
            "data.idx_counts");
        row("pictures instead of labels", "train-labels-idx1-ubyte", sound, "data.idx_magic");
        row("labels cut", "train-labels-idx1-ubyte", idxLabels(kTrain, 10).substr(0, 50),
            "data.idx_body_short");
        row("test pictures of another size", "t10k-images-idx3-ubyte", idxPictures(kTest, 5, 5),
            "data.idx_test_shape");
        row("test labels beyond", "t10k-labels-idx1-ubyte", idxLabels(kTest, 11),
            "data.idx_test_label");
        for (const char *file : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                 "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"})
            QTest::newRow((std::string("missing ") + file).c_str())
                << QString(file) << QByteArray() << "data.file_missing";
    }
    void brokenFilesAreNamedWithPlaceAndCure()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, id);
        const ScratchFolder folder("idx-broken");
        writeSound(folder);
        if (content.isNull())
            fs::remove(folder.path() / file.toStdString());
        else
            folder.write(file.toStdString(), content.toStdString());
        const auto loaded = load("idx:" + folder.path().string(), 1);
        QVERIFY(!loaded);
        const std::string line = sentence(loaded.error(), Language::English);
        QVERIFY2(line.find((folder.path() / file.toStdString()).string()) == 0, line.c_str());
        if (!id.isEmpty()) QCOMPARE(QString::fromStdString(loaded.error().what.id), id);
        QVERIFY2(!loaded.error().hint.empty(), line.c_str());
        for (const Language language : {Language::English, Language::French}) {
            const std::string told = sentence(loaded.error(), language);
            QVERIFY2(told.find("data.") == std::string::npos && told.find('{') == std::string::npos,
                     told.c_str());
        }
    }

    void aFolderInAFilesPlaceIsRefused()
    {
        const ScratchFolder folder("idx-folder");
        writeSound(folder);
        fs::remove(folder.path() / "train-images-idx3-ubyte");
        fs::create_directory(folder.path() / "train-images-idx3-ubyte");
        const auto loaded = load("idx:" + folder.path().string(), 1);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().what.id, std::string("data.not_a_file"));
    }

    void mnistHasItsCounts()
    {
        const fs::path shared = fs::path(OSTRICH_SHARED_DATA);
        if (!fs::exists(shared / "mnist"))
            QSKIP("no shared/data beside the project: MNIST was not read");
        const auto mnist = *load("idx:" + (shared / "mnist").string(), 1);
        QCOMPARE(mnist->splits[0].count(), 54000);
        QCOMPARE(mnist->splits[1].count(), 6000);
        QCOMPARE(mnist->splits[2].count(), 10000);
        QVERIFY(mnist->facts.input == graph::Shape::maps(1, 28, 28));
        QCOMPARE(mnist->facts.title, std::string("MNIST"));
        QVERIFY(std::abs(mnist->statistics.mean[0] - 0.1307F) < 0.001F);
        QVERIFY(std::abs(mnist->statistics.deviation[0] - 0.3081F) < 0.001F);
        QCOMPARE(mnist->splits[2].labels[0], 7); // the first test digit
        const auto fashion = factsOf("idx:" + (shared / "fashion-mnist").string());
        QCOMPARE(fashion->classNames[0], std::string("T-shirt/top"));
        const test::OwnTime time;
        QVERIFY(static_cast<bool>(factsOf("idx:" + (shared / "mnist").string())));
        QVERIFY2(time.elapsed() < 50, std::to_string(time.elapsed()).c_str());
    }
};

QTEST_APPLESS_MAIN(IdxTest)
#include "idx_test.moc"
