// Bits that flip in an archive of weights: its checksums (CRC-32) tell, wherever anything is read.
#include "pickle_writing.hpp"

#include "base/file.hpp"
#include "engine/tensor_file_torch.hpp"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace ostrich;
using namespace ostrich::test;

class TorchFileCrcTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// A new file each time, without a sync: writing over one of so many waits for the disk.
    std::string written(const std::string &bytes) const
    {
        std::string file = m_folder.path().toStdString() + "/flipped.pt";
        std::filesystem::remove(file);
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }

private slots:
    void everyFlippedBitOfWhatIsReadIsSeen()
    {
        // A file of PyTorch's own, with PyTorch's sums.
        const auto whole = readFile(OSTRICH_TESTS_DIR "/core/engine/state_dicts/all.pt");
        QVERIFY(whole);
        std::string numbers; // "transposed", a storage of its own
        for (int i = 0; i < 24; ++i) {
            const float value = static_cast<float>(i);
            numbers.append(reinterpret_cast<const char *>(&value), sizeof value);
        }
        const std::size_t begin = whole->find(numbers);
        QVERIFY(begin != whole->npos);
        for (std::size_t bit = 0; bit < 8 * numbers.size(); ++bit) {
            std::string bytes = *whole;
            char &one = bytes[begin + bit / 8];
            one = static_cast<char>(one ^ (1 << bit % 8));
            const auto read = engine::readTensorFile(written(bytes));
            QVERIFY2(!read, std::to_string(bit).c_str());
            QCOMPARE(read.error().what.id, std::string("engine.zip_crc"));
        }
    }

    void oneFlippedBitOfATensorIsSeen_data()
    {
        QTest::addColumn<int>("place"); // of the flipped byte in the storage
        QTest::addColumn<bool>("hasCrc");
        QTest::newRow("in what the tensor shows") << 400'000 << true;
        QTest::newRow("before what the tensor shows")
            << 0 << true; // the storage is checked as a whole
        QTest::newRow("after it") << 799'999 << true;
        QTest::newRow("a file without sums tells nothing") << 400'000 << false;
    }
    void oneFlippedBitOfATensorIsSeen()
    {
        QFETCH(int, place);
        QFETCH(bool, hasCrc);
        Described middle; // of several pieces
        middle.count = 200'000;
        middle.offset = 50'000;
        middle.sizes = {100'000};
        middle.strides = {1};
        const std::string numbers(800'000, '\1');
        auto entries = archive(dict({{"a", tensor(middle)}}), {numbers});
        for (Zipped &entry : entries) entry.hasCrc = hasCrc;
        std::string bytes = zipFile(entries);
        QVERIFY(engine::readTensorFile(written(bytes)));
        const std::size_t begin = bytes.find(numbers);
        QVERIFY(begin != bytes.npos);
        bytes[begin + static_cast<std::size_t>(place)] ^= '\4';
        const auto read = engine::readTensorFile(written(bytes));
        QCOMPARE(bool(read), !hasCrc);
        if (read) return;
        QCOMPARE(read.error().what, (Message{"engine.zip_crc", {"data/0"}}));
        for (const Language language : {Language::English, Language::French}) {
            const std::string line = sentence(read.error(), language);
            QVERIFY2(line.find("data/0") != line.npos && line.find("CRC-32") != line.npos,
                     line.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TorchFileCrcTest)
#include "torch_file_crc_test.moc"
