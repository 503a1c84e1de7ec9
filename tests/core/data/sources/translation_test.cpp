// The generated pairs as a data set: unseen test sentences, one translation each, no unknown word.
#include "../own_time.hpp"
#include "data/source.hpp"
#include "data/tokenizer.hpp"

#include <QtTest>

#include <set>

using namespace ostrich;
using namespace ostrich::data;

class TranslationTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const Dataset> m_dataset;

private slots:
    void initTestCase()
    {
        const auto loaded = load("translation", 3);
        QVERIFY(static_cast<bool>(loaded));
        m_dataset = *loaded;
    }

    void factsAreThoseOfTheData()
    {
        const test::OwnTime time;
        QCOMPARE(*factsOf("translation"), m_dataset->facts);
        QVERIFY(time.elapsed() < 50);
        QVERIFY(m_dataset->facts.task == graph::Task::Translate);
        QCOMPARE(m_dataset->facts.input.vocabulary, m_dataset->tokenizer->size());
        QCOMPARE(m_dataset->facts.classes, m_dataset->targetTokenizer->size());
        for (const auto &tokenizer : {m_dataset->tokenizer, m_dataset->targetTokenizer}) {
            const std::int64_t words = tokenizer->size() - Tokenizer::kSpecials;
            QVERIFY2(words >= 150 && words <= 250, std::to_string(words).c_str());
        }
        QCOMPARE(m_dataset->splits[0].count(), 9600);
        QCOMPARE(m_dataset->splits[1].count(), 1200);
        QCOMPARE(m_dataset->splits[2].count(), 1200);
    }

    void sentencesAreUniqueKnownAndShort()
    {
        std::set<std::string> seen;
        std::set<std::int32_t> french, english;
        for (const Samples &samples : m_dataset->splits) {
            for (std::int64_t i = 0; i < samples.count(); ++i) {
                const auto first =
                    samples.tokens.begin() + samples.starts[static_cast<std::size_t>(i)];
                const std::vector<std::int32_t> source(first, first + samples.steps(i));
                QVERIFY(samples.steps(i) <= m_dataset->facts.longest);
                QCOMPARE(source.back(), Tokenizer::kEnd);
                QVERIFY(seen.insert(m_dataset->tokenizer->decode(source)).second);
                const auto target = samples.targets.row(i);
                QVERIFY(std::ssize(target) - 1 <= m_dataset->facts.target.longest);
                QCOMPARE(target.front(), Tokenizer::kBegin);
                QCOMPARE(target.back(), Tokenizer::kEnd);
            }
            french.insert(samples.tokens.begin(), samples.tokens.end());
            english.insert(samples.targets.ids.begin(), samples.targets.ids.end());
        }
        QVERIFY(!french.contains(Tokenizer::kUnknown) && !english.contains(Tokenizer::kUnknown));
    }

    void theSeedDrawsTheSentences()
    {
        const auto checksum = [](std::uint64_t seed) {
            return (*load("translation?count=300", seed))->checksum;
        };
        QCOMPARE(checksum(1), checksum(1));
        QVERIFY(checksum(1) != checksum(2));
    }
};

QTEST_APPLESS_MAIN(TranslationTest)
#include "translation_test.moc"
