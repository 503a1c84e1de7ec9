// Projections: against distances that are known.
#include "probe/projection.hpp"

#include "base/random.hpp"

#include <QtTest>

#include <cmath>

using namespace ostrich;

namespace {

/// Two clouds of `each` rows in ten dimensions, far apart.
Array clouds(std::int64_t each)
{
    RandomStream random(5, "clouds");
    Array rows{{2 * each, 10}, {}};
    for (std::int64_t i = 0; i < 2 * each; ++i)
        for (int f = 0; f < 10; ++f)
            rows.values.push_back(static_cast<float>(random.normal(i < each ? 0.0 : 8.0, 1.0)));
    return rows;
}

double distance(const Array &points, std::size_t i, std::size_t j)
{
    return std::hypot(static_cast<double>(points.values[2 * i] - points.values[2 * j]),
                      static_cast<double>(points.values[2 * i + 1] - points.values[2 * j + 1]));
}

} // namespace

class ProjectionTest : public QObject {
    Q_OBJECT

private slots:
    void aPlaneInSpaceKeepsItsDistances()
    {
        // Rows a·u + b·v with u, v orthonormal in five dimensions.
        RandomStream random(6, "plane");
        Array rows{{40, 5}, {}};
        std::vector<std::pair<double, double>> places;
        for (int i = 0; i < 40; ++i) {
            const double a = random.normal(0.0, 3.0), b = random.normal(0.0, 1.0);
            places.emplace_back(a, b);
            for (const double value : {0.6 * a, 0.8 * a, 0.0, b, 7.0})
                rows.values.push_back(static_cast<float>(value));
        }
        const Array points = probe::principalComponents(rows, 2);
        QCOMPARE(points.shape, (std::vector<std::int64_t>{40, 2}));
        for (std::size_t i = 1; i < 40; ++i)
            QVERIFY(std::abs(distance(points, 0, i)
                             - std::hypot(places[0].first - places[i].first,
                                          places[0].second - places[i].second))
                    < 1e-4);
    }

    void whatIsMissingIsZero()
    {
        const Array line{{3, 1}, {1.0F, 2.0F, 6.0F}};
        const Array points = probe::principalComponents(line, 2);
        QCOMPARE(points.shape, (std::vector<std::int64_t>{3, 2}));
        QVERIFY(std::abs(points.values[4] - 3.0F) < 1e-5F && points.values[5] == 0.0F);
        const Array one = probe::principalComponents({{1, 3}, {1, 2, 3}}, 2);
        QCOMPARE(one.values, (std::vector<float>{0, 0}));
    }

    void cloudsStayApart()
    {
        const Array points = probe::tSne(clouds(60), 1);
        QCOMPARE(points.shape, (std::vector<std::int64_t>{120, 2}));
        double within = 0.0, across = 1e300;
        for (std::size_t i = 0; i < 120; ++i)
            for (std::size_t j = 0; j < i; ++j) {
                const bool together = (i < 60) == (j < 60);
                const double gap = distance(points, i, j);
                if (together) within = std::max(within, gap);
                if (!together) across = std::min(across, gap);
            }
        QVERIFY2(across > within / 4.0, qPrintable(QString("%1 %2").arg(across).arg(within)));
    }

    void theSameSeedGivesTheSamePicture()
    {
        QCOMPARE(probe::tSne(clouds(20), 3).values, probe::tSne(clouds(20), 3).values);
        QVERIFY(probe::tSne(clouds(20), 3).values != probe::tSne(clouds(20), 4).values);
    }

    void fewRowsAreNoTrap()
    {
        for (const std::int64_t each : {1, 2}) {
            for (const float value : probe::tSne(clouds(each), 1).values)
                QVERIFY(std::isfinite(value));
        }
        std::stop_source source;
        source.request_stop();
        QVERIFY(probe::tSne(clouds(20), 1, source.get_token()).empty());
    }
};

QTEST_GUILESS_MAIN(ProjectionTest)
#include "projection_test.moc"
