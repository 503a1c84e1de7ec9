// Random noise: how it is spread, what the box makes of it, and that it aims at nothing.
#include "../small_models.hpp"
#include "attack/attack_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>

#include <QtTest>

#include <cmath>
#include <random>

using namespace ostrich;
using attack::AttackOptions;
using attack::Norm;

namespace {

constexpr std::int64_t kPixels = 10'000;

AttackOptions within(double epsilon, Norm norm = Norm::Linf)
{
    AttackOptions options;
    options.attack = "noise";
    options.norm = norm;
    options.epsilon = epsilon;
    return options;
}

double share(const at::Tensor &flags)
{
    return flags.to(at::kDouble).mean().item<double>();
}

} // namespace

class NoiseTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
        m_flat = small_models::linearOnPictures(100, 100, std::vector<float>(2 * kPixels, 0.0F),
                                                {0.0F, 0.0F});
        m_steep = small_models::linearOnPictures(100, 100, std::vector<float>(2 * kPixels, 1.0F),
                                                 {5.0F, 0.0F});
    }

    void itIsUniformInTheLinfBall()
    {
        const at::Tensor noise = noisy(grey(0.5), 0.2) - 0.5;
        QVERIFY(noise.abs().max().item<double>() <= 0.2 + 1e-6);
        // Of 10,000 pixels a share has a deviation of at most 0.005.
        for (const double limit : {-0.15, -0.1, 0.0, 0.1, 0.15})
            QVERIFY(std::abs(share(noise < limit) - (limit + 0.2) / 0.4) < 0.03);
    }

    void theBoxCutsWhatWouldLeaveIt()
    {
        // At black half of the noise would be darker than black, and stays black.
        const at::Tensor dark = noisy(grey(0.0), 0.2);
        QVERIFY(dark.min().item<double>() == 0.0 && dark.max().item<double>() <= 0.2 + 1e-6);
        QVERIFY(std::abs(share(dark == 0.0) - 0.5) < 0.03);
        const at::Tensor light = noisy(grey(1.0), 0.2);
        QVERIFY(light.max().item<double>() == 1.0 && light.min().item<double>() >= 0.8 - 1e-6);
        QVERIFY(std::abs(share(light == 1.0) - 0.5) < 0.03);
    }

    void inSoManyDimensionsTheL2BallIsItsSurface()
    {
        // The radius' share u^(1/n) of epsilon: below 0.997 of it with probability 0.997^10000.
        const at::Tensor noise = noisy(grey(0.5), 3.0, Norm::L2) - 0.5;
        const double radius = attack::norms(noise, Norm::L2).item<double>();
        QVERIFY2(radius <= 3.0 + 1e-4 && radius > 2.99, qPrintable(QString::number(radius)));
        QVERIFY(std::abs(share(noise < 0.0) - 0.5) < 0.03);
    }

    void itKnowsNeitherNetworkNorTruth()
    {
        const attack::AttackDescription &description = attack::findAttack("noise")->description();
        QVERIFY(!description.usesGradient && !description.canTarget);
        const AttackOptions options = within(0.1);
        const at::Tensor x = grey(0.5);
        const at::Tensor once = small_models::attacked(m_flat, x, 0, options, true);
        QVERIFY(once.equal(small_models::attacked(m_steep, x, 1, options, true)));
        QVERIFY(x.equal(grey(0.5))); // the batch itself is left alone
    }

    void theGeneratorGoesOn()
    {
        const AttackOptions options = within(0.1);
        const auto classifier = attack::classifierOf(m_flat);
        const attack::AttackBatch batch{.classifier = *classifier,
                                        .x = grey(0.5),
                                        .y = at::zeros({1}, at::kLong),
                                        .options = options,
                                        .generator =
                                            at::make_generator<at::CPUGeneratorImpl>(options.seed)};
        const attack::Attack &attack = *attack::findAttack("noise");
        const at::Tensor first = attack.run(batch);
        QVERIFY(!first.equal(attack.run(batch)));
        QVERIFY(first.equal(small_models::attacked(m_flat, grey(0.5), 0, options, true)));
    }

    void withoutABudgetNothingMoves()
    {
        for (const Norm norm : {Norm::Linf, Norm::L2, Norm::L1, Norm::L0})
            QVERIFY(noisy(grey(0.3), 0.0, norm).equal(grey(0.3)));
    }

private:
    static at::Tensor grey(double value) { return at::full({1, 1, 100, 100}, value); }
    at::Tensor noisy(const at::Tensor &x, double epsilon, Norm norm = Norm::Linf) const
    {
        AttackOptions options = within(epsilon, norm);
        options.seed = m_seed;
        return small_models::attacked(m_flat, x, 0, options, true);
    }

    std::uint64_t m_seed = 0;
    engine::ModelHandle m_flat, m_steep;
};

QTEST_APPLESS_MAIN(NoiseTest)
#include "noise_test.moc"
