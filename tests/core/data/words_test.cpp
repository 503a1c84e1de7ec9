// Words of French and English sentences, and how they are written again.
#include "data/text_file.hpp"
#include "data/words.hpp"

#include <QtTest>

using namespace ostrich::data;

namespace {

QString shown(const std::vector<std::string> &words)
{
    QStringList list;
    for (const std::string &word : words) list << QString::fromStdString(word);
    return list.join('|');
}

} // namespace

class WordsTest : public QObject {
    Q_OBJECT

private slots:
    void sentencesFallIntoWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("again"); // empty: as it was, in small letters
        const auto row = [](const char *text, const char *words, const char *again = "") {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(words)
                                << QString::fromUtf8(again);
        };
        row("L'avocat a acheté une petite voiture rouge.",
            "l'|avocat|a|acheté|une|petite|voiture|rouge|.");
        row("Aujourd'hui, qu'est-ce qu'il y a ?", "aujourd'hui|,|qu'|est|-ce|qu'|il|y|a|?",
            "aujourd'hui, qu'est-ce qu'il y a?");
        row("A-t-elle vu lorsqu’il s’en va ?", "a|-t|-elle|vu|lorsqu'|il|s'|en|va|?",
            "a-t-elle vu lorsqu'il s'en va?");
        row("Va\u202F!\u00A0Oui", "va|!|oui", "va! oui");
        row("I don't think it's O'Brien's.", "i|do|n't|think|it|'s|o'brien|'s|.");
        row("We're done; they'll go, I'm sure!", "we|'re|done|;|they|'ll|go|,|i|'m|sure|!");
        row("does n't work , film 's best", "does|n't|work|,|film|'s|best",
            "doesn't work, film's best");
        row("3.14 or 10,000 (50 %).", "3.14|or|10,000|(|50|%|)|.", "3.14 or 10,000 (50%).");
        row("\"Well-made\" he said -- \"fine...\"", "\"|well|-made|\"|he|said|--|\"|fine|...|\"");
        row("``quoted'' text", "``|quoted|''|text");
        row("“Oui” and/or 5 $", "“|oui|”|and|/|or|5|$");
        row("e\u0301te\u0301", "e\u0301te\u0301");
        row("ÉTÉ ΣΟΦΌΣ ЧАЙ", "été|σοφόσ|чай");
        row("我喜欢猫。ok", "我|喜|欢|猫|。|ok", "我喜欢猫。 ok");
        row("カタカナ", "カ|タ|カ|ナ");
        row("한국어 문장", "한국어|문장");
        row("👍🏽 👨‍👩‍👧!", "👍🏽|👨‍👩‍👧|!",
            "👍🏽 👨‍👩‍👧!");
        row("co\u00ADop \uFEFFx", "coop|x", "coop x");
        row("parents' rock 'n' roll", "parents|'|rock|'|n'|roll", "parents' rock' n'roll");
        row("", "");
        row(" \t\u00A0\u3000", "", " ");
    }
    void sentencesFallIntoWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QFETCH(QString, again);
        const auto split = splitWords(text.toStdString());
        QCOMPARE(shown(split), words);
        const QString expected = again.isEmpty() ? text.toLower() : again.trimmed();
        QCOMPARE(QString::fromStdString(joinWords(split)), expected);
    }

    void whatIsWrittenAgainHasTheSameWords_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("French and English") << "eng-fra/eng-fra-30k.txt";
        QTest::newRow("reviews, tokens parted by blanks") << "sst2/dev.tsv";
        QTest::newRow("news") << "ag-news/test.csv";
        QTest::newRow("plays") << "tiny-shakespeare/input.txt";
    }
    void whatIsWrittenAgainHasTheSameWords()
    {
        QFETCH(QString, file);
        const std::filesystem::path path =
            std::filesystem::path(OSTRICH_SHARED_DATA) / file.toStdString();
        if (!std::filesystem::exists(path)) QSKIP("no shared/data beside the project");
        const auto text = readText(path);
        QVERIFY(static_cast<bool>(text));
        for (const std::string_view line : linesOf(*text)) {
            const auto words = splitWords(line);
            QCOMPARE(shown(splitWords(joinWords(words))), shown(words));
        }
    }
};

QTEST_APPLESS_MAIN(WordsTest)
#include "words_test.moc"
