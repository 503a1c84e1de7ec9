// CIFAR-10's binary files of any length, and broken ones.
#include "../scratch_folder.hpp"
#include "data/source.hpp"

#include <QtTest>

#include <cmath>

namespace fs = std::filesystem;
using namespace ostrich;
using namespace ostrich::data;
using namespace ostrich::test;

namespace {

/// Record n has label n % 10; its red plane holds n, the green n + 1, the blue n + 2.
std::string records(int count)
{
    std::string bytes;
    for (int n = 0; n < count; ++n) {
        bytes += static_cast<char>(n % 10);
        for (int plane = 0; plane < 3; ++plane)
            bytes += std::string(1024, static_cast<char>(n + plane));
    }
    return bytes;
}

} // namespace

class Cifar10Test : public QObject {
    Q_OBJECT

private slots:
    void readsBatchesOfAnyLength()
    {
        const ScratchFolder folder("cifar");
        folder.write("data_batch_1.bin", records(70));
        folder.write("data_batch_2.bin", records(30));
        folder.write("test_batch.bin", records(20));
        const auto loaded = load("cifar10:" + folder.path().string(), 1);
        QVERIFY(static_cast<bool>(loaded));
        const Dataset &dataset = **loaded;
        QVERIFY(dataset.facts.input == graph::Shape::maps(3, 32, 32));
        QCOMPARE(dataset.facts.classNames[3], std::string("cat"));
        QCOMPARE(dataset.splits[0].count(), 90);
        QCOMPARE(dataset.splits[1].count(), 10);
        QCOMPARE(dataset.splits[2].count(), 20);
        const Samples &test = dataset.splits[2];
        QCOMPARE(test.labels[13], 3);
        for (const int plane : {0, 1, 2})
            QCOMPARE(static_cast<int>(
                         test.bytes[static_cast<std::size_t>(13 * 3072 + plane * 1024 + 500)]),
                     13 + plane);
    }

    void withoutATestBatchThePoolIsSplit()
    {
        const ScratchFolder folder("cifar");
        folder.write("data_batch_1.bin", records(100));
        folder.write("batches.meta.txt", "a\nb\r\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
        const auto dataset = *load("cifar10:" + folder.path().string(), 1);
        QCOMPARE(dataset->splits[0].count(), 80);
        QCOMPARE(dataset->facts.classNames[1], std::string("b"));
    }

    void brokenFilesAreNamed_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("id");
        const std::string sound = records(100);
        std::string label = sound;
        label[3073 * 4] = 10;
        const auto row = [](const char *name, const char *file, const std::string &content,
                            const char *id) {
            QTest::newRow(name) << QString(file)
                                << QByteArray(content.data(), static_cast<int>(content.size()))
                                << QString(id);
        };
        row("a byte short", "data_batch_2.bin", sound.substr(0, 3072), "data.cifar_size");
        row("a byte long", "data_batch_2.bin", sound + "x", "data.cifar_size");
        row("empty", "data_batch_2.bin", "", "data.cifar_size");
        row("label 10", "data_batch_2.bin", label, "data.cifar_label");
        row("test cut", "test_batch.bin", sound.substr(0, 5000), "data.cifar_size");
        row("test label", "test_batch.bin", label, "data.cifar_label");
    }
    void brokenFilesAreNamed()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, id);
        const ScratchFolder folder("cifar-broken");
        folder.write("data_batch_1.bin", records(100));
        folder.write(file.toStdString(), content.toStdString());
        const auto loaded = load("cifar10:" + folder.path().string(), 1);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().where, (folder.path() / file.toStdString()).string());
        QCOMPARE(QString::fromStdString(loaded.error().what.id), id);
        QVERIFY(!loaded.error().hint.empty());
    }

    void aFolderWithoutBatchesIsNamed()
    {
        const ScratchFolder folder("cifar-none");
        QCOMPARE(load("cifar10:" + folder.path().string(), 1).error().where,
                 folder.path().string());
    }

    void theSharedPartHasItsCounts()
    {
        const fs::path shared = fs::path(OSTRICH_SHARED_DATA) / "cifar10";
        if (!fs::exists(shared)) QSKIP("no shared/data beside the project: CIFAR-10 was not read");
        const auto cifar = *load("cifar10:" + shared.string(), 1);
        QCOMPARE(cifar->splits[0].count(), 4500);
        QCOMPARE(cifar->splits[1].count(), 500);
        QCOMPARE(cifar->splits[2].count(), 1000);
        QCOMPARE(cifar->facts.classNames[0], std::string("airplane"));
        QVERIFY(std::abs(cifar->statistics.mean[0] - 0.49F) < 0.02F);
    }
};

QTEST_APPLESS_MAIN(Cifar10Test)
#include "cifar10_test.moc"
