// Certificates of a LeNet trained in noise: 500 pictures, attacked inside their radii.
#include "smoothing_trial.hpp"

#include "data/source.hpp"
#include "project/templates.hpp"

#include <QtTest>

#include <numeric>
#include <random>

using namespace ostrich;

class SmoothingLongTest : public QObject {
    Q_OBJECT

private slots:
    void fiveHundredCertificatesAreNeverContradicted()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        train::TrainerSetup setup;
        setup.project = smoothing_trial::value(project::newProject("lenet"));
        setup.project.recipe.defence = "gaussian";
        setup.project.recipe.defence_sigma = 0.25;
        setup.project.recipe.epochs = 4;
        setup.dataset = smoothing_trial::value(data::load("glyphs", 1));
        setup.device = "cpu";
        const auto model = smoothing_trial::trained(setup);
        std::vector<std::int64_t> indices(500);
        std::iota(indices.begin(), indices.end(), 0);
        const auto outcome = smoothing_trial::attackInsideRadii(
            model, setup.dataset->split(data::Split::Test), indices, {.sigma = 0.25}, seed);
        qInfo("%lld certified, up to radius %.2f; %lld attacks",
              static_cast<long long>(outcome.certified), outcome.largest,
              static_cast<long long>(outcome.attacks));
        QVERIFY(outcome.certified >= 400);
        QCOMPARE(outcome.contradicted, std::int64_t{0});
    }
};

QTEST_APPLESS_MAIN(SmoothingLongTest)
#include "smoothing_long_test.moc"
