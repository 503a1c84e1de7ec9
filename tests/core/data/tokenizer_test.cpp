// Vocabularies: what they are fitted on, ids and back, and byte pairs against the paper's example
// and against the plainest way to learn them.
#include "data/byte_pairs.hpp"
#include "data/text_file.hpp"
#include "data/tokenizer.hpp"
#include "data/words.hpp"

#include <QtTest>
#include <nlohmann/json.hpp>

#include <random>
#include <set>

using namespace ostrich;
using namespace ostrich::data;

namespace {

using Merges = std::vector<std::pair<std::string, std::string>>;

/// Counting all pairs anew before each merge.
Merges learnedPlainly(const std::map<std::string, std::int64_t> &words, std::int64_t maximum)
{
    std::vector<std::pair<std::vector<std::string>, std::int64_t>> all;
    std::set<std::string> parts;
    for (const auto &[word, count] : words) {
        all.emplace_back(signsOf(word), count);
        parts.insert(all.back().first.begin(), all.back().first.end());
    }
    Merges merges;
    while (static_cast<std::int64_t>(parts.size()) < maximum) {
        std::map<std::pair<std::string, std::string>, std::int64_t> counts;
        for (const auto &[signs, count] : all) {
            for (std::size_t i = 0; i + 1 < signs.size(); ++i)
                counts[{signs[i], signs[i + 1]}] += count;
        }
        const auto best = std::ranges::max_element(
            counts, {}, [](const auto &entry) { return entry.second; }); // the first of equals
        if (best == counts.end() || best->second < 2) break;
        merges.push_back(best->first);
        parts.insert(joinedPart(best->first.first, best->first.second));
        for (auto &[signs, count] : all) {
            std::vector<std::string> merged;
            for (std::size_t i = 0; i < signs.size(); ++i) {
                if (i + 1 < signs.size() && signs[i] == best->first.first
                    && signs[i + 1] == best->first.second) {
                    merged.push_back(joinedPart(signs[i], signs[i + 1]));
                    ++i;
                } else {
                    merged.push_back(signs[i]);
                }
            }
            signs = merged;
        }
    }
    return merges;
}

std::vector<std::string> texts()
{
    return {"Le chat noir dort.", "Le chien noir mange.", "L'avocat dort, le chat mange."};
}

} // namespace

class TokenizerTest : public QObject {
    Q_OBJECT

private slots:
    void frequentWordsComeFirstAndTiesInAlphabeticalOrder()
    {
        const auto tokenizer = Tokenizer::fit(TokenLevel::Words, texts(), 100);
        const std::vector<std::string> expected{"<pad>", "<unknown>", "<begin>", "<end>", ".",
                                                "le",    "chat",      "dort",    "mange", "noir",
                                                ",",     "avocat",    "chien",   "l'"};
        QCOMPARE(tokenizer.pieces(), expected);
        QCOMPARE(tokenizer.size(), std::int64_t(expected.size()));
        QCOMPARE(tokenizer.piece(Tokenizer::kEnd), std::string("<end>"));
    }

    void theVocabularyHoldsOnlyWhatItWasFittedOn()
    {
        const auto tokenizer = Tokenizer::fit(TokenLevel::Words, texts(), 100);
        const auto ids = tokenizer.encode("Le zèbre dort.");
        QCOMPARE(ids[1], Tokenizer::kUnknown);
        QCOMPARE(std::ranges::count(ids, Tokenizer::kUnknown), 1);
        QCOMPARE(tokenizer.decode(ids), std::string("le <unknown> dort."));
    }

    void theMaximumCountsTheSpecials()
    {
        const auto tokenizer = Tokenizer::fit(TokenLevel::Words, texts(), 6);
        QCOMPARE(tokenizer.size(), 6);
        QCOMPARE(tokenizer.piece(5), std::string("le"));
        QCOMPARE(Tokenizer::fit(TokenLevel::Words, texts(), 2).size(), 4);
        QCOMPARE(Tokenizer::fit(TokenLevel::Subwords, {}, 50).size(), 4);
    }

    void decodedWordsReadWell()
    {
        const auto tokenizer = Tokenizer::fit(TokenLevel::Words, texts(), 100);
        QCOMPARE(tokenizer.decode(tokenizer.encode("L'AVOCAT dort , le chat\u00A0mange .")),
                 std::string("l'avocat dort, le chat mange."));
    }

    void specialsAreLeftOutOfText()
    {
        const auto tokenizer = Tokenizer::fit(TokenLevel::Words, texts(), 100);
        std::vector<std::int32_t> ids{Tokenizer::kBegin};
        for (const auto id : tokenizer.encode("le chat")) ids.push_back(id);
        ids.insert(ids.end(), {Tokenizer::kEnd, Tokenizer::kPad, 12345, -1});
        QCOMPARE(tokenizer.decode(ids), std::string("le chat"));
    }

