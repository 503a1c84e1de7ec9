// Randomized smoothing: the bound against a computation of its own, the radius where it is known
// exactly, and attacks inside it.
#include "robustness/smoothing.hpp"

#include "../attack/small_models.hpp"
#include "../train/small_setups.hpp"
#include "base/random.hpp"
#include "smoothing_trial.hpp"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

using namespace ostrich;
using robustness::Smoothing;
using smoothing_trial::value;

namespace {

constexpr std::int64_t kSide = 4;
constexpr std::size_t kPixels = 16;

std::uint64_t newSeed()
{
    const std::uint64_t seed = std::random_device{}();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    return seed;
}

/// P(at least `count` of `total`), summed term by term from logarithms.
double tail(std::int64_t count, std::int64_t total, double p)
{
    const auto n = static_cast<double>(total);
    double sum = 0.0;
    for (std::int64_t i = count; i <= total; ++i) {
        const auto k = static_cast<double>(i);
        sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0)
                        + k * std::log(p) + (n - k) * std::log1p(-p));
    }
    return sum;
}

/// The p at which `count` or more of `total` would be as rare as alpha.
double bisected(std::int64_t count, std::int64_t total, double alpha)
{
    double low = 0.0, high = 1.0;
    for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2.0;
        (tail(count, total, middle) < alpha ? low : high) = middle;
    }
    return low;
}

/// Two classes on 4×4 pictures, told apart by a plane at a known distance from each picture.
struct Plane {
    std::vector<float> w;
    engine::ModelHandle model;
    double length = 0.0;

    explicit Plane(std::uint64_t seed)
    {
        RandomStream random(seed, "plane");
        for (std::size_t i = 0; i < kPixels; ++i)
            w.push_back(static_cast<float>(random.normal(0.0, 1.0)));
        std::vector<float> weight = w;
        weight.resize(2 * kPixels, 0.0F);
        double squares = 0.0, middle = 0.0;
        for (const float one : w) {
            squares += static_cast<double>(one) * one;
            middle += 0.5 * one;
        }
        length = std::sqrt(squares);
        model = small_models::linearOnPictures(kSide, kSide, weight,
                                               {static_cast<float>(-middle), 0.0F});
    }
    /// A picture whose distance from the plane is `distance`; beyond it, the other class.
    Array at(double distance) const
    {
        Array x{.shape = {1, kSide, kSide}, .values = {}};
        for (const float one : w)
            x.values.push_back(static_cast<float>(0.5 + distance * one / length));
        return x;
    }
};

} // namespace

class SmoothingTest : public QObject {
    Q_OBJECT

private slots:
    void anAnswerThatIsNoNumberProvesNothing()
    {
        const std::vector<float> broken(2 * kPixels, std::numeric_limits<float>::quiet_NaN());
        const auto model = small_models::linearOnPictures(kSide, kSide, broken, {0.0F, 0.0F});
        const auto certificate =
            robustness::certify(model, Array{{1, kSide, kSide}, std::vector<float>(kPixels, 0.5F)},
                                {.n0 = 10, .n = 20}, 1);
        QVERIFY(!certificate);
        QCOMPARE(certificate.error().what.id, std::string("attack.not_finite"));
    }

