// Sentence pairs: what encoder and decoder get, that no source sentence crosses a split, and what
// is told of files that do not serve.
#include "../one_line_error.hpp"
#include "../scratch_folder.hpp"
#include "data/source.hpp"
#include "data/tokenizer.hpp"

#include <QtTest>

#include <map>
#include <set>

namespace fs = std::filesystem;
using namespace ostrich;
using namespace ostrich::data;
using namespace ostrich::test;

namespace {

std::string rowsOf(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "Number n" + std::to_string(i) + ".\tNuméro n" + std::to_string(i) + " !\n";
    return text;
}

std::string sourceOf(const Dataset &dataset, Split split, std::int64_t index)
{
    const Samples &samples = dataset.split(split);
    const auto first = samples.starts[static_cast<std::size_t>(index)];
    return dataset.tokenizer->decode(std::span(samples.tokens)
                                         .subspan(static_cast<std::size_t>(first),
                                                  static_cast<std::size_t>(samples.steps(index))));
}

std::string targetOf(const Dataset &dataset, Split split, std::int64_t index)
{
    return dataset.targetTokenizer->decode(dataset.split(split).targets.row(index));
}

std::int64_t countOf(const Dataset &dataset)
{
    return dataset.splits[0].count() + dataset.splits[1].count() + dataset.splits[2].count();
}

} // namespace

class PairsTest : public QObject {
    Q_OBJECT

private slots:
    void pairsAreReadAndFramed()
    {
        const ScratchFolder folder("pairs");
        const std::string source = "pairs:" + folder.write("a.txt", rowsOf(100)).string();
        const auto loaded = load(source, 1);
        QVERIFY(static_cast<bool>(loaded));
        const Dataset &dataset = **loaded;
        QCOMPARE(dataset.facts, *factsOf(source));
        QVERIFY(dataset.facts.task == graph::Task::Translate);
        QCOMPARE(dataset.facts.classes, dataset.targetTokenizer->size());
        QVERIFY(dataset.facts.target.shape
                == graph::Shape::tokens({}, dataset.targetTokenizer->size()));
        QCOMPARE(dataset.facts.longest, 4);        // number n7 . <end>
        QCOMPARE(dataset.facts.target.longest, 4); // <begin> numéro n7 !
        QCOMPARE(dataset.splits[0].count(), 80);
        QCOMPARE(dataset.splits[1].count(), 10);
        for (std::int64_t i = 0; i < 80; ++i) {
            const auto target = dataset.splits[0].targets.row(i);
            QCOMPARE(target.front(), Tokenizer::kBegin);
            QCOMPARE(target.back(), Tokenizer::kEnd);
            const auto end = dataset.splits[0].starts[static_cast<std::size_t>(i + 1)];
            QCOMPARE(dataset.splits[0].tokens[static_cast<std::size_t>(end - 1)], Tokenizer::kEnd);
            const std::string from = sourceOf(dataset, Split::Train, i);
            const std::string number = from.substr(8, from.size() - 9); // "number n7."
            QCOMPARE(targetOf(dataset, Split::Train, i), "numéro n" + number + "!");
        }
    }

    void columnsMayBeTurnedRoundAndNamed()
    {
        const ScratchFolder folder("pairs");
        const std::string path = folder.write("a.tsv", "en\tfr\n" + rowsOf(30)).string();
        for (const char *options :
             {"?source=1&target=0&header=1", "?source=fr&target=en&header=1"}) {
            const auto loaded = load("pairs:" + path + options, 1);
            QVERIFY(static_cast<bool>(loaded));
            QCOMPARE(countOf(**loaded), 30);
            QCOMPARE(sourceOf(**loaded, Split::Train, 0).substr(0, 7), std::string("numéro"));
        }
    }

