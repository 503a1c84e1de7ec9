// The glyphs: the same digit for the same arguments, and ink as the reference renderer's.
#include "data/pictures/glyph_artist.hpp"

#include <opencv2/core.hpp>

#include <QtTest>

#include <array>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace ostrich::data;

namespace {

std::vector<cv::Mat> writeAll(std::uint64_t seed)
{
    std::vector<cv::Mat> pictures;
    for (int digit = 0; digit < 10; ++digit)
        pictures.push_back(GlyphArtist::instance().draw(digit, seed));
    return pictures;
}

/// The mean of `count` pictures of one digit, in 0..1.
cv::Mat1f meanPicture(int digit, int count)
{
    cv::Mat1f sum = cv::Mat1f::zeros(28, 28);
    for (int i = 0; i < count; ++i) {
        cv::Mat1f picture;
        GlyphArtist::instance().draw(digit, 1000 + i).convertTo(picture, CV_32F, 1.0 / 255.0);
        sum += picture;
    }
    return sum / count;
}

} // namespace

class GlyphArtistTest : public QObject {
    Q_OBJECT

private slots:
    void namesTheTenDigits()
    {
        const std::vector<std::string> expected{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
        QCOMPARE(GlyphArtist::instance().classNames(), expected);
    }

    void writesOnBlackIn28Pixels()
    {
        for (const cv::Mat &picture : writeAll(3)) {
            QCOMPARE(picture.type(), CV_8UC1);
            QCOMPARE(picture.size(), cv::Size(28, 28));
            double brightest = 0.0;
            cv::minMaxLoc(picture, nullptr, &brightest);
            QVERIFY(brightest > 150.0);
            QVERIFY(cv::mean(picture.row(0))[0] < 40.0);
        }
    }

    void isAPureFunctionOfItsArguments()
    {
        const std::vector<cv::Mat> expected = writeAll(42);
        std::array<std::vector<cv::Mat>, 2> written;
        {
            std::jthread first([&] { written[0] = writeAll(42); });
            std::jthread second([&] { written[1] = writeAll(42); });
        }
        for (const std::vector<cv::Mat> &pictures : written)
            for (std::size_t i = 0; i < pictures.size(); ++i)
                QCOMPARE(cv::norm(pictures[i], expected[i], cv::NORM_INF), 0.0);
    }

    void otherSeedsGiveOtherHands()
    {
        for (int digit = 0; digit < 10; ++digit)
            for (std::uint64_t seed = 1; seed < 20; ++seed)
                QVERIFY(cv::norm(GlyphArtist::instance().draw(digit, 0),
                                 GlyphArtist::instance().draw(digit, seed), cv::NORM_L1)
                        > 28 * 28);
    }

    // The numbers are those of 200 pictures a digit of the reference renderer (numpy).
    void hasTheInkOfTheReference_data()
    {
        QTest::addColumn<int>("digit");
        QTest::addColumn<double>("mean");
        const std::array<double, 10> means{0.160, 0.086, 0.155, 0.146, 0.131,
                                           0.147, 0.150, 0.121, 0.175, 0.140};
        for (int digit = 0; digit < 10; ++digit)
            QTest::addRow("%d", digit) << digit << means[static_cast<std::size_t>(digit)];
    }
    void hasTheInkOfTheReference()
    {
        QFETCH(int, digit);
        QFETCH(double, mean);
        const double written = cv::mean(meanPicture(digit, 200))[0];
        QVERIFY2(std::abs(written - mean) < 0.015, qPrintable(QString::number(written)));
    }

    void refusesWhatIsNoArtwork()
    {
        QVERIFY_EXCEPTION_THROWN(GlyphArtist("{}"), std::exception);
        QVERIFY_EXCEPTION_THROWN((void)GlyphArtist::instance().draw(10, 1), std::out_of_range);
    }
};

QTEST_APPLESS_MAIN(GlyphArtistTest)
#include "glyph_artist_test.moc"
