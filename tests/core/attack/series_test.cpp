// Series under attack: lengths that differ, a network that is linear in the mean of each.
#include "attack/answers.hpp"
#include "attack/attack_torch.hpp"
#include "small_models.hpp"

#include <QtTest>

#include <cmath>

using namespace ostrich;
using attack::AttackOptions;

namespace {

/// Two features; class 1 where w · mean(x) + bias > 0. Input normalises by `deviation`.
engine::ModelHandle meanDecides(const std::vector<float> &w, float bias,
                                const std::vector<float> &deviation)
{
    const engine::CompileOptions options{
        .facts = small_models::facts(graph::Shape::sequence(std::nullopt, 2), 2),
        .statistics = {{0.0F, 0.0F}, deviation}};
    const auto network =
        small_models::chain({{"input_1", "Input", {}, {}},
                             {"time_pool_1", "TimePool", {{"mode", std::string("mean")}}, {}},
                             {"linear_1", "Linear", {{"out_features", std::int64_t{2}}}, {}},
                             {"output_1", "Output", {}, {}}});
    auto model = small_models::compiled(network, options);
    small_models::set(model, "linear_1.weight", {0.0F, 0.0F, w[0], w[1]});
    small_models::set(model, "linear_1.bias", {0.0F, bias});
    return model;
}

/// Constant series of the given lengths, each step (value, value) in data units.
data::Samples constant(const std::vector<std::int64_t> &lengths, const std::vector<float> &values)
{
    data::Samples samples;
    samples.sampleShape = {2};
    samples.starts = {0};
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        samples.values.insert(samples.values.end(), static_cast<std::size_t>(2 * lengths[i]),
                              values[i]);
        samples.starts.push_back(samples.starts.back() + lengths[i]);
        samples.labels.push_back(values[i] > 0.0F ? 1 : 0);
    }
    return samples;
}

/// The first two of `samples` after FGSM with epsilon 0.1.
Result<attack::AttackResult> oneStep(const engine::ModelHandle &model, const data::Samples &samples)
{
    AttackOptions options;
    options.attack = "fgsm";
    options.epsilon = 0.1;
    return attack::attackSamples(model, samples, {0, 1}, options);
}

} // namespace

class SeriesTest : public QObject {
    Q_OBJECT

private slots:
    /// In deviations the logit is w · mean: each step may move it by epsilon (|w1| + |w2|) / T, all
    /// of them together by epsilon (|w1| + |w2|), whatever the length.
    void thoseWithinReachFall()
    {
        const auto model = meanDecides({2.0F, 1.0F}, 0.0F, {10.0F, 10.0F});
        // 3 · value / 10 against 3 · epsilon: value / 10 is the margin in deviations.
        const data::Samples samples = constant({5, 3, 5, 8, 3}, {1.0F, -1.0F, 4.0F, -4.0F, 4.0F});
        AttackOptions options;
        options.epsilon = 0.2;
        for (const char *name : {"fgsm", "pgd"}) {
            options.attack = name;
            const auto result = attack::attackSamples(model, samples, {0, 1, 2, 3, 4}, options);
            QVERIFY(result);
            QCOMPARE(result->y, (std::vector<std::int64_t>{1, 0, 1, 0, 1}));
            QCOMPARE(result->y_pred, result->y);
            QCOMPARE(result->y_adv, (std::vector<std::int64_t>{0, 1, 1, 0, 1}));
            QCOMPARE(result->clean_accuracy, 1.0);
            QVERIFY(std::abs(result->robust_accuracy - 0.6) < 1e-12);
            QVERIFY(result->max_norm <= 0.2 && result->max_norm > 0.19);
        }
    }

