// French and its English, plan by plan: agreement, elision, order, and words with two senses.
#include "data/grammars/translation_grammar.hpp"
#include "data/grammars/word_list.hpp"

#include <QtTest>

#include <map>
#include <set>

using namespace ostrich;
using namespace ostrich::data::grammar;

namespace {

const Noun *noun(std::string_view english)
{
    return &*std::ranges::find(nouns(), english, &Noun::english);
}

const Adjective *adjective(std::string_view english)
{
    return &*std::ranges::find(adjectives(), english, &Adjective::english);
}

const Verb *verb(std::string_view english)
{
    return &*std::ranges::find(verbs(), english, &Verb::english);
}

const Pronoun *pronoun(std::string_view french)
{
    return &*std::ranges::find(pronouns(), french, &Pronoun::french);
}

NounPhrase the(std::string_view english)
{
    return {Determiner::The, noun(english)};
}

NounPhrase a(std::string_view english)
{
    return {Determiner::A, noun(english)};
}

QString told(const Plan &plan)
{
    const SentencePair pair = write(plan);
    return QString::fromStdString(pair.french + " = " + pair.english)
           + (isClear(plan) ? "" : " (unclear)");
}

} // namespace

class TranslationGrammarTest : public QObject {
    Q_OBJECT

private slots:
    void sentencesOfTheLessons()
    {
        NounPhrase car = a("car");
        car.before = adjective("small");
        car.behind = adjective("red");
        QCOMPARE(
            told(
                {.subject = the("lawyer"), .verb = verb("buy"), .mood = Mood::Past, .object = car}),
            "l' avocat a acheté une petite voiture rouge . = the lawyer bought a small red car .");
        NounPhrase avocado = a("avocado");
        avocado.behind = adjective("green");
        QCOMPARE(told({.pronoun = pronoun("elle"), .verb = verb("eat"), .object = avocado}),
                 "elle mange un avocat vert . = she eats a green avocado .");
        NounPhrase cat = the("cat");
        cat.behind = adjective("black");
        QCOMPARE(told({.subject = cat, .verb = verb("sleep")}),
                 "le chat noir dort . = the black cat sleeps .");
        QCOMPARE(told({.pronoun = pronoun("nous"),
                       .verb = verb("see"),
                       .mood = Mood::Past,
                       .object = NounPhrase{Determiner::Two, noun("film"), true}}),
                 "nous avons vu deux films . = we saw two films .");
        QCOMPARE(told({.pronoun = pronoun("je"),
                       .verb = verb("leave"),
                       .mood = Mood::Want,
                       .negated = true}),
                 "je ne veux pas partir . = i do not want to leave .");
    }

    void frenchAgreesAndElides()
    {
        NounPhrase friends{Determiner::A, noun("friend"), true, adjective("old")};
        QCOMPARE(told({.subject = friends, .verb = verb("sing"), .mood = Mood::Past}),
                 "de vieux amis ont chanté . = old friends sang .");
        NounPhrase friendly{Determiner::This, noun("friend"), false, nullptr, adjective("clever")};
        QCOMPARE(told({.subject = friendly, .verb = verb("sing"), .negated = true}),
                 "cet ami intelligent ne chante pas . = this clever friend does not sing .");
        friendly.determiner = Determiner::The;
        friendly.before = adjective("old");
        QCOMPARE(
            told({.subject = friendly, .verb = verb("leave"), .mood = Mood::Can, .negated = true}),
            "le vieil ami intelligent ne peut pas partir . = the old clever friend cannot leave .");
        QCOMPARE(told({.pronoun = pronoun("je"),
                       .verb = verb("call"),
                       .object = NounPhrase{Determiner::My, noun("student")}}),
                 "j' appelle mon étudiante . = i call my student .");
        QCOMPARE(told({.pronoun = pronoun("je"),
                       .verb = verb("buy"),
                       .mood = Mood::Past,
                       .negated = true,
                       .object = the("apple")}),
                 "je n' ai pas acheté la pomme . = i did not buy the apple .");
        NounPhrase mice{Determiner::The, noun("mouse"), true};
        QCOMPARE(told({.subject = mice, .quality = adjective("white")}),
                 "les souris sont blanches . = the mice are white .");
        QCOMPARE(told({.pronoun = pronoun("elle"), .quality = adjective("old"), .negated = true}),
                 "elle n' est pas vieille . = she is not old .");
        NounPhrase apple = a("apple");
        QCOMPARE(told({.pronoun = pronoun("il"), .verb = verb("eat"), .object = apple}),
                 "il mange une pomme . = he eats an apple .");
    }

