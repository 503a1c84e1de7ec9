// The text that names a source, the registry, and what every source has to keep.
#include "data/source.hpp"

#include <QtTest>

#include <algorithm>
#include <filesystem>

using namespace ostrich;
using namespace ostrich::data;

class SourceTest : public QObject {
    Q_OBJECT

private slots:
    void textAndSpecGoBackAndForth_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"glyphs", "spirals?noise=0.1", "idx:/data/mnist",
                                 "images:/a b/c?size=64", "menagerie?classes=dog,ostrich&size=64",
                                 "images:../x:y", "images:/100%25/what%3F?size=8"})
            QTest::newRow(text) << QString(text);
    }
    void textAndSpecGoBackAndForth()
    {
        QFETCH(QString, text);
        const auto spec = parseSource(text.toStdString());
        QVERIFY(static_cast<bool>(spec));
        QCOMPARE(QString::fromStdString(toString(*spec)), text);
    }

    void partsAreTakenApart()
    {
        const auto spec = parseSource("images:/what%3F/100%20?size=64&x=a%26b");
        QCOMPARE(spec->name, std::string("images"));
        QCOMPARE(spec->path, std::string("/what?/100%20"));
        QCOMPARE(spec->options.at("size"), std::string("64"));
        QCOMPARE(spec->options.at("x"), std::string("a&b"));
    }

    void namesTheCulprit_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("culprit");
        const auto row = [](const char *text, const char *culprit) {
            QTest::newRow(text) << QString(text) << QString(culprit);
        };
        row("", "name:PATH");
        row(":/x", "name:PATH");
        row("nosuchsource", "nosuchsource");
        row("nosuchsource", "glyphs"); // what there is
        row("glyphs?nosuch=1", "nosuch");
        row("glyphs?nosuch=1", "train"); // what it takes
        row("glyphs?train", "train");
        row("glyphs?=1", "=1");
        row("glyphs?train=20&train=30", "train");
        row("glyphs?train=abc", "abc");
        row("glyphs?train=-5", "-5");
        row("glyphs?train=1e9", "glyphs?train");
        row("glyphs?classes=3,x", "\"x\"");
        row("glyphs?classes=3", "\"3\"");
        row("menagerie?size=33", "33");
        row("menagerie?classes=dog,unicorn", "unicorn");
        row("spirals?classes=1", "spirals?classes");
        row("spirals:/somewhere", "spirals");
        row("idx", "idx:FOLDER");
        row("images:", "images:FOLDER");
        row("idx:/no/such/folder", "/no/such/folder");
        row("cifar10:/no/such/folder", "/no/such/folder");
        row("images:/no/such/folder", "/no/such/folder");
        row("images:/dev/null", "/dev/null");
    }
    void namesTheCulprit()
    {
        QFETCH(QString, text);
        QFETCH(QString, culprit);
        const auto facts = factsOf(text.toStdString());
        const auto loaded = load(text.toStdString(), 1);
        QVERIFY(!facts);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error(), facts.error());
        const std::string line = sentence(facts.error(), Language::English);
        QVERIFY2(line.find(culprit.toStdString()) != std::string::npos, line.c_str());
        QVERIFY2(line.find('\n') == std::string::npos, line.c_str());
        for (const Language language : {Language::English, Language::French})
            QVERIFY(sentence(facts.error(), language).find("data.") == std::string::npos);
    }

    void everyFileIsInTheRegistryInOrder()
    {
        std::size_t files = 0;
        const std::filesystem::path folder =
            std::filesystem::path(OSTRICH_SOURCE_DIR) / "core/data/sources";
        for (const auto &entry : std::filesystem::directory_iterator(folder))
            files += entry.path().extension() == ".cpp" ? 1 : 0;
        QCOMPARE(sources().size(), files);
        QVERIFY(std::ranges::is_sorted(sources(), {},
                                       [](const auto &s) { return s->description().name; }));
        for (const char *name : {"spirals", "moons", "blobs", "xor", "glyphs", "menagerie", "idx",
                                 "cifar10", "images"})
            QVERIFY2(findSource(name) != nullptr, name);
        QVERIFY(findSource("") == nullptr);
    }

    void everyWordIsThereInBothLanguages()
    {
        for (const auto &source : sources()) {
            const SourceDescription &description = source->description();
            QVERIFY(!description.label.en.empty() && !description.label.fr.empty());
            QVERIFY(!description.help.en.empty() && description.help.en != description.help.fr);
            QCOMPARE(description.pathHelp.en.empty(), !description.takesPath());
            for (const graph::ParameterSpec &parameter : description.parameters) {
                QVERIFY(!parameter.label.en.empty() && !parameter.label.fr.empty());
                QVERIFY2(!parameter.help.en.empty() && parameter.help.en != parameter.help.fr,
                         parameter.name.c_str());
            }
        }
    }

    void aMissingPathIsCalledWhatItIs()
    {
        for (const auto &[source, id] :
             std::vector<std::pair<const char *, const char *>>{{"series", "data.file_needed"},
                                                                {"pairs", "data.file_needed"},
                                                                {"images", "data.path_needed"}}) {
            const auto facts = factsOf(source);
            QVERIFY(!facts);
            QCOMPARE(facts.error().what.id, std::string(id));
        }
    }

    void aStoppedLoadSaysSo()
    {
        std::stop_source stop;
        stop.request_stop();
        for (const char *source :
             {"spirals", "glyphs?train=30&validation=30&test=30&classes=1,7"}) {
            const auto loaded = load(source, 987654, {}, stop.get_token());
            QVERIFY(!loaded);
            QCOMPARE(loaded.error().what.id, std::string("data.cancelled"));
        }
    }
};

QTEST_APPLESS_MAIN(SourceTest)
#include "source_test.moc"
