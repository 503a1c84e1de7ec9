// The study of confidence on a linear network: what it says of figures that are known.
#include "linear_studies.hpp"

#include <QtTest>

using namespace ostrich;
using namespace linear_studies;

class ConfidenceTest : public QObject {
    Q_OBJECT

private slots:
    void aSharpNetworkIsSureAndAnAttackTurnsIt()
    {
        // Margins of 20 levels and of 100: epsilon of 40 levels turns the first half.
        const auto dataset = greys({107, 147, 27, 227});
        const auto asked = request(brightOrDark(8.0F), dataset, 40.0 / 255.0);
        const auto found = robustness::study("confidence", asked);
        QVERIFY(found);
        // sigmoid(8 · 16 · margin): 1 - 4e-5 at 20 levels.
        QVERIFY(figure(*found, "confidence_test") > 0.99);
        QVERIFY(figure(*found, "ece") < 0.01);
        QVERIFY(figure(*found, "confidence_attacked") > 0.99);
        QVERIFY(std::abs(figure(*found, "ece_attacked") - 0.5) < 0.01); // sure, and half wrong
        QCOMPARE(found->plots.size(), std::size_t{2});
        QCOMPARE(found->study, std::string("confidence"));
        QCOMPARE(found->sentences[1].id, std::string("robustness.trap_holds"));
    }

    void confidenceIsThatOfTheSoftmax()
    {
        const auto dataset = greys({102, 153}); // 25.5 levels: a tenth from a half
        auto asked = request(brightOrDark(1.0F), dataset, 0.0);
        asked.attack.attack = "fgsm";
        const auto found = robustness::study("confidence", asked);
        QVERIFY(found);
        const double expected = 1.0 / (1.0 + std::exp(-16.0 * 0.1));
        QVERIFY(std::abs(figure(*found, "confidence_test") - expected) < 1e-5);
        // Right every time with that much confidence.
        QVERIFY(std::abs(figure(*found, "ece") - (1.0 - expected)) < 1e-5);
        QVERIFY(std::abs(figure(*found, "auroc_attacked") - 0.5) < 1e-9);
        // All answers right: the best temperature is the smallest that is looked at.
        QVERIFY(figure(*found, "temperature") < 0.06);
    }

    void dataOfAnotherShapeAreRefused()
    {
        auto asked = request(brightOrDark(1.0F), greys({102, 153}), 0.1);
        asked.parameters["other"] = std::string("moons");
        const auto found = robustness::study("confidence", asked);
        QVERIFY(!found);
        QCOMPARE(found.error().what.id, std::string("robustness.other_shape"));
    }

    void itCanBeStopped()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto found =
            robustness::study("confidence", request(brightOrDark(1.0F), greys({102, 153}), 0.1), {},
                              stop.get_token());
        QVERIFY(!found);
        QCOMPARE(found.error().what.id, std::string("attack.cancelled"));
    }
};

QTEST_GUILESS_MAIN(ConfidenceTest)
#include "confidence_test.moc"
