// Training defences on another device than the CPU: they make the same small there.
#include "../attack/other_device.hpp"

#include "train/defence_torch.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/zeros.h>

#include <QtTest>

#include <cmath>

using namespace ostrich;
using namespace other_device;

namespace {

/// What `defence` makes small, and the loss's slope at the network's bias (1).
std::pair<double, double> lossOn(at::Device device, const std::string &defence,
                                 const std::string &norm)
{
    const Perceptron network(device);
    at::Generator draws = at::make_generator<at::CPUGeneratorImpl>(5);
    const at::Tensor bias = at::zeros({1}, device).requires_grad_(true);
    project::Recipe recipe;
    recipe.defence_norm = norm;
    const at::Tensor target = at::arange(kPictures, at::kLong).remainder(kClasses).to(device);
    const train::DefenceBatch batch{
        .classifier = network,
        .x = at::rand({kPictures, 1, kSide, kSide}, draws).to(device),
        .target = target,
        .recipe = recipe,
        .boxed = true,
        .generator = at::make_generator<at::CPUGeneratorImpl>(6),
        .logits = [&](const at::Tensor &x) { return network.logits(x + bias); },
        .loss = [&](const at::Tensor &logits) { return at::cross_entropy_loss(logits, target); }};
    const at::Tensor loss = train::findDefence(defence)->loss(batch);
    loss.backward();
    return {loss.item<double>(), bias.grad().item<double>()};
}

} // namespace

class OtherDeviceTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { stand_in::begin(); }

    void everyDefenceMakesTheSameSmall_data()
    {
        QTest::addColumn<QString>("defence");
        QTest::addColumn<QString>("norm");
        for (const auto &defence : train::createAllDefences())
            for (const char *norm : {"linf", "l2"})
                QTest::addRow("%s, %s", defence->name().c_str(), norm)
                    << QString::fromStdString(defence->name()) << norm;
    }
    void everyDefenceMakesTheSameSmall()
    {
        QFETCH(QString, defence);
        QFETCH(QString, norm);
        const auto [loss, slope] =
            lossOn(stand_in::kDevice, defence.toStdString(), norm.toStdString());
        const auto [known, knownSlope] =
            lossOn(at::kCPU, defence.toStdString(), norm.toStdString());
        QVERIFY(std::abs(loss - known) < 1e-5 * (1.0 + std::abs(known)));
        QVERIFY(std::abs(slope - knownSlope) < 1e-4 * (1.0 + std::abs(knownSlope)));
    }
};

QTEST_APPLESS_MAIN(OtherDeviceTest)
#include "other_device_test.moc"
