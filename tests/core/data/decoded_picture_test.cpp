// Sound pictures are decoded, damaged and giant ones refused in silence; the cut comes before the
// scaling.
#include "data/decoded_picture.hpp"

#include "scratch_folder.hpp"

#include <QtTest>

#include <cstdio>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <unistd.h>

using namespace ostrich;
using data::decodedPicture;
using test::bigEndian;
using test::ScratchFolder;

namespace {

cv::Mat shaded()
{
    cv::Mat picture(96, 128, CV_8UC3);
    for (int row = 0; row < picture.rows; ++row)
        for (int column = 0; column < picture.cols; ++column)
            picture.at<cv::Vec3b>(row, column) = cv::Vec3b(
                static_cast<unsigned char>(2 * column), static_cast<unsigned char>(2 * row),
                static_cast<unsigned char>(row + column));
    return picture;
}

std::string encoded(const char *extension, const std::vector<int> &options = {})
{
    std::vector<unsigned char> bytes;
    cv::imencode(extension, shaded(), bytes, options);
    return {bytes.begin(), bytes.end()};
}

std::string refusal(const std::filesystem::path &file)
{
    const auto picture = decodedPicture(file);
    return picture ? std::string() : picture.error().what.id;
}

/// A PNG's header alone.
std::string announcing(std::uint32_t width, std::uint32_t height)
{
    const std::string header =
        "IHDR" + bigEndian(width) + bigEndian(height) + std::string("\x08\x02\0\0\0", 5);
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef *>(header.data()), static_cast<uInt>(header.size()));
    return "\x89PNG\r\n\x1A\n" + bigEndian(13) + header
           + bigEndian(static_cast<std::uint32_t>(sum));
}

/// What `work` writes to stderr, whoever writes it.
template <typename Work>
QByteArray heardOnStderr(Work work)
{
    std::FILE *file = std::tmpfile();
    const int before = ::dup(STDERR_FILENO);
    ::dup2(::fileno(file), STDERR_FILENO);
    work();
    std::fflush(stderr);
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    QByteArray heard(static_cast<qsizetype>(::lseek(::fileno(file), 0, SEEK_END)), '\0');
    std::rewind(file);
    const auto read = std::fread(heard.data(), 1, static_cast<std::size_t>(heard.size()), file);
    std::fclose(file);
    heard.truncate(static_cast<qsizetype>(read));
    return heard;
}

} // namespace

