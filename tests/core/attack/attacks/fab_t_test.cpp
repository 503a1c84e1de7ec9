// FAB-T where the nearest boundary is known: exact on linear networks, close on a curved one.
#include "../known_distances.hpp"

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace known_distances;

class FabTTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void onALinearNetworkItIsExact_data()
    {
        QTest::addColumn<int>("norm");
        QTest::addColumn<bool>("boxed");
        for (const Norm norm : {Norm::L2, Norm::Linf, Norm::L1}) {
            for (const bool boxed : {true, false})
                QTest::addRow("%s %s", attack::name(norm).data(), boxed ? "boxed" : "free")
                    << static_cast<int>(norm) << boxed;
        }
    }

    void onALinearNetworkItIsExact()
    {
        QFETCH(const int, norm);
        QFETCH(const bool, boxed);
        RandomStream random(m_seed, "linear");
        const Linear linear(normals(random, {4, 16}), normals(random, {4}));
        const auto options = optionsOf("fab-t", static_cast<Norm>(norm));
        const auto batch = batchOf(linear, pictures(random, {40, 1, 4, 4}), boxed, options);
        const at::Tensor found = attack::findAttack("fab-t")->smallest(batch);
        QCOMPARE(misses(batch, linear, found, 1.0 + 1e-4), 0);
    }

    void outOfABallItFindsTheWay()
    {
        RandomStream random(m_seed, "ball");
        const Ball ball(normals(random, {9}), 4.0);
        const auto options = optionsOf("fab-t", Norm::L2);
        const at::Tensor x = normals(random, {30, 9});
        const attack::AttackBatch batch{.classifier = ball,
                                        .x = x,
                                        .y = at::argmax(ball.logits(x), 1),
                                        .boxed = false,
                                        .options = options,
                                        .generator = at::make_generator<at::CPUGeneratorImpl>(1)};
        const at::Tensor found = attack::findAttack("fab-t")->smallest(batch);
        QVERIFY(asGoodAsFooled(batch, found).all().item<bool>());
        // Straight away from the centre, or to it: what is left of the radius.
        const at::Tensor off = ball.logits(x).select(1, 1).to(at::kDouble) + 16.0;
        const at::Tensor exact = (off.sqrt() - 4.0).abs();
        const at::Tensor excess = (lengths(batch, found) - exact).abs() - 1e-3 * exact;
        QVERIFY(excess.max().item<double>() < 2e-6); // single precision, where that is next to 0
    }

    void withinTheBallItFoolsExactlyThoseWithinReach()
    {
        RandomStream random(m_seed, "reach");
        const Linear linear(normals(random, {4, 16}), normals(random, {4}));
        const auto options = optionsOf("fab-t", Norm::Linf, 0.1);
        const auto batch = batchOf(linear, pictures(random, {60, 1, 4, 4}), true, options);
        const at::Tensor found = attack::findAttack("fab-t")->run(batch);
        QVERIFY(lengths(batch, found).max().item<double>() <= 0.1);
        const at::Tensor fools = attack::fooled(batch, linear.logits(found));
        for (std::int64_t i = 0; i < 60; ++i) {
            const double exact =
                distance(linear, batch.x[i], batch.y[i].item<std::int64_t>(), Norm::Linf, true);
            if (std::abs(exact - 0.1) < 1e-4) continue;
            QCOMPARE(fools[i].item<bool>(), exact < 0.1);
        }
    }

    void whatItFindsFoolsHoweverLogitsAreRounded()
    {
        // Logits of 100 are rounded to 8e-6, and so is the lead that decides.
        RandomStream random(m_seed, "rounding");
        const Linear linear(0.1 * normals(random, {4, 16}), at::full({4}, 100.0));
        const Linear exact(linear.weight().to(at::kDouble), at::full({4}, 100.0, at::kDouble));
        const auto options = optionsOf("fab-t", Norm::Linf);
        const auto batch = batchOf(linear, normals(random, {400, 16}), false, options);
        const at::Tensor top = std::get<0>(linear.logits(batch.x).topk(2, 1));
        const at::Tensor found = attack::findAttack("fab-t")->smallest(batch);
        const at::Tensor fools = attack::fooled(batch, exact.logits(found.to(at::kDouble)));
        const at::Tensor isSure = (top.select(1, 0) - top.select(1, 1)).gt(0.2);
        QVERIFY(isSure.sum().item<std::int64_t>() > 100);
        QCOMPARE(isSure.logical_and(fools.logical_not()).sum().item<std::int64_t>(), 0);
    }

    void towardsATargetOfTwoClassesItIsExact()
    {
        RandomStream random(m_seed, "target");
        const Linear linear(normals(random, {2, 16}), normals(random, {2}));
        auto options = optionsOf("fab-t", Norm::L2);
        options.target = 1;
        const auto batch = batchOf(linear, normals(random, {30, 16}), false, options);
        const at::Tensor found = attack::findAttack("fab-t")->smallest(batch);
        const at::Tensor logits = linear.logits(batch.x);
        const double slope = (linear.weight()[0] - linear.weight()[1]).norm().item<double>();
        const at::Tensor exact =
            (logits.select(1, 0) - logits.select(1, 1)).clamp_min(0.0).to(at::kDouble) / slope;
        QVERIFY((lengths(batch, found) - exact).abs().max().item<double>() < 1e-4);
        QVERIFY(asGoodAsFooled(batch, found).all().item<bool>());
    }

    void whatIsWrongAlreadyStaysAndNoSlopeMovesNothing()
    {
        const Linear flat(at::zeros({3, 4}), at::zeros({3}));
        const auto options = optionsOf("fab-t", Norm::L2);
        auto batch = batchOf(flat, at::full({2, 4}, 0.5), true, options);
        QVERIFY(attack::findAttack("fab-t")->smallest(batch).equal(batch.x));
        batch.y.fill_(2); // where the network says 0
        QVERIFY(attack::findAttack("fab-t")->run(batch).equal(batch.x));
    }

    void restartsFollowTheSeedAndNeverLeaveItWorse()
    {
        RandomStream random(m_seed, "restarts");
        const Ball ball(at::full({9}, 0.5), 0.9);
        auto options = optionsOf("fab-t", Norm::Linf);
        options.steps = 3;
        const at::Tensor x = pictures(random, {10, 9});
        const auto found = [&] {
            return attack::findAttack("fab-t")->smallest(batchOf(ball, x, true, options));
        };
        const at::Tensor once = found();
        options.restarts = 4;
        const at::Tensor four = found();
        QVERIFY(four.equal(found()));
        const at::Tensor before = (once - x).abs().amax(1), after = (four - x).abs().amax(1);
        QVERIFY((after - before).max().item<double>() <= 0.0);
    }

    void whoOnlyAsksWhetherItFoolsGetsTheSameAnswer()
    {
        RandomStream random(m_seed, "enough");
        const Linear linear(normals(random, {3, 16}), normals(random, {3}));
        auto options = optionsOf("fab-t", Norm::L2, 0.3);
        const auto batch = batchOf(linear, pictures(random, {50, 1, 4, 4}), true, options);
        const at::Tensor whole = attack::findAttack("fab-t")->run(batch);
        options.untilFooled = true;
        const at::Tensor quick = attack::findAttack("fab-t")->run(batch);
        QVERIFY(attack::fooled(batch, linear.logits(whole))
                    .equal(attack::fooled(batch, linear.logits(quick))));
        QVERIFY(lengths(batch, quick).max().item<double>() <= 0.3);
        QVERIFY2(misses(batch, linear, attack::findAttack("fab-t")->smallest(batch), 1.0 + 1e-4)
                     == 0,
                 "the smallest is asked for whatever epsilon is");
    }

    void aStopComesBackAtOnce()
    {
        RandomStream random(m_seed, "stop");
        const Linear linear(normals(random, {4, 16}), normals(random, {4}));
        auto options = optionsOf("fab-t", Norm::L2);
        options.steps = 1'000'000'000;
        std::stop_source source;
        source.request_stop();
        auto batch = batchOf(linear, normals(random, {5, 16}), false, options);
        batch.stop = source.get_token();
        QVERIFY(attack::findAttack("fab-t")->smallest(batch).equal(batch.x));
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(FabTTest)
#include "fab_t_test.moc"
