// Spatial: what turning and shifting does to known pictures, and networks built to mind one of
// them.
#include "../asked_models.hpp"
#include "attack/placement_torch.hpp"

#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/grid_sampler.h>
#include <ATen/ops/rand.h>

#include <QtTest>

#include <array>
#include <numbers>
#include <random>

using namespace ostrich;
using namespace asked_models;
using attack::Norm;

namespace {

/// `x` turned (counterclockwise) and shifted, as the attack does it.
at::Tensor moved(const at::Tensor &x, double angle, double right, double down)
{
    const std::array placement{
        attack::Placement{.angle = angle,
                          .right = right,
                          .down = down,
                          .halfWidth = 0.5 * static_cast<double>(x.size(3)),
                          .halfHeight = 0.5 * static_cast<double>(x.size(2))}};
    return at::grid_sampler(x, attack::sourcePlaces(placement, x.size(2), x.size(3), x.options()),
                            0, 0, false);
}

/// Sure of class 0 unless it sees `picture`.
Asked::Function mindsOnly(const at::Tensor &picture)
{
    return [=](const at::Tensor &x) {
        const at::Tensor distance = (x - picture).square().flatten(1).sum(1, true);
        return at::cat({at::full_like(distance, 0.0), 1e-6 - distance}, 1);
    };
}

double difference(const at::Tensor &a, const at::Tensor &b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

class SpatialTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
        m_x = at::rand({1, 2, 12, 20}, seeded(m_seed));
    }

    void wholePixelsMoveAsTheyAreAndBlackComesIn()
    {
        const at::Tensor to = moved(m_x, 0.0, 3.0, -2.0);
        // 3 right and 2 up.
        QVERIFY(
            difference(to.narrow(3, 3, 17).narrow(2, 0, 10), m_x.narrow(3, 0, 17).narrow(2, 2, 10))
            < 1e-5);
        QVERIFY(to.narrow(3, 0, 3).abs().max().item<double>() < 1e-5);
        QVERIFY(to.narrow(2, 10, 2).abs().max().item<double>() < 1e-5);
    }

    void aQuarterTurnIsThatOfTheMatrix()
    {
        const at::Tensor square = m_x.narrow(3, 0, 12).contiguous();
        QVERIFY(difference(moved(square, std::numbers::pi / 2.0, 0.0, 0.0), square.rot90(1, {2, 3}))
                < 1e-5);
        QVERIFY(difference(moved(m_x, std::numbers::pi, 0.0, 0.0), m_x.rot90(2, {2, 3})) < 1e-5);
    }

    void itFindsTheOneMovementThatFools()
    {
        // A place of the published grid: its angles are 2 degrees apart.
        const double share = 0.1; // of the sides, by default; the grid has half of it too
        const at::Tensor wanted =
            moved(m_x, 14.0 * std::numbers::pi / 180.0, -0.5 * share * 20.0, share * 12.0);
        const Asked network(mindsOnly(wanted), true);
        const auto wished = options("spatial", Norm::Linf, 0.0, 0, m_seed);
        const auto batch = batchOf(network, m_x, wished);
        const at::Tensor x_adv = attacked(batch);
        QVERIFY(difference(x_adv, wanted) < 1e-5);
        QVERIFY(attack::fooled(batch, attack::logitsOf(batch, x_adv)).item<bool>());
        QCOMPARE(network.pictures, std::int64_t{1 + 5 * 5 * 31 + 1});
    }

    void whereNothingFoolsTheWorstOfTheGridIsTaken()
    {
        // The darker the surer of the other class, never enough: the corner of the reach is darkest
        // of a white picture.
        const at::Tensor white = at::full({2, 1, 20, 20}, 1.0);
        const Asked network(
            [](const at::Tensor &x) {
                const at::Tensor light = x.flatten(1).mean(1, true);
                return at::cat({light + 1.0, at::zeros_like(light)}, 1);
            },
            true);
        auto wished = options("spatial", Norm::Linf, 0.0, 25, m_seed); // one angle: none
        const at::Tensor x_adv = attacked(batchOf(network, white, wished));
        QVERIFY(std::abs(x_adv.sum().item<double>() - 2.0 * 18.0 * 18.0) < 1e-2);
    }

    void randomMovementsStayWithinReach()
    {
        Asked network(
            [](const at::Tensor &x) { return at::tensor({1.0F, 0.0F}).expand({x.size(0), 2}); },
            true);
        network.keeps = true;
        auto wished = options("spatial", Norm::Linf, 0.0, 50, m_seed);
        wished.parameters = {
            {"search", std::string("random")}, {"max_rotation", 0.0}, {"max_shift", 0.2}};
        const at::Tensor white = at::full({1, 1, 20, 20}, 1.0);
        attacked(batchOf(network, white, wished));
        const at::Tensor tried = at::cat(network.batches).slice(0, 1); // after the picture itself
        QCOMPARE(tried.size(0), std::int64_t{50});
        // Up to 4 of 20 pixels each way: what is left of a white square.
        const at::Tensor light = tried.flatten(1).sum(1);
        QVERIFY(light.min().item<double>() >= 16.0 * 16.0 - 1e-2);
        QVERIFY(light.max().item<double>() <= 20.0 * 20.0 + 1e-2);
        QVERIFY2(light.max().item<double>() - light.min().item<double>() > 20.0,
                 "not all the same");
    }

    void samplesTogetherAndAloneMoveAlike()
    {
        const at::Tensor x = at::rand({3, 1, 10, 10}, seeded(m_seed + 1));
        // Never fooled, and not so sure that in single precision all losses are 0.
        const Asked network(twoClasses(at::rand({1, 1, 10, 10}, seeded(m_seed + 2)), 1.0), true);
        const auto wished = options("spatial", Norm::Linf, 0.0, 125, m_seed);
        const at::Tensor together = attacked(batchOf(network, x, wished));
        QVERIFY((together - x).abs().flatten(1).amax(1).gt(0.0).all().item<bool>());
        for (std::int64_t i = 0; i < 3; ++i)
            QVERIFY(difference(attacked(batchOf(network, x.narrow(0, i, 1), wished)),
                               together.narrow(0, i, 1))
                    < 1e-5);
    }

    void whatIsWrongAlreadyStays()
    {
        const Asked network(twoClasses(at::full({1, 2, 12, 20}, 1.0), -1000.0), true);
        const auto wished = options("spatial", Norm::Linf, 0.0, 0, m_seed);
        QVERIFY(attacked(batchOf(network, m_x, wished)).equal(m_x));
    }

private:
    std::uint64_t m_seed = 0;
    at::Tensor m_x; // (1, 2, 12, 20)
};

QTEST_APPLESS_MAIN(SpatialTest)
#include "spatial_test.moc"
