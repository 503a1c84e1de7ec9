// One pixel: finds the one that matters, moves no other, and stops when it is sure.
#include "../asked_models.hpp"

#include <ATen/ops/full.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/softmax.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace asked_models;
using attack::Norm;

namespace {

/// Only the pixel (row, column) matters: class 0 as long as its red is below `limit`.
Asked::Function onePixel(std::int64_t row, std::int64_t column, double limit)
{
    return [=](const at::Tensor &x) {
        const at::Tensor red = x.select(1, 0).select(1, row).select(1, column);
        const at::Tensor first = 20.0 * (limit - red).unsqueeze(1);
        return at::cat({first, at::zeros_like(first)}, 1);
    };
}

attack::AttackOptions small(double pixels, std::uint64_t seed)
{
    auto wished = options("one-pixel", Norm::L0, pixels, 0, seed);
    wished.untilFooled = true;
    return wished;
}

} // namespace

class OnePixelTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void itFindsTheOnePixelThatMatters()
    {
        // 400 first candidates on 36 places: that none lies on this one and is red enough has a
        // chance of (1 - 0.3 / 36)^400, 4 in 100; the hundred generations after it find it.
        const at::Tensor x = at::full({2, 3, 6, 6}, 0.25);
        const Asked network(onePixel(4, 1, 0.6), true);
        const auto wished = small(1.0, m_seed);
        const auto batch = batchOf(network, x, wished);
        const at::Tensor x_adv = attacked(batch);
        QVERIFY(attack::fooled(batch, attack::logitsOf(batch, x_adv)).all().item<bool>());
        const at::Tensor changed = (x_adv != x).any(1); // (N, H, W)
        QVERIFY(changed.flatten(1).sum(1).equal(at::full({2}, 1, at::kLong)));
        QVERIFY(changed.select(1, 4).select(1, 1).all().item<bool>());
        QVERIFY(x_adv.min().item<double>() >= 0.0 && x_adv.max().item<double>() <= 1.0);
    }

    void epsilonCountsThePixels()
    {
        // Every pixel helps a little, and only three together are enough.
        const at::Tensor x = at::full({1, 1, 4, 4}, 0.0);
        const Asked network(twoClasses(at::full({1, 1, 4, 4}, -1.0), 2.5), true);
        for (const double pixels : {2.0, 3.0}) {
            const auto wished = small(pixels, m_seed);
            const auto batch = batchOf(network, x, wished);
            const at::Tensor x_adv = attacked(batch);
            QVERIFY((x_adv != x).sum().item<std::int64_t>() <= static_cast<std::int64_t>(pixels));
            QCOMPARE(attack::fooled(batch, attack::logitsOf(batch, x_adv)).item<bool>(),
                     pixels > 2.5);
        }
    }

    void itAsksForAPopulationAGenerationAndNoMore()
    {
        // Nothing is ever enough: as many generations as steps, after the first.
        const at::Tensor x = at::full({2, 1, 5, 5}, 0.5);
        const Asked network(twoClasses(at::full({1, 1, 5, 5}, 1.0), 0.0), true);
        auto wished = options("one-pixel", Norm::L0, 1.0, 7, m_seed);
        wished.parameters["population"] = std::int64_t{30};
        const at::Tensor x_adv = attacked(batchOf(network, x, wished));
        QCOMPARE(network.pictures, std::int64_t{2 + 2 * 30 * 8});
        QVERIFY2(x_adv.min().item<double>() < 0.5, "the best so far, where nothing fools");
    }

    void thePublishedSearchEndsWhenItIsSure()
    {
        const at::Tensor x = at::full({1, 3, 3, 3}, 0.25);
        const Asked network(onePixel(1, 1, 0.5), true);
        auto wished = options("one-pixel", Norm::L0, 1.0, 100, m_seed);
        const auto batch = batchOf(network, x, wished);
        const at::Tensor shares = at::softmax(attack::logitsOf(batch, attacked(batch)), 1);
        QVERIFY(shares[0][0].item<double>() <= 0.05);
        QVERIFY(network.pictures < 100 * 400);
    }

    void whatIsWrongAlreadyStays()
    {
        const at::Tensor x = at::full({1, 3, 3, 3}, 0.75);
        const Asked network(onePixel(1, 1, 0.5), true);
        const auto wished = small(1.0, m_seed);
        QVERIFY(attacked(batchOf(network, x, wished)).equal(x));
        const at::Tensor right = at::full({1, 3, 3, 3}, 0.25);
        const auto none = small(0.0, m_seed);
        QVERIFY2(attacked(batchOf(network, right, none)).equal(right), "no pixel may move");
    }

    void ofPointsItMovesOneNumberByOneAtMost()
    {
        const at::Tensor x = at::rand({3, 5}, seeded(m_seed)) * 4.0 - 2.0;
        // Never fooled, and not so sure that in single precision losses differ no more.
        const Asked network(twoClasses(at::tensor({0.0F, 0.0F, 3.0F, 0.0F, 0.0F}), 20.0), true);
        const auto wished = options("one-pixel", Norm::L0, 1.0, 30, m_seed);
        const at::Tensor move = attacked(batchOf(network, x, wished, false)) - x;
        QCOMPARE(move.ne(0).sum().item<std::int64_t>(), std::int64_t{3});
        // A random search of 30 rounds comes near the end of the range, now and then not quite.
        QVERIFY((move.select(1, 2) + 1.0).abs().max().item<double>() < 0.3);
    }

    void theSeedDecides()
    {
        const at::Tensor x = at::full({1, 1, 5, 5}, 0.5);
        const Asked network(twoClasses(at::rand({1, 1, 5, 5}, seeded(3)), 1.0), true);
        auto first = options("one-pixel", Norm::L0, 1.0, 1, 1);
        first.parameters["population"] = std::int64_t{5}; // too few to find the best there is
        auto other = first;
        other.seed = 2;
        const at::Tensor x_adv = attacked(batchOf(network, x, first));
        QVERIFY(x_adv.equal(attacked(batchOf(network, x, first))));
        QVERIFY(!x_adv.equal(attacked(batchOf(network, x, other))));
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(OnePixelTest)
#include "one_pixel_test.moc"
