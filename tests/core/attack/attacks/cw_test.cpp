// Carlini and Wagner's attack where the smallest perturbation is known: within 1 %.
#include "../known_distances.hpp"

#include <ATen/ops/tensor.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace known_distances;

namespace {

attack::AttackOptions fewSearches(double epsilon = 1e3)
{
    auto options = optionsOf("cw", Norm::L2, epsilon);
    options.steps = 500;
    options.parameters = {{"learning_rate", 0.02}};
    return options;
}

at::Tensor smallest(const attack::AttackBatch &batch)
{
    return attack::findAttack("cw")->smallest(batch);
}

} // namespace

class CwTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void onALinearNetworkItIsWithinOnePercent_data()
    {
        QTest::addColumn<bool>("boxed");
        QTest::addRow("boxed") << true;
        QTest::addRow("free") << false;
    }

    void onALinearNetworkItIsWithinOnePercent()
    {
        QFETCH(const bool, boxed);
        RandomStream random(m_seed, "linear");
        // Two classes: with more, it may settle on the boundary of one that is not the nearest.
        const Linear linear(normals(random, {2, 16}), normals(random, {2}));
        // Inside the range, where the change of variables has a slope from the first step on.
        const at::Tensor x = 0.1 + 0.8 * pictures(random, {20, 1, 4, 4});
        const auto options = fewSearches();
        const auto batch = batchOf(linear, x, boxed, options);
        QCOMPARE(misses(batch, linear, smallest(batch), 1.01), 0);
    }

    void outOfABallItIsWithinOnePercent()
    {
        RandomStream random(m_seed, "ball");
        const Ball ball(at::zeros({9}), 4.0);
        const auto options = fewSearches();
        const auto batch = batchOf(ball, normals(random, {20, 9}), false, options);
        const at::Tensor found = smallest(batch);
        QVERIFY(asGoodAsFooled(batch, found).all().item<bool>());
        const at::Tensor exact = (attack::norms(batch.x.to(at::kDouble), Norm::L2) - 4.0).abs();
        const at::Tensor ratio = lengths(batch, found) / exact.clamp_min(1e-3);
        QVERIFY2(ratio.max().item<double>() < 1.01,
                 qPrintable(QString::number(ratio.max().item<double>())));
        QVERIFY(ratio.gt(1.0 - 1e-4).logical_or(exact.lt(1e-3)).all().item<bool>());
    }

    void confidenceIsTheLeadOfTheWrongLogit()
    {
        RandomStream random(m_seed, "confidence");
        const Linear linear(normals(random, {2, 16}), at::zeros({2}));
        auto options = fewSearches();
        options.target = 1;
        options.parameters.insert({"confidence", 2.0});
        const auto batch = batchOf(linear, normals(random, {10, 16}), false, options);
        const at::Tensor before = linear.logits(batch.x), after = linear.logits(smallest(batch));
        const at::Tensor lead = after.select(1, 1) - after.select(1, 0);
        const at::Tensor wasThere = before.argmax(1).eq(1);
        QVERIFY(lead.gt(2.0 - 1e-4).logical_or(wasThere).all().item<bool>());
        QVERIFY(lead.lt(2.2).logical_or(wasThere).all().item<bool>());
    }

    void withinTheBallItFoolsThoseWithinReach()
    {
        RandomStream random(m_seed, "reach");
        const Linear linear(normals(random, {2, 16}), normals(random, {2}));
        auto options = fewSearches(0.25);
        options.untilFooled = true;
        const at::Tensor x = 0.1 + 0.8 * pictures(random, {30, 1, 4, 4});
        const auto batch = batchOf(linear, x, true, options);
        const at::Tensor found = attack::findAttack("cw")->run(batch);
        QVERIFY(lengths(batch, found).max().item<double>() <= 0.25);
        const at::Tensor fools = attack::fooled(batch, linear.logits(found));
        for (std::int64_t i = 0; i < x.size(0); ++i) {
            const double exact =
                distance(linear, x[i], batch.y[i].item<std::int64_t>(), Norm::L2, true);
            if (std::abs(exact / 0.25 - 1.0) < 0.01) continue;
            QCOMPARE(fools[i].item<bool>(), exact < 0.25);
        }
    }

    void picturesAtTheEndsOfTheRangeMoveToo()
    {
        // Black and white pixels alone: the change of variables is all but flat there.
        const Linear linear(at::tensor({1.0F, -1.0F, 0.0F, 0.0F}).reshape({2, 2}),
                            at::tensor({0.0F, 0.75F}));
        auto options = optionsOf("cw", Norm::L2);
        const auto batch = batchOf(linear, at::tensor({1.0F, 0.0F}).reshape({1, 2}), true, options);
        const at::Tensor found = smallest(batch);
        // The plane x0 - x1 = 0.75 is 0.25 / sqrt(2) away.
        const double length = lengths(batch, found).item<double>();
        QVERIFY2(std::abs(length * std::sqrt(2.0) / 0.25 - 1.0) < 0.01,
                 qPrintable(QString::number(length)));
    }

    void whatIsWrongAlreadyStaysAndNoSlopeMovesNothing()
    {
        const Linear flat(at::zeros({3, 4}), at::zeros({3}));
        const auto options = fewSearches();
        auto batch = batchOf(flat, at::full({2, 4}, 0.5), true, options);
        QVERIFY(smallest(batch).equal(batch.x));
        batch.y.fill_(2); // where the network says 0
        QVERIFY(attack::findAttack("cw")->run(batch).equal(batch.x));
    }

    void aStopComesBackAtOnce()
    {
        RandomStream random(m_seed, "stop");
        const Linear linear(normals(random, {4, 16}), normals(random, {4}));
        auto options = fewSearches();
        options.steps = 1'000'000'000;
        std::stop_source source;
        source.request_stop();
        auto batch = batchOf(linear, normals(random, {5, 16}), false, options);
        batch.stop = source.get_token();
        QVERIFY(smallest(batch).equal(batch.x));
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(CwTest)
#include "cw_test.moc"
