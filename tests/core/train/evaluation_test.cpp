// Loss, accuracy, confusion and calibration against what a hand computes.
#include "train/evaluation.hpp"

#include "engine/model_torch.hpp"
#include "small_setups.hpp"

#include <ATen/ops/eye.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

#include <QtTest>

#include <cmath>

using namespace ostrich;

namespace {

graph::DataFacts classified(graph::Shape input = graph::Shape::vector(3),
                            std::vector<std::string> classes = {"a", "b", "c"})
{
    graph::DataFacts facts;
    facts.input = std::move(input);
    facts.classes = std::ssize(classes);
    facts.classNames = std::move(classes);
    return facts;
}

/// Three values in, the same three out as logits: the answer is the largest value.
engine::ModelHandle echo(const graph::DataFacts &facts = classified(),
                         const std::string &loss = "cross_entropy")
{
    auto model =
        engine::compile(small::chain({{"input_1", "Input"},
                                      {"linear_1", "Linear", {{"out_features", std::int64_t{3}}}},
                                      {"output_1", "Output", {{"loss", loss}}}}),
                        {.facts = facts, .statistics = {}});
    const c10::NoGradGuard noGrad;
    for (const auto &[name, tensor] : (*model)->parameters())
        tensor.copy_(tensor.dim() == 2 ? at::eye(3) : at::zeros_like(tensor));
    return *model;
}

data::Dataset fiveSamples()
{
    data::Dataset dataset;
    dataset.facts = classified();
    data::Samples &test = dataset.splits[2];
    test.sampleShape = {3};
    test.values = {2, 0, 0, /**/ 0, 1, 0, /**/ 3, 0, 0, /**/ 0, 0, 1, /**/ 0, 2, 1};
    test.labels = {0, 1, 1, 2, 2}; // answers: 0, 1, 0, 2, 1
    return dataset;
}

double share(const std::vector<double> &logits, std::size_t which)
{
    double sum = 0.0;
    for (const double logit : logits) sum += std::exp(logit);
    return std::exp(logits[which]) / sum;
}

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-6;
}

} // namespace

class EvaluationTest : public QObject {
    Q_OBJECT

private slots:
    void largeNetworksTakeFewerSamplesAtOnce()
    {
        const auto wide = [](std::int64_t side) {
            return *engine::compile(
                small::chain({{"input_1", "Input"},
                              {"conv_1", "Conv2d", {{"out_channels", std::int64_t{64}}}},
                              {"flatten_1", "Flatten"},
                              {"linear_1", "Linear", {{"out_features", std::int64_t{1}}}},
                              {"output_1", "Output"}}),
                {.facts = classified(graph::Shape::maps(1, side, side), {"a"}), .statistics = {}});
        };
        QCOMPARE(engine::boundedBatch(*wide(8), 256, false), std::int64_t{256});
        const auto large = wide(128); // Input, 64 maps, and the same flat: 8.45 MB a sample
        QCOMPARE(large->activationsPerSample(), std::int64_t{(1 + 2 * 64) * 128 * 128 + 1});
        QCOMPARE(engine::boundedBatch(*large, 256, false), std::int64_t{30});
        QCOMPARE(engine::boundedBatch(*large, 128, true), std::int64_t{15});
        QCOMPARE(engine::boundedBatch(*large, 4, true), std::int64_t{4});
    }

    void countsWhatAHandCounts()
    {
        const auto result = train::evaluate(echo(), fiveSamples(), data::Split::Test);
        QVERIFY(static_cast<bool>(result));
        QVERIFY(near(result->accuracy, 3.0 / 5.0));
        QVERIFY(result->confusion
                == std::vector<std::vector<std::int64_t>>({{1, 0, 0}, {1, 1, 0}, {0, 1, 1}}));
        const double probabilities[] = {share({2, 0, 0}, 0), share({0, 1, 0}, 1),
                                        share({3, 0, 0}, 1), share({0, 0, 1}, 2),
                                        share({0, 2, 1}, 2)};
        double loss = 0.0;
        for (std::size_t i = 0; i < 5; ++i) {
            loss -= std::log(probabilities[i]) / 5.0;
            QVERIFY(near(result->answers[i].labelProbability, probabilities[i]));
        }
        QVERIFY(near(result->loss, loss));
        QCOMPARE(result->answers[2].predicted, 0);
        QCOMPARE(result->answers[2].label, 1);
        QVERIFY(near(result->answers[2].confidence, share({3, 0, 0}, 0)));
        QVERIFY(near(result->ece, train::calibrationError(result->answers)));
    }

