// Universal: one and the same for all, as strong as the mean slope allows.
#include "../asked_models.hpp"

#include <ATen/ops/full.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/stack.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace asked_models;
using attack::Norm;

class UniversalTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void allGetOneAndTheSame()
    {
        // More than one mini-batch, and the range is out of reach.
        const at::Tensor x = at::rand({300, 1, 4, 4}, seeded(m_seed)) * 0.5 + 0.25;
        const Asked network(twoClasses(at::randn({1, 1, 4, 4}, seeded(m_seed + 1)), 0.5));
        for (const Norm norm : {Norm::Linf, Norm::L2}) {
            const auto wished = options("universal", norm, 0.2, 30, m_seed);
            const at::Tensor move = attacked(batchOf(network, x, wished)) - x;
            QVERIFY((move - move.narrow(0, 0, 1)).abs().max().item<double>() < 1e-6);
            QVERIFY(attack::norms(move, norm).max().item<double>() <= 0.2 + 1e-6);
            QVERIFY(attack::norms(move, norm).min().item<double>() > 0.15);
        }
    }

    void ofALinearNetworkItIsTheWorstForAllAtOnce()
    {
        const at::Tensor w = at::randn({6}, seeded(m_seed + 2));
        const at::Tensor x = at::randn({200, 6}, seeded(m_seed + 3)) * 0.1;
        const Asked network(twoClasses(w, 2.0));
        const auto cube = options("universal", Norm::Linf, 0.3, 40, m_seed);
        const at::Tensor corner = -0.3 * at::sign(w);
        QVERIFY((attacked(batchOf(network, x, cube, false)) - x - corner).abs().max().item<double>()
                < 1e-5);
        const auto ball = options("universal", Norm::L2, 0.3, 40, m_seed);
        const at::Tensor dual = -0.3 * w / w.norm();
        QVERIFY((attacked(batchOf(network, x, ball, false)) - x - dual).abs().max().item<double>()
                < 1e-4);
    }

    void itTakesTheManyAndLeavesTheOne()
    {
        // The product of two features decides: nine samples fall to the left, one to the right.
        const Asked network([](const at::Tensor &x) {
            const at::Tensor first = x.narrow(1, 0, 1) * x.narrow(1, 1, 1) + 0.5;
            return at::cat({20.0 * first, at::zeros_like(first)}, 1);
        });
        const at::Tensor x = at::tensor({1.0F}).expand({10}).clone();
        x[9] = -5.0F;
        const at::Tensor both = at::stack({at::zeros({10}), x}, 1);
        const auto wished = options("universal", Norm::Linf, 0.9, 40, m_seed);
        const auto batch = batchOf(network, both, wished, false);
        const at::Tensor x_adv = attacked(batch);
        QVERIFY(x_adv[0][0].item<double>() < -0.5);
        QCOMPARE(attack::fooled(batch, attack::logitsOf(batch, x_adv)).sum().item<std::int64_t>(),
                 std::int64_t{9});
    }

    void towardsATargetAllEndThere()
    {
        const at::Tensor w = at::tensor({1.0F, 0.0F, 0.0F, 1.0F, -1.0F, -1.0F}).view({3, 2});
        const Asked network([&](const at::Tensor &x) { return x.matmul(w.t()) * 5.0; });
        auto wished = options("universal", Norm::Linf, 2.0, 40, m_seed);
        wished.target = 2;
        const at::Tensor x =
            at::randn({50, 2}, seeded(m_seed + 4)) * 0.2 + at::tensor({1.0F, 0.0F});
        const auto batch = batchOf(network, x, wished, false);
        QVERIFY(attack::logitsOf(batch, attacked(batch)).argmax(1).eq(2).all().item<bool>());
    }

    void theRangeIsKept()
    {
        const at::Tensor x = at::rand({20, 1, 3, 3}, seeded(m_seed + 5));
        const Asked network(twoClasses(at::randn({1, 1, 3, 3}, seeded(m_seed + 6)), 3.0));
        const auto wished = options("universal", Norm::Linf, 0.5, 20, m_seed);
        const at::Tensor x_adv = attacked(batchOf(network, x, wished));
        QVERIFY(x_adv.min().item<double>() >= 0.0 && x_adv.max().item<double>() <= 1.0);
        QVERIFY((x_adv - x).abs().max().item<double>() <= 0.5 + 1e-6);
    }

    void theSeedDecidesAndAStopComesBackAtOnce()
    {
        const at::Tensor x = at::rand({300, 1, 3, 3}, seeded(m_seed + 7)) * 0.5 + 0.25;
        const Asked network([w = at::randn({9, 2}, seeded(m_seed + 8))](const at::Tensor &x) {
            return x.flatten(1).matmul(w).sin() * 5.0;
        });
        const auto first = options("universal", Norm::L2, 0.1, 5, 1);
        const auto other = options("universal", Norm::L2, 0.1, 5, 2);
        const at::Tensor x_adv = attacked(batchOf(network, x, first));
        QVERIFY(x_adv.equal(attacked(batchOf(network, x, first))));
        QVERIFY(!x_adv.equal(attacked(batchOf(network, x, other))));
        std::stop_source source;
        source.request_stop();
        const auto endless = options("universal", Norm::L2, 0.1, 1'000'000'000, 1);
        auto batch = batchOf(network, x, endless);
        batch.stop = source.get_token();
        QVERIFY((attacked(batch) - x).abs().max().item<double>() < 1e-7);
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(UniversalTest)
#include "universal_test.moc"
