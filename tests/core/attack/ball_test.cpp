// The geometry of the balls: what projection, noise and steepest ascent promise, on random tensors.
#include "attack/attack_torch.hpp"
#include "base/random.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

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

/// `s` in [low, high] with fall(s) = 0, of a falling function.
template <typename Function>
double bisected(double low, double high, Function fall)
{
    for (int round = 0; round < 200; ++round) {
        const double middle = (low + high) / 2.0;
        (fall(middle) > 0.0 ? low : high) = middle;
    }
    return (low + high) / 2.0;
}

/// The nearest point to x + v of an L1 or L2 ball around x within [0, 1]: by the conditions of
/// Karush, Kuhn and Tucker each value is min(max(v - t, 0), room) (L1) or min(v / (1 + t), room)
/// (L2), and t is found by bisection.
std::vector<double> nearest(const std::vector<double> &x, const std::vector<double> &v, Norm norm,
                            double epsilon, bool boxed)
{
    const auto moves = [&](double t) {
        std::vector<double> move;
        for (std::size_t i = 0; i < v.size(); ++i) {
            const double size = std::abs(v[i]);
            const double room = !boxed ? size : v[i] > 0.0 ? 1.0 - x[i] : x[i];
            const double kept = norm == Norm::L1 ? std::max(size - t, 0.0) : size / (1.0 + t);
            move.push_back(std::copysign(std::min(kept, room), v[i]));
        }
        return move;
    };
    const auto beyond = [&](double t) {
        double sum = 0.0;
        for (const double each : moves(t)) sum += norm == Norm::L1 ? std::abs(each) : each * each;
        return sum - (norm == Norm::L1 ? epsilon : epsilon * epsilon);
    };
    std::vector<double> move = moves(beyond(0.0) <= 0.0 ? 0.0 : bisected(0.0, 1e6, beyond));
    for (std::size_t i = 0; i < move.size(); ++i) move[i] += x[i];
    return move;
}