    void calibrationByHand()
    {
        using train::Answer;
        QCOMPARE(train::calibrationError({}), 0.0);
        // Bin 15: confidences 0.95 and 0.99, both right. Bin 10 (0.6, 0.667]: 0.62 right, 0.66
        // wrong.
        const std::vector<Answer> answers{
            {0, 0, 0.95F, 0.95F}, {1, 1, 0.99F, 0.99F}, {1, 1, 0.62F, 0.62F}, {1, 0, 0.66F, 0.34F}};
        const double expected = 0.5 * std::abs(1.0 - 0.97) + 0.5 * std::abs(0.5 - 0.64);
        QVERIFY(near(train::calibrationError(answers), expected));
        // Sure and right is calibrated; sure and wrong is as far off as can be.
        QVERIFY(near(train::calibrationError(std::vector<Answer>{{0, 0, 1.0F, 1.0F}}), 0.0));
        QVERIFY(near(train::calibrationError(std::vector<Answer>{{0, 1, 1.0F, 0.0F}}), 1.0));
        QVERIFY(near(train::calibrationError(std::vector<Answer>{{0, 1, 0.0F, 0.0F}}), 0.0));
    }

    void takesTheFirstOnesOrTheChosenOnes()
    {
        const auto first = train::evaluate(echo(), fiveSamples(), data::Split::Test, 2);
        QCOMPARE(first->answers.size(), std::size_t{2});
        QCOMPARE(first->accuracy, 1.0);
        const std::vector<std::int64_t> chosen{4, 0};
        const auto some = train::evaluateSamples(echo(), fiveSamples(), data::Split::Test, chosen);
        QCOMPARE(some->answers[0].label, 2);
        QCOMPARE(some->answers[1].label, 0);
        const auto none = train::evaluate(echo(), fiveSamples(), data::Split::Train);
        QVERIFY(none && none->answers.empty() && none->loss == 0.0);
    }

    void batchesDoNotShow()
    {
        const auto dataset = small::blobs(0.5, 700); // three batches of 256
        const auto model =
            engine::compile(small::perceptron(), {.facts = dataset->facts, .statistics = {}});
        const auto whole = train::evaluate(*model, *dataset, data::Split::Train);
        QCOMPARE(whole->answers.size(), std::size_t{700});
        double loss = 0.0;
        for (std::int64_t i = 0; i < 700; ++i) {
            const std::vector<std::int64_t> one{i};
            loss += train::evaluateSamples(*model, *dataset, data::Split::Train, one)->loss / 700.0;
        }
        QVERIFY(near(whole->loss, loss));
    }

