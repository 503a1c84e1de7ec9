// BIM's steps: epsilon / steps each, from the sample itself, best point kept.
#include "../small_models.hpp"
#include "attack/attack_torch.hpp"

#include <QtTest>

using namespace ostrich;
using attack::AttackOptions;
using attack::Norm;

class BimTest : public QObject {
    Q_OBJECT

private slots:
    void onALinearNetworkItsStepsEndAtTheEdge()
    {
        const data::Statistics statistics{{0.0F, 0.0F}, {1.0F, 1.0F}};
        const auto model =
            small_models::linearOnPoints(statistics, {3.0F, -4.0F, 0.0F, 0.0F}, {20.0F, 0.0F});
        AttackOptions options;
        options.attack = "bim";
        options.epsilon = 0.5;
        for (const std::int64_t steps : {0, 1, 3}) {
            options.steps = steps;
            options.norm = Norm::Linf;
            const at::Tensor corner = small_models::attacked(model, at::zeros({1, 2}), 0, options);
            QVERIFY((corner - at::tensor({-0.5F, 0.5F})).abs().max().item<double>() < 1e-6);
            options.norm = Norm::L2;
            const at::Tensor edge = small_models::attacked(model, at::zeros({1, 2}), 0, options);
            QVERIFY((edge - at::tensor({-0.3F, 0.4F})).abs().max().item<double>() < 1e-5);
        }
    }

    void theRangeClipsEachStep()
    {
        // The slope leads out of the range at the second pixel.
        const auto model = small_models::linearOnPictures(1, 2, {-1, 1, 0, 0}, {20, 0});
        AttackOptions options;
        options.attack = "bim";
        options.epsilon = 0.25;
        const at::Tensor x = at::tensor({0.5F, 0.1F}).view({1, 1, 1, 2});
        const at::Tensor found = small_models::attacked(model, x, 0, options, true);
        QVERIFY((found.view({2}) - at::tensor({0.75F, 0.0F})).abs().max().item<double>() < 1e-6);
    }
};

QTEST_APPLESS_MAIN(BimTest)
#include "bim_test.moc"