    void charactersGoThereAndBackExactly_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"Ève a dit\u202F: « l’été »\n\tOui", "e\u0301 und é",
                                 "我喜欢猫 😀👨‍👩‍👧", "Ω ы 한 \u00A0 x", ""})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void charactersGoThereAndBackExactly()
    {
        QFETCH(QString, text);
        const std::vector<std::string> all{text.toStdString()};
        const auto tokenizer = Tokenizer::fit(TokenLevel::Characters, all, 500);
        const auto ids = tokenizer.encode(all[0]);
        QCOMPARE(static_cast<qsizetype>(ids.size()), text.toUcs4().size());
        QCOMPARE(std::ranges::count(ids, Tokenizer::kUnknown), 0);
        QCOMPARE(tokenizer.decode(ids), all[0]);
    }

    void blanksAreShownAsSigns()
    {
        const auto tokenizer = Tokenizer::of(TokenLevel::Characters, {" ", "\n", "a"});
        const std::vector<std::string> expected{"<pad>", "<unknown>", "<begin>", "<end>",
                                                "␣",     "↵",         "a"};
        QCOMPARE(tokenizer.visiblePieces(), expected);
    }

    void bytePairsOfThePaper()
    {
        // "low" 5, "lower" 2, "newest" 6, "widest" 3: e s, then es t, then l o (section 3.2).
        const BytePairs learned =
            learnBytePairs({{"low", 5}, {"lower", 2}, {"newest", 6}, {"widest", 3}}, 100);
        const Merges expected{{"e@@", "s@@"},  {"es@@", "t"},    {"l@@", "o@@"}, {"e@@", "w@@"},
                              {"ew@@", "est"}, {"n@@", "ewest"}, {"lo@@", "w"},  {"d@@", "est"},
                              {"i@@", "dest"}, {"w@@", "idest"}};
        QVERIFY(std::ranges::equal(std::span(learned.merges).first(expected.size()), expected));
        const std::set<std::string> alphabet(learned.alphabet.begin(), learned.alphabet.end());
        const std::set<std::string> signs{"l@@", "o@@", "w", "w@@", "e@@", "r",
                                          "n@@", "s@@", "t", "i@@", "d@@"};
        QCOMPARE(alphabet, signs);
    }

    void bytePairsAreThoseOfThePlainWay()
    {
        const unsigned seed = 77;
        std::mt19937 random(seed);
        for (int round = 0; round < 60; ++round) {
            std::map<std::string, std::int64_t> words;
            for (int i = 0; i < 40; ++i) {
                std::string word;
                const auto length = 1 + random() % 9;
                for (unsigned k = 0; k < length; ++k) word += static_cast<char>('a' + random() % 3);
                words[word] += 1 + random() % 20;
            }
            QVERIFY2(learnBytePairs(words, 60).merges == learnedPlainly(words, 60),
                     ("seed " + std::to_string(seed)).c_str());
        }
    }

    void partsOfWordsGoThereAndBack()
    {
        const std::vector<std::string> all{"lower lowest newest", "low new newer wide wider widest",
                                           "été étés l'été"};
        const auto tokenizer = Tokenizer::fit(TokenLevel::Subwords, all, 60);
        QVERIFY(tokenizer.size() <= 60);
        for (const std::string &text : all)
            QCOMPARE(tokenizer.decode(tokenizer.encode(text)), text);
        // A word never seen is made of parts; a sign never seen is unknown.
        const auto ids = tokenizer.encode("lowest-wid");
        QCOMPARE(std::ranges::count(tokenizer.encode("newlow"), Tokenizer::kUnknown), 0);
        QVERIFY(std::ranges::count(ids, Tokenizer::kUnknown) > 0);
        QVERIFY(tokenizer.encode("newest").size() < 6);
    }

    void aMegabyteIsLearnedInSeconds()
    {
        const auto path =
            std::filesystem::path(OSTRICH_SHARED_DATA) / "tiny-shakespeare" / "input.txt";
        if (!std::filesystem::exists(path))
            QSKIP("no shared/data beside the project: byte pairs of a megabyte were not learned");
        const std::vector<std::string> all{*readText(path)};
        QElapsedTimer timer;
        timer.start();
        const auto tokenizer = Tokenizer::fit(TokenLevel::Subwords, all, 4000);
        QVERIFY2(timer.elapsed() < 8000, std::to_string(timer.elapsed()).c_str());
        QCOMPARE(tokenizer.size(), 4000);
        const auto ids = tokenizer.encode(all[0]);
        QCOMPARE(std::ranges::count(ids, Tokenizer::kUnknown), 0);
        QCOMPARE(splitWords(tokenizer.decode(ids)), splitWords(all[0]));
    }

    void jsonKeepsAll_data()
    {
        QTest::addColumn<QString>("level");
        for (const char *level : {"characters", "words", "subwords"})
            QTest::newRow(level) << QString(level);
    }
    void jsonKeepsAll()
    {
        QFETCH(QString, level);
        const auto fitted = Tokenizer::fit(*tokenLevelFrom(level.toStdString()), texts(), 60);
        QCOMPARE(name(fitted.level()), std::string_view(level.toStdString()));
        const auto read = Tokenizer::fromJson(nlohmann::json::parse(fitted.toJson().dump()));
        QVERIFY(static_cast<bool>(read));
        QVERIFY(*read == fitted);
        QCOMPARE(read->encode("Le chat noir, l'avocat!"), fitted.encode("Le chat noir, l'avocat!"));
    }

    void brokenJsonIsRefused()
    {
        for (const char *text : {"{}", "[]", "3", R"({"level":"letters","pieces":[],"merges":[]})",
                                 R"({"level":"words","pieces":[1],"merges":[]})",
                                 R"({"level":"words","pieces":["a"],"merges":[["a"]]})"})
            QVERIFY2(!Tokenizer::fromJson(nlohmann::json::parse(text)), text);
    }
};

QTEST_APPLESS_MAIN(TokenizerTest)
#include "tokenizer_test.moc"
