// APGD's parts against the paper's numbers: when it looks, and what it makes large.
#include "attack/apgd_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/full.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include <cmath>
#include <random>
#include <tuple>

using namespace ostrich;

namespace {

double ratio(const std::vector<float> &logits, std::int64_t y)
{
    return attack::differenceOfLogitsRatio(at::tensor(logits).view({1, -1}), at::tensor({y}))
        .item<double>();
}

double ratio(const std::vector<float> &logits, std::int64_t y, std::int64_t target)
{
    return attack::differenceOfLogitsRatio(at::tensor(logits).view({1, -1}), at::tensor({y}),
                                           at::tensor({target}))
        .item<double>();
}

bool near(double value, double expected)
{
    return std::abs(value - expected) < 1e-6;
}

} // namespace

class ApgdTest : public QObject {
    Q_OBJECT

private slots:
    void itLooksWhenThePaperDoes()
    {
        // p = 0.22, then p + max(p - previous - 0.03, 0.06), rounded up.
        using Steps = std::vector<std::int64_t>;
        QCOMPARE(attack::apgdCheckpoints(100), (Steps{22, 41, 57, 70, 80, 87, 93, 99}));
        QCOMPARE(attack::apgdCheckpoints(1000), (Steps{220, 410, 570, 700, 800, 870, 930, 990}));
        QCOMPARE(attack::apgdCheckpoints(50), (Steps{11, 21, 29, 35, 40, 44, 47, 50}));
        QCOMPARE(attack::apgdCheckpoints(5), (Steps{2, 3, 4, 5}));
        QCOMPARE(attack::apgdCheckpoints(1), (Steps{1}));
    }

    void theRatioOfHandComputedLogits()
    {
        // The truth leads by 5 - 3 of a span of 5 - 1.
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F, 0.0F}, 0), -0.5));
        // The truth is second: 3 - 5; third: 1 - 5; last: 0 - 5.
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F, 0.0F}, 1), 0.5));
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F, 0.0F}, 2), 1.0));
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F, 0.0F}, 3), 1.25));
        // Of two classes the difference alone.
        QVERIFY(near(ratio({5.0F, 3.0F}, 0), -2.0));
        QVERIFY(near(ratio({5.0F, 3.0F}, 1), 2.0));
    }

    void theTargetedRatioOfHandComputedLogits()
    {
        // -(5 - 1) / (5 - (1 + 0) / 2), and towards the second and the fourth.
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F, 0.0F, -9.0F}, 0, 2), -4.0 / 4.5));
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F, 0.0F, -9.0F}, 0, 1), -2.0 / 4.5));
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F, 0.0F, -9.0F}, 3, 0), 5.0 / 4.5));
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F}, 0, 2), -1.0)); // the third twice
        QVERIFY(near(ratio({5.0F, 3.0F}, 0, 1), -2.0));
        // Towards the truth: what the strongest other is ahead.
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F, 0.0F}, 2, 2), -4.0 / 4.5));
        QVERIFY(near(ratio({5.0F, 3.0F, 1.0F, 0.0F}, 0, 0), 2.0 / 4.5));
    }

    void ratiosKnowNeitherScaleNorShift()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
        const at::Tensor logits = at::randn({50, 6}, generator);
        const at::Tensor y = at::full({50}, 2, at::kLong), target = at::full({50}, 4, at::kLong);
        // Where the three largest are next to equal, the span that is divided by is mostly
        // rounding.
        const at::Tensor largest = std::get<0>(logits.topk(3, 1));
        const at::Tensor isNarrow = (largest.select(1, 0) - largest.select(1, 2)).lt(0.1);
        for (const double scale : {1e-3, 1.0, 1e4}) {
            const at::Tensor other = logits * scale + scale;
            const at::Tensor away = attack::differenceOfLogitsRatio(other, y)
                                    - attack::differenceOfLogitsRatio(logits, y);
            const at::Tensor towards = attack::differenceOfLogitsRatio(other, y, target)
                                       - attack::differenceOfLogitsRatio(logits, y, target);
            // Single precision's logits, shifted by as much as they are large.
            QVERIFY(away.masked_fill(isNarrow, 0.0).abs().max().item<double>() < 1e-3);
            QVERIFY(towards.masked_fill(isNarrow, 0.0).abs().max().item<double>() < 1e-3);
        }
    }

    void equalLogitsHaveAFiniteSlope()
    {
        const at::Tensor logits = at::zeros({1, 5}).requires_grad_(true);
        const at::Tensor y = at::full({1}, 3, at::kLong), target = at::full({1}, 1, at::kLong);
        for (const at::Tensor &loss : {attack::differenceOfLogitsRatio(logits, y),
                                       attack::differenceOfLogitsRatio(logits, y, target)}) {
            QVERIFY(near(loss.item<double>(), 0.0));
            const at::Tensor slope = torch::autograd::grad({loss.sum()}, {logits})[0];
            QVERIFY(at::isfinite(slope).all().item<bool>());
            QVERIFY(slope[0][3].item<double>() < 0.0);
        }
    }
};

QTEST_APPLESS_MAIN(ApgdTest)
#include "apgd_test.moc"