    void theSentenceTellsTheSense()
    {
        const auto clear = [](const Plan &plan) { return isClear(plan); };
        const Pronoun *she = pronoun("elle");
        // Who calls, calls a lawyer; who eats, eats an avocado; who looks for one may mean either.
        QVERIFY(clear({.pronoun = she, .verb = verb("call"), .object = the("lawyer")}));
        QVERIFY(!clear({.pronoun = she, .verb = verb("eat"), .object = the("lawyer")}));
        QVERIFY(!clear({.pronoun = she, .verb = verb("look for"), .object = the("lawyer")}));
        NounPhrase famous = the("lawyer");
        famous.behind = adjective("famous");
        QVERIFY(clear({.pronoun = she, .verb = verb("look for"), .object = famous}));
        QVERIFY(clear({.subject = the("avocado"), .quality = adjective("ripe")}));
        QVERIFY(!clear({.subject = the("avocado"), .quality = adjective("small")}));
        QVERIFY(clear({.pronoun = she, .verb = verb("break"), .object = the("mirror")}));
        QVERIFY(clear({.pronoun = she, .verb = verb("eat"), .object = the("ice cream")}));
        QVERIFY(clear({.pronoun = she, .verb = verb("book"), .object = the("flight")}));
        QVERIFY(clear({.pronoun = she, .verb = verb("report"), .object = the("theft")}));
        // "le livre" is the book, "la livre" the pound; "les livres" may be either.
        QVERIFY(clear({.pronoun = she, .verb = verb("steal"), .object = the("book")}));
        QVERIFY(clear({.pronoun = she, .verb = verb("steal"), .object = the("pound")}));
        NounPhrase books = the("book");
        books.plural = true;
        QVERIFY(!clear({.pronoun = she, .verb = verb("steal"), .object = books}));
        QVERIFY(clear({.pronoun = she, .verb = verb("read"), .object = books}));
        // A bird flies, a thief steals something.
        QVERIFY(clear({.subject = the("bird"), .verb = verb("fly")}));
        QVERIFY(!clear({.pronoun = she, .verb = verb("fly")}));
    }

    void eachSentenceHasOneTranslation()
    {
        RandomStream random(11, "pairs");
        std::map<std::string, std::string> translations;
        std::set<std::string> french, english;
        for (int i = 0; i < 100000; ++i) {
            const SentencePair pair = drawPair(random);
            const auto known = translations.emplace(pair.french, pair.english).first;
            QVERIFY2(known->second == pair.english,
                     (pair.french + " " + pair.english + " " + known->second).c_str());
            addWords(pair.french, french);
            addWords(pair.english, english);
            for (const std::string &sentence : {pair.french, pair.english})
                QVERIFY2(std::ranges::count(sentence, ' ') < kLongestPair, sentence.c_str());
        }
        // The vocabularies hold what is said, and nothing else.
        const auto all = [](const std::vector<std::string> &words) {
            return std::set<std::string>(words.begin(), words.end());
        };
        QCOMPARE(french, all(frenchWords()));
        QCOMPARE(english, all(englishWords()));
    }
};

QTEST_APPLESS_MAIN(TranslationGrammarTest)
#include "translation_grammar_test.moc"
