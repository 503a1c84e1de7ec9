// Beam search: what it finds is greedy's answer or better, and its scores are what they say.
#include "train/translation.hpp"

#include "data/tokenizer.hpp"
#include "engine/model_torch.hpp"
#include "small_setups.hpp"

#include <ATen/core/grad_mode.h>

#include <QtTest>

#include <array>
#include <cmath>
#include <functional>

using namespace ostrich;
using data::Tokenizer;
using small::Integer;

namespace {

constexpr std::int64_t kWords = 8;
using Ids = std::vector<std::int32_t>;
/// Logits of the token behind a token.
using Table = std::vector<std::vector<double>>;

/// A translator that looks at the last written token alone: its logits are that token's row.
engine::ModelHandle bigrams(const Table &table)
{
    graph::DataFacts facts;
    facts.task = graph::Task::Translate;
    facts.input = graph::Shape::tokens({}, kWords);
    facts.longest = 4;
    facts.target = {graph::Shape::tokens({}, kWords), 4};
    facts.classes = kWords;
    auto model = engine::compile(
        small::chain(
            {{"input_1", "Input", {{"field", std::string("target")}}},
             {"embedding_1", "Embedding", {{"embedding_dim", kWords}}},
             {"linear_1", "Linear", {{"out_features", std::string("classes")}, {"bias", false}}},
             {"output_1", "Output"}}),
        {.facts = facts, .statistics = {}});
    if (!model) qFatal("%s", sentence(model.error(), Language::English).c_str());
    const at::NoGradGuard noGradient;
    for (const auto &[name, tensor] : (*model)->parameters()) {
        at::Tensor weights = tensor;
        weights.zero_();
        for (std::int64_t i = 0; i < kWords; ++i)
            for (std::int64_t j = 0; j < kWords; ++j)
                weights.select(0, i).select(0, j).fill_(
                    name == "linear_1.weight"
                        ? table[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)]
                        : (i == j ? 1.0 : 0.0));
    }
    return *model;
}

/// Rows of log-probabilities: `chances` by (from, to), the rest next to nothing.
Table chances(const std::vector<std::tuple<int, int, double>> &entries)
{
    Table table(kWords, std::vector<double>(kWords, -30.0));
    for (const auto &[from, to, chance] : entries)
        table[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)] = std::log(chance);
    return table;
}

train::BeamSearch search(const engine::ModelHandle &model, std::int64_t width)
{
    const Ids source{4, 5, Tokenizer::kEnd};
    auto found = train::beamSearch(model, source, width);
    if (!found) qFatal("%s", sentence(found.error(), Language::English).c_str());
    return *std::move(found);
}

} // namespace

class BeamSearchTest : public QObject {
    Q_OBJECT

private slots:
    void aBeamSeesBehindAnUnlikelyBeginning()
    {
        // Greedy begins with 4 (0.6), behind which nothing is likely; 5 (0.4) leads on surely.
        const auto model = bigrams(chances({{Tokenizer::kBegin, 4, 0.6},
                                            {Tokenizer::kBegin, 5, 0.4},
                                            {4, 6, 0.4},
                                            {4, 7, 0.3},
                                            {4, Tokenizer::kEnd, 0.3},
                                            {5, 6, 1.0},
                                            {6, Tokenizer::kEnd, 1.0},
                                            {7, Tokenizer::kEnd, 1.0}}));
        const auto greedy = search(model, 1);
        QCOMPARE(greedy.found.size(), std::size_t{1});
        QCOMPARE(greedy.found.front().ids, (Ids{4, 6}));
        QVERIFY(std::abs(greedy.found.front().score - std::log(0.6 * 0.4) / 3.0) < 1e-5);
        const auto beam = search(model, 4);
        QCOMPARE(beam.found.front().ids, (Ids{5, 6}));
        QVERIFY(std::abs(beam.found.front().score - std::log(0.4) / 3.0) < 1e-5);
        for (std::size_t i = 1; i < beam.found.size(); ++i)
            QVERIFY(beam.found[i].score <= beam.found[i - 1].score);
    }

