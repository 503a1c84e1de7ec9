// APGD-T where only one of the wrong classes can be reached.
#include "../small_models.hpp"
#include "attack/attack_torch.hpp"

#include <QtTest>

using namespace ostrich;
using attack::AttackOptions;
using attack::Norm;

class ApgdTTest : public QObject {
    Q_OBJECT

private slots:
    void theClassThatLooksFarthestIsFoundToo()
    {
        // Class 0 leads by 1, 2, 3, 4 at 0; only the last class's logit can be raised: by 5 x.
        const data::Statistics statistics{{0.0F, 0.0F}, {1.0F, 1.0F}};
        const auto model = small_models::linearOnPoints(statistics, {0, 0, 0, 0, 0, 0, 0, 0, 5, 0},
                                                        {0.0F, -1.0F, -2.0F, -3.0F, -4.0F});
        const at::Tensor x = at::zeros({3, 2});
        AttackOptions options;
        options.attack = "apgd-t";
        for (const Norm norm : {Norm::Linf, Norm::L2}) {
            options.norm = norm;
            options.epsilon = 0.81;
            const at::Tensor found = small_models::attacked(model, x, 0, options);
            QVERIFY((found.select(1, 0) > 0.8).all().item<bool>());
            options.epsilon = 0.79; // out of reach
            const at::Tensor tried = small_models::attacked(model, x, 0, options);
            QVERIFY((tried.select(1, 0) < 0.8).all().item<bool>());
        }
    }

    void anAimIsTheOnlyTarget()
    {
        // Two features, each raises one class: both are in reach, one is asked for.
        const data::Statistics statistics{{0.0F, 0.0F}, {1.0F, 1.0F}};
        const auto model = small_models::linearOnPoints(statistics, {0, 0, 5, 0, 0, 4, 0, 0, 0, 0},
                                                        {0.0F, -1.0F, -1.0F, -9.0F, -9.0F});
        AttackOptions options;
        options.attack = "apgd-t";
        options.epsilon = 0.5;
        options.target = 2;
        const at::Tensor found = small_models::attacked(model, at::zeros({4, 2}), 0, options);
        QVERIFY((found.select(1, 1) > 0.25).all().item<bool>());
        QVERIFY((4.0 * found.select(1, 1) > 5.0 * found.select(1, 0)).all().item<bool>());
    }

    void fewClassesWillDo()
    {
        const data::Statistics statistics{{0.0F}, {1.0F}};
        AttackOptions options;
        options.attack = "apgd-t";
        options.epsilon = 0.6;
        const auto two = small_models::linearOnPoints(statistics, {2.0F, 0.0F}, {1.0F, 0.0F});
        QVERIFY(small_models::attacked(two, at::zeros({2, 1}), 0, options).max().item<double>()
                < -0.5);
        const auto three =
            small_models::linearOnPoints(statistics, {2.0F, 0.0F, -1.0F}, {1.0F, 0.0F, -5.0F});
        QVERIFY(small_models::attacked(three, at::zeros({2, 1}), 0, options).max().item<double>()
                < -0.5);
    }
};

QTEST_APPLESS_MAIN(ApgdTTest)
#include "apgd_t_test.moc"
