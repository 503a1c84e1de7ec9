// The map around a sample of a linear network: straight borders whose place is known.
#include "linear_studies.hpp"

#include <QtTest>

#include <algorithm>

using namespace ostrich;
using namespace linear_studies;

namespace {

Array grey(float value)
{
    return {{1, kSide, kSide}, std::vector<float>(kPixels, value)};
}

} // namespace

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

    void theFirstThatIsRightIsLookedAt()
    {
        // 30 samples that are misread, more than are asked about at a time, and one that is right.
        auto dataset = std::make_shared<data::Dataset>(
            *greys(std::vector<std::uint8_t>(30, std::uint8_t{102})));
        data::Samples &samples = dataset->splits[static_cast<std::size_t>(data::Split::Test)];
        std::ranges::fill(samples.labels, 1);
        samples.bytes.insert(samples.bytes.end(), kPixels, std::uint8_t{140});
        samples.labels.push_back(1);
        const auto found = robustness::study("surface", request(brightOrDark(8.0F), dataset, 0.2));
        QVERIFY2(bool(found), found ? "" : sentence(found.error(), Language::English).c_str());
        QVERIFY(std::abs(found->pictures.front().image.values.front() - 140.0F / 255.0F) < 1e-6F);
        QCOMPARE(found->sentences.back().id, std::string("robustness.surface_first_right"));
        QCOMPARE(found->sentences.back().arguments.front(), std::string("30"));
    }

    void whatIsMisreadStaysAndTheErrorSaysWhy()
    {
        auto dataset = std::make_shared<data::Dataset>(*greys({102}));
        dataset->splits[static_cast<std::size_t>(data::Split::Test)].labels = {1};
        const auto found = robustness::study("surface", request(brightOrDark(8.0F), dataset, 0.2));
        QVERIFY(!found);
        QCOMPARE(found.error().what.id, std::string("robustness.no_move_misread"));
        const std::string words = sentence(found.error(), Language::English);
        QVERIFY2(words.find("“1” for “0”") != std::string::npos
                     && words.find("PGD left it") != std::string::npos,
                 words.c_str());
    }

    void aGivenSampleIsLookedAt()
    {
        auto asked = request(brightOrDark(8.0F), greys({10}), 51.0 / 255.0);
        asked.sample = robustness::StudySample{grey(102.0F / 255.0F), std::nullopt};
        const auto found = robustness::study("surface", asked);
        QVERIFY2(bool(found), found ? "" : sentence(found.error(), Language::English).c_str());
        QCOMPARE(found->pictures.front().image.values, asked.sample->x.values);
        QCOMPARE(found->sentences.at(0).id, std::string("robustness.surface_falls"));
        for (const Message &said : found->sentences)
            QVERIFY(!said.id.starts_with("robustness.surface_first"));
        // The same whether its class is told or the network asked for it, and no data are needed.
        asked.sample->label = 0;
        asked.dataset.reset();
        asked.indices.clear();
        const auto told = robustness::study("surface", asked);
        QVERIFY2(bool(told), told ? "" : sentence(told.error(), Language::English).c_str());
        QCOMPARE(told->maps.at(0).values, found->maps.at(0).values);
        QCOMPARE(figure(*told, "share_right"), figure(*found, "share_right"));
        asked.sample->label = 1; // it is not
        const auto misread = robustness::study("surface", asked);
        QVERIFY(!misread);
        QCOMPARE(misread.error().what.id, std::string("robustness.no_move_misread"));
    }

    void aSampleThatDoesNotFitIsRefused()
    {
        auto asked = request(brightOrDark(8.0F), greys({10}), 0.2);
        const auto refusal = [&](const Array &x, std::optional<std::int64_t> label) {
            asked.sample = robustness::StudySample{x, label};
            const auto found = robustness::study("surface", asked);
            return found ? std::string() : found.error().what.id;
        };
        const Array wide{{1, kSide, kSide + 1}, std::vector<float>(kSide * (kSide + 1), 0.5F)};
        QCOMPARE(refusal(wide, {}), std::string("attack.wrong_shape"));
        const Array colour{{3, kSide, kSide}, std::vector<float>(3 * kPixels, 0.5F)};
        QCOMPARE(refusal(colour, 0), std::string("attack.wrong_shape"));
        QCOMPARE(refusal({{kPixels}, std::vector<float>(kPixels, 0.5F)}, 0),
                 std::string("attack.wrong_shape"));
        const Array torn{{1, kSide, kSide}, std::vector<float>(3, 0.5F)};
        QCOMPARE(refusal(torn, {}), std::string("attack.wrong_shape"));
        QCOMPARE(refusal(grey(0.4F), 2), std::string("attack.no_such_class"));
        QCOMPARE(refusal(grey(0.4F), 0), std::string());
    }
};

QTEST_GUILESS_MAIN(SurfaceTest)
#include "surface_test.moc"
