// Files read piece by piece, plain and gzip: whole, in members, cut short, damaged.
#include "data/unpacked_file.hpp"

#include "base/random.hpp"
#include "scratch_folder.hpp"

#include <QtTest>

#include <random>

using namespace ostrich;
using data::UnpackedFile;
using test::ScratchFolder;

namespace {

const std::string kHeader("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\xFF", 10);
/// "hello" as gzip by hand: header, one stored block, CRC-32 0x3610A686 and length.
const std::string kHello = kHeader + std::string("\x01\x05\x00\xFA\xFFhello", 10)
                           + std::string("\x86\xA6\x10\x36\x05\x00\x00\x00", 8);

std::string littleEndian(std::uint32_t value, std::size_t size)
{
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * i);
    return bytes;
}

/// A gzip member of one stored block: 23 bytes more than `bytes`, at most 65535 of them.
std::string stored(const std::string &bytes)
{
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const auto sum =
        static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef *>(bytes.data()), size));
    return kHeader + '\x01' + littleEndian(size, 2) + littleEndian(~size, 2) + bytes
           + littleEndian(sum, 4) + littleEndian(size, 4);
}

std::string randomBytes(std::size_t size, RandomStream &random)
{
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(random.integer(256));
    return bytes;
}

UnpackedFile opened(const std::filesystem::path &file)
{
    auto opened = UnpackedFile::open(file);
    if (!opened) qFatal("%s", sentence(opened.error(), Language::English).c_str());
    return std::move(*opened);
}

/// All of it, in one piece.
Result<std::string> unpacked(const std::filesystem::path &file)
{
    UnpackedFile pass = opened(file);
    std::string bytes(1'000'000, '\0');
    const auto count = pass.read(bytes.data(), bytes.size());
    if (!count) return count.error();
    return bytes.substr(0, *count);
}

} // namespace

class UnpackedFileTest : public QObject {
    Q_OBJECT

private slots:
    void aFileMadeByHandIsUnpacked()
    {
        const ScratchFolder folder("unpacked-hand");
        QCOMPARE(*unpacked(folder.write("packed", kHello)), std::string("hello"));
        QCOMPARE(*unpacked(folder.write("plain", "hello")), std::string("hello"));
        QCOMPARE(*unpacked(folder.write("empty", "")), std::string());
        QCOMPARE(*unpacked(folder.write("one byte", "\x1F")), std::string("\x1F"));
        QCOMPARE(opened(folder.path() / "plain").path(), folder.path() / "plain");
    }

    void anyPiecesMakeTheWhole()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        RandomStream random(seed);
        const ScratchFolder folder("unpacked-pieces");
        const std::string whole = randomBytes(300'000, random); // several of its buffers
        for (const auto &file :
             {folder.write("plain", whole), folder.write("packed", test::gzipped(whole))}) {
            UnpackedFile pass = opened(file);
            std::string read;
            for (bool ended = false; !ended;) {
                std::string piece(static_cast<std::size_t>(random.integer(20'000)), '\0');
                const auto count = pass.read(piece.data(), piece.size());
                QVERIFY(count && *count <= piece.size());
                ended = *count < piece.size(); // fewer only at the end
                read += piece.substr(0, *count);
                pass = UnpackedFile(std::move(pass));
            }
            QVERIFY(read == whole);
            char more = 0;
            QCOMPARE(*pass.read(&more, 1), std::size_t{0});
        }
    }

    void membersFollowEachOther()
    {
        const ScratchFolder folder("unpacked-members");
        QCOMPARE(*unpacked(folder.write("three", kHello + stored("") + stored(", world"))),
                 std::string("hello, world"));
        // Zeros that fill a tape's block are no member.
        QCOMPARE(*unpacked(folder.write("padded", kHello + std::string(512, '\0'))),
                 std::string("hello"));
        // Members that end at, just before and just after the 64 KiB that are read at a time.
        for (const std::size_t total : {65535, 65536, 65537, 65545}) {
            const std::string first(total - 23, 'a');
            QCOMPARE(stored(first).size(), total);
            const auto bytes = unpacked(folder.write("edge", stored(first) + kHello));
            QVERIFY(bytes && *bytes == first + "hello");
        }
    }

    void wherePackedBytesEndTooEarlyIsTold()
    {
        const ScratchFolder folder("unpacked-cut");
        for (std::size_t size = 2; size < kHello.size(); ++size) {
            const auto file = folder.write("cut.gz", kHello.substr(0, size));
            const auto bytes = unpacked(file);
            QVERIFY(!bytes);
            QCOMPARE(bytes.error().where, file.string());
            const std::size_t place = std::clamp<std::size_t>(size, 15, 20) - 15;
            QCOMPARE(bytes.error().what, (Message{"data.gzip_truncated", {std::to_string(place)}}));
        }
        const auto second = unpacked(folder.write("second.gz", kHello + kHello.substr(0, 18)));
        QVERIFY(!second);
        QCOMPARE(second.error().what, (Message{"data.gzip_truncated", {"8"}}));
    }

    void damageIsNoticed()
    {
        const ScratchFolder folder("unpacked-damaged");
        for (std::size_t i = 10; i < kHello.size(); ++i) { // block, data, CRC-32, length
            std::string bytes = kHello;
            bytes[i] = static_cast<char>(bytes[i] ^ 0x04);
            const auto read = unpacked(folder.write("damaged.gz", bytes));
            QVERIFY2(!read, qPrintable(QString("byte %1").arg(i)));
            QCOMPARE(read.error().what.id, std::string("data.gzip_damaged"));
            QVERIFY(!read.error().hint.empty());
        }
    }

    void whatIsNoFileIsRefused()
    {
        const ScratchFolder folder("unpacked-none");
        const auto missing = UnpackedFile::open(folder.path() / "missing");
        QVERIFY(!missing);
        QCOMPARE(missing.error().what.id, std::string("data.file_missing"));
        QCOMPARE(missing.error().where, (folder.path() / "missing").string());
        const auto notAFile = UnpackedFile::open(folder.path());
        QVERIFY(!notAFile);
        QCOMPARE(notAFile.error().what.id, std::string("data.not_a_file"));
    }
};

QTEST_APPLESS_MAIN(UnpackedFileTest)
#include "unpacked_file_test.moc"
