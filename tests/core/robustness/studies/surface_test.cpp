// The map around a sample of a linear network: straight borders whose place is known.
#include "linear_studies.hpp"

#include <QtTest>

#include <algorithm>

using namespace ostrich;
using namespace linear_studies;

class SurfaceTest : public QObject {
    Q_OBJECT

private slots:
    void theBorderLiesWhereTheMarginIs()
    {
        // 25.5 levels below a half; the attack goes 51 levels, so the border lies half way.
        auto asked = request(brightOrDark(8.0F), greys({102}), 51.0 / 255.0);
        asked.parameters["resolution"] = std::int64_t{61};
        const auto found = robustness::study("surface", asked);
        QVERIFY(found);
        const auto regions =
            std::ranges::find(found->maps, "decision_regions", &robustness::Map::key);
        const auto loss = std::ranges::find(found->maps, "loss_surface", &robustness::Map::key);
        QVERIFY(regions != found->maps.end() && loss != found->maps.end());
        QCOMPARE(regions->width, std::int64_t{61});
        const std::size_t width = 61;
        for (std::size_t row = 0; row < width; ++row) {
            for (std::size_t column = 0; column < width; ++column) {
                const double x = -1.5 + 3.0 * static_cast<double>(column) / 60.0;
                if (std::abs(x - 0.5) < 0.06) continue; // on the border
                const double y = -1.5 + 3.0 * static_cast<double>(row) / 60.0;
                // A chance direction adds up to zero (it stands at a right angle to a uniform one),
                // but for what the range [0, 1] cuts off: none here.
                QVERIFY2(regions->values[row * width + column] == (x > 0.5 ? 1.0 : 0.0),
                         qPrintable(QString("%1 %2").arg(x).arg(y)));
            }
        }
        // The loss of logits (0, 128 (mean - 1/2)) with the truth 0 is log(1 + exp of the second).
        const std::size_t middle = 30 * width + 30;
        QVERIFY(std::abs(loss->values[middle] - std::log1p(std::exp(-128.0 * 0.1))) < 1e-6);
        QVERIFY(loss->values[30 * width + 60] > loss->values[middle]);
    }

    void theWayEndsWhereTheAttackEnds()
    {
        const auto found =
            robustness::study("surface", request(brightOrDark(8.0F), greys({102}), 0.2));
        QVERIFY(found);
        const robustness::Map &map = found->maps.at(0);
        QVERIFY(map.pathX.size() > 10);
        QVERIFY(std::abs(map.pathX.back() - 1.0) < 0.05);
        QVERIFY(std::abs(map.pathY.back()) < 0.05);
        QVERIFY(std::abs(figure(*found, "length_l2") - 0.8) < 1e-3); // 0.2 in each of 16 pixels
        QCOMPARE(found->sentences.at(0).id, std::string("robustness.surface_falls"));
    }

    void whoeverDoesNotMoveHasNoDirection()
    {
        const auto found =
            robustness::study("surface", request(brightOrDark(8.0F), greys({102}), 0.0));
        QVERIFY(!found);
        QCOMPARE(found.error().what.id, std::string("robustness.no_move"));
    }
};

QTEST_GUILESS_MAIN(SurfaceTest)
#include "surface_test.moc"
