// The menagerie: the same picture for the same arguments, and pictures as the reference renderer's.
#include "data/pictures/menagerie_artist.hpp"

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

bool sameBytes(const cv::Mat &a, const cv::Mat &b)
{
    return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0.0;
}

std::vector<cv::Mat> drawSome(std::uint64_t seed)
{
    std::vector<cv::Mat> pictures;
    for (int animal = 0; animal < 10; ++animal)
        pictures.push_back(MenagerieArtist::instance().draw(animal, seed, 32));
    return pictures;
}

/// Mean and deviation per channel over all pixels of many pictures, and the mean over the pictures
/// of the deviation within one, all in 0..1.
struct Ink {
    cv::Vec3d mean;
    cv::Vec3d deviation;
    double within = 0.0;
};

Ink measure(int size, int picturesPerClass)
{
    Ink ink;
    cv::Vec3d squares;
    const double count = 10.0 * picturesPerClass;
    for (int animal = 0; animal < 10; ++animal) {
        for (int i = 0; i < picturesPerClass; ++i) {
            cv::Scalar mean;
            cv::Scalar deviation;
            cv::meanStdDev(MenagerieArtist::instance().draw(animal, 1000 + i, size), mean,
                           deviation);
            for (int c = 0; c < 3; ++c) {
                mean[c] /= 255.0;
                deviation[c] /= 255.0;
                ink.mean[c] += mean[c] / count;
                squares[c] += (mean[c] * mean[c] + deviation[c] * deviation[c]) / count;
                ink.within += deviation[c] / (3.0 * count);
            }
        }
    }
    for (int c = 0; c < 3; ++c)
        ink.deviation[c] = std::sqrt(squares[c] - ink.mean[c] * ink.mean[c]);
    return ink;
}

} // namespace

class MenagerieArtistTest : public QObject {
    Q_OBJECT

private slots:
    void namesTheTenAnimalsInLabelOrder()
    {
        const std::vector<std::string> expected{"dog",       "cat",      "ostrich", "horse",
                                                "elephant",  "flamingo", "fish",    "turtle",
                                                "butterfly", "owl"};
        QCOMPARE(MenagerieArtist::instance().classNames(), expected);
    }

    void everyClassDrawsAtEverySize_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {32, 64, 128}) QTest::addRow("%d pixels", size) << size;
    }
    void everyClassDrawsAtEverySize()
    {
        QFETCH(int, size);
        for (int animal = 0; animal < 10; ++animal) {
            const cv::Mat picture = MenagerieArtist::instance().draw(animal, 7, size);
            QCOMPARE(picture.type(), CV_8UC3);
            QCOMPARE(picture.rows, size);
            QCOMPARE(picture.cols, size);
            cv::Scalar mean;
            cv::Scalar deviation;
            cv::meanStdDev(picture, mean, deviation);
            QVERIFY2(deviation[0] + deviation[1] + deviation[2] > 10.0, "an empty picture");
        }
    }

    void isAPureFunctionOfItsArguments()
    {
        const std::vector<cv::Mat> expected = drawSome(42);
        std::array<std::vector<cv::Mat>, 2> drawn;
        {
            std::jthread first([&] { drawn[0] = drawSome(42); });
            std::jthread second([&] { drawn[1] = drawSome(42); });
        }
        for (const std::vector<cv::Mat> &pictures : drawn)
            for (std::size_t i = 0; i < pictures.size(); ++i)
                QVERIFY2(sameBytes(pictures[i], expected[i]), qPrintable(QString::number(i)));
    }

    void otherSeedsAndOtherAnimalsGiveOtherPictures()
    {
        std::vector<cv::Mat> pictures;
        for (std::uint64_t seed = 0; seed < 5; ++seed)
            for (const cv::Mat &picture : drawSome(seed)) pictures.push_back(picture);
        for (std::size_t i = 0; i < pictures.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(cv::norm(pictures[i], pictures[j], cv::NORM_L1) > 3 * 32 * 32);
    }

    void keepsTheSceneAtEverySize()
    {
        // Sizes share all random choices, so that a picture scaled down is nearly the smaller one;
        // whiskers and grain differ.
        for (int animal = 0; animal < 10; ++animal) {
            const cv::Mat small = MenagerieArtist::instance().draw(animal, 3, 32);
            const cv::Mat large = MenagerieArtist::instance().draw(animal, 3, 64);
            double difference = 0.0;
            for (int y = 0; y < 32; ++y)
                for (int x = 0; x < 32; ++x)
                    difference += std::abs(cv::mean(large(cv::Rect(2 * x, 2 * y, 2, 2)))[0]
                                           - small.at<cv::Vec3b>(y, x)[0]);
            QVERIFY2(difference / (32 * 32) < 8.0, qPrintable(QString::number(difference)));
        }
    }

    // The numbers are those of 600 pictures of the reference renderer (numpy) at 32 x 32.
    void hasTheInkOfTheReference()
    {
        const cv::Vec3d mean{0.597, 0.604, 0.551};
        const cv::Vec3d deviation{0.204, 0.191, 0.230};
        const Ink ink = measure(32, 40);
        for (int c = 0; c < 3; ++c) {
            QVERIFY2(std::abs(ink.mean[c] - mean[c]) < 0.04,
                     qPrintable(QString::number(ink.mean[c])));
            QVERIFY2(std::abs(ink.deviation[c] - deviation[c]) < 0.03,
                     qPrintable(QString::number(ink.deviation[c])));
        }
        QVERIFY2(std::abs(ink.within - 0.162) < 0.02, qPrintable(QString::number(ink.within)));
    }

    void refusesWhatIsNoArtwork()
    {
        QVERIFY_EXCEPTION_THROWN(MenagerieArtist("{}"), std::exception);
        QVERIFY_EXCEPTION_THROWN(MenagerieArtist("not JSON"), std::exception);
        QVERIFY_EXCEPTION_THROWN((void)MenagerieArtist::instance().draw(10, 1, 32),
                                 std::out_of_range);
    }
};

QTEST_APPLESS_MAIN(MenagerieArtistTest)
#include "menagerie_artist_test.moc"
