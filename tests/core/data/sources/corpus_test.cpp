// The stories: windows that follow each other, and an alphabet without gaps.
#include "../own_time.hpp"
#include "data/source.hpp"
#include "data/tokenizer.hpp"

#include <QtTest>

#include <set>

using namespace ostrich;
using namespace ostrich::data;

class CorpusTest : public QObject {
    Q_OBJECT

private slots:
    void windowsAskForTheNextCharacter()
    {
        const auto loaded = load("corpus?count=100000&window=32", 5);
        QVERIFY(static_cast<bool>(loaded));
        const Dataset &dataset = **loaded;
        QCOMPARE(dataset.facts, *factsOf("corpus?count=100000&window=32"));
        QVERIFY(dataset.facts.task == graph::Task::LabelSteps);
        QVERIFY(dataset.facts.input == graph::Shape::tokens(32, dataset.tokenizer->size()));
        QCOMPARE(dataset.facts.longest, 32);
        for (const Samples &samples : dataset.splits) {
            QCOMPARE(samples.tokens.size(), samples.stepLabels.size());
            for (std::size_t i = 0; i + 1 < samples.tokens.size(); ++i)
                QCOMPARE(samples.stepLabels[i], samples.tokens[i + 1]);
            for (std::int64_t i = 0; i < samples.count(); ++i) QCOMPARE(samples.steps(i), 32);
        }
        const auto total =
            dataset.splits[0].count() + dataset.splits[1].count() + dataset.splits[2].count();
        QVERIFY(total * 32 >= 99900 && total * 32 <= 103000);
    }

    void theAlphabetIsTheOneUsed()
    {
        const auto dataset = *load("corpus", 1);
        std::set<std::int32_t> used;
        for (const Samples &samples : dataset->splits)
            used.insert(samples.stepLabels.begin(), samples.stepLabels.end());
        QVERIFY(!used.contains(kNoLabel)); // an unknown character would be one
        std::set<std::string> unused;
        for (std::int32_t id = Tokenizer::kSpecials; id < dataset->tokenizer->size(); ++id) {
            if (!used.contains(id)) unused.insert(dataset->tokenizer->piece(id));
        }
        QCOMPARE(unused, std::set<std::string>());
    }

    void storiesAreWholeAndReadWell()
    {
        const auto dataset = *load("corpus?count=20000", 2);
        const std::string text = dataset->tokenizer->decode(dataset->splits[0].tokens);
        QCOMPARE(text.substr(0, 17), std::string("Once there was a "));
        QVERIFY(text.find("\n\nOnce there was a ") != std::string::npos);
        QVERIFY(text.find("  ") == std::string::npos);
        QVERIFY(text.find("{") == std::string::npos);
    }

    void factsCostNothing()
    {
        const test::OwnTime time;
        QVERIFY(static_cast<bool>(factsOf("corpus")));
        QVERIFY(time.elapsed() < 50);
    }

    void theSeedWritesTheStories()
    {
        const auto checksum = [](std::uint64_t seed) {
            return (*load("corpus?count=10000", seed))->checksum;
        };
        QCOMPARE(checksum(1), checksum(1));
        QVERIFY(checksum(1) != checksum(2));
    }
};

QTEST_APPLESS_MAIN(CorpusTest)
#include "corpus_test.moc"
