// Exchanging words in front of a network whose answer is a sum over words: the smallest set is
// known by trying all.
#include "attack/words.hpp"
#include "base/random.hpp"
#include "small_models.hpp"

#include <QtTest>

#include <array>
#include <random>

using namespace ostrich;
using attack::WordOptions;
using Ids = std::vector<std::int32_t>;

namespace {

constexpr std::int32_t kSpecials = 4;
constexpr std::int64_t kVocabulary = 12;

std::vector<std::string> pieces()
{
    std::vector<std::string> all{"<pad>", "<unknown>", "<begin>", "<end>"};
    for (std::int64_t i = kSpecials; i < kVocabulary; ++i) all.push_back("w" + std::to_string(i));
    return all;
}

/// Two classes; the mean over the words of value[id] decides, positive for class 1.
engine::ModelHandle bagOfWords(const std::vector<float> &value)
{
    const engine::CompileOptions options{
        .facts = small_models::facts(
            graph::Shape::tokens(std::nullopt, static_cast<std::int64_t>(value.size())), 2),
        .statistics = {}};
    const auto network =
        small_models::chain({{"input_1", "Input", {}, {}},
                             {"embedding_1", "Embedding", {{"embedding_dim", std::int64_t{1}}}, {}},
                             {"time_pool_1", "TimePool", {{"mode", std::string("mean")}}, {}},
                             {"linear_1", "Linear", {{"out_features", std::int64_t{2}}}, {}},
                             {"output_1", "Output", {}, {}}});
    auto model = small_models::compiled(network, options);
    small_models::set(model, "embedding_1.weight", value);
    small_models::set(model, "linear_1.weight", {0.0F, 1.0F});
    small_models::set(model, "linear_1.bias", {0.0F, 0.0F});
    return model;
}

Result<attack::WordResult> attacked(const engine::ModelHandle &model, const Ids &ids,
                                    const WordOptions &options,
                                    std::optional<std::int64_t> label = {})
{
    return attack::attackWords(model, ids, pieces(), kSpecials, label, options);
}

double sum(const Ids &ids, const std::vector<float> &value)
{
    double total = 0.0;
    for (const std::int32_t id : ids) total += double{value[static_cast<std::size_t>(id)]};
    return total;
}

} // namespace

class WordsTest : public QObject {
    Q_OBJECT

private slots:
    /// Words add up, so the fewest exchanges are those of the words that gain most: greedy is
    /// exact.
    void theFewestWordsAreFound()
    {
        const auto seed = std::random_device{}();
        qInfo("seed %u", seed);
        RandomStream random(seed, "words");
        int several = 0;
        for (int round = 0; round < 40; ++round) {
            std::vector<float> value(kVocabulary, 0.0F);
            for (std::size_t i = kSpecials; i < value.size(); ++i)
                value[i] = static_cast<float>(random.uniform(-1.0, 1.0));
            const auto model = bagOfWords(value);
            Ids ids;
            for (int t = 0; t < 6; ++t)
                ids.push_back(kSpecials
                              + static_cast<std::int32_t>(random.integer(kVocabulary - kSpecials)));
            const double before = sum(ids, value);
            if (std::abs(before) < 0.05) continue;
            const float sign = before > 0.0 ? 1.0F : -1.0F;
            double worst = 1e9;
            for (std::size_t i = kSpecials; i < value.size(); ++i)
                worst = std::min(worst, double{sign * value[i]});
            std::vector<double> gains; // of each word, exchanged for the worst
            for (const std::int32_t id : ids)
                gains.push_back(double{sign * value[static_cast<std::size_t>(id)]} - worst);
            std::ranges::sort(gains, std::greater{});
            double left = std::abs(before);
            std::size_t needed = 0;
            while (needed < gains.size() && left > 0.0) left -= gains[needed++];
            if (left > -1e-4) continue; // too near to call, or no exchange of all of them flips it
            const auto result =
                attacked(model, ids, {.most = 6, .beam = 8, .nearest = 0, .target = {}});
            QVERIFY(result);
            QVERIFY(result->fooled);
            QCOMPARE(result->changes.size(), needed);
            QCOMPARE(result->provenSmallest, needed <= 2);
            QVERIFY(result->y_adv != result->y_pred);
            several += needed > 1;
        }
        QVERIFY(several > 3);
    }

    void whatIsChangedIsTold()
    {
        std::vector<float> value(kVocabulary, 0.1F);
        value[7] = -5.0F;
        const auto model = bagOfWords(value);
        const auto result = attacked(model, {4, 5, 6}, {});
        QVERIFY(result);
        QVERIFY(result->fooled);
        QCOMPARE(result->changes.size(), std::size_t{1});
        QCOMPARE(result->changes[0].to, std::string("w7"));
        QCOMPARE(result->words, (std::vector<std::string>{"w4", "w5", "w6"}));
        QVERIFY(result->before[1] > 0.5 && result->after[1] < 0.5);
        // One sentence as it is, and every other word in every place.
        QCOMPARE(result->queries, std::int64_t{1 + 3 * (kVocabulary - kSpecials - 1)});
    }

    void marksAreNoWords()
    {
        std::vector<float> value(kVocabulary, 0.1F);
        value[1] = -50.0F; // <unknown> would do it
        const auto result = attacked(bagOfWords(value), {4, 5}, {});
        QVERIFY(result);
        QVERIFY(!result->fooled);
        QVERIFY(!result->provenSmallest);
    }

    void onlyNearWordsMayTakeItsPlace()
    {
        std::vector<float> value(kVocabulary, 0.2F);
        value[9] = -9.0F; // the other way: the least near by cosine
        const auto near =
            attacked(bagOfWords(value), {4, 5}, {.most = 2, .beam = 8, .nearest = 3, .target = {}});
        QVERIFY(near);
        QVERIFY(!near->fooled);
        QVERIFY(attacked(bagOfWords(value), {4, 5}, {})->fooled);
    }

    void aWrongAnswerNeedsNoExchange()
    {
        const std::vector<float> value(kVocabulary, 0.1F);
        const auto result = attacked(bagOfWords(value), {4, 5}, {}, 0);
        QVERIFY(result);
        QVERIFY(result->fooled);
        QVERIFY(result->changes.empty());
    }

    void wrongRequestsAreRefused()
    {
        const std::vector<float> value(kVocabulary, 0.1F);
        const auto model = bagOfWords(value);
        QCOMPARE(attacked(model, {}, {}).error().what.id, std::string("attack.empty_text"));
        QCOMPARE(attacked(model, {4}, {}, 2).error().what.id, std::string("attack.no_such_class"));
        QCOMPARE(attacked(model, {4}, {.most = 0, .beam = 8, .nearest = 0, .target = {}})
                     .error()
                     .what.id,
                 std::string("attack.bad_count"));
        const auto points = small_models::linearOnPoints({{0.0F}, {1.0F}}, {1.0F, -1.0F}, {0, 0});
        QCOMPARE(attacked(points, {4}, {}).error().what.id, std::string("attack.no_words"));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(attack::attackWords(model, {4}, pieces(), kSpecials, {}, {}, stop.get_token())
                     .error()
                     .what.id,
                 std::string("attack.cancelled"));
    }
};

QTEST_GUILESS_MAIN(WordsTest)
#include "words_test.moc"
