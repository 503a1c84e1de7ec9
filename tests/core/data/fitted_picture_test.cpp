// Photographs of any size and kind, made to fit a network's input.
#include "data/fitted_picture.hpp"

#include <QtTest>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

using namespace ostrich;

namespace {

graph::DataFacts facts(std::int64_t channels, std::int64_t height, std::int64_t width)
{
    graph::DataFacts facts;
    facts.input = graph::Shape::maps(channels, height, width);
    facts.classes = 10;
    return facts;
}

std::string refusal(const std::string &file, const graph::DataFacts &facts)
{
    const auto array = data::fitPicture(file, facts);
    return array ? std::string() : array.error().what.id;
}

} // namespace

class FittedPictureTest : public QObject {
    Q_OBJECT

private slots:
    void everySizeFits_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("channels");
        for (const auto &[width, height] :
             {std::pair(640, 480), {480, 640}, {28, 28}, {5, 900}, {900, 3}, {1, 1}, {33, 31}}) {
            QTest::addRow("%dx%d grey", width, height) << width << height << 1;
            QTest::addRow("%dx%d colour", width, height) << width << height << 3;
        }
    }

    void everySizeFits()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, channels);
        const std::string file = path("picture.png");
        QVERIFY(cv::imwrite(file, cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 100, 200))));
        const auto array = data::fitPicture(file, facts(channels, 28, 32));
        QVERIFY(array);
        QCOMPARE(array->shape, (std::vector<std::int64_t>{channels, 28, 32}));
        QCOMPARE(array->values.size(), std::size_t(channels * 28 * 32));
        // The file's pixel is red 200, green 100, blue 10.
        const double first = array->values.front() * 255.0;
        const double expected = channels == 3 ? 200.0 : 0.299 * 200 + 0.587 * 100 + 0.114 * 10;
        QVERIFY(std::abs(first - expected) < 1.0);
        if (channels == 3) QVERIFY(std::abs(array->values.back() * 255.0 - 10.0) < 0.5);
    }

    void aStripIsCutBeforeItIsEnlarged()
    {
        // Enlarged whole it would have 128 × 12,800,000 pixels, 4.9 GB.
        const std::string file = path("strip.png");
        QVERIFY(cv::imwrite(file, cv::Mat(1, 100'000, CV_8UC3, cv::Scalar(10, 100, 200))));
        const auto array = data::fitPicture(file, facts(3, 128, 128));
        QVERIFY(array);
        QCOMPARE(array->values.front(), 200.0f / 255.0f);
    }

    void aCutPictureIsRefused()
    {
        std::vector<unsigned char> bytes;
        cv::imencode(".jpg", cv::Mat(60, 60, CV_8UC3, cv::Scalar(10, 100, 200)), bytes);
        QFile file(QString::fromStdString(path("cut.jpg")));
        QVERIFY(file.open(QFile::WriteOnly));
        const auto size = static_cast<qint64>(bytes.size() / 3);
        QCOMPARE(file.write(reinterpret_cast<const char *>(bytes.data()), size), size);
        file.close();
        QCOMPARE(refusal(path("cut.jpg"), facts(3, 8, 8)), std::string("data.picture_damaged"));
    }

    void theCentreIsKept()
    {
        // A wide picture whose middle third is white: the square cut from it is all white.
        cv::Mat picture(40, 120, CV_8UC3, cv::Scalar::all(0));
        picture(cv::Rect(40, 0, 40, 40)) = cv::Scalar::all(255);
        const std::string file = path("wide.png");
        QVERIFY(cv::imwrite(file, picture));
        const auto array = data::fitPicture(file, facts(1, 20, 20));
        QVERIFY(array);
        QVERIFY(*std::ranges::min_element(array->values) > 0.99f);
    }

    void bytesInMemoryFitToo()
    {
        std::vector<std::uint8_t> rgb;
        for (int i = 0; i < 64 * 48; ++i) rgb.insert(rgb.end(), {255, 0, 51});
        const auto array = data::fitPicture(rgb, 64, 48, facts(3, 32, 32));
        QVERIFY(array);
        QCOMPARE(array->values.front(), 1.0f);
        QCOMPARE(array->values.back(), 0.2f);
        QVERIFY(!data::fitPicture(rgb, 64, 47, facts(3, 32, 32)));
        QVERIFY(!data::fitPicture({}, 0, 0, facts(3, 32, 32)));
        QVERIFY(!data::fitPicture({}, -1, -1, facts(3, 32, 32)));
    }

    void whatIsNoPictureIsSaidInWords()
    {
        QCOMPARE(refusal(path("none.png"), facts(3, 8, 8)), std::string("base.file_missing"));
        QFile text(QString::fromStdString(path("text.png")));
        QVERIFY(text.open(QFile::WriteOnly) && text.write("hello") == 5);
        text.close();
        QCOMPARE(refusal(path("text.png"), facts(3, 8, 8)), std::string("data.not_a_picture"));
        QVERIFY(QFile(QString::fromStdString(path("empty.png"))).open(QFile::WriteOnly));
        QCOMPARE(refusal(path("empty.png"), facts(3, 8, 8)), std::string("data.not_a_picture"));
        QCOMPARE(refusal(path("text.png"), facts(2, 8, 8)), std::string("data.odd_channels"));
        graph::DataFacts points;
        points.input = graph::Shape::vector(2);
        QCOMPARE(refusal(path("text.png"), points), std::string("data.no_pictures"));
    }

private:
    std::string path(const char *name) const { return m_folder.filePath(name).toStdString(); }

    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(FittedPictureTest)
#include "fitted_picture_test.moc"