    void theArraysHoldEachSeriesAndNothingBehindIt()
    {
        const auto model = meanDecides({2.0F, 1.0F}, 0.0F, {10.0F, 10.0F});
        const data::Samples samples = constant({2, 4}, {4.0F, -4.0F});
        const auto result = oneStep(model, samples);
        QVERIFY(result);
        QCOMPARE(result->x.shape, (std::vector<std::int64_t>{2, 4, 2}));
        for (std::size_t step = 0; step < 4; ++step) {
            for (std::size_t feature = 0; feature < 2; ++feature) {
                const float first = result->x_adv.values[step * 2 + feature];
                const float second = result->x_adv.values[8 + step * 2 + feature];
                // 0.1 deviations are 1 in data units, towards the other class.
                QVERIFY(std::abs(first - (step < 2 ? 3.0F : 0.0F)) < 1e-5F);
                QVERIFY(std::abs(second + 3.0F) < 1e-5F);
            }
        }
    }

    void askedTogetherTheyAnswerAsAlone()
    {
        const auto model = meanDecides({2.0F, 1.0F}, 0.0F, {10.0F, 10.0F});
        const data::Samples samples = constant({5, 3, 5, 8, 3}, {1.0F, -1.0F, 4.0F, -4.0F, 0.5F});
        const std::vector<std::int64_t> indices{4, 0, 3, 1, 2};
        const auto together = attack::answersOf(model, samples, indices);
        QVERIFY(together);
        for (std::size_t i = 0; i < indices.size(); ++i) {
            const auto alone = attack::answersOf(model, samples, {indices[i]});
            QVERIFY(alone);
            QCOMPARE(together->classes[i], alone->classes[0]);
            for (std::size_t k = 0; k < 2; ++k)
                QVERIFY(std::abs(together->probabilities.values[2 * i + k]
                                 - alone->probabilities.values[k])
                        < 1e-6F);
        }
    }

    void whatAnAttackMadeIsAskedAboutWithoutItsPadding()
    {
        // Zeros behind the short series would halve its mean, and with it the logit.
        const auto model = meanDecides({2.0F, 1.0F}, 0.0F, {10.0F, 10.0F});
        const data::Samples samples = constant({2, 4}, {4.0F, -4.0F});
        const auto result = oneStep(model, samples);
        QVERIFY(result);
        const auto again = attack::answersToMoved(model, samples, {0, 1}, result->x_adv);
        QVERIFY(again);
        QCOMPARE(again->classes, result->y_adv);
        QCOMPARE(again->probabilities.shape, result->after.shape);
        for (std::size_t i = 0; i < again->probabilities.values.size(); ++i)
            QVERIFY(std::abs(again->probabilities.values[i] - result->after.values[i]) < 1e-6F);
    }

    void oneSeriesIsAttackedLikeMany()
    {
        const auto model = meanDecides({2.0F, 1.0F}, 0.0F, {10.0F, 10.0F});
        AttackOptions options;
        options.epsilon = 0.2;
        int steps = 0;
        const auto result =
            attack::attackPicture(model, Array{{3, 2}, std::vector<float>(6, 1.0F)}, 1, options, {},
                                  [&](const attack::AttackStep &step) {
                                      QCOMPARE(step.x_adv.shape, (std::vector<std::int64_t>{3, 2}));
                                      ++steps;
                                  });
        QVERIFY(result);
        QCOMPARE(result->y_adv.front(), std::int64_t{0});
        QVERIFY(steps > 1);
    }

    void textIsRefusedWithAWayOut()
    {
        const engine::CompileOptions options{
            .facts = small_models::facts(graph::Shape::tokens(std::nullopt, 12), 2),
            .statistics = {}};
        const auto model = small_models::compiled(
            small_models::chain(
                {{"input_1", "Input", {}, {}},
                 {"embedding_1", "Embedding", {{"embedding_dim", std::int64_t{2}}}, {}},
                 {"time_pool_1", "TimePool", {}, {}},
                 {"linear_1", "Linear", {{"out_features", std::int64_t{2}}}, {}},
                 {"output_1", "Output", {}, {}}}),
            options);
        data::Samples samples;
        samples.starts = {0, 2};
        samples.tokens = {4, 5};
        samples.labels = {0};
        const auto result = attack::attackSamples(model, samples, {0}, AttackOptions{});
        QVERIFY(!result);
        QCOMPARE(result.error().what.id, std::string("attack.tokens"));
    }
};

QTEST_GUILESS_MAIN(SeriesTest)
#include "series_test.moc"
