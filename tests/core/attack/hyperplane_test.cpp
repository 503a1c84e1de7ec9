// Projections onto hyperplanes within [0, 1], against bisection of the multiplier.
#include "attack/hyperplane_torch.hpp"
#include "known_distances.hpp"

#include <ATen/ops/tensor.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace known_distances;

class HyperplaneTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void theMoveEndsOnThePlaneInTheRangeAndNoneIsShorter_data()
    {
        QTest::addColumn<int>("norm");
        QTest::addColumn<bool>("boxed");
        for (const Norm norm : {Norm::Linf, Norm::L2, Norm::L1}) {
            for (const bool boxed : {true, false})
                QTest::addRow("%s %s", attack::name(norm).data(), boxed ? "boxed" : "free")
                    << static_cast<int>(norm) << boxed;
        }
    }

    void theMoveEndsOnThePlaneInTheRangeAndNoneIsShorter()
    {
        QFETCH(const int, norm);
        QFETCH(const bool, boxed);
        RandomStream random(m_seed, "planes");
        for (const std::int64_t width : {1, 2, 7, 40}) {
            const std::int64_t count = 50;
            const at::Tensor x = pictures(random, {count, width});
            at::Tensor normal = normals(random, {count, width});
            normal = normal * normals(random, {count, width}).gt(-1.0); // some entries are zero
            at::Tensor gap =
                normals(random, {count}).to(at::kDouble) * std::sqrt(static_cast<double>(width));
            const auto step = attack::toPlane(x, normal, gap, static_cast<Norm>(norm), boxed);
            for (std::int64_t i = 0; i < count; ++i) {
                const Instance instance = instanceOf(x[i], normal[i], gap[i].item<double>(), boxed);
                const bool isFlat = normal[i].eq(0).all().item<bool>();
                const double exact = isFlat ? std::numeric_limits<double>::infinity()
                                            : distance(instance, static_cast<Norm>(norm));
                const at::Tensor end = x[i].to(at::kDouble) + step.move[i];
                QVERIFY(step.move[i].isfinite().all().item<bool>());
                if (boxed)
                    QVERIFY(end.min().item<double>() >= -1e-12
                            && end.max().item<double>() <= 1.0 + 1e-12);
                QCOMPARE(step.reached[i].item<bool>(), std::isfinite(exact));
                if (std::isinf(exact)) continue;
                const double closed = (normal[i] * step.move[i]).sum().item<double>();
                QVERIFY(std::abs(closed - gap[i].item<double>()) < 1e-9);
                const double length = step.length[i].item<double>();
                QVERIFY2(std::abs(length - exact) <= 1e-9 * (1.0 + exact),
                         qPrintable(QString("%1, exact %2").arg(length).arg(exact)));
            }
        }
    }

    void outOfReachItGoesAsFarAsTheRangeDoes()
    {
        const at::Tensor x = at::tensor({0.25, 0.5, 0.75}).reshape({1, 3});
        const at::Tensor normal = at::tensor({1.0, -2.0, 0.0}).reshape({1, 3});
        const at::Tensor corner = at::tensor({0.75, -0.5, 0.0}).reshape({1, 3});
        for (const Norm norm : {Norm::Linf, Norm::L2, Norm::L1}) {
            const auto step = attack::toPlane(x, normal, at::full({1}, 5.0), norm, true);
            QVERIFY(!step.reached.item<bool>());
            QVERIFY(step.move.equal(corner));
        }
    }

    void noSlopeOrNextToNoneMovesNothing()
    {
        const at::Tensor x = at::full({1, 4}, 0.5);
        for (const Norm norm : {Norm::Linf, Norm::L2, Norm::L1}) {
            for (const double slope : {0.0, 1e-42}) {
                const auto step =
                    attack::toPlane(x, at::full({1, 4}, slope), at::full({1}, 1.0), norm, false);
                QVERIFY(!step.reached.item<bool>());
                QVERIFY(step.move.eq(0).all().item<bool>());
            }
            const auto step = attack::toPlane(x, at::zeros({1, 4}), at::full({1}, 1.0), norm, true);
            QVERIFY(step.move.eq(0).all().item<bool>());
        }
    }

    void manyRowsAreTheSameAsEachAlone()
    {
        // Wide enough that they are worked on in several parts, whose sums round otherwise.
        RandomStream random(m_seed, "rows");
        const at::Tensor x = pictures(random, {3, 3, 400, 400});
        const at::Tensor normal = normals(random, {3, 3, 400, 400});
        const at::Tensor gap = at::tensor({3.0, -40.0, 500.0});
        const auto step = attack::toPlane(x, normal, gap, Norm::L2, true);
        for (std::int64_t i = 0; i < 3; ++i) {
            const auto alone = attack::toPlane(x.slice(0, i, i + 1), normal.slice(0, i, i + 1),
                                               gap.slice(0, i, i + 1), Norm::L2, true);
            QVERIFY(step.move.slice(0, i, i + 1).allclose(alone.move, 0.0, 1e-12));
        }
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(HyperplaneTest)
#include "hyperplane_test.moc"
