// The geometry of the balls: what projection, noise and steepest ascent promise, on random tensors.
#include "attack/attack_torch.hpp"
#include "base/random.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using attack::Norm;

namespace {

double largest(const at::Tensor &x)
{
    return x.max().item<double>();
}

/// The largest norm, in double: as exact as single precision's numbers are.
double reach(const at::Tensor &x_adv, const at::Tensor &x, Norm norm)
{
    return largest(attack::norms(x_adv.to(at::kDouble) - x.to(at::kDouble), norm));
}

double distance(const at::Tensor &a, const at::Tensor &b)
{
    return largest((a - b).abs());
}

} // namespace

class BallTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        m_generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    }

    void projectionStaysInsideAndMovesNothingThatIsInside_data()
    {
        QTest::addColumn<int>("norm");
        QTest::addColumn<double>("epsilon");
        for (const double epsilon : {0.0, 1.0 / 255.0, 0.1, 0.5, 3.0}) {
            QTest::addRow("linf %g", epsilon) << int(Norm::Linf) << epsilon;
            QTest::addRow("l2 %g", epsilon) << int(Norm::L2) << epsilon;
        }
    }

    void projectionStaysInsideAndMovesNothingThatIsInside()
    {
        QFETCH(int, norm);
        QFETCH(double, epsilon);
        const auto which = static_cast<Norm>(norm);
        for (int round = 0; round < 20; ++round) {
            const at::Tensor x = at::rand({7, 3, 5, 4}, m_generator);
            const at::Tensor far = x + at::randn({7, 3, 5, 4}, m_generator) * 2.0;
            for (const bool boxed : {true, false}) {
                const at::Tensor once = attack::project(far, x, which, epsilon, boxed);
                QVERIFY(reach(once, x, which) <= epsilon);
                if (boxed) QVERIFY(once.min().item<double>() >= 0.0 && largest(once) <= 1.0);
                // A projection changes nothing the second time.
                const at::Tensor twice = attack::project(once, x, which, epsilon, boxed);
                QVERIFY(distance(once, twice) <= 1e-6);
            }
        }
    }

    void roundingNeverLeavesTheBall()
    {
        // Epsilons that single precision rounds up and down, some below its grid near 1.
        for (const double epsilon : {8.0 / 255.0, 1.0 / 255.0, 0.03, 0.1, 1.0, 1e-7, 3e-8, 1e-9}) {
            for (const Norm norm : {Norm::Linf, Norm::L2}) {
                for (int round = 0; round < 4; ++round) {
                    const at::Tensor x = at::rand({16, 3, 32, 32}, m_generator).pow(1 + round);
                    const at::Tensor far =
                        x + at::randn(x.sizes(), m_generator) * (epsilon * (1 + round % 3));
                    const bool boxed = round % 2 == 0;
                    const at::Tensor inside = attack::project(far, x, norm, epsilon, boxed);
                    QVERIFY(reach(inside, x, norm) <= epsilon);
                    // And for whoever subtracts in single precision.
                    QVERIFY(largest(attack::norms(inside - x, norm)) <= epsilon);
                    // No further in than half a step of single precision in each of 3072 values.
                    QVERIFY(boxed || reach(inside, x, norm) > epsilon * (1.0 - 1e-5) - 4e-6);
                    // Inside already: not moved at all.
                    QVERIFY(at::equal(attack::project(inside, x, norm, epsilon, boxed), inside));
                }
            }
        }
    }

    void projectionIsTheNearestPointOfTheBall()
    {
        // No point of the ball is nearer to `far` than its projection (in L2, where nearest is
        // unique).
        const at::Tensor x = at::zeros({1, 6});
        const at::Tensor far = at::randn({1, 6}, m_generator) * 3.0;
        const at::Tensor nearest = attack::project(far, x, Norm::L2, 0.7, false);
        const double best = attack::norms(far - nearest, Norm::L2).item<double>();
        for (int i = 0; i < 300; ++i) {
            const at::Tensor other = attack::randomInBall(x, Norm::L2, 0.7, m_generator);
            QVERIFY(attack::norms(far - other, Norm::L2).item<double>() >= best - 1e-5);
        }
    }

    void linfNoiseIsUniformInTheBall()
    {
        const at::Tensor noise =
            attack::randomInBall(at::zeros({50, 1000}), Norm::Linf, 0.3, m_generator);
        QVERIFY(largest(noise.abs()) <= 0.3 + 1e-7);
        QVERIFY(std::abs(noise.mean().item<double>()) < 0.005);
        // Uniform on [-a, a] has deviation a/√3; a quarter lies beyond half on either side.
        QVERIFY(std::abs(noise.std().item<double>() - 0.3 / std::sqrt(3.0)) < 0.003);
        const double beyond = (noise > 0.15).to(at::kFloat).mean().item<double>();
        QVERIFY(std::abs(beyond - 0.25) < 0.015);
    }

    void l2NoiseIsUniformInTheBallsVolume()
    {
        // In 3 dimensions (r/ε)³ is uniform: its mean is a half.
        const at::Tensor noise =
            attack::randomInBall(at::zeros({20000, 3}), Norm::L2, 2.0, m_generator);
        const at::Tensor radius = attack::norms(noise, Norm::L2);
        QVERIFY(largest(radius) <= 2.0 + 1e-6);
        QVERIFY(std::abs((radius / 2.0).pow(3).mean().item<double>() - 0.5) < 0.015);
        QVERIFY(largest(noise.mean(0).abs()) < 0.05);
    }

    void steepestAscentKnowsConfidentNetworksTinyGradients()
    {
        const at::Tensor tiny = at::ones({2, 4}) * 1e-30;
        const at::Tensor direction = attack::steepest(tiny, Norm::L2);
        QVERIFY(distance(direction, at::ones({2, 4}) * 0.5) < 1e-6);
        QCOMPARE(largest(attack::steepest(at::zeros({2, 4}), Norm::L2).abs()), 0.0);
        QCOMPARE(largest(attack::steepest(at::zeros({2, 4}), Norm::Linf).abs()), 0.0);
        QVERIFY(distance(attack::steepest(-tiny, Norm::Linf), -at::ones({2, 4})) == 0.0);
    }

private:
    at::Generator m_generator;
};

QTEST_APPLESS_MAIN(BallTest)
#include "ball_test.moc"