    void aBeamAsWideAsTheVocabularyMissesNothing()
    {
        // Two words each, 4 or 5 and then 6 or 7: all four sentences are tried by hand.
        constexpr std::uint64_t kSeed = 5;
        RandomStream random(kSeed, "exhaustive");
        int greedyMisses = 0;
        for (int trial = 0; trial < 30; ++trial) {
            const double first = random.uniform(0.3, 0.7);
            const std::array second{random.uniform(0.02, 0.98), random.uniform(0.02, 0.98)};
            const auto model = bigrams(chances({{Tokenizer::kBegin, 4, first},
                                                {Tokenizer::kBegin, 5, 1.0 - first},
                                                {4, 6, second[0]},
                                                {4, 7, 1.0 - second[0]},
                                                {5, 6, second[1]},
                                                {5, 7, 1.0 - second[1]},
                                                {6, Tokenizer::kEnd, 1.0},
                                                {7, Tokenizer::kEnd, 1.0}}));
            std::vector<train::Translation> all{
                {{4, 6}, std::log(first * second[0]) / 3.0},
                {{4, 7}, std::log(first * (1.0 - second[0])) / 3.0},
                {{5, 6}, std::log((1.0 - first) * second[1]) / 3.0},
                {{5, 7}, std::log((1.0 - first) * (1.0 - second[1])) / 3.0}};
            std::ranges::sort(all, std::greater{}, &train::Translation::score);
            const auto beam = search(model, kWords);
            QVERIFY(beam.found.size() >= all.size());
            for (std::size_t i = 0; i < all.size(); ++i) {
                QVERIFY2(beam.found[i].ids == all[i].ids,
                         qPrintable(QStringLiteral("seed %1, trial %2").arg(kSeed).arg(trial)));
                QVERIFY(std::abs(beam.found[i].score - all[i].score) < 1e-5);
            }
            greedyMisses += search(model, 1).found.front().ids == all[0].ids ? 0 : 1;
        }
        QVERIFY(greedyMisses > 0);
    }

    void theTreeLeadsToWhatWasFound()
    {
        RandomStream random(7, "beam");
        Table table(kWords, std::vector<double>(kWords));
        for (auto &row : table)
            for (double &logit : row) logit = random.normal();
        const auto beam = search(bigrams(table), 3);
        QVERIFY(!beam.found.empty() && beam.found.size() <= 3);
        for (std::size_t node = 0; node < beam.nodes.size(); ++node) {
            QVERIFY(beam.nodes[node].parent < static_cast<std::int64_t>(node));
            QVERIFY(beam.nodes[node].logProbability <= 0.0);
        }
        // The best sentence stands in the tree, with its score.
        const train::Translation &best = beam.found.front();
        bool told = false;
        for (std::int64_t leaf = 0; leaf < std::ssize(beam.nodes); ++leaf) {
            Ids ids;
            double sum = 0.0, steps = 0.0;
            for (std::int64_t node = leaf; node >= 0; ++steps) {
                const train::BeamNode &one = beam.nodes[static_cast<std::size_t>(node)];
                if (one.token != Tokenizer::kEnd) ids.insert(ids.begin(), one.token);
                sum += one.logProbability;
                node = one.parent;
            }
            told = told || (ids == best.ids && std::abs(sum / steps - best.score) < 1e-9);
        }
        QVERIFY(told);
    }

    void whatNeverEndsIsCutOff()
    {
        const auto endless =
            bigrams(chances({{Tokenizer::kBegin, 4, 1.0}, {4, 5, 0.9}, {4, 4, 0.1}, {5, 4, 1.0}}));
        const auto beam = search(endless, 2);
        QCOMPARE(beam.found.front().ids.size(), std::size_t{9}); // the longest target and 5 more
    }

    void aBeamWiderThanTheVocabularyIsNarrowed()
    {
        const auto model = bigrams(Table(kWords, std::vector<double>(kWords, 0.0)));
        QVERIFY(search(model, 50).found.size() <= static_cast<std::size_t>(kWords));
    }

    void stoppedSearchesSaySo()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto model = bigrams(Table(kWords, std::vector<double>(kWords, 0.0)));
        const Ids source{4, Tokenizer::kEnd};
        const auto found = train::beamSearch(model, source, 2, stop.get_token());
        QVERIFY(!found);
        QCOMPARE(found.error().what.id, std::string("train.cancelled"));
    }
};

QTEST_GUILESS_MAIN(BeamSearchTest)
#include "beam_search_test.moc"
