// Square: sees scores alone, keeps its budget and its published schedule, and finds the worst case
// of a linear network.
#include "../asked_models.hpp"
#include "attack/square_windows_torch.hpp"

#include <ATen/ops/full.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/sign.h>

#include <QtTest>

#include <cmath>
#include <random>

using namespace ostrich;
using namespace asked_models;
using attack::Norm;

namespace {

/// w·(x_adv - x) (N)
at::Tensor change(const at::Tensor &w, const at::Tensor &x_adv, const at::Tensor &x)
{
    return ((x_adv - x) * w).flatten(1).sum(1);
}

/// How many rows of a picture (1, 1, H, W) differ.
std::int64_t changedRows(const at::Tensor &a, const at::Tensor &b)
{
    return (a != b).flatten(0, 1).any(2).sum().item<std::int64_t>();
}

} // namespace

class SquareTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void itFindsTheWorstCornerOfALinearNetwork()
    {
        // Out of reach, so that it goes on to the end: the worst of the ball lowers w·x by
        // epsilon |w|_1.
        at::Generator random = seeded(m_seed);
        const at::Tensor w = at::randn({1, 1, 6, 6}, random);
        const at::Tensor x = at::rand({4, 1, 6, 6}, random) * 0.5 + 0.25;
        const Asked network(twoClasses(w, 100.0), true);
        const auto wished = options("square", Norm::Linf, 0.1, 5000, m_seed);
        const at::Tensor x_adv = attacked(batchOf(network, x, wished));
        const double worst = 0.1 * w.abs().sum().item<double>();
        QVERIFY((change(w, x_adv, x) + worst).abs().max().item<double>() < 1e-4 * worst);
    }

    void colourPicturesAndPointsTooAndTheRangeIsKept()
    {
        at::Generator random = seeded(m_seed + 1);
        for (const std::vector<std::int64_t> &shape :
             {std::vector<std::int64_t>{3, 3, 5, 4}, {3, 12}}) {
            std::vector<std::int64_t> one = shape;
            one[0] = 1;
            const bool boxed = shape.size() == 4;
            const at::Tensor w = at::randn(one, random), x = at::rand(shape, random);
            const Asked network(twoClasses(w, 100.0), true);
            const auto wished = options("square", Norm::Linf, 0.2, 5000, m_seed);
            const at::Tensor x_adv = attacked(batchOf(network, x, wished, boxed));
            at::Tensor corner = x - 0.2 * at::sign(w);
            if (boxed) corner = corner.clamp(0.0, 1.0);
            QCOMPARE(x_adv.sizes(), x.sizes());
            QVERIFY((x_adv - x).abs().max().item<double>() <= 0.2 + 1e-7);
            const at::Tensor best = change(w, corner, x), found = change(w, x_adv, x);
            QVERIFY2((found / best).min().item<double>() > 0.999,
                     qPrintable(QString::number((found / best).min().item<double>())));
        }
    }

    void theL2VersionComesCloseToTheDualNorm()
    {
        at::Generator random = seeded(m_seed + 2);
        const at::Tensor w = at::randn({1, 1, 6, 6}, random);
        const at::Tensor x = at::full({4, 1, 6, 6}, 0.5);
        const Asked network(twoClasses(w, 100.0), true);
        const auto wished = options("square", Norm::L2, 0.4, 5000, m_seed);
        const at::Tensor x_adv = attacked(batchOf(network, x, wished));
        const at::Tensor length = attack::norms(x_adv - x, Norm::L2);
        QVERIFY(length.max().item<double>() <= 0.4);
        const at::Tensor share =
            change(w, x_adv, x) / (-0.4 * attack::norms(w, Norm::L2).item<double>());
        // A random point of the sphere reaches about 1/6 of it; 3 x 3 hills do not reach all.
        QVERIFY2(share.min().item<double>() > 0.6,
                 qPrintable(QString::number(share.min().item<double>())));
    }

    void itAsksNoMoreThanItsBudget()
    {
        const at::Tensor w = at::full({1, 1, 5, 5}, 1.0);
        const at::Tensor x = at::full({3, 1, 5, 5}, 0.5);
        for (const Norm norm : {Norm::Linf, Norm::L2}) {
            const Asked network(twoClasses(w, 100.0), true);
            const auto wished = options("square", norm, 0.1, 40, m_seed);
            attacked(batchOf(network, x, wished));
            QCOMPARE(network.pictures, std::int64_t{3 + 3 * 40}); // a look before, and the queries
        }
    }

    void theFooledLeaveAndTheWrongStay()
    {
        // Of three greys the first is wrong as it is, the second falls at the first query or soon,
        // the third never.
        const at::Tensor w = at::full({1, 1, 5, 5}, 1.0 / 25.0);
        const at::Tensor x =
            at::tensor({0.2F, 0.5F, 0.9F}).view({3, 1, 1, 1}).expand({3, 1, 5, 5}).contiguous();
        const Asked network(twoClasses(w, -0.45), true);
        const auto wished = options("square", Norm::Linf, 0.1, 400, m_seed);
        const auto batch = batchOf(network, x, wished);
        const at::Tensor x_adv = attacked(batch);
        QVERIFY(x_adv[0].equal(x[0]));
        const at::Tensor fooled = attack::fooled(batch, attack::logitsOf(batch, x_adv));
        QVERIFY(fooled.equal(at::tensor({1, 1, 0}).to(at::kBool)));
        QVERIFY(network.pictures < 3 + 2 * 400);
    }

    void towardsATargetOnlyTheTargetCounts()
    {
        // Three classes; the second is nearer, the third is asked for.
        const at::Tensor w =
            at::tensor({0.0F, 0.0F, 0.0F, 0.0F, 3.0F, 0.0F, 0.0F, 0.0F, 1.0F}).view({3, 3});
        const Asked network(
            [&](const at::Tensor &x) { return x.matmul(w.t()) + at::tensor({1.0F, 0.0F, 0.5F}); },
            true);
        auto wished = options("square", Norm::Linf, 1.0, 500, m_seed);
        wished.target = 2;
        const auto batch = batchOf(network, at::zeros({2, 3}), wished, false);
        const at::Tensor predicted = attack::logitsOf(batch, attacked(batch)).argmax(1);
        QVERIFY(predicted.equal(at::tensor({2, 2}, at::kLong)));
    }

    void theSquaresShrinkByThePublishedTable()
    {
        // Andriushchenko et al. 2020, section 4.1: halved after these queries of 10,000.
        const std::vector<std::pair<std::int64_t, double>> table{
            {0, 0.8},         {10, 0.8},         {11, 0.4},        {50, 0.4},      {51, 0.2},
            {201, 0.1},       {501, 0.05},       {1001, 0.025},    {2001, 0.0125}, {4001, 0.00625},
            {6001, 0.003125}, {8001, 0.0015625}, {9999, 0.0015625}};
        for (const auto &[query, share] : table) {
            QCOMPARE(attack::squareShare(query, 10'000, 0.8), share);
            // Half the queries: everything happens twice as soon.
            if (query % 2 == 0) QCOMPARE(attack::squareShare(query / 2, 5000, 0.8), share);
        }
    }

    void everyQuestionIsASquareOfTheScheduledSize()
    {
        // A network that never minds: each question differs from the first by one square alone. A
        // square of one colour on stripes of both changes whole columns of it.
        Asked network(
            [](const at::Tensor &x) { return at::tensor({1.0F, 0.0F}).expand({x.size(0), 2}); });
        network.keeps = true;
        const at::Tensor x = at::full({1, 1, 28, 28}, 0.5);
        const auto wished = options("square", Norm::Linf, 0.1, 1000, m_seed);
        attacked(batchOf(network, x, wished));
        QCOMPARE(std::ssize(network.batches), std::ptrdiff_t{1001});
        for (std::int64_t query = 0; query + 2 < 1001; ++query) {
            const double share = attack::squareShare(query, 1000, 0.8);
            const std::int64_t side =
                std::max<std::int64_t>(std::lround(std::sqrt(share * 784)), 1);
            const at::Tensor &asked = network.batches[static_cast<std::size_t>(query + 2)];
            QCOMPARE(changedRows(asked, network.batches[1]), side);
            QVERIFY(((asked - x).abs() - 0.1).abs().max().item<double>() < 1e-6);
        }
    }

    void theFirstPictureIsVerticalStripes()
    {
        Asked network(
            [](const at::Tensor &x) { return at::tensor({1.0F, 0.0F}).expand({x.size(0), 2}); });
        network.keeps = true;
        const at::Tensor x = at::full({2, 3, 20, 20}, 0.5);
        const auto wished = options("square", Norm::Linf, 0.1, 1, m_seed);
        attacked(batchOf(network, x, wished));
        const at::Tensor stripes = network.batches.at(1);
        QVERIFY(stripes.equal(stripes.narrow(2, 0, 1).expand_as(stripes)));
        QVERIFY(!stripes[0].equal(stripes[1]));
        QVERIFY(!stripes.equal(stripes.narrow(3, 0, 1).expand_as(stripes)));
    }

    void everySampleHasASquareOfItsOwn()
    {
        Asked network(
            [](const at::Tensor &x) { return at::tensor({1.0F, 0.0F}).expand({x.size(0), 2}); });
        network.keeps = true;
        const at::Tensor x = at::full({2, 1, 28, 28}, 0.5);
        const auto wished = options("square", Norm::Linf, 0.1, 100, m_seed);
        attacked(batchOf(network, x, wished));
        int apart = 0;
        for (std::size_t i = 60; i < 100; ++i) {
            const at::Tensor moved = network.batches[i] != network.batches[1];
            apart += !moved[0].equal(moved[1]);
        }
        QVERIFY2(apart > 20, qPrintable(QString::number(apart)));
    }

    void windowsReachEveryPixelAndNoOther()
    {
        at::Generator random = seeded(m_seed + 3);
        const attack::Window window{.height = 2, .width = 3};
        const at::Tensor draws = at::rand({2000, 2}, random);
        const at::Tensor mask = attack::windowMask(window, 5, 7, draws);
        QVERIFY(mask.flatten(1).sum(1).equal(at::full({2000}, 6, at::kLong)));
        QVERIFY(mask.flatten(1).any(0).all().item<bool>());
        const at::Tensor places = attack::windowPlaces(window, 5, 7, draws);
        const at::Tensor same = at::zeros({2000, 1, 35}).scatter(2, places, 1.0).view_as(mask);
        QVERIFY(same.to(at::kBool).equal(mask));
    }

    void aHillBesideAPitHasLengthOne()
    {
        for (const attack::Window window : {attack::Window{5, 5}, {4, 4}, {1, 7}, {1, 1}, {3, 2}}) {
            for (const bool lies : {false, true}) {
                const at::Tensor both =
                    attack::hillAndPit(window, lies, at::zeros({1}, at::kDouble));
                QCOMPARE(both.sizes(), at::IntArrayRef({window.height, window.width}));
                QVERIFY(std::abs(both.square().sum().item<double>() - 1.0) < 1e-12);
                if (window.height * window.width > 1)
                    QVERIFY(both.max().item<double>() > 0.0 && both.min().item<double>() < 0.0);
            }
        }
        // By hand, of 2 x 2: two pixels of weight 1 + 1/4 and 1 beside each other, up and down.
        const at::Tensor small = attack::hillAndPit({2, 2}, false, at::zeros({1}, at::kDouble));
        QVERIFY(std::abs((small[0][0] / small[0][1]).item<double>() - 0.25 / 1.25) < 1e-12);
        QVERIFY((small[0] + small[1]).abs().max().item<double>() < 1e-12);
    }

    void theSeedDecidesAndAStopComesBackAtOnce()
    {
        const at::Tensor w = at::randn({1, 1, 6, 6}, seeded(m_seed));
        const at::Tensor x = at::full({2, 1, 6, 6}, 0.5);
        const Asked network(twoClasses(w, 100.0), true);
        for (const Norm norm : {Norm::Linf, Norm::L2}) {
            const auto first = options("square", norm, 0.1, 20, 1);
            const auto other = options("square", norm, 0.1, 20, 2);
            const at::Tensor x_adv = attacked(batchOf(network, x, first));
            QVERIFY(x_adv.equal(attacked(batchOf(network, x, first))));
            QVERIFY(!x_adv.equal(attacked(batchOf(network, x, other))));
        }
        std::stop_source source;
        source.request_stop();
        const auto endless = options("square", Norm::Linf, 0.1, 1'000'000'000, 1);
        auto batch = batchOf(network, x, endless);
        batch.stop = source.get_token();
        QVERIFY(attacked(batch).equal(x));
    }

    void whoLooksOnSeesTheBestSoFar()
    {
        const at::Tensor w = at::randn({1, 1, 6, 6}, seeded(m_seed));
        const at::Tensor x = at::full({1, 1, 6, 6}, 0.5);
        const Asked network(twoClasses(w, 100.0), true);
        const auto wished = options("square", Norm::Linf, 0.1, 50, m_seed);
        auto batch = batchOf(network, x, wished);
        std::vector<double> losses;
        batch.watch = [&](std::int64_t step, std::int64_t steps, const at::Tensor &seen,
                          const at::Tensor &logits, const at::Tensor &loss) {
            QCOMPARE(step, std::ssize(losses));
            QCOMPARE(steps, std::int64_t{50});
            QVERIFY((attack::logitsOf(batch, seen) - logits).abs().max().item<double>() < 1e-3);
            losses.push_back(loss.item<double>());
        };
        attacked(batch);
        QCOMPARE(std::ssize(losses), std::ptrdiff_t{50});
        QVERIFY(std::ranges::is_sorted(losses));
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(SquareTest)
#include "square_test.moc"
