// Greedy translation by a network whose answers are known: it writes the source again.
#include "train/translation.hpp"

#include "data/tokenizer.hpp"
#include "engine/model_torch.hpp"
#include "small_setups.hpp"

#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

#include <QtTest>

using namespace ostrich;
using data::Tokenizer;

namespace {

constexpr std::int64_t kWords = 8;

graph::DataFacts facts()
{
    graph::DataFacts facts;
    facts.task = graph::Task::Translate;
    facts.input = graph::Shape::tokens({}, kWords);
    facts.longest = 4;
    facts.target = {graph::Shape::tokens({}, kWords), 4};
    facts.classes = kWords;
    return facts;
}

/// After token i comes i + 1, whatever the source: 4 5 6 7 and then the end. Only the target is
/// read.
engine::ModelHandle counter()
{
    auto network = small::chain(
        {{"input_1", "Input", {{"field", std::string("target")}}},
         {"embedding_1", "Embedding", {{"embedding_dim", kWords}}},
         {"linear_1", "Linear", {{"out_features", std::string("classes")}, {"bias", false}}},
         {"output_1", "Output"}});
    auto model = engine::compile(network, {.facts = facts(), .statistics = {}});
    if (!model) qFatal("%s", sentence(model.error(), Language::English).c_str());
    const c10::NoGradGuard noGrad;
    for (const auto &[name, tensor] : (*model)->parameters()) {
        tensor.copy_(at::zeros_like(tensor));
        for (std::int64_t i = 0; i < kWords; ++i) {
            std::int64_t next = i;
            if (name == "linear_1.weight") { // (out, in)
                if (i == Tokenizer::kBegin)
                    next = 4;
                else
                    next = i == kWords - 1 ? Tokenizer::kEnd : i + 1;
            }
            tensor.select(0, next).select(0, i).fill_(1.0);
        }
    }
    return *model;
}

data::Samples sentences()
{
    data::Samples samples;
    samples.starts = {0, 1, 3};
    samples.tokens = {4, /**/ 5, 6};
    samples.targets.add(std::vector<std::int32_t>{Tokenizer::kBegin, 4, 5, 6, 7, Tokenizer::kEnd});
    samples.targets.add(std::vector<std::int32_t>{Tokenizer::kBegin, 4, 5, Tokenizer::kEnd});
    return samples;
}

} // namespace

class TranslationTest : public QObject {
    Q_OBJECT

private slots:
    void eachTokenFollowsFromTheOnesBefore()
    {
        const std::vector<std::int64_t> both{1, 0};
        const auto translated = train::translate(counter(), sentences(), both);
        QVERIFY(static_cast<bool>(translated));
        const std::vector<std::int32_t> expected{4, 5, 6, 7};
        QCOMPARE(translated->size(), std::size_t{2});
        QCOMPARE((*translated)[0], expected);
        QCOMPARE((*translated)[1], expected);
    }

    void onlyWholeSentencesAreExact()
    {
        data::Dataset dataset;
        dataset.facts = facts();
        dataset.splits[2] = sentences();
        const auto share = train::exactShare(counter(), dataset, data::Split::Test);
        QVERIFY(static_cast<bool>(share));
        QCOMPARE(*share, 0.5);
    }

    void aClassifierTranslatesNothing()
    {
        const auto data = small::blobs();
        const auto model = engine::compile(
            small::chain({{"input_1", "Input"},
                          {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                          {"output_1", "Output"}}),
            {.facts = data->facts, .statistics = data->statistics});
        const std::vector<std::int64_t> first{0};
        const auto refused = train::translate(*model, data->splits[2], first);
        QVERIFY(!refused);
        QCOMPARE(refused.error().what.id, std::string("train.no_translation"));
    }
};

QTEST_APPLESS_MAIN(TranslationTest)
#include "translation_test.moc"
