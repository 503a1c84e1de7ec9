// JPEG against OpenCV itself: grey and colour.
#include "attack/filter_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/rand.h>

#include <opencv2/imgcodecs.hpp>

#include <QtTest>

#include <cmath>
#include <random>

using namespace ostrich;

namespace {

at::Tensor compressed(const at::Tensor &x, std::int64_t quality)
{
    for (const auto &filter : attack::createAllFilters()) {
        if (filter->description().name == "jpeg") return filter->apply(x, {{"quality", quality}});
    }
    return {};
}

std::uint8_t byteOf(const at::Tensor &x, std::int64_t channel, int row, int column)
{
    return static_cast<std::uint8_t>(std::lround(255.0 * x[channel][row][column].item<double>()));
}

/// A smooth picture with some grain, as JPEG expects them, in whole levels: half-way between two,
/// single precision may round to another byte than double does.
at::Tensor pictures(std::int64_t count, std::int64_t channels, std::uint64_t seed)
{
    const at::Tensor grain =
        at::rand({count, channels, 24, 16}, at::make_generator<at::CPUGeneratorImpl>(seed));
    const at::Tensor ground =
        at::rand({count, channels, 1, 1}, at::make_generator<at::CPUGeneratorImpl>(seed + 1));
    return ((grain * 0.2 + ground * 0.8) * 255.0).round() / 255.0;
}

} // namespace

class JpegTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void greyIsWhatOpenCvMakesOfIt()
    {
        const at::Tensor x = pictures(3, 1, m_seed), y = compressed(x, 40);
        for (std::int64_t i = 0; i < 3; ++i) {
            cv::Mat1b picture(24, 16);
            for (int row = 0; row < 24; ++row)
                for (int column = 0; column < 16; ++column)
                    picture(row, column) = byteOf(x[i], 0, row, column);
            std::vector<std::uint8_t> file;
            cv::imencode(".jpg", picture, file, {cv::IMWRITE_JPEG_QUALITY, 40});
            const cv::Mat1b after = cv::imdecode(file, cv::IMREAD_GRAYSCALE);
            for (int row = 0; row < 24; ++row)
                for (int column = 0; column < 16; ++column)
                    QCOMPARE(byteOf(y[i], 0, row, column), after(row, column));
        }
    }

    void coloursKeepTheirOrder()
    {
        const at::Tensor x = pictures(2, 3, m_seed), y = compressed(x, 75);
        for (std::int64_t i = 0; i < 2; ++i) {
            cv::Mat3b picture(24, 16);
            for (int row = 0; row < 24; ++row)
                for (int column = 0; column < 16; ++column)
                    for (int channel = 0; channel < 3; ++channel) // OpenCV has blue first
                        picture(row, column)[channel] = byteOf(x[i], 2 - channel, row, column);
            std::vector<std::uint8_t> file;
            cv::imencode(".jpg", picture, file, {cv::IMWRITE_JPEG_QUALITY, 75});
            const cv::Mat3b after = cv::imdecode(file, cv::IMREAD_COLOR);
            for (int row = 0; row < 24; ++row)
                for (int column = 0; column < 16; ++column)
                    for (int channel = 0; channel < 3; ++channel)
                        QCOMPARE(byteOf(y[i], 2 - channel, row, column),
                                 after(row, column)[channel]);
        }
    }

    void otherChannelsAreEachCompressedAsGrey()
    {
        const at::Tensor x = pictures(1, 5, m_seed), y = compressed(x, 60);
        for (std::int64_t channel = 0; channel < 5; ++channel)
            QVERIFY(y.narrow(1, channel, 1).equal(compressed(x.narrow(1, channel, 1), 60)));
    }

    void theWorseTheQualityTheMoreIsLost()
    {
        const at::Tensor x = pictures(4, 3, m_seed);
        double loss = 0.0;
        for (const std::int64_t quality : {98, 75, 40, 5}) {
            const double now = (compressed(x, quality) - x).square().mean().item<double>();
            QVERIFY(now > loss);
            loss = now;
        }
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(JpegTest)
#include "jpeg_test.moc"
