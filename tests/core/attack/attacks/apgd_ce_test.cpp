// APGD on networks whose worst case is known, and against itself without what makes it APGD.
#include "../small_models.hpp"
#include "attack/attack_torch.hpp"
#include "base/random.hpp"

#include <ATen/ops/isfinite.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using attack::AttackOptions;
using attack::Norm;

namespace {

constexpr int kSide = 5;
constexpr int kPixels = kSide * kSide;

} // namespace

class ApgdCeTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void theWorstOfALinearNetworkIsReached_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("norm");
        QTest::addColumn<bool>("boxed");
        QTest::addColumn<double>("epsilon");
        for (const char *name : {"apgd-ce", "apgd-dlr", "pgd"}) {
            for (const bool boxed : {false, true}) {
                const char *where = boxed ? "in the range" : "free";
                QTest::addRow("%s linf %s", name, where) << name << int(Norm::Linf) << boxed << 0.2;
                QTest::addRow("%s l2 %s", name, where) << name << int(Norm::L2) << boxed << 1.5;
                QTest::addRow("%s l1 %s", name, where) << name << int(Norm::L1) << boxed << 3.3;
            }
        }
    }

    void theWorstOfALinearNetworkIsReached()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        QFETCH(bool, boxed);
        QFETCH(double, epsilon);
        RandomStream random(m_seed, "linear");
        AttackOptions options;
        options.attack = name.toStdString();
        options.norm = static_cast<Norm>(norm);
        options.epsilon = epsilon;
        options.seed = m_seed;
        for (int round = 0; round < 10; ++round) {
            std::vector<float> w, x;
            for (int i = 0; i < kPixels; ++i) {
                w.push_back(static_cast<float>(random.normal()));
                x.push_back(static_cast<float>(std::clamp(random.uniform(-0.3, 1.3), 0.0, 1.0)));
            }
            std::vector<float> weight = w;
            weight.resize(2 * w.size(), 0.0F);
            // So sure that nothing is fooled, and not so sure that the loss has no slope.
            const auto model = small_models::linearOnPictures(kSide, kSide, weight, {60.0F, 0.0F});
            const at::Tensor picture = at::tensor(x).view({1, 1, kSide, kSide});
            const at::Tensor found = small_models::attacked(model, picture, 0, options, boxed);
            const double fall = ((picture - found).view({-1}) * at::tensor(w)).sum().item<double>();
            const double most = small_models::largestFall(w, x, options.norm, epsilon, boxed);
            QVERIFY2(std::abs(fall - most) <= 1e-4 * most,
                     qPrintable(QString("%1 of %2").arg(fall).arg(most)));
        }
    }

    void logitsTooLargeForASlopeStopNothing()
    {
        // A lead of 20,000: cross-entropy is 0 all around, as is its slope.
        std::vector<float> weight(2 * kPixels, 0.0F);
        std::fill_n(weight.begin(), kPixels, 1e5F);
        const auto model = small_models::linearOnPictures(kSide, kSide, weight, {0.0F, 1.23e6F});
        const at::Tensor picture = at::full({1, 1, kSide, kSide}, 0.5);
        for (const Norm norm : {Norm::Linf, Norm::L2, Norm::L1}) {
            AttackOptions options;
            options.attack = "apgd-ce";
            options.norm = norm;
            options.epsilon = norm == Norm::Linf ? 0.01 : norm == Norm::L2 ? 0.05 : 0.25;
            const at::Tensor still = small_models::attacked(model, picture, 0, options, true);
            QVERIFY(at::isfinite(still).all().item<bool>());
            QVERIFY(attack::norms(still - picture, norm).item<double>()
                    <= options.epsilon * (1.0 + 1e-6));
            // The logits' difference has a slope all the same: 0.01 in each pixel is 25,000.
            options.attack = "apgd-dlr";
            const at::Tensor found = small_models::attacked(model, picture, 0, options, true);
            QVERIFY(found.sum().item<double>() * 1e5 < 1.23e6);
        }
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(ApgdCeTest)
#include "apgd_ce_test.moc"
