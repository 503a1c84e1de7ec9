// Answers to what is typed: by networks whose weights make the answer known.
#include "train/prediction.hpp"

#include "engine/model_torch.hpp"
#include "small_setups.hpp"
#include "train/typed_input.hpp"

#include <ATen/core/grad_mode.h>

#include <opencv2/imgcodecs.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <fstream>

using namespace ostrich;
using data::Tokenizer;
using small::chain;
using small::Integer;

namespace {

struct Asked {
    train::Manifest manifest;
    engine::ModelHandle model;

    train::Prediction operator()(const std::string &input,
                                 const train::PredictionOptions &options = {}) const
    {
        auto prediction = train::predict(manifest, model, input, options);
        if (!prediction) qFatal("%s", sentence(prediction.error(), Language::English).c_str());
        return *std::move(prediction);
    }
    std::string refused(const std::string &input,
                        const train::PredictionOptions &options = {}) const
    {
        const auto prediction = train::predict(manifest, model, input, options);
        return prediction ? std::string() : prediction.error().what.id;
    }
};

Asked asked(const graph::Network &network, train::Manifest manifest)
{
    auto model =
        engine::compile(network, {.facts = manifest.facts, .statistics = manifest.statistics});
    if (!model) qFatal("%s", sentence(model.error(), Language::English).c_str());
    return {std::move(manifest), *model};
}

/// All parameters zero but those that `fill` sets.
void setWeights(const Asked &asked,
                const std::function<void(const std::string &, at::Tensor &)> &fill)
{
    const at::NoGradGuard noGradient;
    for (auto &[name, tensor] : asked.model->parameters()) {
        at::Tensor weights = tensor;
        weights.zero_();
        fill(name, weights);
    }
}

graph::Network lookUp(Integer width)
{
    return chain(
        {{"input_1", "Input"},
         {"embedding_1", "Embedding", {{"embedding_dim", width}}},
         {"linear_1", "Linear", {{"out_features", std::string("classes")}, {"bias", false}}},
         {"output_1", "Output"}});
}

/// A character model of "abcd": behind each letter comes the next one, behind d comes a.
Asked alphabet()
{
    train::Manifest manifest;
    manifest.tokenizer = Tokenizer::of(data::TokenLevel::Characters, {"a", "b", "c", "d"});
    manifest.facts.input = graph::Shape::tokens(6, 8);
    manifest.facts.task = graph::Task::LabelSteps;
    manifest.facts.classes = 8;
    manifest.facts.classNames = manifest.tokenizer->visiblePieces();
    manifest.facts.longest = 6;
    Asked made = asked(lookUp(8), manifest);
    setWeights(made, [](const std::string &name, at::Tensor &tensor) {
        for (std::int64_t i = 0; i < 8; ++i) {
            const std::int64_t next = i < 4 ? i : 4 + (i - 3) % 4;
            const std::int64_t row = name == "linear_1.weight" ? next : i;
            tensor.select(0, row).select(0, i).fill_(10.0);
        }
    });
    return made;
}

/// Says the last value of feature 1 twice: two steps of one target.
Asked forecaster(bool relative)
{
    train::Manifest manifest;
    manifest.facts.input = graph::Shape::sequence(3, 2);
    manifest.facts.task = graph::Task::Regress;
    manifest.facts.values = 2;
    manifest.facts.longest = 3;
    manifest.facts.relative = relative;
    manifest.facts.targets = {1};
    Asked made =
        asked(chain({{"input_1", "Input"},
                     {"flatten_1", "Flatten"},
                     {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                     {"output_1", "Output", {{"loss", std::string("mean_squared_error")}}}}),
              manifest);
    setWeights(made, [](const std::string &name, at::Tensor &tensor) {
        if (name != "linear_1.weight") return;       // (2, 6): t0 f0, t0 f1, t1 f0 ...
        tensor.select(1, 5).fill_(1.0);              // the last value
        tensor.select(0, 1).select(0, 1).fill_(1.0); // and, at the second step, the first one
    });
    return made;
}

/// Tells the last value of the one feature as median, `below` it as 10 % and `above` it as 90 %,
/// for two steps ahead; the data have mean 10 and deviation 2.
Asked banded(bool relative, float below, float above)
{
    train::Manifest manifest;
    manifest.facts.input = graph::Shape::sequence(3, 1);
    manifest.facts.task = graph::Task::Regress;
    manifest.facts.values = 2;
    manifest.facts.longest = 3;
    manifest.facts.relative = relative;
    manifest.facts.targets = {0};
    manifest.statistics.answerMean = {10.0F, 10.0F};
    manifest.statistics.answerDeviation = {2.0F, 2.0F};
    Asked made = asked(chain({{"input_1", "Input"},
                              {"flatten_1", "Flatten"},
                              {"linear_1", "Linear", {{"out_features", Integer{6}}}},
                              {"output_1", "Output", {{"loss", std::string("quantiles")}}}}),
                       manifest);
    setWeights(made, [=](const std::string &name, at::Tensor &tensor) {
        if (name == "linear_1.weight") tensor.select(1, 2).fill_(1.0); // (6, 3): the last value
        if (name != "linear_1.bias") return;
        for (std::int64_t v = 0; v < 2; ++v) { // 10 %, 10 %, 50 %, 50 %, 90 %, 90 %
            tensor.select(0, v).fill_(-below);
            tensor.select(0, 4 + v).fill_(above);
        }
    });
    return made;
}

/// A classifier of points whose logits are the point itself.
Asked mirror()
{
    train::Manifest manifest;
    manifest.facts = small::blobs()->facts;
    manifest.facts.classes = 2;
    manifest.facts.classNames = {"left", "right"};
    Asked made = asked(chain({{"input_1", "Input"},
                              {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                              {"output_1", "Output"}}),
                       manifest);
    setWeights(made, [](const std::string &name, at::Tensor &tensor) {
        for (std::int64_t i = 0; name == "linear_1.weight" && i < 2; ++i)
            tensor.select(0, i).select(0, i).fill_(1.0);
    });
    return made;
}

} // namespace

class PredictionTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::string write(const char *name, const char *text) const
    {
        const std::string file = m_folder.filePath(name).toStdString();
        std::ofstream(file) << text;
        return file;
    }

private slots:
    void pointsAreClassified()
    {
        const auto answer = mirror()("1,3");
        QCOMPARE(answer.logits, (std::vector<float>{1.0F, 3.0F}));
        QCOMPARE(answer.top.size(), std::size_t{2});
        QCOMPARE(answer.top[0].name, std::string("right"));
        QVERIFY(std::abs(answer.top[0].probability - 1.0 / (1.0 + std::exp(-2.0))) < 1e-6);
        QCOMPARE(mirror()("3:-1", {.top = 1}).top.size(), std::size_t{1});
        QCOMPARE(mirror()(write("point.txt", "5\n2\n")).top[0].name, std::string("left"));
        QCOMPARE(mirror().refused("1,2,3"), std::string("train.other_features"));
        QCOMPARE(mirror().refused("one,two"), std::string("train.no_numbers"));
    }

    void picturesAreFitted()
    {
        train::Manifest manifest;
        manifest.facts = small::bars()->facts;
        const Asked made = asked(small::convolution(), manifest);
        const std::string file = m_folder.filePath("a.png").toStdString();
        QVERIFY(cv::imwrite(file, cv::Mat(30, 40, CV_8UC3, cv::Scalar(10, 100, 200))));
        const auto answer = made(file);
        QCOMPARE(answer.top.size(), std::size_t{2});
        QVERIFY(std::abs(answer.top[0].probability + answer.top[1].probability - 1.0) < 1e-6);
        QVERIFY(!made.refused("/nonexistent.png").empty());
    }

    void forecastsTakeTheLastSteps()
    {
        const Asked plain = forecaster(false);
        QCOMPARE(plain("9:9,1:2,3:4,5:6").forecast, (std::vector<float>{6.0F, 8.0F}));
        QCOMPARE(plain.refused("1:2,3:4"), std::string("train.input_short"));
        QCOMPARE(plain.refused("1,2,3"), std::string("train.other_features"));
        QCOMPARE(plain.refused("no such file"), std::string("train.no_numbers"));
    }

    void relativeForecastsStandOnTheLastValue()
    {
        // Windows of feature 1: 2, 4, 6 becomes -4, -2, 0; the answers 0 and -4 are told from 6.
        QCOMPARE(forecaster(true)("1:2,3:4,5:6").forecast, (std::vector<float>{6.0F, 2.0F}));
    }

    void quantilesAreToldInDataUnits()
    {
        const auto plain = banded(false, 1.0F, 3.0F)("7,8,5");
        QCOMPARE(plain.forecast, (std::vector<float>{20.0F, 20.0F})); // 10 + 2 · 5
        QCOMPARE(plain.low, (std::vector<float>{18.0F, 18.0F}));
        QCOMPARE(plain.high, (std::vector<float>{26.0F, 26.0F}));
        // Told from the last value 5, which is 0 to the network.
        const auto relative = banded(true, 1.0F, 3.0F)("7,8,5");
        QCOMPARE(relative.forecast, (std::vector<float>{15.0F, 15.0F}));
        QCOMPARE(relative.low, (std::vector<float>{13.0F, 13.0F}));
        QCOMPARE(relative.high, (std::vector<float>{21.0F, 21.0F}));
        QVERIFY(forecaster(false)("9:9,1:2,3:4").low.empty());
    }

    void crossedQuantilesStillHoldTheMedian()
    {
        const auto crossed = banded(false, -1.0F, -3.0F)("7,8,5"); // 10 % above 50 % above 90 %
        QCOMPARE(crossed.low, (std::vector<float>{14.0F, 14.0F}));
        QCOMPARE(crossed.forecast, (std::vector<float>{20.0F, 20.0F}));
        QCOMPARE(crossed.high, (std::vector<float>{22.0F, 22.0F}));
    }

    void tablesGiveTheirColumnsOfNumbers()
    {
        const Asked plain = forecaster(false);
        const std::string file = write(
            "a.csv", "date,a,b\n2020-01-01,9,9\n2020-01-02,1,2\n2020-01-03,3,\n2020-01-04,5,6\n");
        QCOMPARE(plain(file).forecast, (std::vector<float>{6.0F, 8.0F}));
        QCOMPARE(plain.refused(write("b.csv", "a,b,c\n1,2,3\n1,2,3\n1,2,4\n")),
                 std::string("train.other_features"));
        QCOMPARE(plain.refused(write("c.csv", "x,y\nred,blue\n")), std::string("train.no_numbers"));
        QVERIFY(!plain.refused(write("d.csv", "")).empty());
    }

    void aTextIsClassified()
    {
        train::Manifest manifest;
        manifest.tokenizer = Tokenizer::of(data::TokenLevel::Words, {"good", "bad"});
        manifest.facts.input = graph::Shape::tokens({}, 6);
        manifest.facts.classes = 2;
        manifest.facts.classNames = {"yes", "no"};
        manifest.facts.longest = 8;
        graph::Network network = chain(
            {{"input_1", "Input"},
             {"embedding_1", "Embedding", {{"embedding_dim", Integer{2}}}},
             {"pool_1", "TimePool", {{"mode", std::string("mean")}}},
             {"linear_1", "Linear", {{"out_features", std::string("classes")}, {"bias", false}}},
             {"output_1", "Output"}});
        const Asked made = asked(network, manifest);
        setWeights(made, [](const std::string &name, at::Tensor &tensor) {
            const std::int64_t first = name == "embedding_1.weight" ? 4 : 0;
            for (std::int64_t i = 0; i < 2; ++i)
                tensor.select(0, first + i).select(0, i).fill_(1.0);
        });
        QCOMPARE(made("Good, good and bad!").top[0].name, std::string("yes"));
        QCOMPARE(made(write("review.txt", "bad bad good\n")).top[0].name, std::string("no"));
        for (const char *nothing : {"", "   ", "\n"})
            QCOMPARE(made.refused(nothing), std::string("train.empty_text"));
        QCOMPARE(made.refused("good \xff bad"), std::string("train.input_no_utf8"));
        Asked without = made;
        without.manifest.tokenizer.reset();
        QCOMPARE(without.refused("good"), std::string("train.no_tokenizer"));
    }

    void aTextIsWrittenOn()
    {
        const Asked made = alphabet();
        const auto answer = made("ab", {.top = 2, .sample = 5, .temperature = 0.0});
        QCOMPARE(answer.text, std::string("cdabc"));
        QCOMPARE(answer.top[0].name, std::string("c"));
        QCOMPARE(answer.top.size(), std::size_t{2});
        QCOMPARE(answer.logits.size(), std::size_t{8});
        QVERIFY(answer.steps.empty());
        // Longer than the network's window: its end counts.
        QCOMPARE(made("aaaaaaaaab", {.sample = 9, .temperature = 0.0}).text,
                 std::string("cdabcdabc"));
        QCOMPARE(made("ab").text, std::string());
        QCOMPARE(made.refused("ab", {.temperature = -1.0}), std::string("train.bad_temperature"));
    }

    void heatMakesItVary()
    {
        const Asked made = alphabet();
        const auto text = [&](double temperature, std::uint64_t seed) {
            return made("a", {.sample = 40, .temperature = temperature, .seed = seed}).text;
        };
        QCOMPARE(text(1.0, 1), text(1.0, 2)); // logits of 100 leave no doubt
        QCOMPARE(text(1e4, 1), text(1e4, 1));
        QVERIFY(text(1e4, 1) != text(1e4, 2));
        QVERIFY(text(1e4, 1).find('<') == std::string::npos); // no special token
    }

    void temperatureShapesTheShares()
    {
        // Specials 0, 1, 2 are no text; kEnd and two letters are left.
        const std::vector<float> logits{9.0F, 9.0F, 9.0F, 0.0F, 1.0F, 3.0F};
        for (const double temperature : {0.25, 1.0, 2.0}) {
            const auto shares = train::tokenShares(logits, temperature);
            const double sum = 1.0 + std::exp(1.0 / temperature) + std::exp(3.0 / temperature);
            QCOMPARE(shares[0] + shares[1] + shares[2], 0.0);
            QVERIFY(std::abs(shares[3] - 1.0 / sum) < 1e-12);
            QVERIFY(std::abs(shares[4] - std::exp(1.0 / temperature) / sum) < 1e-12);
            QVERIFY(std::abs(shares[5] - std::exp(3.0 / temperature) / sum) < 1e-12);
        }
        QCOMPARE(train::tokenShares(logits, 0.0), (std::vector<double>{0, 0, 0, 0, 0, 1}));
    }

    void eachTokenIsToldAsItIsWritten()
    {
        const Asked made = alphabet();
        const std::vector<std::int32_t> ids = made.manifest.tokenizer->encode("ab");
        std::vector<std::int32_t> told;
        std::stop_source stop;
        const auto written = train::writeOn(
            made.model, ids, {100, 0.0, 1},
            [&](std::int32_t token, std::span<const float> logits) {
                told.push_back(token);
                QCOMPARE(logits.size(), std::size_t{8});
                QCOMPARE(std::ranges::max_element(logits) - logits.begin(),
                         static_cast<std::ptrdiff_t>(token));
                if (told.size() == 5) stop.request_stop();
            },
            stop.get_token());
        QVERIFY(static_cast<bool>(written));
        QCOMPARE(*written, told);
        QCOMPARE(made.manifest.tokenizer->decode(told), std::string("cdabc"));
        const auto next = train::nextToken(made.model, ids);
        QVERIFY(static_cast<bool>(next));
        QCOMPARE(*next, made("ab").logits);
    }

    void drawnTokensFollowTheirShares()
    {
        // Behind any letter: a, b, c and d in the shares of a softmax of (0, 1, 2, 3) / 2.
        Asked made = alphabet();
        setWeights(made, [](const std::string &name, at::Tensor &tensor) {
            if (name == "embedding_1.weight") tensor.select(1, 0).fill_(1.0);
            if (name != "linear_1.weight") return;
            tensor.select(1, 0).fill_(-100.0);
            for (std::int64_t i = 4; i < 8; ++i)
                tensor.select(0, i).select(0, 0).fill_(static_cast<double>(i - 4));
        });
        constexpr std::int64_t kCount = 4000;
        constexpr std::uint64_t kSeed = 11;
        const auto written = train::writeOn(made.model, {4}, {kCount, 2.0, kSeed});
        QVERIFY(static_cast<bool>(written));
        double sum = 0.0;
        for (int i = 0; i < 4; ++i) sum += std::exp(i / 2.0);
        for (int i = 0; i < 4; ++i) {
            const double share = std::exp(i / 2.0) / sum;
            const double seen =
                static_cast<double>(std::ranges::count(*written, 4 + i)) / double{kCount};
            const double deviation = std::sqrt(share * (1.0 - share) / double{kCount});
            QVERIFY2(
                std::abs(seen - share) < 4.0 * deviation,
                qPrintable(QStringLiteral("seed %1: %2 of %3").arg(kSeed).arg(seen).arg(share)));
        }
    }

    void everyStepIsLabelled()
    {
        train::Manifest manifest;
        manifest.facts.input = graph::Shape::sequence({}, 2);
        manifest.facts.task = graph::Task::LabelSteps;
        manifest.facts.classes = 2;
        manifest.facts.classNames = {"first", "second"};
        manifest.facts.longest = 9;
        const Asked made =
            asked(chain({{"input_1", "Input"},
                         {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                         {"output_1", "Output"}}),
                  manifest);
        setWeights(made, [](const std::string &name, at::Tensor &tensor) {
            for (std::int64_t i = 0; name == "linear_1.weight" && i < 2; ++i)
                tensor.select(0, i).select(0, i).fill_(1.0);
        });
        const auto answer = made("1:0,0:3,2:1");
        QCOMPARE(answer.steps.size(), std::size_t{3});
        const std::vector<std::string> expected{"first", "second", "first"};
        for (std::size_t t = 0; t < 3; ++t) {
            QCOMPARE(answer.steps[t].best.name, expected[t]);
            QCOMPARE(answer.steps[t].step, std::to_string(t));
        }
        QVERIFY(std::abs(answer.steps[1].best.probability - 1.0 / (1.0 + std::exp(-3.0))) < 1e-6);
        QVERIFY(answer.top.empty());
    }
};

QTEST_GUILESS_MAIN(PredictionTest)
#include "prediction_test.moc"
