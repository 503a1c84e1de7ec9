// Calibration against cases worked out by hand.
#include "base/random.hpp"
#include "robustness/calibration_torch.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <QtTest>

#include <cmath>
#include <random>

using namespace ostrich;
using namespace ostrich::robustness;

namespace {

/// Logits of two classes with probability `p` for the first.
at::Tensor twoClasses(const std::vector<double> &p)
{
    at::Tensor logits = at::zeros({static_cast<std::int64_t>(p.size()), 2}, at::kDouble);
    for (std::size_t i = 0; i < p.size(); ++i)
        logits[static_cast<std::int64_t>(i)][0] = std::log(p[i] / (1.0 - p[i]));
    return logits;
}

} // namespace

class CalibrationTest : public QObject {
    Q_OBJECT

private slots:
    void theErrorIsTheMeanDistanceOfTheBins()
    {
        // Four answers of confidence 0.9, of which two are right; two of 0.6, both right.
        const at::Tensor logits = twoClasses({0.9, 0.9, 0.9, 0.9, 0.6, 0.6});
        const at::Tensor labels = at::tensor(std::vector<std::int64_t>{0, 0, 1, 1, 0, 0});
        const auto bins = reliability(logits, labels);
        QCOMPARE(bins.size(), std::size_t{kReliabilityBins});
        QCOMPARE(bins[13].count, std::int64_t{4}); // 0.9 lies in [13/15, 14/15)
        QVERIFY(std::abs(bins[13].accuracy - 0.5) < 1e-12);
        const double expected = (4.0 * 0.4 + 2.0 * 0.4) / 6.0;
        QVERIFY(std::abs(expectedCalibrationError(bins) - expected) < 1e-9);
        QVERIFY(std::isnan(bins[0].confidence));
    }

    void theTemperatureUndoesAFactor()
    {
        const auto seed = std::random_device{}();
        qInfo("seed %u", seed);
        RandomStream random(seed, "temperature");
        // Labels drawn from the softmax itself: at temperature 1 it is calibrated.
        constexpr std::int64_t kCount = 20000;
        std::vector<double> p;
        std::vector<std::int64_t> labels;
        for (std::int64_t i = 0; i < kCount; ++i) {
            p.push_back(random.uniform(0.02, 0.98));
            labels.push_back(random.chance(p.back()) ? 0 : 1);
        }
        const at::Tensor logits = twoClasses(p), truth = at::tensor(labels);
        for (const double factor : {0.5, 3.0}) {
            const double temperature = fittedTemperature(logits * factor, truth);
            QVERIFY2(std::abs(temperature / factor - 1.0) < 0.08,
                     qPrintable(QString::number(temperature)));
            const double before = negativeLogLikelihood(logits * factor, truth, 1.0);
            QVERIFY(negativeLogLikelihood(logits * factor, truth, temperature) < before);
        }
    }

    void theLogLikelihoodIsThatOfTheLabels()
    {
        const at::Tensor logits = twoClasses({0.25, 0.5});
        const at::Tensor labels = at::tensor(std::vector<std::int64_t>{0, 1});
        QVERIFY(std::abs(negativeLogLikelihood(logits, labels, 1.0)
                         - (std::log(4.0) + std::log(2.0)) / 2.0)
                < 1e-12);
    }

    void aurocCountsPairs()
    {
        QCOMPARE(auroc({2.0, 3.0}, {0.0, 1.0}), 1.0);
        QCOMPARE(auroc({0.0, 1.0}, {2.0, 3.0}), 0.0);
        QCOMPARE(auroc({1.0, 2.0}, {1.0, 2.0}), 0.5);
        QCOMPARE(auroc({1.0, 3.0}, {2.0}), 0.5);
        QCOMPARE(auroc({1.0, 1.0}, {1.0}), 0.5); // ties count half
        QCOMPARE(auroc({}, {1.0}), 0.5);
    }
};

QTEST_GUILESS_MAIN(CalibrationTest)
#include "calibration_test.moc"
