// Labelled texts and plain text: what is read, how it is split, what the vocabulary knows, and what
// is told of files that do not serve.
#include "../one_line_error.hpp"
#include "../own_time.hpp"
#include "../scratch_folder.hpp"
#include "data/source.hpp"
#include "data/tokenizer.hpp"

#include <QtTest>

#include <cmath>
#include <random>
#include <set>

namespace fs = std::filesystem;
using namespace ostrich;
using namespace ostrich::data;
using namespace ostrich::test;

namespace {

/// Row i is about number i; even ones are labelled "even".
std::string numberedRows(int count, const std::string &separator)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "this is word" + std::to_string(i) + separator + (i % 2 ? "odd" : "even") + "\n";
    return text;
}

std::string sampleText(const Dataset &dataset, Split split, std::int64_t index)
{
    const Samples &samples = dataset.split(split);
    const auto first = samples.starts[static_cast<std::size_t>(index)];
    return dataset.tokenizer->decode(std::span(samples.tokens)
                                         .subspan(static_cast<std::size_t>(first),
                                                  static_cast<std::size_t>(samples.steps(index))));
}

fs::path shared(const char *name)
{
    return fs::path(OSTRICH_SHARED_DATA) / name;
}

} // namespace

class TextTest : public QObject {
    Q_OBJECT

private slots:
    void labelledLinesAreReadAndSplit()
    {
        const ScratchFolder folder("text");
        const std::string source =
            "text:" + folder.write("a.tsv", numberedRows(100, "\t")).string();
        const auto loaded = load(source, 1);
        QVERIFY(static_cast<bool>(loaded));
        const Dataset &dataset = **loaded;
        QCOMPARE(dataset.facts, *factsOf(source));
        QCOMPARE(dataset.facts.classNames, (std::vector<std::string>{"even", "odd"}));
        QVERIFY(dataset.facts.task == graph::Task::Classify);
        QVERIFY(dataset.facts.input == graph::Shape::tokens({}, dataset.tokenizer->size()));
        QCOMPARE(dataset.facts.longest, 3);
        QCOMPARE(dataset.facts.title, std::string("a.tsv"));
        QCOMPARE(dataset.splits[0].count(), 80);
        QCOMPARE(dataset.splits[1].count(), 10);
        QCOMPARE(dataset.splits[2].count(), 10);
        for (std::int64_t i = 0; i < 80; ++i) {
            const std::string text = sampleText(dataset, Split::Train, i);
            const int number = std::stoi(text.substr(text.find("word") + 4));
            QCOMPARE(dataset.splits[0].labels[static_cast<std::size_t>(i)], number % 2);
        }
    }

    void theVocabularyKnowsTheTrainingTextsAlone()
    {
        const ScratchFolder folder("text");
        const auto dataset =
            *load("text:" + folder.write("a.tsv", numberedRows(100, "\t")).string(), 1);
        // this, is, and the 80 numbered words of training; each other text has one unknown of
        // three.
        QCOMPARE(dataset->tokenizer->size(), Tokenizer::kSpecials + 82);
        for (const Split split : {Split::Validation, Split::Test})
            QCOMPARE(sampleText(*dataset, split, 0), std::string("this is <unknown>"));
        QCOMPARE(dataset->warnings.size(), std::size_t{1});
        QCOMPARE(dataset->warnings[0].arguments[0], std::string("33.3"));
    }

    void theSplitIsTheSameForEverySeed()
    {
        const ScratchFolder folder("text");
        const std::string source =
            "text:" + folder.write("a.tsv", numberedRows(100, "\t")).string();
        QCOMPARE((*load(source, 1))->checksum, (*load(source, 99))->checksum);
    }

    void aChangedFileIsReadAnew()
    {
        const ScratchFolder folder("text");
        const std::string source =
            "text:" + folder.write("a.tsv", numberedRows(100, "\t")).string();
        QCOMPARE((*load(source, 1))->splits[0].count(), 80);
        folder.write("a.tsv", numberedRows(200, "\t"));
        QCOMPARE(factsOf(source)->input.vocabulary, Tokenizer::kSpecials + 162);
        QCOMPARE((*load(source, 1))->splits[0].count(), 160);
    }

