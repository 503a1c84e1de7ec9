// Saliency: against the weights of linear networks, and against the differences that its parts must
// add up to.
#include "../subjects.hpp"

#include "data/dataset.hpp"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace subjects;

namespace {

double sumOf(const Array &array)
{
    return std::accumulate(array.values.begin(), array.values.end(), 0.0);
}

Array logitsOf(const probe::ProbeSubject &made, Array x)
{
    const at::NoGradGuard noGradient;
    x.shape.insert(x.shape.begin(), 1);
    return engine::toArray(made.model->logits(made.model->tensor(x)));
}

std::size_t best(const Array &logits)
{
    return static_cast<std::size_t>(std::ranges::max_element(logits.values)
                                    - logits.values.begin());
}

} // namespace

class SaliencyTest : public QObject {
    Q_OBJECT

private slots:
    void aLinearNetworkShowsItsWeights()
    {
        const auto made =
            subject(chain({{"input_1", "Input"},
                           {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                           {"output_1", "Output"}}),
                    small::blobs());
        const Array x = made.dataset->splits[2].sample(7);
        const std::size_t predicted = best(logitsOf(made, x));
        const Array weights = engine::toArray(made.model->parameters().front().tensor);
        const auto result = looked("saliency", made, {.sample = 7, .block = {}});
        const data::Statistics &fitted = made.dataset->statistics;
        for (std::size_t f = 0; f < 2; ++f) {
            const float slope = weights.values[2 * predicted + f] / fitted.deviation[f];
            QVERIFY(std::abs(result.arrays.at("saliency").values[f] - std::abs(slope)) < 1e-5F);
            const float part = slope * (x.values[f] - fitted.mean[f]);
            QVERIFY(std::abs(result.arrays.at("integrated_gradients").values[f] - part) < 1e-5F);
        }
        QVERIFY(!result.arrays.contains("grad_cam"));
        QVERIFY(result.block.empty());
    }

    void partsOfAPictureAddUp()
    {
        const auto made = subject(small::convolution(), small::bars());
        for (const std::int64_t sample : {0, 1, 2}) {
            const auto result = looked("saliency", made, {.sample = sample, .block = {}});
            Array x = made.dataset->splits[2].sample(sample);
            const Array at = logitsOf(made, x);
            const std::size_t predicted = best(at);
            for (float &pixel : x.values) pixel = made.dataset->statistics.mean.front();
            const double difference = static_cast<double>(at.values[predicted])
                                      - static_cast<double>(logitsOf(made, x).values[predicted]);
            const Array &parts = result.arrays.at("integrated_gradients");
            QCOMPARE(parts.shape, (std::vector<std::int64_t>{8, 8}));
            QVERIFY2(std::abs(sumOf(parts) - difference) < 0.05 * std::abs(difference) + 1e-3,
                     qPrintable(QString("%1, not %2").arg(sumOf(parts)).arg(difference)));
            QCOMPARE(result.arrays.at("saliency").shape, (std::vector<std::int64_t>{8, 8}));
        }
    }

    void gradCamLiesOverThePicture()
    {
        const auto made = subject(small::convolution(), small::bars());
        QCOMPARE(probe::findProbe("saliency")->blocks(made).front(), std::string("conv_1"));
        bool lit = false;
        for (const std::int64_t sample : {0, 1, 2, 3}) {
            for (const char *block : {"", "conv_1"}) {
                const auto result = looked("saliency", made, {.sample = sample, .block = block});
                const Array &cam = result.arrays.at("grad_cam");
                QCOMPARE(cam.shape, (std::vector<std::int64_t>{8, 8}));
                const auto [least, most] = std::ranges::minmax(cam.values);
                QVERIFY(least >= 0.0F && most <= 1.0F);
                lit = lit || most == 1.0F;
                QCOMPARE(result.block,
                         std::string(*block != '\0' ? block : "dropout_1")); // the last maps
            }
        }
        QVERIFY(lit);
    }

    void partsOfASentenceAddUp()
    {
        const auto made =
            subject(chain({{"input_1", "Input"},
                           {"embedding_1", "Embedding", {{"embedding_dim", Integer{6}}}},
                           {"rec_1", "LSTM", {{"hidden_size", Integer{5}}}},
                           {"pool_1", "TimePool"},
                           {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                           {"output_1", "Output"}}),
                    sentences());
        const auto result = looked("saliency", made, {.sample = 4, .block = {}});
        const Array x = made.dataset->splits[2].sample(4);
        const Array at = logitsOf(made, x);
        emptied(made, "embedding_1.weight"); // the baseline: no word at all
        const Array without = logitsOf(made, x);
        const double difference = static_cast<double>(at.values[best(at)])
                                  - static_cast<double>(without.values[best(at)]);
        const Array &parts = result.arrays.at("integrated_gradients");
        QCOMPARE(parts.shape, std::vector<std::int64_t>{7});
        QVERIFY2(std::abs(sumOf(parts) - difference) < 0.05 * std::abs(difference) + 1e-4,
                 qPrintable(QString("%1, not %2").arg(sumOf(parts)).arg(difference)));
        QCOMPARE(std::ssize(result.steps), 7);
        for (const float strength : result.arrays.at("saliency").values) QVERIFY(strength > 0.0F);
    }

    void everyStepOfASeriesCountsOnce()
    {
        const auto made = subject(recurrent("GRU", {{"hidden_size", Integer{4}}}),
                                  series(graph::Task::LabelSteps));
        const auto result = looked("saliency", made, {.sample = 3, .block = {}});
        const Array &strength = result.arrays.at("saliency");
        QCOMPARE(strength.shape, std::vector<std::int64_t>{9});
        // The answer stands at the last step but one; nothing behind it can matter.
        QCOMPARE(strength.values.back(), 0.0F);
        QVERIFY(strength.values[7] > 0.0F);
    }

    void aTranslatorIsExplainedByItsSource()
    {
        const auto result = looked("saliency", subject(translator(), pairs()));
        QCOMPARE(result.arrays.at("integrated_gradients").shape, std::vector<std::int64_t>{3});
    }
};

QTEST_GUILESS_MAIN(SaliencyTest)
#include "saliency_test.moc"
