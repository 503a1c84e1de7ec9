// Smoothing against OpenCV's filters.
#include "attack/filter_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/zeros.h>

#include <opencv2/imgproc.hpp>

#include <QtTest>

#include <cmath>
#include <random>

using namespace ostrich;

namespace {

at::Tensor smoothed(const at::Tensor &x, const std::string &kind, std::int64_t radius)
{
    for (const auto &filter : attack::createAllFilters()) {
        if (filter->description().name == "smoothing")
            return filter->apply(x, {{"kind", kind}, {"radius", radius}});
    }
    return {};
}

/// One channel as OpenCV sees it.
cv::Mat plane(const at::Tensor &x)
{
    return cv::Mat(static_cast<int>(x.size(0)), static_cast<int>(x.size(1)), CV_32F,
                   x.contiguous().data_ptr<float>())
        .clone();
}

double difference(const at::Tensor &x, const cv::Mat &picture)
{
    return cv::norm(plane(x), picture, cv::NORM_INF);
}

} // namespace

class SmoothingTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
        m_x = at::rand({2, 3, 11, 14}, at::make_generator<at::CPUGeneratorImpl>(m_seed));
    }

    void bothAreOpenCvs()
    {
        for (const std::int64_t radius : {1, 2}) { // OpenCV's median of floats ends there
            const int size = static_cast<int>(2 * radius + 1);
            const at::Tensor median = smoothed(m_x, "median", radius);
            const at::Tensor gaussian = smoothed(m_x, "gaussian", radius);
            for (std::int64_t i = 0; i < 2; ++i) {
                for (std::int64_t channel = 0; channel < 3; ++channel) {
                    const cv::Mat picture = plane(m_x[i][channel]);
                    cv::Mat byMedian, byGaussian;
                    cv::medianBlur(picture, byMedian, size);
                    cv::GaussianBlur(picture, byGaussian, cv::Size(size, size),
                                     0.3 * ((size - 1) * 0.5 - 1) + 0.8, 0.0, cv::BORDER_REPLICATE);
                    QVERIFY(difference(median[i][channel], byMedian) == 0.0);
                    QVERIFY(difference(gaussian[i][channel], byGaussian) < 1e-5);
                }
            }
        }
    }

    void aLonelyPixelVanishesOrSpreads()
    {
        at::Tensor x = at::zeros({1, 1, 7, 7});
        x[0][0][3][3] = 1.0;
        QVERIFY(smoothed(x, "median", 1).abs().max().item<double>() == 0.0);
        const at::Tensor spread = smoothed(x, "gaussian", 1);
        QVERIFY(std::abs(spread.sum().item<double>() - 1.0) < 1e-6);
        QVERIFY(spread.max().item<double>() < 0.5);
    }

private:
    std::uint64_t m_seed = 0;
    at::Tensor m_x; // (2, 3, 11, 14)
};

QTEST_APPLESS_MAIN(SmoothingTest)
#include "smoothing_test.moc"
