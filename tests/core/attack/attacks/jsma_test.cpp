// JSMA where the fewest pixels are known: on two linear classes the largest changes add up fastest.
#include "../known_distances.hpp"

#include <ATen/ops/full_like.h>
#include <ATen/ops/tensor.h>

#include <QtTest>

#include <functional>
#include <random>

using namespace ostrich;
using namespace known_distances;

namespace {

/// How many pixels of `x` (C, H, W) it takes to close `gap` along `normal`, largest gains first;
/// -1: all are not enough.
int fewest(const at::Tensor &x, const at::Tensor &normal, double gap)
{
    const Instance instance = instanceOf(x, normal, gap, true);
    const auto pixels = static_cast<std::size_t>(x.size(1) * x.size(2));
    std::vector<double> gains(pixels, 0.0);
    for (std::size_t i = 0; i < instance.worth.size(); ++i)
        gains[i % pixels] += instance.worth[i] * instance.room[i];
    std::ranges::sort(gains, std::greater());
    double closed = 0.0;
    for (std::size_t count = 0; count < pixels; ++count) {
        closed += gains[count];
        if (closed > instance.gap) return static_cast<int>(count) + 1;
    }
    return -1;
}

} // namespace

class JsmaTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void betweenTwoLinearClassesItTakesTheFewestPixels()
    {
        RandomStream random(m_seed, "fewest");
        const Linear linear(normals(random, {2, 48}), at::tensor({6.0F, 0.0F}));
        const auto options = optionsOf("jsma", Norm::L0);
        const auto batch = batchOf(linear, pictures(random, {40, 3, 4, 4}), true, options);
        const at::Tensor found = attack::findAttack("jsma")->smallest(batch);
        QVERIFY(found.min().item<double>() >= 0.0 && found.max().item<double>() <= 1.0);
        const at::Tensor pixels = lengths(batch, found);
        const at::Tensor fools = attack::fooled(batch, linear.logits(found));
        const at::Tensor logits = linear.logits(batch.x);
        for (std::int64_t i = 0; i < 40; ++i) {
            const auto truth = batch.y[i].item<std::int64_t>();
            const double gap = (logits[i][truth] - logits[i][1 - truth]).item<double>();
            const int least =
                fewest(batch.x[i], linear.weight()[1 - truth] - linear.weight()[truth], gap);
            QCOMPARE(fools[i].item<bool>(), least >= 0);
            QCOMPARE(static_cast<int>(pixels[i].item<double>()), std::max(least, 0));
        }
    }

    void ofSeveralClassesItGoesToTheOneThatTakesFewest()
    {
        RandomStream random(m_seed, "classes");
        const Linear linear(normals(random, {5, 16}), normals(random, {5}));
        const auto options = optionsOf("jsma", Norm::L0);
        const auto batch = batchOf(linear, pictures(random, {40, 1, 4, 4}), true, options);
        const at::Tensor found = attack::findAttack("jsma")->smallest(batch);
        const at::Tensor pixels = lengths(batch, found);
        const at::Tensor logits = linear.logits(batch.x);
        for (std::int64_t i = 0; i < 40; ++i) {
            const auto truth = batch.y[i].item<std::int64_t>();
            int least = -1;
            for (std::int64_t k = 0; k < 5; ++k) {
                if (k == truth) continue;
                const int here = fewest(batch.x[i], linear.weight()[k] - linear.weight()[truth],
                                        (logits[i][truth] - logits[i][k]).item<double>());
                if (here > 0 && (least < 0 || here < least)) least = here;
            }
            QCOMPARE(static_cast<int>(pixels[i].item<double>()), std::max(least, 0));
        }
    }

    void epsilonIsTheMostPixelsItChanges()
    {
        RandomStream random(m_seed, "epsilon");
        const Linear linear(normals(random, {2, 16}), at::tensor({4.0F, 0.0F}));
        const auto free = optionsOf("jsma", Norm::L0);
        const auto held = optionsOf("jsma", Norm::L0, 3.0);
        const at::Tensor x = pictures(random, {40, 1, 4, 4});
        const auto whole = batchOf(linear, x, true, free);
        const auto batch = batchOf(linear, x, true, held);
        const at::Tensor least = lengths(whole, attack::findAttack("jsma")->smallest(whole));
        const at::Tensor found = attack::findAttack("jsma")->run(batch);
        const at::Tensor fools = attack::fooled(batch, linear.logits(found));
        QVERIFY(lengths(batch, found).max().item<double>() <= 3.0);
        QVERIFY(fools.equal(least.gt(0).logical_and(least.le(3.0))));
    }

    void aPixelNotNeededGoesBack()
    {
        // The first pixel has the larger slope at first, the second by itself is enough: its
        // score bends upwards beyond 0.1.
        class Hidden : public attack::Classifier {
        public:
            at::Tensor logits(const at::Tensor &x) const override
            {
                const at::Tensor first = x.select(1, 0), second = x.select(1, 1);
                const at::Tensor score =
                    0.9 * first + 0.5 * second + 10.0 * (second - 0.1).clamp_min(0.0);
                return at::stack({at::full_like(score, 1.0), score}, 1);
            }
            at::Device device() const override { return at::kCPU; }
        } hidden;
        const auto options = optionsOf("jsma", Norm::L0);
        const auto batch = batchOf(hidden, at::full({1, 2}, 0.05), true, options);
        const at::Tensor found = attack::findAttack("jsma")->smallest(batch);
        QCOMPARE(found[0][0].item<float>(), 0.05F);
        QCOMPARE(found[0][1].item<float>(), 1.0F);
    }

    void pointsMoveByTheChangeAllowed()
    {
        const Linear linear(at::tensor({0.0F, 0.0F, 1.0F, -3.0F}).reshape({2, 2}),
                            at::tensor({0.0F, -1.0F}));
        auto options = optionsOf("jsma", Norm::L0);
        options.parameters = {{"theta", 0.5}};
        const auto batch = batchOf(linear, at::zeros({1, 2}), false, options);
        const at::Tensor found = attack::findAttack("jsma")->smallest(batch);
        QVERIFY(found.equal(at::tensor({0.0F, -0.5F}).reshape({1, 2})));
    }

    void whatIsWrongAlreadyStaysAndNoSlopeMovesNothing()
    {
        const Linear flat(at::zeros({3, 4}), at::zeros({3}));
        const auto options = optionsOf("jsma", Norm::L0, 2.0);
        auto batch = batchOf(flat, at::full({2, 4}, 0.5), true, options);
        QVERIFY(attack::findAttack("jsma")->smallest(batch).equal(batch.x));
        batch.y.fill_(2); // where the network says 0
        QVERIFY(attack::findAttack("jsma")->run(batch).equal(batch.x));
    }

    void aStopComesBackAtOnce()
    {
        RandomStream random(m_seed, "stop");
        const Linear linear(normals(random, {2, 16}), at::tensor({4.0F, 0.0F}));
        const auto options = optionsOf("jsma", Norm::L0);
        std::stop_source source;
        source.request_stop();
        auto batch = batchOf(linear, normals(random, {5, 16}), false, options);
        batch.stop = source.get_token();
        QVERIFY(attack::findAttack("jsma")->smallest(batch).equal(batch.x));
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(JsmaTest)
#include "jsma_test.moc"