    void theBoundIsThatOfABisection_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("total");
        QTest::addColumn<double>("alpha");
        const auto row = [](int count, int total, double alpha) {
            QTest::addRow("%d of %d at %g", count, total, alpha) << count << total << alpha;
        };
        row(1, 1, 0.05);
        row(6, 10, 0.05);
        row(60, 100, 0.001);
        row(990, 1000, 0.001);
        row(1000, 1000, 0.001);
        row(501, 1000, 1e-6);
        row(99900, 100000, 0.001);
    }
    void theBoundIsThatOfABisection()
    {
        QFETCH(int, count);
        QFETCH(int, total);
        QFETCH(double, alpha);
        const double found = robustness::lowerBound(count, total, alpha);
        const double expected = bisected(count, total, alpha);
        QVERIFY2(std::abs(found - expected) < 1e-8,
                 qPrintable(QString("%1 instead of %2").arg(found, 0, 'g', 12).arg(expected)));
        if (count == total) QVERIFY(std::abs(found - std::pow(alpha, 1.0 / total)) < 1e-12);
        QVERIFY(robustness::lowerBound(0, total, alpha) == 0.0);
    }

    void theRadiusIsTheNormalQuantile()
    {
        for (const double radius : {0.01, 0.3, 1.0, 2.5}) {
            const double share = 0.5 * std::erfc(-radius / 0.5 / std::sqrt(2.0));
            QVERIFY(std::abs(robustness::certifiedRadius(0.5, share) - radius) < 1e-9);
        }
        QCOMPARE(robustness::certifiedRadius(0.5, 0.5), 0.0);
        QCOMPARE(robustness::certifiedRadius(0.5, 0.2), 0.0);
    }

    /// A plane smoothed by symmetric noise is the same plane: the exact radius is the distance.
    void aPlanesRadiusIsNearlyItsDistanceAndNeverMore()
    {
        const std::uint64_t seed = newSeed();
        const Plane plane(seed);
        // So near the plane that of 100 draws most lie beyond it once in 250 times, of 1,000 never.
        const Smoothing many{.sigma = 0.25, .n0 = 1000, .n = 40'000, .alpha = 1e-7};
        for (int i = 1; i <= 8; ++i) {
            const double distance = 0.08 * i * (i % 2 == 0 ? 1.0 : -1.0);
            const auto certificate = value(robustness::certify(
                plane.model, plane.at(distance), many, seed + static_cast<std::uint64_t>(i)));
            const double exact = std::abs(distance);
            const std::string seen =
                "radius " + std::to_string(certificate.radius) + " of " + std::to_string(exact);
            QCOMPARE(certificate.label.value_or(-1), std::int64_t{distance < 0.0});
            QVERIFY2(certificate.radius <= exact, seen.c_str());
            QVERIFY2(certificate.radius >= exact - 0.3 * many.sigma, seen.c_str());
        }
    }

    void fewDrawsProveLess()
    {
        const Plane plane(3);
        double before = 0.0;
        for (const std::int64_t n : {20, 200, 2000, 20000}) {
            const auto certificate = value(robustness::certify(
                plane.model, plane.at(2.0), {.sigma = 0.25, .n0 = 20, .n = n, .alpha = 0.001}, 1));
            QCOMPARE(certificate.count, n); // so far from the plane that no draw crosses it
            const double most = std::pow(0.001, 1.0 / static_cast<double>(n));
            QVERIFY(std::abs(certificate.radius - robustness::certifiedRadius(0.25, most)) < 1e-12);
            QVERIFY(certificate.radius > before);
            before = certificate.radius;
        }
    }

    void onThePlaneItAbstains()
    {
        const Plane plane(newSeed());
        const Smoothing fair{.sigma = 0.25, .n0 = 100, .n = 1000, .alpha = 1e-9};
        const auto certificate = value(robustness::certify(plane.model, plane.at(0.0), fair, 1));
        QVERIFY(!certificate.label && certificate.radius == 0.0);
        QVERIFY(!value(robustness::predict(plane.model, plane.at(0.0), fair, 1)));
        QCOMPARE(value(robustness::predict(plane.model, plane.at(1.0), fair, 1)),
                 std::optional<std::int64_t>(0));
    }

    void pointsAreSmoothedInTheirDeviations()
    {
        // The plane x₀ = 3 with a deviation of 10: x₀ = 23 is 2 deviations away.
        const auto model = small_models::linearOnPoints({{3.0F, 0.0F}, {10.0F, 0.1F}},
                                                        {1.0F, 0.0F, 0.0F, 0.0F}, {0.0F, 0.0F});
        const Array x{.shape = {2}, .values = {23.0F, 0.5F}};
        const auto certificate =
            value(robustness::certify(model, x, {.sigma = 1.5, .n = 20'000, .alpha = 1e-7}, 5));
        QCOMPARE(certificate.label, std::optional<std::int64_t>(0));
        QVERIFY2(certificate.radius <= 2.0 && certificate.radius > 1.8,
                 qPrintable(QString::number(certificate.radius)));
    }

    void aSeedMeansTheSameDraws()
    {
        const Plane plane(4);
        const auto votes = [&](std::uint64_t seed) {
            return value(robustness::votes(plane.model, plane.at(0.1), 0.25, 1000, seed));
        };
        QCOMPARE(votes(1), votes(1));
        QVERIFY(votes(1) != votes(2));
        const auto counts = votes(1);
        QCOMPARE(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}),
                 std::int64_t{1000});
    }

    void itCanBeCancelled()
    {
        std::stop_source stop;
        stop.request_stop();
        const Plane plane(4);
        const auto stopped =
            robustness::certify(plane.model, plane.at(0.1), {}, 1, stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().what.id, std::string("attack.cancelled"));
    }

    void noAttackInsideTheRadiusChangesTheAnswer()
    {
        const std::uint64_t seed = newSeed();
        train::TrainerSetup noisy = small::pictureSetup();
        noisy.project.recipe.epochs = 20;
        noisy.project.recipe.defence = "gaussian";
        noisy.project.recipe.defence_sigma = 0.5;
        const auto model = smoothing_trial::trained(noisy);
        std::vector<std::int64_t> indices(20);
        std::iota(indices.begin(), indices.end(), 0);
        const auto outcome = smoothing_trial::attackInsideRadii(
            model, noisy.dataset->split(data::Split::Test), indices, {.sigma = 0.5}, seed);
        qInfo("%lld certified, up to radius %.2f; %lld attacks",
              static_cast<long long>(outcome.certified), outcome.largest,
              static_cast<long long>(outcome.attacks));
        QVERIFY(outcome.certified >= 10 && outcome.largest > 0.5);
        QCOMPARE(outcome.contradicted, std::int64_t{0});
    }
};

QTEST_APPLESS_MAIN(SmoothingTest)
#include "smoothing_test.moc"
