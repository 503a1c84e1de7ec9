// Pictures written byte by byte, and the planes that come out of them.
#include "data/picture_file.hpp"

#include "base/random.hpp"
#include "scratch_folder.hpp"

#include <QtTest>

#include <random>

using namespace ostrich;
using data::readPicture;
using test::bigEndian;
using test::ScratchFolder;
using Planes = std::vector<std::uint8_t>;

namespace {

std::string bytesOf(const Planes &values)
{
    return {values.begin(), values.end()};
}

std::string netpbm(const char *kind, int width, int height, const Planes &values)
{
    return std::string(kind) + "\n" + std::to_string(width) + " " + std::to_string(height)
           + "\n255\n" + bytesOf(values);
}

std::string chunk(const std::string &typeAndData)
{
    const auto sum = crc32(0, reinterpret_cast<const Bytef *>(typeAndData.data()),
                           static_cast<uInt>(typeAndData.size()));
    return bigEndian(static_cast<std::uint32_t>(typeAndData.size() - 4)) + typeAndData
           + bigEndian(static_cast<std::uint32_t>(sum));
}

/// `rows`: each with its filter byte. `colour`: 0 grey, 2 RGB, 6 RGB and alpha.
std::string png(std::uint32_t width, std::uint32_t height, char depth, char colour,
                const std::string &rows)
{
    std::string packed(compressBound(rows.size()), '\0');
    uLongf size = packed.size();
    compress(reinterpret_cast<Bytef *>(packed.data()), &size,
             reinterpret_cast<const Bytef *>(rows.data()), rows.size());
    packed.resize(size);
    const std::string header =
        bigEndian(width) + bigEndian(height) + depth + colour + std::string(3, '\0');
    return "\x89PNG\r\n\x1A\n" + chunk("IHDR" + header) + chunk("IDAT" + packed) + chunk("IEND");
}

/// 24 bits a pixel; `height` negative: the first row first. `rows`: BGR, filled up to 4 bytes.
std::string bmp(std::int32_t width, std::int32_t height, const std::string &rows)
{
    std::string bytes = "BM";
    const auto append = [&bytes](std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * i);
    };
    append(54 + static_cast<std::uint32_t>(rows.size()), 4);
    append(0, 4);
    append(54, 4);
    append(40, 4);
    append(static_cast<std::uint32_t>(width), 4);
    append(static_cast<std::uint32_t>(height), 4);
    append(1, 2);
    append(24, 2);
    for (int i = 0; i < 6; ++i) append(0, 4);
    return bytes + rows;
}

// Red and green over blue and a mixed colour.
const Planes kPlanes{255, 0, 0, 10, 0, 255, 0, 20, 0, 0, 255, 30};
const std::string kUpper("\xFF\0\0\0\xFF\0", 6), kLower("\0\0\xFF\x0A\x14\x1E", 6); // RGB
const std::string kUpperBgr("\0\0\xFF\0\xFF\0\0\0", 8), kLowerBgr("\xFF\0\0\x1E\x14\x0A\0\0", 8);
const std::string kPng =
    png(2, 2, 8, 2, std::string(1, '\0') + kUpper + std::string(1, '\0') + kLower);

} // namespace

class PictureFileTest : public QObject {
    Q_OBJECT

private slots:
    void pixelsBecomePlanesOfRedGreenBlue()
    {
        const ScratchFolder folder("picture-planes");
        const auto planes = [&folder](const std::string &bytes) {
            return readPicture(folder.write("picture", bytes), 2).value_or(Planes());
        };
        QCOMPARE(planes(kPng), kPlanes);
        QCOMPARE(planes(bmp(2, 2, kLowerBgr + kUpperBgr)), kPlanes);
        QCOMPARE(planes(bmp(2, -2, kUpperBgr + kLowerBgr)), kPlanes);
        const std::string pixels = kUpper + kLower;
        QCOMPARE(planes(netpbm("P6", 2, 2, {pixels.begin(), pixels.end()})), kPlanes);
    }

