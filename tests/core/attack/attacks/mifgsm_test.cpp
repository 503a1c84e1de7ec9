// MI-FGSM's momentum: old slopes, each of L1 norm 1, go on being followed.
#include "../small_models.hpp"
#include "attack/attack_torch.hpp"

#include <ATen/ops/cat.h>

#include <QtTest>

using namespace ostrich;
using attack::AttackOptions;
using attack::Norm;

namespace {

/// The logit of class 0 is 9 - the height of a roof: a steep way up to its ridge at 0.15, a gentle
/// one down beyond it.
class Roof final : public attack::Classifier {
public:
    at::Tensor logits(const at::Tensor &x) const override
    {
        const at::Tensor beyond = (x - 0.15).clamp_min(0.0);
        const at::Tensor height = 10.0 * x - 10.5 * beyond;
        return at::cat({9.0 - height, at::zeros_like(height)}, 1);
    }
    at::Device device() const override { return at::kCPU; }
};

} // namespace

class MifgsmTest : public QObject {
    Q_OBJECT

private slots:
    void onALinearNetworkItsStepsEndAtTheEdge()
    {
        const data::Statistics statistics{{0.0F, 0.0F}, {1.0F, 1.0F}};
        const auto model =
            small_models::linearOnPoints(statistics, {3.0F, -4.0F, 0.0F, 0.0F}, {20.0F, 0.0F});
        AttackOptions options;
        options.attack = "mifgsm";
        options.epsilon = 0.5;
        options.norm = Norm::Linf;
        const at::Tensor corner = small_models::attacked(model, at::zeros({1, 2}), 0, options);
        QVERIFY((corner - at::tensor({-0.5F, 0.5F})).abs().max().item<double>() < 1e-6);
        options.norm = Norm::L2;
        const at::Tensor edge = small_models::attacked(model, at::zeros({1, 2}), 0, options);
        QVERIFY((edge - at::tensor({-0.3F, 0.4F})).abs().max().item<double>() < 1e-5);
    }

    void itsMomentumCarriesItPastTheRidge()
    {
        // Steps of 0.1: slopes of 1, 1, -1, -1, ... after normalising. With momentum 1 their sums
        // are 1, 2, 1, 0, -1, -2, ...: it stands at 0.1, 0.2, 0.3, 0.3, 0.2, ... while BIM, without
        // any, turns back at 0.2 each time.
        const Roof roof;
        AttackOptions options;
        options.epsilon = 1.0;
        std::vector<double> seen;
        attack::AttackBatch batch{.classifier = roof,
                                  .x = at::zeros({1, 1}),
                                  .y = at::zeros({1}, at::kLong),
                                  .boxed = false,
                                  .options = options,
                                  .generator = at::make_generator<at::CPUGeneratorImpl>(1)};
        batch.watch = [&](std::int64_t, std::int64_t, const at::Tensor &x, const at::Tensor &,
                          const at::Tensor &) { seen.push_back(x.item<double>()); };
        const auto stoodAt = [&](const char *name, const std::vector<double> &expected) {
            options.attack = name;
            seen.clear();
            attack::findAttack(name)->run(batch);
            return seen.size() == 11
                   && std::ranges::equal(expected, std::span(seen).first(expected.size()),
                                         [](double a, double b) { return std::abs(a - b) < 1e-5; });
        };
        QVERIFY(stoodAt("mifgsm", {0.0, 0.1, 0.2, 0.3, 0.3, 0.2, 0.1}));
        QVERIFY(stoodAt("bim", {0.0, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2}));
    }
};

QTEST_APPLESS_MAIN(MifgsmTest)
#include "mifgsm_test.moc"