    void oneSourceSentenceIsInOneSplit()
    {
        // Each sentence three times, in other capitals and blanks, with other translations.
        std::string text;
        for (int i = 0; i < 60; ++i) {
            const std::string n = "n" + std::to_string(i);
            text += "Go " + n + "!\ta" + n + "\ngo " + n + " !\tb" + n + "\nGO " + n + "!\tc" + n
                    + "\n" + "Go " + n + "!\ta" + n + "\n"; // the fourth is the first again
        }
        const ScratchFolder folder("pairs");
        const auto dataset = *load("pairs:" + folder.write("a.txt", text).string()
                                       + "?tokens=characters&vocabulary=100",
                                   1);
        QCOMPARE(countOf(*dataset), 180);
        std::map<std::string, std::set<int>> places;
        for (const Split split : {Split::Train, Split::Validation, Split::Test}) {
            for (std::int64_t i = 0; i < dataset->split(split).count(); ++i)
                places[targetOf(*dataset, split, i).substr(1)].insert(static_cast<int>(split));
        }
        QCOMPARE(places.size(), std::size_t{60});
        for (const auto &[sentence, splits] : places) QCOMPARE(splits.size(), std::size_t{1});
    }

    void longAndHalfEmptyPairsAreLeftOut()
    {
        const ScratchFolder folder("pairs");
        const std::string text = rowsOf(30) + "a b c d e f\tx\nx\ta b c d e f\nx\t \n";
        const auto dataset =
            *load("pairs:" + folder.write("a.txt", text).string() + "?max_length=5", 1);
        QCOMPARE(countOf(*dataset), 30);
        QCOMPARE(dataset->warnings.back(), (Message{"data.pairs_left_out", {"3", "5"}}));
    }

    void vocabulariesKnowTheTrainingPairsAlone()
    {
        const ScratchFolder folder("pairs");
        const auto dataset = *load("pairs:" + folder.write("a.txt", rowsOf(100)).string(), 7);
        QCOMPARE(dataset->tokenizer->size(), Tokenizer::kSpecials + 2 + 80);
        QCOMPARE(targetOf(*dataset, Split::Test, 0), std::string("numéro <unknown>!"));
    }

    void whatDoesNotServeIsToldInOneLine_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("id");
        const auto row = [](const char *what, const std::string &bytes, const char *options,
                            const char *id) {
            QTest::newRow(what) << QByteArray::fromStdString(bytes) << QString(options)
                                << QString(id);
        };
        row("one line", "one line\n", "", "data.pairs_no_tab");
        row("commas", "a, b\nc, d\n", "", "data.pairs_no_tab");
        row("few", rowsOf(9), "", "data.pairs_few");
        row("empty", "", "", "data.text_empty");
        row("ragged", rowsOf(20) + "a\tb\tc\n", "", "data.table_ragged");
        row("no tab further down", rowsOf(20) + "a, b\n", "", "data.table_ragged");
        row("another encoding", rowsOf(20) + "caf\xE9\tcoffee\n", "", "data.text_encoding");
        row("binary", std::string("\0\1\2\3", 4), "", "data.text_binary");
        row("an unknown column", rowsOf(20), "?source=2", "data.column_unknown");
        row("the same column", rowsOf(20), "?source=1", "data.pairs_same_column");
        row("all too long", "a b c\td\n", "?max_length=2", "data.pairs_few");
    }
    void whatDoesNotServeIsToldInOneLine()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, options);
        QFETCH(QString, id);
        const ScratchFolder folder("pairs-bad");
        const fs::path path = folder.write("pairs.txt", bytes.toStdString());
        const auto loaded = load("pairs:" + path.string() + options.toStdString(), 1);
        QVERIFY(!loaded);
        QCOMPARE(faultOf(loaded.error(), path), std::string());
        QCOMPARE(QString::fromStdString(loaded.error().what.id), id);
    }

    void englishAndFrenchHaveTheirPairs()
    {
        const fs::path path = fs::path(OSTRICH_SHARED_DATA) / "eng-fra" / "eng-fra-30k.txt";
        if (!fs::exists(path)) QSKIP("no shared/data beside the project");
        const auto dataset = *load("pairs:" + path.string() + "?source=1&target=0", 1);
        // Of 30,000, 100 differ from another in capitals, blanks or apostrophes alone.
        QCOMPARE(countOf(*dataset), 29900);
        std::map<std::string, int> places;
        for (const Split split : {Split::Train, Split::Validation, Split::Test}) {
            for (std::int64_t i = 0; i < dataset->split(split).count(); ++i) {
                const std::string from = sourceOf(*dataset, split, i);
                if (from.find("<unknown>") != std::string::npos) continue;
                const auto known = places.emplace(from, static_cast<int>(split)).first;
                QVERIFY2(known->second == static_cast<int>(split), from.c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(PairsTest)
#include "pairs_test.moc"