    void tellsProgressAndCanBeCancelled()
    {
        const auto dataset = small::blobs(0.5, 700);
        const auto model =
            engine::compile(small::perceptron(), {.facts = dataset->facts, .statistics = {}});
        std::vector<double> fractions;
        std::stop_source stop;
        const auto whole = train::evaluate(*model, *dataset, data::Split::Train, 0,
                                           [&](double fraction) { fractions.push_back(fraction); });
        QVERIFY(whole && std::ranges::is_sorted(fractions) && fractions.back() == 1.0);
        const auto cancelled = train::evaluate(
            *model, *dataset, data::Split::Train, 0, [&](double) { stop.request_stop(); },
            stop.get_token());
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().what.id, std::string("train.cancelled"));
    }

    void onlyStepsWithALabelAreCounted()
    {
        graph::DataFacts facts = classified(graph::Shape::sequence({}, 3));
        facts.task = graph::Task::LabelSteps;
        facts.longest = 3;
        data::Dataset dataset;
        dataset.facts = facts;
        data::Samples &test = dataset.splits[2];
        test.sampleShape = {3};
        test.starts = {0, 3, 4}; // the shorter one is evaluated first, and told second
        test.values = {2, 0, 0, /**/ 0, 1, 0, /**/ 3, 0, 0, /**/ 0, 0, 1};
        test.stepLabels = {0, data::kNoLabel, 1, /**/ 2}; // answers: 0, -, 0; 2
        const auto evaluation = train::evaluate(echo(facts), dataset, data::Split::Test);
        QVERIFY(static_cast<bool>(evaluation));
        QCOMPARE(evaluation->samples, 2);
        QCOMPARE(evaluation->answers.size(), std::size_t{3});
        QVERIFY(near(evaluation->accuracy, 2.0 / 3.0));
        const double loss = -(std::log(share({2, 0, 0}, 0)) + std::log(share({3, 0, 0}, 1))
                              + std::log(share({0, 0, 1}, 2)))
                            / 3.0;
        QVERIFY(near(evaluation->loss, loss));
        QCOMPARE(evaluation->answers[1].sample, 0);
        QCOMPARE(evaluation->answers[1].step, 2);
        QCOMPARE(evaluation->answers[2].sample, 1);
        QCOMPARE(evaluation->confusion[1][0], 1);
    }

    void quantilesHaveABandAndItsCoverage()
    {
        graph::DataFacts facts;
        facts.input = graph::Shape::vector(3);
        facts.task = graph::Task::Regress;
        facts.values = 1;
        data::Dataset dataset;
        dataset.facts = facts;
        data::Samples &test = dataset.splits[2];
        test.sampleShape = {3};
        test.values = {-1, 0, 1, /**/ 2, 3, 4, /**/ 9, 5, 7, /**/ 0, 0, 0};
        test.labels = {0, 0, 0, 0};              // counts the samples of a set without a time axis
        test.answers = {0.5F, 4.5F, 9.0F, 0.0F}; // inside, above, at the end, at both ends
        const auto evaluation =
            train::evaluate(echo(facts, "quantiles"), dataset, data::Split::Test);
        QVERIFY(static_cast<bool>(evaluation));
        QCOMPARE(evaluation->predictions, (std::vector<float>{0, 3, 5, 0}));
        QCOMPARE(evaluation->band.low, (std::vector<float>{-1, 2, 5, 0}));
        QCOMPARE(evaluation->band.high, (std::vector<float>{1, 4, 9, 0}));
        QCOMPARE(evaluation->figures.at("coverage"), 0.75);
    }

    void numbersHaveErrorsInsteadOfAnAccuracy()
    {
        graph::DataFacts facts;
        facts.input = graph::Shape::vector(3);
        facts.task = graph::Task::Regress;
        facts.values = 3;
        data::Dataset dataset;
        dataset.facts = facts;
        for (data::Samples &samples : dataset.splits) {
            samples.sampleShape = {3};
            samples.starts = {};
            samples.values = {2, 0, 0, /**/ 0, 1, 0};
            samples.labels = {0, 0}; // counts the samples of a set without a time axis
            samples.answers = {2, 0, 1, /**/ 0, 4, 0};
        }
        const auto evaluation =
            train::evaluate(echo(facts, "mean_squared_error"), dataset, data::Split::Test);
        QVERIFY(static_cast<bool>(evaluation));
        QVERIFY(std::isnan(evaluation->accuracy));
        QVERIFY(near(evaluation->figures.at("mae"), 4.0 / 6.0));
        QVERIFY(near(evaluation->figures.at("rmse"), std::sqrt(10.0 / 6.0)));
        QVERIFY(near(evaluation->loss, 10.0 / 6.0)); // no statistics: no scale
        QCOMPARE(evaluation->predictions, (std::vector<float>{2, 0, 0, 0, 1, 0}));
        QVERIFY(evaluation->answers.empty() && evaluation->confusion.empty());
    }
};

QTEST_APPLESS_MAIN(EvaluationTest)
#include "evaluation_test.moc"
