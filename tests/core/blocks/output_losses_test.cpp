// The losses of an Output against sums written out by hand.
#include "blocks/output_losses_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/tensor.h>

#include <QtTest>

#include <cmath>

using namespace ostrich;
using namespace ostrich::blocks;

class OutputLossesTest : public QObject {
    Q_OBJECT

    const at::TensorOptions m_double = at::TensorOptions().dtype(at::kDouble);

    std::unique_ptr<OutputModule> numbers(NumbersLoss loss, std::int64_t values)
    {
        const graph::Parameters parameters;
        const std::vector<graph::Shape> inputs, outputs;
        graph::DataFacts facts;
        facts.task = graph::Task::Regress;
        facts.values = values;
        const Normalisation normalisation{
            {},
            {},
            std::vector<float>(static_cast<std::size_t>(values), 10.0F),
            std::vector<float>(static_cast<std::size_t>(values), 2.0F)};
        return numbersOutput(loss, {parameters, inputs, outputs, facts, normalisation,
                                    at::detail::createCPUGenerator(1), at::kDouble});
    }

private slots:
    void stepsWithoutALabelDoNotCount()
    {
        const auto output = crossEntropyOutput();
        const at::Tensor logits =
            at::tensor({1.0, 2.0, /**/ 9.0, -9.0, /**/ 0.0, 0.5}, m_double).view({1, 3, 2});
        const at::Tensor target = at::tensor({1, -100, 0}).to(at::kLong).view({1, 3});
        const double first = std::log(1.0 + std::exp(-1.0)), last = std::log(1.0 + std::exp(0.5));
        QCOMPARE(output->loss(logits, target, 0.0).item<double>(), (first + last) / 2.0);
        QCOMPARE(output->probabilities(logits).select(1, 1).sum().item<double>(), 1.0);
    }

    void numbersAreLearntInDeviationsAndToldInTheirUnit()
    {
        const at::Tensor logits = at::tensor({1.0, -1.0}, m_double).view({1, 2});
        const at::Tensor target = at::tensor({14.0, 10.0}, m_double).view({1, 2}); // 2 and 0
        const auto squared = numbers(NumbersLoss::SquaredError, 2);
        QCOMPARE(squared->loss(logits, target, 0.0).item<double>(), 1.0);
        QCOMPARE(numbers(NumbersLoss::AbsoluteError, 2)->loss(logits, target, 0.0).item<double>(),
                 1.0);
        QCOMPARE(squared->probabilities(logits).select(1, 0).item<double>(), 12.0);
        QCOMPARE(squared->probabilities(logits).select(1, 1).item<double>(), 8.0);
    }

    void quantilesPayUnevenlyForTooLowAndTooHigh()
    {
        const auto output = numbers(NumbersLoss::Quantiles, 1);
        const at::Tensor logits = at::tensor({-1.0, 0.0, 2.0}, m_double).view({1, 3});
        const at::Tensor target = at::tensor({12.0}, m_double).view({1, 1}); // 1 deviation
        // Gaps 2, 1 and -1: 0.1 * 2, 0.5 * 1, (1 - 0.9) * 1.
        QCOMPARE(output->loss(logits, target, 0.0).item<double>(), (0.2 + 0.5 + 0.1) / 3.0);
        QCOMPARE(output->probabilities(logits).sizes().vec(), (std::vector<std::int64_t>{1, 1}));
        QCOMPARE(output->probabilities(logits).item<double>(), 10.0); // the median
    }
};

QTEST_APPLESS_MAIN(OutputLossesTest)
#include "output_losses_test.moc"
