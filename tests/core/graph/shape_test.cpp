// Symbolic shapes: their axes, their sizes, their text.
#include "graph/kind.hpp"
#include "graph/shape.hpp"

#include <QtTest>

using namespace ostrich::graph;

class ShapeTest : public QObject {
    Q_OBJECT

private slots:
    void mapsAndVectorsKnowThemselves()
    {
        const Shape maps = Shape::maps(32, 7, 5);
        QVERIFY(maps.isMaps() && !maps.isVector());
        QCOMPARE(*maps.size(Axis::C), std::int64_t{32});
        QCOMPARE(*maps.size(Axis::H), std::int64_t{7});
        QCOMPARE(*maps.size(Axis::W), std::int64_t{5});
        QVERIFY(!maps.size(Axis::N) && !maps.size(Axis::F));

        const Shape vector = Shape::vector(12);
        QVERIFY(vector.isVector() && !vector.isMaps());
        QCOMPARE(*vector.size(Axis::F), std::int64_t{12});
        QVERIFY(vector != maps && vector == Shape::vector(12) && vector != Shape::vector(13));
    }

    void theOrderOfAxesIsPartOfTheShape()
    {
        const Shape turned{{{Axis::N, {}}, {Axis::C, 3}, {Axis::W, 4}, {Axis::H, 5}}};
        QVERIFY(!turned.isMaps());
        QVERIFY(!Shape{}.isMaps() && !Shape{}.isVector());
        const Shape part{{{Axis::N, {}}, {Axis::C, 3}, {Axis::H, 4}}};
        QVERIFY(!part.isMaps());
    }

    void valuesPerSampleAreTheProductWithoutN()
    {
        QCOMPARE(*Shape::maps(3, 32, 30).valuesPerSample(), std::int64_t{2880});
        QCOMPARE(*Shape::vector(10).valuesPerSample(), std::int64_t{10});
        QCOMPARE(*Shape::maps(0, 8, 8).valuesPerSample(), std::int64_t{0});
        const Shape sequence{{{Axis::N, {}}, {Axis::T, {}}, {Axis::F, 6}}};
        QVERIFY(!sequence.valuesPerSample()); // T varies
        const Shape fixed{{{Axis::N, 4}, {Axis::T, 5}, {Axis::F, 6}}};
        QCOMPARE(*fixed.valuesPerSample(), std::int64_t{30}); // a fixed N does not count either
    }

    void absurdSizesStayAbsurdlyLarge()
    {
        const std::int64_t huge = std::int64_t{1} << 31;
        QCOMPARE(*Shape::maps(huge, huge, 1).valuesPerSample(), std::int64_t{1} << 62);
        QCOMPARE(*Shape::maps(huge, huge, huge).valuesPerSample(), INT64_MAX);
        QCOMPARE(*Shape::maps(2, huge, huge).valuesPerSample(), INT64_MAX); // 2^63: one too many
    }

    void textNamesWhatIsNotFixed()
    {
        QCOMPARE(toString(Shape::maps(32, 7, 7)), std::string("N×32×7×7"));
        QCOMPARE(toString(Shape::maps(32, 7, 7), false), std::string("32×7×7"));
        QCOMPARE(toString(Shape::vector(10)), std::string("N×10"));
        const Shape sequence{{{Axis::N, {}}, {Axis::T, {}}, {Axis::F, 6}}};
        QCOMPARE(toString(sequence), std::string("N×T×6"));
        QCOMPARE(toString(sequence, false), std::string("T×6"));
        QCOMPARE(toString(Shape{}), std::string());
        std::string letters;
        for (const Axis axis : {Axis::N, Axis::C, Axis::H, Axis::W, Axis::T, Axis::F})
            letters += letter(axis);
        QCOMPARE(letters, std::string("NCHWTF"));
    }

    void sequencesAndTokensHaveATimeAxis()
    {
        const Shape fixed = Shape::sequence(24, 3), open = Shape::sequence({}, 3);
        QVERIFY(fixed.isSequence() && open.isSequence() && !fixed.isTokens() && !fixed.isMaps());
        QCOMPARE(fixed.valuesPerSample(), std::optional<std::int64_t>(72));
        QVERIFY(!open.valuesPerSample());
        QCOMPARE(toString(open), std::string("N×T×3"));
        const Shape words = Shape::tokens({}, 500);
        QVERIFY(words.isTokens() && !words.isVector());
        QCOMPARE(words.vocabulary, 500);
        QVERIFY(words != Shape::tokens({}, 501));
        QCOMPARE(toString(Shape::tokens(64, 9), false), std::string("64"));
    }

    void dataTellEachFieldAndHowMuchIsAsked()
    {
        DataFacts facts;
        facts.input = Shape::tokens({}, 50);
        facts.longest = 7;
        QVERIFY(facts.field("x")->shape == facts.input);
        QCOMPARE(facts.field("source")->longest, 7);
        QVERIFY(!facts.field("target") && !facts.field("y"));
        facts.task = Task::Translate;
        facts.target = {Shape::tokens({}, 60), 9};
        facts.classes = 60;
        QCOMPARE(facts.field("target")->shape.vocabulary, 60);
        QCOMPARE(facts.answers(), 60);
        DataFacts forecast;
        forecast.task = Task::Regress;
        forecast.values = 24;
        QCOMPARE(forecast.answers(), 24);
        QCOMPARE(DataFacts{}.answers(), 1);
    }
};

QTEST_APPLESS_MAIN(ShapeTest)
#include "shape_test.moc"
