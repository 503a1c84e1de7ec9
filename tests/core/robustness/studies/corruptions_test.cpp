// The study of corruptions on a linear network whose answer only the mean brightness decides.
#include "linear_studies.hpp"
#include "robustness/corruption.hpp"
#include "robustness/shown.hpp"

#include <QtTest>

using namespace ostrich;
using namespace linear_studies;

class CorruptionsTest : public QObject {
    Q_OBJECT

private slots:
    void whatKeepsTheBrightnessKeepsTheAnswer()
    {
        // 10 levels from the border: glare of 0.05 (13 levels) turns the dark ones.
        const auto found =
            robustness::study("corruptions", request(brightOrDark(8.0F), greys({117, 138}), 0.1));
        QVERIFY(found);
        const auto &matrix = found->matrices.at(0);
        const auto accuracy = [&](const std::string &name, std::size_t severity) {
            const auto row = std::ranges::find(matrix.rows, name) - matrix.rows.begin();
            return matrix
                .values[static_cast<std::size_t>(row) * matrix.columns.size() + severity - 1];
        };
        for (const char *name :
             {"defocus_blur", "motion_blur", "zoom_blur", "pixelate", "contrast"})
            QCOMPARE(accuracy(name, 5), 1.0); // a uniform picture stays what it is
        for (std::size_t severity = 1; severity <= 5; ++severity)
            QCOMPARE(accuracy("brightness", severity), 0.5);
        QCOMPARE(figure(*found, "clean_accuracy"), 1.0);
        QCOMPARE(figure(*found, "robust_accuracy"), 0.0);
        // The attack moves every pixel by 0.1: 0.4 in L2.
        QVERIFY(std::abs(figure(*found, "attack_l2") - 0.4) < 0.25);
        QCOMPARE(matrix.rows.size(), robustness::corruptionKinds().size());
        const auto fog = std::ranges::find(matrix.rows, "fog") - matrix.rows.begin();
        QCOMPARE(robustness::rowNames(matrix, Language::French).at(static_cast<std::size_t>(fog)),
                 std::string("Brouillard"));
        QCOMPARE(found->pictures.size(), robustness::corruptionKinds().size() + 1);
        QCOMPARE(found->plots.at(0).curves.size(), std::size_t{4});
        QCOMPARE(found->plots.at(0).curves[0].y[0], 1.0);
    }

    void severalNetworksStandSideBySide()
    {
        auto asked = request(brightOrDark(8.0F), greys({117, 138}), 0.1);
        asked.subjects.push_back(attack::Subject(brightOrDark(-8.0F), "upside down"));
        const auto found = robustness::study("corruptions", asked);
        QVERIFY(found);
        QCOMPARE(found->plots.at(0).curves.size(), std::size_t{8});
        QVERIFY(figure(*found, "corruption_accuracy_2") < figure(*found, "corruption_accuracy"));
    }

    void pointsAreNoPictures()
    {
        const auto points = small_models::linearOnPoints({{0.0F}, {1.0F}}, {1.0F, -1.0F}, {0, 0});
        auto dataset = std::make_shared<data::Dataset>();
        dataset->facts = small_models::facts(graph::Shape::vector(1), 2);
        dataset->splits[2].sampleShape = {1};
        dataset->splits[2].values = {0.5F};
        dataset->splits[2].labels = {0};
        const auto found = robustness::study("corruptions", request(points, dataset, 0.1));
        QVERIFY(!found);
        QCOMPARE(found.error().what.id, std::string("robustness.pictures_only"));
    }
};

QTEST_GUILESS_MAIN(CorruptionsTest)
#include "corruptions_test.moc"
