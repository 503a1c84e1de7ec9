// How one choice in a threat model changes the others: the norm, and how much is usual.
#include "fool/attack_options.hpp"

#include "fool/epsilon_text.hpp"

#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;
using attack::Norm;

namespace {

graph::DataFacts of(const graph::Shape &shape)
{
    graph::DataFacts facts;
    facts.input = shape;
    facts.classes = 10;
    return facts;
}

const graph::DataFacts kGrey = of(graph::Shape::maps(1, 28, 28)),
                       kColour = of(graph::Shape::maps(3, 32, 32)),
                       kPoints = of(graph::Shape::vector(2));

attack::AttackOptions with(const char *method, Norm norm)
{
    attack::AttackOptions options;
    options.attack = method;
    options.norm = norm;
    return options;
}

} // namespace

class AttackOptionsTest : public QObject {
    Q_OBJECT

private slots:
    void howMuchIsUsualGoesByTheData()
    {
        QCOMPARE(usualEpsilon(with("pgd", Norm::Linf), kColour), 8.0 / 255.0);
        QCOMPARE(usualEpsilon(with("pgd", Norm::Linf), kGrey), 40.0 / 255.0);
        QCOMPARE(usualEpsilon(with("pgd", Norm::L2), kColour), 0.5);
        QCOMPARE(usualEpsilon(with("pgd", Norm::L2), kGrey), 1.0);
        QCOMPARE(usualEpsilon(with("pgd", Norm::Linf), kPoints), 0.25); // deviations
        QCOMPARE(usualEpsilon(with("pgd", Norm::L2), kPoints), 1.0);
        QVERIFY(areLevels(Norm::Linf, kGrey) && !areLevels(Norm::L2, kGrey));
        QVERIFY(!areLevels(Norm::Linf, kPoints));
    }

    void onePixelIsOnePixel()
    {
        for (const graph::DataFacts &facts : {kGrey, kColour})
            QCOMPARE(usualEpsilon(with("one-pixel", Norm::L0), facts), 1.0);
    }

    void anotherNormBringsItsUsualEpsilon()
    {
        attack::AttackOptions before = with("pgd", Norm::Linf), wanted = before;
        before.epsilon = wanted.epsilon = 3.0 / 255.0;
        QCOMPARE(wantedAfter(before, wanted, kColour), wanted);
        wanted.norm = Norm::L2;
        QCOMPARE(wantedAfter(before, wanted, kColour).epsilon, 0.5);
    }

    void anAttackTakesItsOwnNormAndSizeAndLeavesThem()
    {
        const attack::AttackOptions pgd = with("pgd", Norm::Linf);
        const auto onePixel = wantedAfter(pgd, withMethod(pgd, "one-pixel"), kColour);
        QCOMPARE(onePixel.norm, Norm::L0);
        QCOMPARE(onePixel.epsilon, 1.0);
        const auto jsma = wantedAfter(onePixel, withMethod(onePixel, "jsma"), kColour);
        QCOMPARE(jsma.norm, Norm::L0);
        QCOMPARE(jsma.epsilon, attack::usualEpsilon(Norm::L0));
    }

    void onlyTheBallIsLeft()
    {
        attack::AttackOptions all = with("square", Norm::L2);
        all.epsilon = 0.75;
        all.steps = 11;
        all.restarts = 3;
        all.target = 2;
        all.seed = 9;
        attack::AttackOptions ball;
        ball.norm = Norm::L2;
        ball.epsilon = 0.75;
        ball.seed = 9;
        QCOMPARE(ballOf(all), ball);
    }
};

QTEST_MAIN(AttackOptionsTest)
#include "attack_options_test.moc"
