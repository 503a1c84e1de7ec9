// Sentences: the catalogue's words, filled in, in both languages.
#include "base/message.hpp"

#include "base/embedded.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

#include <QtTest>

#include <set>

using namespace ostrich;

namespace {

std::set<std::string> placeholders(const std::string &sentence)
{
    std::set<std::string> found;
    for (std::size_t at = sentence.find('{'); at != std::string::npos;
         at = sentence.find('{', at + 1))
        found.insert(sentence.substr(at, sentence.find('}', at) - at + 1));
    return found;
}

} // namespace

class MessageTest : public QObject {
    Q_OBJECT

private slots:
    void argumentsFillTheSentence()
    {
        const Message message{"base.json_broken", {"3", "14"}};
        QCOMPARE(sentence(message, Language::English),
                 std::string("Line 3, column 14 is not valid JSON."));
        QCOMPARE(sentence(message, Language::French),
                 std::string("La ligne 3, colonne 14 n'est pas du JSON valide."));
    }

    void sharesAndLevelsHaveTheLanguagesComma()
    {
        const auto shown = [](const char *argument, Language language) {
            return sentence(Message{"base.file_system", {argument}}, language);
        };
        for (const auto &[argument, french] :
             {std::pair("2.6 %", "2,6 %"), {"23.5/255", "23,5/255"}, {"0.5", "0.5"}}) {
            QVERIFY(shown(argument, Language::English).find(argument) != std::string::npos);
            QVERIFY(shown(argument, Language::French).find(french) != std::string::npos);
        }
    }

    void numbersThatAreOnlyReadHaveTheLanguagesComma()
    {
        const Message message{"robustness.ece_sentence", {"4.5 %", "1.50", "2.1 %"}};
        const std::string english = sentence(message, Language::English),
                          french = sentence(message, Language::French);
        QVERIFY2(english.find("4.5 % on average") != std::string::npos, english.c_str());
        QVERIFY2(english.find("temperature of 1.50 ") != std::string::npos, english.c_str());
        QVERIFY2(french.find("température de 1,50, de 2,1 %") != std::string::npos, french.c_str());
        QVERIFY2(sentence(Message{message.id, {"4.5 %"}}, Language::French).find("{1:n}")
                     != std::string::npos,
                 "a missing argument shows");
    }

    void wordsAreSaidInTheLanguageOfTheSentence()
    {
        const Message message{"robustness.attack_on", {"attack.label_one-pixel", "lenet"}};
        QCOMPARE(sentence(message, Language::English), std::string("One pixel on lenet"));
        QCOMPARE(sentence(message, Language::French), std::string("Un seul pixel sur lenet"));
        QCOMPARE(sentence(Message{message.id, {"a name", "x"}}, Language::French),
                 std::string("a name sur x"));
    }

    void anArgumentThatLooksLikeAPlaceholderIsLeftAlone()
    {
        QCOMPARE(sentence(Message{"base.file_system", {"{0} {1}"}}, Language::English),
                 std::string("The system could not do it ({0} {1})."));
    }

    void aMissingArgumentShows()
    {
        QCOMPARE(sentence(Message{"base.json_too_deep", {}}, Language::English),
                 std::string("Its lists are nested more than {0} deep."));
    }

    void unknownIdsAreShownWithTheirArguments()
    {
        QCOMPARE(sentence(Message{"nobody.knows", {"a", "b"}}, Language::English),
                 std::string("nobody.knows: a, b"));
        QCOMPARE(sentence(Message{}, Language::French), std::string());
    }

    void errorsAreOneLine()
    {
        const Error error{"two\nlines", {"base.file_missing", {}}, {"base.file_missing_hint", {}}};
        QCOMPARE(sentence(error, Language::English),
                 std::string("two lines: There is no such file. Check the name and the folder."));
        QCOMPARE(sentence(Error{"", {"base.json_empty", {}}, {}}, Language::English),
                 std::string("There is nothing in it."));
    }

    void everyCatalogueSpeaksBothLanguagesWithTheSameArguments()
    {
        std::set<std::string> ids;
        int catalogues = 0;
        for (const std::string_view name : embeddedResourceNames()) {
            if (!name.starts_with("messages/")) continue;
            ++catalogues;
            const auto json = parseJson(*embeddedResource(name), std::string(name));
            QVERIFY2(static_cast<bool>(json), std::string(name).c_str());
            for (const auto &[id, entry] : json->items()) {
                QVERIFY2(ids.insert(id).second, (id + " is there twice").c_str());
                QVERIFY2(entry.is_object() && entry.size() == 2, id.c_str());
                const auto en = entry.value("en", std::string());
                const auto fr = entry.value("fr", std::string());
                QVERIFY2(!en.empty() && !fr.empty(), id.c_str());
                QVERIFY2(placeholders(en) == placeholders(fr), id.c_str());
            }
        }
        QVERIFY(catalogues > 0);
    }
};

QTEST_APPLESS_MAIN(MessageTest)
#include "message_test.moc"