    void greyAlphaAndSixteenBitsBecomeThreePlanesOfBytes()
    {
        const ScratchFolder folder("picture-kinds");
        const auto pixel = [&folder](const std::string &bytes) {
            return readPicture(folder.write("picture", bytes), 1).value_or(Planes());
        };
        QCOMPARE(pixel(netpbm("P5", 1, 1, {77})), (Planes{77, 77, 77}));
        QCOMPARE(pixel(png(1, 1, 8, 0, std::string("\0\x4D", 2))), (Planes{77, 77, 77}));
        QCOMPARE(pixel(png(1, 1, 8, 6, std::string("\0\x01\x02\x03\x80", 5))), (Planes{1, 2, 3}));
        QCOMPARE(pixel(png(1, 1, 16, 2, std::string("\0\x10\x10\x20\x20\x30\x30", 7))),
                 (Planes{0x10, 0x20, 0x30}));
    }

    void theCentreIsKeptAndItsBlocksAveraged()
    {
        const ScratchFolder folder("picture-centre");
        // 8 × 4: the outer columns are cut away, the blocks of 2 × 2 have means 10, 20, 30, 40.
        const Planes wide{255, 255, 8,  12, 18, 22, 255, 255, 255, 255, 9,  11, 20, 20, 255, 255,
                          255, 255, 30, 30, 50, 30, 255, 255, 255, 255, 20, 40, 40, 40, 255, 255};
        const auto planes = readPicture(folder.write("wide", netpbm("P5", 8, 4, wide)), 2);
        QVERIFY(planes.has_value());
        QCOMPARE(*planes, (Planes{10, 20, 30, 40, 10, 20, 30, 40, 10, 20, 30, 40}));

        // 1 × 3 to 2 × 2: one pixel made larger.
        const auto tall = readPicture(folder.write("tall", netpbm("P5", 1, 3, {1, 99, 2})), 2);
        QVERIFY(tall.has_value());
        QCOMPARE(*tall, Planes(12, 99));
    }

    void aPngCutOrFlippedAnywhereIsNoticed()
    {
        const ScratchFolder folder("picture-damaged");
        for (std::size_t size = 0; size < kPng.size(); ++size)
            QVERIFY(!readPicture(folder.write("cut.png", kPng.substr(0, size)), 2));
        for (std::size_t place = 0; place < kPng.size(); ++place) {
            std::string bytes = kPng;
            bytes[place] = static_cast<char>(bytes[place] ^ (1 << place % 8));
            QVERIFY2(!readPicture(folder.write("flipped.png", bytes), 2),
                     qPrintable(QString("byte %1").arg(place)));
        }
        QCOMPARE(*readPicture(folder.write("sound.png", kPng), 2), kPlanes);
    }

    void damageNeverGivesHalfAPicture()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        RandomStream random(seed);
        const ScratchFolder folder("picture-random");
        const std::string sound = bmp(2, 2, kLowerBgr + kUpperBgr);
        for (int round = 0; round < 100; ++round) {
            std::string bytes = sound;
            // The pixels and their offset; a size of gigabytes is another test's matter.
            for (int flips = 0; flips < 3; ++flips)
                bytes[static_cast<std::size_t>(26 + random.integer(std::ssize(bytes) - 26))] =
                    static_cast<char>(random.integer(256));
            if (random.chance(0.3))
                bytes.resize(static_cast<std::size_t>(random.integer(std::ssize(bytes))));
            const auto planes = readPicture(folder.write("random.bmp", bytes), 4);
            QVERIFY(!planes || planes->size() == std::size_t{3 * 4 * 4});
        }
    }

    void whatIsNoPictureGivesNothing()
    {
        const ScratchFolder folder("picture-none");
        QVERIFY(!readPicture(folder.path() / "missing.png", 4));
        QVERIFY(!readPicture(folder.path(), 4));
        QVERIFY(!readPicture(folder.write("text.png", "not a picture"), 4));
        // One pixel more than 100 megapixels announced, everything else in order.
        QVERIFY(!readPicture(folder.write("huge.png", png(100'000'001, 1, 8, 0, "")), 4));
    }
};

QTEST_APPLESS_MAIN(PictureFileTest)
#include "picture_file_test.moc"
