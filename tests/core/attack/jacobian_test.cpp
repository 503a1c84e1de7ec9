// Slopes of single logits against a linear network, whose slopes are its weights.
#include "attack/jacobian_torch.hpp"
#include "known_distances.hpp"

#include <ATen/ops/allclose.h>
#include <ATen/ops/tensor.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace known_distances;

class JacobianTest : public QObject {
    Q_OBJECT

private slots:
    void theSlopeOfALeadIsTheDifferenceOfTwoRows()
    {
        const auto seed = std::random_device{}();
        qInfo("seed %u", seed);
        RandomStream random(seed, "weights");
        const Linear linear(normals(random, {5, 12}), normals(random, {5}));
        const attack::AttackOptions options;
        const attack::AttackBatch batch =
            batchOf(linear, normals(random, {6, 3, 2, 2}), false, options);
        const at::Tensor logits = linear.logits(batch.x);
        const at::Tensor rivals = attack::rivals(batch, logits, 3);
        const attack::Leads leads = attack::leadsOf(batch, batch.x, rivals);
        QCOMPARE(leads.slopes.size(), std::size_t{3});
        QVERIFY(leads.logits.equal(logits));
        for (std::int64_t n = 0; n < 6; ++n) {
            for (std::int64_t i = 0; i < 3; ++i) {
                const auto rival = rivals[n][i].item<std::int64_t>();
                const auto truth = batch.y[n].item<std::int64_t>();
                const at::Tensor slope = linear.weight()[rival] - linear.weight()[truth];
                QVERIFY(at::allclose(leads.slopes[static_cast<std::size_t>(i)][n].flatten(), slope,
                                     1e-5, 1e-6));
                QVERIFY(at::allclose(leads.leads[n][i], logits[n][rival] - logits[n][truth]));
            }
        }
        const attack::Ascent lead = attack::leadOf(batch, batch.x, rivals.select(1, 1));
        QVERIFY(at::allclose(lead.gradient, leads.slopes[1]));
        QVERIFY(at::allclose(lead.loss, leads.leads.select(1, 1)));
    }

    void rivalsAreTheLikeliestClassesButTheTruth()
    {
        const Linear linear(at::zeros({4, 2}), at::tensor({0.5F, 3.0F, 1.0F, 2.0F}));
        attack::AttackOptions options;
        const at::Tensor x = at::zeros({1, 2});
        attack::AttackBatch batch = batchOf(linear, x, false, options);
        const at::Tensor logits = linear.logits(x);
        QVERIFY(
            attack::rivals(batch, logits, 9).equal(at::tensor({3, 2, 0}, at::kLong).unsqueeze(0)));
        QVERIFY(attack::rivals(batch, logits, 2).equal(at::tensor({3, 2}, at::kLong).unsqueeze(0)));
        batch.y.fill_(2); // the network need not be right
        QVERIFY(
            attack::rivals(batch, logits, 9).equal(at::tensor({1, 3, 0}, at::kLong).unsqueeze(0)));
        QVERIFY(attack::incumbent(batch, logits).equal(batch.y));
    }

    void towardsATargetTheStrongestOtherClassStandsInTheWay()
    {
        const Linear linear(at::zeros({3, 2}), at::tensor({0.5F, 3.0F, 1.0F}));
        attack::AttackOptions options;
        const at::Tensor x = at::zeros({1, 2});
        const at::Tensor logits = linear.logits(x);
        options.target = 0;
        const attack::AttackBatch batch = batchOf(linear, x, false, options);
        QCOMPARE(attack::rivals(batch, logits, 9).item<std::int64_t>(), 0);
        QCOMPARE(attack::incumbent(batch, logits).item<std::int64_t>(), 1);
        options.target = 1;
        QCOMPARE(attack::incumbent(batch, logits).item<std::int64_t>(), 2);
    }
};

QTEST_APPLESS_MAIN(JacobianTest)
#include "jacobian_test.moc"
