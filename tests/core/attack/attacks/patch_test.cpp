// Patch: round, wholly inside, nothing beside it is touched, and it fools wherever it lies.
#include "../asked_models.hpp"

#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/logsumexp.h>
#include <ATen/ops/rand.h>

#include <QtTest>

#include <cmath>
#include <numbers>
#include <random>

using namespace ostrich;
using namespace asked_models;
using attack::Norm;

namespace {

constexpr std::int64_t kSide = 24;

/// (N, H, W) booleans: the pixels that differ.
at::Tensor changed(const at::Tensor &x_adv, const at::Tensor &x)
{
    return (x_adv != x).any(1);
}

/// Sees class 1 where some 3 x 3 windows are bright red and not green.
at::Tensor looksForRed(const at::Tensor &x)
{
    const at::Tensor red = x.narrow(1, 0, 1) - x.narrow(1, 1, 1);
    const at::Tensor most =
        at::logsumexp(30.0 * at::avg_pool2d(red, 3, 1).flatten(1), {1}, true) / 30.0;
    return at::cat({at::full_like(most, 0.5), most}, 1) * 10.0;
}

} // namespace

class PatchTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
        m_x = at::rand({12, 3, kSide, kSide}, seeded(m_seed)) * 0.2 + 0.4;
    }

    void itCoversADiscAndNothingElse()
    {
        const Asked network(looksForRed);
        auto wished = options("patch", Norm::Linf, 0.0, 3, m_seed);
        wished.parameters = {{"size", 0.5}, {"min_scale", 1.0}, {"max_scale", 1.0}};
        const at::Tensor moved = changed(attacked(batchOf(network, m_x, wished)), m_x);
        for (std::int64_t i = 0; i < m_x.size(0); ++i) {
            const at::Tensor where = moved[i].nonzero().to(at::kDouble); // (P, 2)
            // Its middle from the middle of all that it covers; half a pixel of play for the grid.
            const at::Tensor far = (where - where.mean(0, true)).norm(2, 1);
            QVERIFY2(far.max().item<double>() <= 6.0 + 0.5,
                     qPrintable(QString::number(far.max().item<double>())));
            const double area = std::numbers::pi * 36.0;
            QVERIFY(std::abs(static_cast<double>(where.size(0)) - area) < 0.12 * area);
            QVERIFY(where.min().item<double>() >= 0.0 && where.max().item<double>() <= kSide - 1);
        }
    }

    void eachSampleHasItAtAPlaceAndScaleOfItsOwn()
    {
        const Asked network(looksForRed);
        auto wished = options("patch", Norm::Linf, 0.0, 2, m_seed);
        wished.parameters = {{"size", 0.4}, {"min_scale", 0.5}, {"max_scale", 1.5}};
        const at::Tensor moved = changed(attacked(batchOf(network, m_x, wished)), m_x).flatten(1);
        const at::Tensor area = moved.sum(1).to(at::kDouble);
        const auto disc = [](double diameter) {
            return std::numbers::pi * diameter * diameter / 4.0;
        };
        QVERIFY(area.min().item<double>() > 0.8 * disc(0.5 * 0.4 * kSide) - 4.0);
        QVERIFY(area.max().item<double>() < 1.1 * disc(1.5 * 0.4 * kSide));
        QVERIFY(area.max().item<double>() > 1.5 * area.min().item<double>());
        QVERIFY(!moved[0].equal(moved[1]));
    }

    void itLearnsWhatTheNetworkLooksFor()
    {
        const Asked network(looksForRed);
        const auto wished = options("patch", Norm::Linf, 0.0, 60, m_seed);
        const auto batch = batchOf(network, m_x, wished);
        const at::Tensor x_adv = attacked(batch);
        QVERIFY(!attack::fooled(batch, attack::logitsOf(batch, m_x)).any().item<bool>());
        QVERIFY(attack::fooled(batch, attack::logitsOf(batch, x_adv)).all().item<bool>());
        QVERIFY(x_adv.min().item<double>() >= 0.0 && x_adv.max().item<double>() <= 1.0);
    }

    void towardsATargetItGoesThere()
    {
        // A third class that looks for blue: red would be as easy.
        const Asked network([](const at::Tensor &x) {
            const at::Tensor two = looksForRed(x);
            return at::cat({two, looksForRed(x.flip(1)).narrow(1, 1, 1)}, 1);
        });
        auto wished = options("patch", Norm::Linf, 0.0, 60, m_seed);
        wished.target = 2;
        const auto batch = batchOf(network, m_x, wished);
        QVERIFY(attack::logitsOf(batch, attacked(batch)).argmax(1).eq(2).all().item<bool>());
    }

    void theSeedDecidesAndAStopComesBackAtOnce()
    {
        const Asked network(looksForRed);
        const auto first = options("patch", Norm::Linf, 0.0, 2, 1);
        const auto other = options("patch", Norm::Linf, 0.0, 2, 2);
        const at::Tensor x_adv = attacked(batchOf(network, m_x, first));
        QVERIFY(x_adv.equal(attacked(batchOf(network, m_x, first))));
        QVERIFY(!x_adv.equal(attacked(batchOf(network, m_x, other))));
        std::stop_source source;
        source.request_stop();
        const auto endless = options("patch", Norm::Linf, 0.0, 1'000'000'000, 1);
        auto batch = batchOf(network, m_x, endless);
        batch.stop = source.get_token();
        QCOMPARE(attacked(batch).sizes(), m_x.sizes());
    }

private:
    std::uint64_t m_seed = 0;
    at::Tensor m_x; // (12, 3, kSide, kSide)
};

QTEST_APPLESS_MAIN(PatchTest)
#include "patch_test.moc"
