// FGSM on linear softmax networks, whose gradient and worst case are known in closed form.
#include "../small_models.hpp"
#include "attack/attack_torch.hpp"
#include "base/random.hpp"

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

constexpr std::int64_t kFeatures = 6;
constexpr std::int64_t kClasses = 3;

engine::ModelHandle linear(const std::vector<float> &weight, const std::vector<float> &bias)
{
    return small_models::linearOnPoints(
        {std::vector<float>(kFeatures, 0.0F), std::vector<float>(kFeatures, 1.0F)}, weight, bias);
}

std::vector<float> normals(std::int64_t count, RandomStream &random)
{
    std::vector<float> values;
    for (std::int64_t i = 0; i < count; ++i) values.push_back(static_cast<float>(random.normal()));
    return values;
}

/// d log(softmax(W x + b)[k]) / dx = W^T (e_k - p), in double.
std::vector<double> slope(const std::vector<float> &weight, const std::vector<float> &bias,
                          const std::vector<float> &x, std::int64_t k)
{
    std::vector<double> exponentials;
    double sum = 0.0;
    for (std::size_t row = 0; row < bias.size(); ++row) {
        double logit = bias[row];
        for (std::size_t i = 0; i < x.size(); ++i)
            logit += double(weight[row * x.size() + i]) * x[i];
        exponentials.push_back(std::exp(logit));
        sum += exponentials.back();
    }
    std::vector<double> gradient(x.size(), 0.0);
    for (std::size_t row = 0; row < bias.size(); ++row) {
        const double share =
            (static_cast<std::int64_t>(row) == k ? 1.0 : 0.0) - exponentials[row] / sum;
        for (std::size_t i = 0; i < x.size(); ++i)
            gradient[i] += share * weight[row * x.size() + i];
    }
    return gradient;
}

at::Tensor attacked(const engine::ModelHandle &model, const std::vector<float> &x, std::int64_t y,
                    const AttackOptions &options)
{
    AttackOptions asked = options;
    asked.attack = "fgsm";
    return small_models::attacked(model, at::tensor(x).view({1, -1}), y, asked)[0];
}

} // namespace

class FgsmTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void oneStepAlongTheClosedFormsGradient()
    {
        RandomStream random(m_seed, "gradient");
        for (int round = 0; round < 50; ++round) {
            const auto weight = normals(kClasses * kFeatures, random);
            const auto bias = normals(kClasses, random);
            const auto x = normals(kFeatures, random);
            const auto model = linear(weight, bias);
            AttackOptions options;
            options.epsilon = random.uniform(0.01, 2.0);
            const std::int64_t y = random.integer(kClasses);
            const bool targeted = random.chance(0.5);
            if (targeted) options.target = random.integer(kClasses);
            // Away from the truth, or towards the target.
            std::vector<double> uphill = slope(weight, bias, x, options.target.value_or(y));
            double length = 0.0;
            for (double &value : uphill) {
                value *= targeted ? 1.0 : -1.0;
                length += value * value;
            }
            length = std::sqrt(length);
            for (const Norm norm : {Norm::Linf, Norm::L2}) {
                options.norm = norm;
                const at::Tensor x_adv = attacked(model, x, y, options);
                for (std::size_t i = 0; i < x.size(); ++i) {
                    if (std::abs(uphill[i]) < 1e-4 * length) continue; // a sign no one can tell
                    const double direction =
                        norm == Norm::Linf ? std::copysign(1.0, uphill[i]) : uphill[i] / length;
                    const double moved = x_adv[std::int64_t(i)].item<double>() - x[i];
                    QVERIFY(std::abs(moved - options.epsilon * direction) < 1e-4);
                }
            }
        }
    }

    void inL1WhatOneValueCannotTakeGoesToTheNext()
    {
        // Room for 0.5 a value: 1.2 fills the two steepest and 0.2 of the third.
        const auto model = small_models::linearOnPictures(
            1, 4, {4.0F, -3.0F, 2.0F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F}, {0.0F, 0.0F});
        AttackOptions options;
        options.attack = "fgsm";
        options.norm = Norm::L1;
        options.epsilon = 1.2;
        const auto result =
            attack::attackPicture(model, Array{{1, 1, 4}, std::vector<float>(4, 0.5F)}, 0, options);
        QVERIFY(result);
        const std::vector<float> expected{0.0F, 1.0F, 0.3F, 0.5F};
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(result->x_adv.values[i] - expected[i]) < 1e-4F);
    }

    void twoClassesLoseExactlyTheDualNorm()
    {
        // The margin w·x falls by epsilon |w|_1 in the Linf ball and by epsilon |w|_2 in the L2
        // one.
        const std::vector<float> w{3.0F, -4.0F, 0.0F, 0.0F, 0.0F, 0.0F};
        std::vector<float> weight = w;
        weight.resize(2 * kFeatures, 0.0F);
        const auto model = linear(weight, {0.0F, 0.0F});
        AttackOptions options;
        options.epsilon = 0.5;
        for (const auto &[norm, loss] : {std::pair(Norm::Linf, 3.5), std::pair(Norm::L2, 2.5)}) {
            options.norm = norm;
            const at::Tensor x_adv = attacked(model, {1, 1, 1, 1, 1, 1}, 0, options);
            const double margin = (x_adv * at::tensor(w)).sum().item<double>();
            QVERIFY(std::abs(margin - (3.0 - 4.0 - loss)) < 1e-5);
        }
    }

    void epsilonIsMeasuredInTrainingDeviations()
    {
        // Whatever a deviation is in data units, the network's weights are per deviation.
        const data::Statistics statistics{{7.0F, -2.0F, 0.0F, 0.0F, 0.0F, 0.0F},
                                          {0.01F, 10.0F, 1.0F, 1.0F, 1.0F, 1.0F}};
        std::vector<float> weight(2 * kFeatures, 0.0F);
        weight[0] = 3.0F;
        weight[1] = 4.0F;
        AttackOptions options;
        options.norm = Norm::L2;
        options.epsilon = 1.0;
        const at::Tensor x_adv =
            attacked(small_models::linearOnPoints(statistics, weight, {0.0F, 0.0F}),
                     std::vector<float>(kFeatures, 0.0F), 0, options);
        QVERIFY(std::abs(x_adv[0].item<double>() + 0.6) < 1e-5);
        QVERIFY(std::abs(x_adv[1].item<double>() + 0.8) < 1e-5);
    }

    void withoutASlopeOrABudgetNothingMoves()
    {
        RandomStream random(m_seed, "still");
        const auto x = normals(kFeatures, random);
        AttackOptions options;
        const auto flat = linear(std::vector<float>(2 * kFeatures, 0.0F), {0.0F, 0.0F});
        QVERIFY(attacked(flat, x, 0, options).equal(at::tensor(x)));
        options.epsilon = 0.0;
        const auto steep = linear(normals(2 * kFeatures, random), {0.0F, 0.0F});
        QVERIFY(attacked(steep, x, 0, options).equal(at::tensor(x)));
    }

    void picturesStayInTheBox()
    {
        // The slope leads out of the box at each pixel: white up, black down.
        const auto model = small_models::linearOnPictures(1, 2, {-1, 1, 0, 0}, {0, 0});
        AttackOptions options;
        options.attack = "fgsm";
        options.epsilon = 0.25;
        const at::Tensor x = at::tensor({0.9F, 0.1F}).view({1, 1, 1, 2});
        const at::Tensor x_adv = small_models::attacked(model, x, 0, options, true);
        QVERIFY(x_adv.view({2}).equal(at::tensor({1.0F, 0.0F})));
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(FgsmTest)
#include "fgsm_test.moc"
