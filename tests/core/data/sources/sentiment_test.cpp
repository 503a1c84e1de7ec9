// The opinions: balanced, no sentence twice, told by their rules and not by a bag of words.
#include "../own_time.hpp"
#include "data/source.hpp"
#include "data/tokenizer.hpp"

#include <QtTest>

#include <cmath>
#include <set>

using namespace ostrich;
using namespace ostrich::data;

namespace {

std::vector<std::string> wordsOf(const Dataset &dataset, const Samples &samples, std::int64_t index)
{
    std::vector<std::string> words;
    for (auto i = samples.starts[static_cast<std::size_t>(index)];
         i < samples.starts[static_cast<std::size_t>(index + 1)]; ++i)
        words.push_back(dataset.tokenizer->piece(samples.tokens[static_cast<std::size_t>(i)]));
    return words;
}

/// The rules as a reader would tell them, apart from the grammar: the deciding clause, and in it a
/// word of opinion turned round by each negation.
class Reader {
public:
    static bool positive(std::vector<std::string> words)
    {
        words.pop_back(); // the full stop
        const auto comma = std::ranges::find(words, ",");
        const std::vector<std::string> first(words.begin(), comma);
        if (comma == words.end()) return clause(first);
        const std::vector<std::string> second(comma + 1, words.end());
        return concedes(second) ? clause(first) : clause(second);
    }

private:
    static bool concedes(const std::vector<std::string> &words)
    {
        return words[0] == "although" || words[0] == "even";
    }
    static bool clause(const std::vector<std::string> &words)
    {
        static const std::set<std::string> good{
            "good",    "wonderful", "brilliant", "funny",     "moving",     "charming",  "clever",
            "lovely",  "superb",    "gripping",  "beautiful", "delightful", "original",  "fresh",
            "warm",    "touching",  "elegant",   "memorable", "strong",     "excellent", "lively",
            "subtle",  "witty",     "inventive", "graceful",  "tender",     "daring",    "splendid",
            "radiant", "poetic",    "thrilling", "perfect",   "loved",      "enjoyed",   "admired",
            "adored",  "liked",     "love",      "enjoy",     "admire",     "like"};
        static const std::set<std::string> bad{
            "bad",      "dull",     "awful",    "boring",      "clumsy",    "weak",     "silly",
            "tedious",  "terrible", "flat",     "stale",       "cold",      "empty",    "ugly",
            "tired",    "messy",    "annoying", "forgettable", "poor",      "dreadful", "lifeless",
            "confused", "shallow",  "noisy",    "childish",    "pointless", "painful",  "sloppy",
            "wooden",   "bland",    "chaotic",  "unbearable",  "hated",     "disliked", "regretted",
            "endured",  "despised", "hate",     "dislike",     "regret",    "despise"};
        static const std::set<std::string> negations{"not", "never", "nobody", "far"};
        bool turned = false;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i] == "love" && i + 1 < words.size() && words[i + 1] == "story") continue;
            if (negations.contains(words[i])) turned = !turned;
            if (good.contains(words[i])) return !turned;
            if (bad.contains(words[i])) return turned;
        }
        qFatal("no opinion");
        return false;
    }
};

/// Logistic regression on word counts by plain stochastic gradient descent.
double bagOfWordsAccuracy(const Dataset &dataset)
{
    const auto vocabulary = static_cast<std::size_t>(dataset.facts.input.vocabulary);
    std::vector<double> weights(vocabulary + 1, 0.0);
    const auto score = [&](const Samples &samples, std::int64_t i) {
        double sum = weights.back();
        for (auto k = samples.starts[static_cast<std::size_t>(i)];
             k < samples.starts[static_cast<std::size_t>(i + 1)]; ++k)
            sum += weights[static_cast<std::size_t>(samples.tokens[static_cast<std::size_t>(k)])];
        return sum;
    };
    const Samples &train = dataset.split(Split::Train);
    for (int epoch = 0; epoch < 40; ++epoch) {
        const double rate = 0.1 / (1.0 + epoch);
        for (std::int64_t i = 0; i < train.count(); ++i) {
            const double error = train.labels[static_cast<std::size_t>(i)]
                                 - 1.0 / (1.0 + std::exp(-score(train, i)));
            for (auto k = train.starts[static_cast<std::size_t>(i)];
                 k < train.starts[static_cast<std::size_t>(i + 1)]; ++k)
                weights[static_cast<std::size_t>(train.tokens[static_cast<std::size_t>(k)])] +=
                    rate * error;
            weights.back() += rate * error;
        }
    }
    const Samples &test = dataset.split(Split::Test);
    std::int64_t right = 0;
    for (std::int64_t i = 0; i < test.count(); ++i)
        right += (score(test, i) > 0) == (test.labels[static_cast<std::size_t>(i)] == 1);
    return static_cast<double>(right) / static_cast<double>(test.count());
}

} // namespace

class SentimentTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const Dataset> m_dataset;

private slots:
    void initTestCase()
    {
        const auto loaded = load("sentiment", 3);
        QVERIFY(static_cast<bool>(loaded));
        m_dataset = *loaded;
    }

    void factsAreThoseOfTheData()
    {
        const test::OwnTime time;
        QCOMPARE(*factsOf("sentiment"), m_dataset->facts);
        QVERIFY(time.elapsed() < 50);
        QCOMPARE(m_dataset->facts.classNames, (std::vector<std::string>{"negative", "positive"}));
        const std::int64_t words = m_dataset->tokenizer->size() - Tokenizer::kSpecials;
        QVERIFY2(words >= 150 && words <= 300, std::to_string(words).c_str());
        QCOMPARE(m_dataset->facts.input.vocabulary, m_dataset->tokenizer->size());
        QCOMPARE(m_dataset->splits[0].count(), 6400);
        QCOMPARE(m_dataset->splits[1].count(), 800);
        QCOMPARE(m_dataset->splits[2].count(), 800);
    }

    void sentencesAreUniqueKnownAndOfMeasuredLength()
    {
        std::set<std::vector<std::string>> seen;
        std::set<std::int32_t> used;
        for (const Samples &samples : m_dataset->splits) {
            QVERIFY(2 * std::ranges::count(samples.labels, 1) == samples.count());
            for (std::int64_t i = 0; i < samples.count(); ++i) {
                QVERIFY(seen.insert(wordsOf(*m_dataset, samples, i)).second);
                QVERIFY(samples.steps(i) >= 4 && samples.steps(i) <= m_dataset->facts.longest);
            }
            used.insert(samples.tokens.begin(), samples.tokens.end());
        }
        QVERIFY(!used.contains(Tokenizer::kUnknown));
        // Nor does the vocabulary hold a word that never comes.
        QCOMPARE(std::ssize(used), m_dataset->tokenizer->size() - Tokenizer::kSpecials);
    }

    void theRulesDecide()
    {
        for (const Samples &samples : m_dataset->splits) {
            for (std::int64_t i = 0; i < samples.count(); ++i) {
                const auto words = wordsOf(*m_dataset, samples, i);
                QVERIFY2(Reader::positive(words)
                             == (samples.labels[static_cast<std::size_t>(i)] == 1),
                         QByteArray::fromStdString(
                             m_dataset->tokenizer->decode(m_dataset->tokenizer->encode([&] {
                                 std::string text;
                                 for (const auto &w : words) text += w + " ";
                                 return text;
                             }())))
                             .constData());
            }
        }
    }

    void aBagOfWordsIsNotEnough()
    {
        const double accuracy = bagOfWordsAccuracy(*m_dataset);
        qInfo("bag of words: %.3f", accuracy);
        QVERIFY(accuracy < 0.80);
        QVERIFY(accuracy > 0.55);
    }

    void anotherSeedGivesOtherSentences()
    {
        QVERIFY((*load("sentiment?count=500", 1))->checksum
                != (*load("sentiment?count=500", 2))->checksum);
        QCOMPARE((*load("sentiment?count=500", 1))->checksum,
                 (*load("sentiment?count=500", 1))->checksum);
        QCOMPARE((*load("sentiment?count=500", 1))->splits[0].count(), 400);
    }
};

QTEST_APPLESS_MAIN(SentimentTest)
#include "sentiment_test.moc"
