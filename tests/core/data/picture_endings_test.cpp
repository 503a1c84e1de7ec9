// A file of each of the kinds that are offered is a picture.
#include "data/picture_endings.hpp"

#include "data/decoded_picture.hpp"
#include "scratch_folder.hpp"

#include <QtTest>

#include <opencv2/imgcodecs.hpp>

using namespace ostrich;

class PictureEndingsTest : public QObject {
    Q_OBJECT

private slots:
    void eachKindIsRead_data()
    {
        QTest::addColumn<QByteArray>("ending");
        for (const std::string_view ending : data::pictureEndings())
            QTest::newRow(std::string(ending).c_str())
                << QByteArray(ending.data(), static_cast<qsizetype>(ending.size()));
    }

    void eachKindIsRead()
    {
        QFETCH(QByteArray, ending);
        const std::string name = "picture." + ending.toStdString();
        // Two kinds hold grey pictures alone.
        const bool isGrey = ending == "pgm" || ending == "pbm";
        const cv::Mat picture(20, 30, isGrey ? CV_8UC1 : CV_8UC3, cv::Scalar::all(255));
        std::vector<unsigned char> bytes;
        QVERIFY(cv::imencode("." + ending.toStdString(), picture, bytes));
        const test::ScratchFolder folder("picture-endings");
        const auto file = folder.write(name, std::string(bytes.begin(), bytes.end()));
        const auto read = data::decodedPicture(file);
        QVERIFY2(read, read ? "" : read.error().what.id.c_str());
        QCOMPARE(read->cols, 30);
        QCOMPARE(read->rows, 20);
    }
};

QTEST_APPLESS_MAIN(PictureEndingsTest)
#include "picture_endings_test.moc"