    void columnsAreChosen_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("first"); // a text of the training split begins so
        QTest::newRow("by name") << "?label=class&text=body" << "body";
        QTest::newRow("by number") << "?label=2&text=1" << "body";
        QTest::newRow("joined") << "?label=class&text=title,body" << "title body";
        QTest::newRow("in the order asked for") << "?label=class&text=1,0" << "body title";
        QTest::newRow("all others") << "?label=class" << "title body";
        QTest::newRow("header told") << "?label=class&header=1&text=1" << "body";
    }
    void columnsAreChosen()
    {
        QFETCH(QString, options);
        QFETCH(QString, first);
        std::string text = "title,body,class\n";
        for (int i = 0; i < 40; ++i) text += "Title,\"Body\"," + std::to_string(i % 3) + "\n";
        const ScratchFolder folder("text");
        const auto loaded =
            load("text:" + folder.write("a.csv", text).string() + options.toStdString(), 1);
        QVERIFY(static_cast<bool>(loaded));
        QCOMPARE((*loaded)->facts.classNames, (std::vector<std::string>{"0", "1", "2"}));
        QCOMPARE(QString::fromStdString(sampleText(**loaded, Split::Train, 0)), first);
    }

    void longTextsAreCutAndEmptyOnesAreUnknown()
    {
        std::string text;
        for (int i = 0; i < 30; ++i)
            text += std::string(i % 3 == 0   ? "a b c d e f g"
                                : i % 3 == 1 ? "\u00AD"
                                             : "a")
                    + "\t" + std::to_string(i % 2) + "\n";
        const ScratchFolder folder("text");
        const auto loaded = load(
            "text:" + folder.write("a.tsv", text).string() + "?max_length=5&label=1&text=0", 1);
        QVERIFY(static_cast<bool>(loaded));
        QCOMPARE((*loaded)->facts.longest, 5);
        QCOMPARE((*loaded)->warnings.back(), (Message{"data.text_cut", {"10", "5"}}));
        std::set<std::string> seen;
        for (std::int64_t i = 0; i < (*loaded)->splits[0].count(); ++i)
            seen.insert(sampleText(**loaded, Split::Train, i));
        QCOMPARE(seen, (std::set<std::string>{"a b c d e", "<unknown>", "a"}));
    }

    void tokensAreChosen_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("level");
        QTest::newRow("words") << "" << "words";
        QTest::newRow("characters") << "?tokens=characters" << "characters";
        QTest::newRow("subwords") << "?tokens=subwords&vocabulary=40" << "subwords";
    }
    void tokensAreChosen()
    {
        QFETCH(QString, options);
        QFETCH(QString, level);
        const ScratchFolder folder("text");
        const auto dataset = *load("text:" + folder.write("a.tsv", numberedRows(100, "\t")).string()
                                       + options.toStdString(),
                                   1);
        QCOMPARE(QString::fromStdString(std::string(name(dataset->tokenizer->level()))), level);
        if (level == "subwords") QVERIFY(dataset->tokenizer->size() <= 40);
    }

    void aFolderHasAFileForEachClass()
    {
        const ScratchFolder folder("texts");
        std::string longer;
        for (int i = 0; i < 20; ++i)
            longer += "a rather long line of text that nobody would call a name\r\n\r\n";
        folder.write("b.txt", longer);
        folder.write("a.txt", "\xEF\xBB\xBFone \ntwo\nthree\nfour\nfive");
        folder.write("notes.md", "nothing");
        const auto dataset = *load("text:" + folder.path().string() + "/", 1);
        QCOMPARE(dataset->facts.classNames, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(dataset->splits[0].count() + dataset->splits[1].count()
                     + dataset->splits[2].count(),
                 25);
        QVERIFY(dataset->tokenizer->level() == TokenLevel::Words);
    }

    void plainTextAsksForTheNextToken()
    {
        std::string text;
        for (int i = 0; i < 2000; ++i) text += std::to_string(i) + " ";
        const ScratchFolder folder("text");
        const std::string source = "text:" + folder.write("a.txt", text).string() + "?window=10";
        const auto loaded = load(source, 1);
        QVERIFY(static_cast<bool>(loaded));
        const Dataset &dataset = **loaded;
        QCOMPARE(dataset.facts, *factsOf(source));
        QVERIFY(dataset.facts.task == graph::Task::LabelSteps);
        QVERIFY(dataset.facts.input == graph::Shape::tokens(10, 4 + 11)); // digits and the blank
        QCOMPARE(dataset.facts.classes, 15);
        const Samples &train = dataset.splits[0];
        QCOMPARE(sampleText(dataset, Split::Train, 0), std::string("0 1 2 3 4 "));
        QCOMPARE(sampleText(dataset, Split::Train, 1), std::string("5 6 7 8 9 "));
        for (std::size_t i = 0; i + 1 < train.tokens.size(); ++i)
            QCOMPARE(train.stepLabels[i], train.tokens[i + 1]);
        // By position: what is tested comes behind all that is trained on.
        const std::int64_t last = train.count() - 1;
        const auto number = [](const std::string &from) {
            return std::stoi(from.substr(from.find(' ') + 1)); // the first one may be cut
        };
        const int trained = number(sampleText(dataset, Split::Train, last));
        const int validated = number(sampleText(dataset, Split::Validation, 0));
        QVERIFY(trained < validated);
        QVERIFY(validated < number(sampleText(dataset, Split::Test, 0)));
        const auto total = static_cast<double>(train.count() + dataset.splits[1].count()
                                               + dataset.splits[2].count());
        QVERIFY(std::abs(static_cast<double>(train.count()) / total - 0.8) < 0.01);
    }

    void unknownTokensAreNotAskedFor()
    {
        std::string text;
        for (int i = 0; i < 3000; ++i) text += i % 2 ? "word " : "other" + std::to_string(i) + " ";
        const ScratchFolder folder("text");
        const auto dataset = *load("text:" + folder.write("a.txt", text).string()
                                       + "?window=4&tokens=words&vocabulary=5",
                                   1);
        const Samples &test = dataset->splits[2];
        for (std::size_t i = 0; i < test.stepLabels.size(); ++i)
            QVERIFY(test.stepLabels[i] == kNoLabel || test.stepLabels[i] == Tokenizer::kSpecials);
        QVERIFY(std::ranges::count(test.stepLabels, kNoLabel) > 0);
    }

    void whatDoesNotServeIsToldInOneLine_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("id");
        const auto row = [](const char *what, const char *name, const std::string &bytes,
                            const char *options, const char *id) {
            QTest::newRow(what) << QString(name) << QByteArray::fromStdString(bytes)
                                << QString(options) << QString(id);
        };
        const std::string rows = numberedRows(40, "\t");
        std::mt19937 random(5);
        std::string noise;
        for (int i = 0; i < 4096; ++i) noise += static_cast<char>(random());
        row("empty", "a.tsv", "", "", "data.text_empty");
        row("one line", "a.tsv", "a\tb\n", "", "data.too_few");
        row("one line of plain text", "a.txt", "one line\n", "", "data.text_short");
        row("another encoding", "a.tsv", "\xFF\xFE\xFD\t1\n", "", "data.text_encoding");
        row("binary", "a.csv", noise, "", "");
        row("commas in a .tsv", "a.tsv", numberedRows(40, ","), "", "data.text_one_column");
        row("tabs in a .csv", "a.csv", rows, "", "data.text_one_column");
        row("ragged", "a.tsv", rows + "x\n", "", "data.table_ragged");
        row("an unknown column", "a.tsv", rows, "?label=mood", "data.column_unknown");
        row("an unknown text column", "a.tsv", rows, "?text=7", "data.column_unknown");
        row("one column for both", "a.tsv", rows, "?label=1&text=1", "data.text_same_column");
        row("a row without label", "a.tsv", rows + "x\t\n", "?label=1", "data.text_no_label");
        row("one class", "a.tsv",
            std::string("a\t1\nb\t1\nc\t1\nd\t1\ne\t1\nf\t1\ng\t1\n"
                        "h\t1\ni\t1\nj\t1\n"),
            "?label=1", "data.text_one_class");
        row("no label to be seen", "a.csv",
            "a,b,c\n1,2,3\n4,5,6\na,b,c\n1,2,3\n4,5,6\na,b,c\n"
            "1,2,3\n4,5,6\na,b,c\n",
            "", "data.text_label_unknown");
        row("a huge line", "a.tsv", rows + std::string(1100000, 'x') + "\todd\n", "",
            "data.text_long_line");
    }
    void whatDoesNotServeIsToldInOneLine()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, options);
        QFETCH(QString, id);
        const ScratchFolder folder("text-bad");
        const fs::path path = folder.write(name.toStdString(), bytes.toStdString());
        const std::string source = "text:" + path.string() + options.toStdString();
        const auto loaded = load(source, 1);
        QVERIFY(!loaded);
        QCOMPARE(faultOf(loaded.error(), path), std::string());
        if (!id.isEmpty()) QCOMPARE(QString::fromStdString(loaded.error().what.id), id);
        const auto facts = factsOf(source);
        QVERIFY(!facts);
        QCOMPARE(facts.error(), loaded.error());
    }

    void foldersThatDoNotServeAreTold()
    {
        const ScratchFolder folder("texts-bad");
        const auto refused = [&](const fs::path &where) {
            const auto loaded = load("text:" + folder.path().string(), 1);
            return loaded ? std::string("it was read") : faultOf(loaded.error(), where);
        };
        QCOMPARE(refused(folder.path()), std::string());
        folder.write("a.txt", "one\ntwo\n");
        QCOMPARE(refused(folder.path()), std::string());
        folder.write("b.txt", "three\n");
        QCOMPARE(refused(folder.path()), std::string());
        QCOMPARE(refused(folder.write("c.txt", "")), std::string());
        QCOMPARE(refused(folder.write("c.txt", "caf\xE9")), std::string());
        const auto nowhere = load("text:" + (folder.path() / "nowhere").string(), 1);
        QCOMPARE(faultOf(nowhere.error(), folder.path() / "nowhere"), std::string());
    }

    void namesHaveTheirCounts()
    {
        if (!fs::exists(shared("names"))) QSKIP("no shared/data beside the project");
        const auto names = *load("text:" + shared("names").string(), 1);
        QCOMPARE(names->facts.classes, 18);
        QCOMPARE(names->splits[0].count() + names->splits[1].count() + names->splits[2].count(),
                 20050);
        QVERIFY(names->tokenizer->level() == TokenLevel::Characters);
        QVERIFY(names->facts.input.vocabulary <= 83 + Tokenizer::kSpecials);
    }

    void newsHaveTheirCounts()
    {
        if (!fs::exists(shared("ag-news"))) QSKIP("no shared/data beside the project");
        const auto news =
            *load("text:" + shared("ag-news/test.csv").string() + "?header=0&label=0&text=1,2", 1);
        QCOMPARE(news->facts.classNames,
                 (std::vector<std::string>{"World", "Sports", "Business", "Sci/Tech"}));
        QCOMPARE(news->splits[0].count(), 6080);
        QCOMPARE(std::ranges::count(news->splits[2].labels, 0), 190);
        QCOMPARE(news->facts.input.vocabulary, 10000);
    }

    void reviewsLoadInSeconds()
    {
        if (!fs::exists(shared("sst2"))) QSKIP("no shared/data beside the project");
        QElapsedTimer timer;
        timer.start();
        const std::string path = "text:" + shared("sst2/train.tsv").string();
        const auto reviews = *load(path + "?header=1&label=label&text=sentence", 1);
        QVERIFY2(timer.elapsed() < 8000, std::to_string(timer.elapsed()).c_str());
        std::int64_t positive = 0, count = 0;
        for (const Samples &samples : reviews->splits) {
            positive += std::ranges::count(samples.labels, 1);
            count += samples.count();
        }
        QCOMPARE(count, 67349);
        QCOMPARE(positive, 37569);
        QCOMPARE(factsOf(path)->classes, 2); // columns guessed
        const test::OwnTime time;
        QVERIFY(static_cast<bool>(factsOf(path))); // known by now
        QVERIFY2(time.elapsed() < 50, std::to_string(time.elapsed()).c_str());
    }

    void shakespeareHasItsCharacters()
    {
        if (!fs::exists(shared("tiny-shakespeare"))) QSKIP("no shared/data beside the project");
        const auto plays = *load("text:" + shared("tiny-shakespeare/input.txt").string(), 1);
        QVERIFY(plays->facts.input == graph::Shape::tokens(64, 65 + Tokenizer::kSpecials));
        QCOMPARE(sampleText(*plays, Split::Train, 0).substr(0, 14), std::string("First Citizen:"));
        const std::int64_t windows =
            plays->splits[0].count() + plays->splits[1].count() + plays->splits[2].count();
        QVERIFY(windows <= 1115394 / 64 && windows >= 1115394 / 64 - 3);
    }
};

QTEST_APPLESS_MAIN(TextTest)
#include "text_test.moc"
