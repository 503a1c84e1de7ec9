// What becomes of typed words.
#include "model/typed_text.hpp"

#include "data/source.hpp"
#include "data/tokenizer.hpp"

#include <QTest>

using namespace ostrich;
using data::Tokenizer;

class TypedTextTest : public QObject {
    Q_OBJECT

private slots:
    void aSentenceOfTheDataIsReadAsTheDataHaveIt()
    {
        const auto whole = data::load("sentiment?count=200", 3);
        QVERIFY(whole);
        const data::Samples &test = (*whole)->split(data::Split::Test);
        const std::vector<std::int32_t> ids(test.tokens.begin(),
                                            test.tokens.begin() + test.steps(0));
        QVERIFY(ui::typedIds(**whole, (*whole)->tokenizer->decode(ids)) == ids);
        QCOMPARE(ui::typedIds(**whole, "xyzzy"), std::vector<std::int32_t>{Tokenizer::kUnknown});
    }

    void itIsNoLongerThanTheDataAre()
    {
        const auto whole = data::load("sentiment?count=200", 3);
        std::string text;
        for (int i = 0; i < 200; ++i) text += "film ";
        QCOMPARE(std::ssize(ui::typedIds(**whole, text)), (*whole)->facts.longest);
    }

    void whatIsCutIsKnown_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("end"); // what stands behind the words
        QTest::newRow("opinions") << QStringLiteral("sentiment?count=200") << 0;
        QTest::newRow("translations") << QStringLiteral("translation?count=200") << 1;
    }

    void whatIsCutIsKnown()
    {
        QFETCH(QString, source);
        QFETCH(int, end);
        const auto whole = data::load(source.toStdString(), 3);
        std::string text;
        for (std::int64_t i = end; i < (*whole)->facts.longest; ++i) text += "le ";
        QVERIFY(!ui::isCut(**whole, text));
        QVERIFY(ui::isCut(**whole, text + "le"));
        QVERIFY(!ui::isCut(**whole, ""));
    }

    void aTranslationEnds()
    {
        const auto whole = data::load("translation?count=200", 3);
        const auto ids = ui::typedIds(**whole, "le chat dort");
        QCOMPARE(ids.size(), std::size_t{4});
        QCOMPARE(ids.back(), Tokenizer::kEnd);
    }

    void nothingIsLeftOfNothing()
    {
        QVERIFY(ui::typedIds(**data::load("sentiment?count=200", 3), " ").empty());
        QVERIFY(ui::typedIds(**data::load("moons?count=50", 3), "a film").empty());
    }
};

QTEST_GUILESS_MAIN(TypedTextTest)
#include "typed_text_test.moc"