class DecodedPictureTest : public QObject {
    Q_OBJECT

private slots:
    void jpegsOfEveryMakeAreDecoded_data()
    {
        QTest::addColumn<std::string>("bytes");
        const std::string plain = encoded(".jpg");
        // A thumbnail in the header, with an end marker and a frame of its own.
        const std::string thumbnail = "\xFF\xD8\xFF\xC0" + std::string(15, '\x7F') + "\xFF\xD9";
        std::string withThumbnail = plain;
        withThumbnail.insert(
            2, "\xFF\xE1" + bigEndian(static_cast<std::uint32_t>(thumbnail.size() + 2)).substr(2)
                   + thumbnail);
        QTest::newRow("plain") << plain;
        QTest::newRow("progressive") << encoded(".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
        QTest::newRow("restart markers") << encoded(".jpg", {cv::IMWRITE_JPEG_RST_INTERVAL, 2});
        QTest::newRow("padded with zeros") << plain + std::string(1000, '\0');
        QTest::newRow("followed by a phone's own data") << plain + "SEFT\xFF\xD8\xFF";
        QTest::newRow("a thumbnail inside") << withThumbnail;
        QTest::newRow("filled up in front of a marker")
            << plain.substr(0, 2) + "\xFF\xFF" + plain.substr(2);
    }
    void jpegsOfEveryMakeAreDecoded()
    {
        QFETCH(std::string, bytes);
        const ScratchFolder folder("decoded");
        const auto picture = decodedPicture(folder.write("x.jpg", bytes));
        QVERIFY(picture);
        QCOMPARE(picture->cols, 128);
        QCOMPARE(picture->rows, 96);
        QVERIFY(cv::norm(*picture, shaded(), cv::NORM_L1) / (128 * 96 * 3) < 12.0);
    }

    void whatIsCutOffIsRefusedInSilence()
    {
        const ScratchFolder folder("cut");
        const std::string withThumbnail = [] {
            std::string jpeg = encoded(".jpg");
            return jpeg.insert(2, std::string("\xFF\xE1\0\x06\xFF\xD8\xFF\xD9", 8));
        }();
        const QByteArray heard = heardOnStderr([&] {
            for (const std::string &whole :
                 {encoded(".jpg"), encoded(".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1}),
                  encoded(".png"), withThumbnail}) {
                for (const std::size_t size :
                     {whole.size() / 3, whole.size() / 2, whole.size() - 3, whole.size() - 1}) {
                    const std::string cut = whole.substr(0, size);
                    QCOMPARE(refusal(folder.write("x", cut)), std::string("data.picture_damaged"));
                    // As a broken download leaves it.
                    QCOMPARE(refusal(folder.write("x", cut + std::string(500, '\0'))),
                             std::string("data.picture_damaged"));
                }
            }
            for (const char *extension : {".bmp", ".tiff", ".webp", ".ppm"}) {
                const std::string whole = encoded(extension);
                const auto file = folder.write("x", whole.substr(0, whole.size() / 3));
                QCOMPARE(refusal(file), std::string("data.not_a_picture"));
                QCOMPARE(refusal(folder.write("x", whole.substr(0, 20))),
                         std::string("data.not_a_picture"));
            }
        });
        QCOMPARE(heard, QByteArray());
    }

    void giantsAreRefusedByTheirHeader()
    {
        const ScratchFolder folder("giant");
        QCOMPARE(refusal(folder.write("x.png", announcing(26'000, 26'000))),
                 std::string("data.picture_too_large"));
        std::string jpeg = encoded(".jpg");
        const std::size_t frame = jpeg.find("\xFF\xC0");
        jpeg.replace(frame + 5, 4, "\x7F\xFF\x7F\xFF");
        QCOMPARE(refusal(folder.write("x.jpg", jpeg)), std::string("data.picture_too_large"));
        // Bytes between two segments, which a decoder passes over, don't hide the header.
        jpeg.insert(2, "noise");
        QCOMPARE(refusal(folder.write("x.jpg", jpeg)), std::string("data.picture_too_large"));
    }

    void whatIsNoPictureIsNamed()
    {
        const ScratchFolder folder("none");
        QCOMPARE(refusal(folder.write("x.png", "")), std::string("data.not_a_picture"));
        QCOMPARE(refusal(folder.write("x.png", "hello")), std::string("data.not_a_picture"));
        QCOMPARE(refusal(folder.path() / "missing"), std::string("base.file_missing"));
    }

    void theCentreIsCutInTheWantedProportions()
    {
        // White in the centre's 2:1, black around.
        cv::Mat picture(100, 300, CV_8UC1, cv::Scalar::all(0));
        picture(cv::Rect(50, 0, 200, 100)) = 255;
        for (const auto &[width, height] : {std::pair(20, 10), {2, 1}, {200, 100}, {500, 250}}) {
            const cv::Mat fitted = data::centreFitted(picture, width, height);
            QCOMPARE(fitted.size(), cv::Size(width, height));
            QCOMPARE(cv::countNonZero(fitted < 250), 0);
        }
    }

    void aStripIsCutBeforeItIsEnlarged()
    {
        // Enlarged whole it would have 512 × 25,600,000 pixels.
        const cv::Mat strip(2, 100'000, CV_8UC3, cv::Scalar(1, 2, 3));
        const cv::Mat fitted = data::centreFitted(strip, 512, 512);
        QCOMPARE(fitted.size(), cv::Size(512, 512));
        QCOMPARE(fitted.at<cv::Vec3b>(511, 511), cv::Vec3b(1, 2, 3));
        QCOMPARE(data::centreFitted(strip, 1, 512).size(), cv::Size(1, 512));
    }
};

QTEST_APPLESS_MAIN(DecodedPictureTest)
#include "decoded_picture_test.moc"