std::vector<double> values(const at::Tensor &x)
{
    const at::Tensor wide = x.to(at::kDouble).contiguous();
    return {wide.data_ptr<double>(), wide.data_ptr<double>() + wide.numel()};
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
            QTest::addRow("l1 %g", epsilon) << int(Norm::L1) << epsilon;
            QTest::addRow("l0 %g", epsilon) << int(Norm::L0) << epsilon;
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
            for (const Norm norm : {Norm::Linf, Norm::L2, Norm::L1}) {
                for (int round = 0; round < 4; ++round) {
                    const at::Tensor x = at::rand({4, 3, 32, 32}, m_generator).pow(1 + round);
                    const at::Tensor far =
                        x + at::randn(x.sizes(), m_generator) * (epsilon * (1 + round % 3));
                    const bool boxed = round % 2 == 0;
                    const at::Tensor inside = attack::project(far, x, norm, epsilon, boxed);
                    QVERIFY(reach(inside, x, norm) <= epsilon);
                    // And for whoever subtracts in single precision.
                    QVERIFY(largest(attack::norms(inside - x, norm)) <= epsilon);
                    // No further in than half a step of single precision in each of 3072 values.
                    const double steps = norm == Norm::L1 ? 2e-4 : 4e-6;
                    QVERIFY(boxed || reach(inside, x, norm) > epsilon * (1.0 - 1e-5) - steps);
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

    void projectionAgreesWithBisection_data()
    {
        QTest::addColumn<int>("norm");
        QTest::addColumn<bool>("boxed");
        QTest::newRow("l2 free") << int(Norm::L2) << false;
        QTest::newRow("l2 in the range") << int(Norm::L2) << true;
        QTest::newRow("l1 free") << int(Norm::L1) << false;
        QTest::newRow("l1 in the range") << int(Norm::L1) << true;
    }

    void projectionAgreesWithBisection()
    {
        QFETCH(int, norm);
        QFETCH(bool, boxed);
        const auto which = static_cast<Norm>(norm);
        for (int round = 0; round < 60; ++round) {
            // Some values at the range's ends, as in pictures, where there is no room at all.
            const at::Tensor x = (at::rand({1, 30}, m_generator) * 1.6 - 0.3).clamp(0.0, 1.0);
            const at::Tensor v = at::randn({1, 30}, m_generator) * 0.7;
            const double epsilon = (which == Norm::L1 ? 0.4 : 0.15) * (1 + round % 20);
            const auto expected = nearest(values(x), values((x + v) - x), which, epsilon, boxed);
            const auto found = values(attack::project(x + v, x, which, epsilon, boxed));
            for (std::size_t i = 0; i < found.size(); ++i)
                QVERIFY2(
                    std::abs(found[i] - expected[i]) < 1e-5 * (1.0 + epsilon),
                    qPrintable(
                        QString("round %1: %2, not %3").arg(round).arg(found[i]).arg(expected[i])));
        }
    }

    void l0KeepsThePixelsThatMovedMost()
    {
        // Pixel 1 moves by 0.3 in each of three channels, pixel 2 by 0.4 in one, pixel 0 hardly.
        const at::Tensor x = at::full({1, 3, 1, 4}, 0.5);
        at::Tensor far = x.clone();
        far.select(3, 1) += 0.3;
        far[0][2][0][2] -= 0.4;
        far.select(3, 0) += 0.05;
        for (const auto &[count, kept] :
             {std::pair(1.0, std::vector<int>{1}), std::pair(2.9, std::vector<int>{1, 2}),
              std::pair(3.0, std::vector<int>{0, 1, 2})}) {
            at::Tensor expected = x.clone();
            for (const int pixel : kept) expected.select(3, pixel).copy_(far.select(3, pixel));
            const at::Tensor found = attack::project(far, x, Norm::L0, count, true);
            QVERIFY(distance(found, expected) < 1e-6);
            QCOMPARE(attack::norms(found - x, Norm::L0).item<double>(), double(kept.size()));
        }
        // In a pixel at white only the way down counts.
        const at::Tensor white = at::ones({1, 1, 1, 2});
        const at::Tensor beyond = at::tensor({9.0F, 0.8F}).view({1, 1, 1, 2});
        const at::Tensor down = attack::project(beyond, white, Norm::L0, 1.0, true);
        QVERIFY(distance(down, at::tensor({1.0F, 0.8F}).view({1, 1, 1, 2})) < 1e-6);
    }

    void normsOfAFewNumbers()
    {
        const at::Tensor point = at::tensor({3.0F, 0.0F, -4.0F}).view({1, 3});
        QCOMPARE(attack::norms(point, Norm::Linf).item<double>(), 4.0);
        QCOMPARE(attack::norms(point, Norm::L2).item<double>(), 5.0);
        QCOMPARE(attack::norms(point, Norm::L1).item<double>(), 7.0);
        QCOMPARE(attack::norms(point, Norm::L0).item<double>(), 2.0);
        // Of a picture with three channels one pixel moved, in two of them.
        at::Tensor picture = at::zeros({1, 3, 2, 2});
        picture[0][0][1][0] = 0.5;
        picture[0][2][1][0] = -0.5;
        QCOMPARE(attack::norms(picture, Norm::L0).item<double>(), 1.0);
        QCOMPARE(attack::norms(picture, Norm::L1).item<double>(), 1.0);
    }

    void theSteepestPointIsTheBestOfTheBall()
    {
        for (const Norm norm : {Norm::Linf, Norm::L2, Norm::L1}) {
            for (const bool boxed : {true, false}) {
                const double epsilon = norm == Norm::Linf ? 0.3 : 1.2;
                const at::Tensor x = (at::rand({1, 8}, m_generator) * 1.4 - 0.2).clamp(0.0, 1.0);
                const at::Tensor slope = at::randn({1, 8}, m_generator);
                const at::Tensor top = attack::steepestPoint(slope, x, norm, epsilon, boxed);
                QVERIFY(reach(top, x, norm) <= epsilon);
                const double gain = ((top - x) * slope).sum().item<double>();
                for (int i = 0; i < 300; ++i) {
                    const at::Tensor step = attack::randomInBall(x, norm, 3.0, m_generator);
                    const at::Tensor other =
                        attack::project(x + step + 2.0 * slope, x, norm, epsilon, boxed);
                    QVERIFY(((other - x) * slope).sum().item<double>() <= gain + 1e-5);
                }
                if (boxed && norm == Norm::L2) {
                    // Far out along the slope it is the nearest point.
                    const auto far = nearest(values(x), values(slope * 1e5), norm, epsilon, true);
                    double best = 0.0;
                    for (std::size_t i = 0; i < far.size(); ++i)
                        best += (far[i] - values(x)[i]) * values(slope)[i];
                    QVERIFY(std::abs(gain - best) < 1e-5);
                }
                if (boxed) continue;
                // The dual norm.
                const double dual = norm == Norm::Linf ? slope.abs().sum().item<double>()
                                    : norm == Norm::L2 ? slope.norm().item<double>()
                                                       : slope.abs().max().item<double>();
                QVERIFY(std::abs(gain - epsilon * dual) < 1e-5);
            }
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

    void l1NoiseIsUniformInTheBallsVolume()
    {
        // In 3 dimensions (r/ε)³ is uniform, and by symmetry the mean of |x_i| is that of r, 3ε/4,
        // divided by 3.
        const at::Tensor noise =
            attack::randomInBall(at::zeros({20000, 3}), Norm::L1, 2.0, m_generator);
        const at::Tensor radius = attack::norms(noise, Norm::L1);
        QVERIFY(largest(radius) <= 2.0 + 1e-6);
        QVERIFY(std::abs((radius / 2.0).pow(3).mean().item<double>() - 0.5) < 0.015);
        QVERIFY(distance(noise.abs().mean(0), at::full({3}, 0.5)) < 0.02);
        QVERIFY(largest(noise.mean(0).abs()) < 0.05);
        // On the surface a share is uniform in two dimensions, not so for a normalised normal one.
        const at::Tensor flat =
            attack::randomInBall(at::zeros({20000, 2}), Norm::L1, 1.0, m_generator);
        const at::Tensor share = flat.select(1, 0).abs() / attack::norms(flat, Norm::L1);
        QVERIFY(std::abs((share < 0.1).to(at::kFloat).mean().item<double>() - 0.1) < 0.015);
    }

    void l0NoiseMovesSoManyPixelsInEveryChannel()
    {
        const at::Tensor noise =
            attack::randomInBall(at::zeros({50, 3, 6, 6}), Norm::L0, 4.7, m_generator);
        const at::Tensor moved = noise.ne(0.0).sum({2, 3}); // (N, C)
        QVERIFY(moved.eq(4).all().item<bool>());
        QVERIFY(attack::norms(noise, Norm::L0).eq(4).all().item<bool>());
        QVERIFY(largest(noise.abs()) <= 1.0 && largest(noise) > 0.9);
        const at::Tensor points =
            attack::randomInBall(at::zeros({50, 5}), Norm::L0, 9.0, m_generator);
        QVERIFY(points.ne(0.0).all().item<bool>());
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
