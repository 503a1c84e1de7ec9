// What blocks compute, against plain loops: convolutions and pools with every kind of padding, and
// the losses.
#include "block_cases.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/tensor.h>

#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace ostrich;
using graph::Axis;
using graph::Shape;

namespace {

/// One axis of a window, written down anew: the input index of tap `k` at place `o`.
struct Axis1d {
    std::int64_t input, output, stride, dilation, before;
    std::int64_t at(std::int64_t o, std::int64_t k) const
    {
        return o * stride + k * dilation - before;
    }
    bool inside(std::int64_t i) const { return i >= 0 && i < input; }
};

Axis1d axisOf(std::int64_t input, std::int64_t output, std::int64_t kernel, std::int64_t stride,
              std::int64_t dilation, const graph::ParameterValue &padding)
{
    std::int64_t before = 0;
    if (const auto *pixels = std::get_if<std::int64_t>(&padding)) before = *pixels;
    if (padding == graph::ParameterValue(std::string("same"))) {
        // TensorFlow's rule: the odd pixel after.
        const std::int64_t total =
            std::max<std::int64_t>((output - 1) * stride + dilation * (kernel - 1) + 1 - input, 0);
        before = total / 2;
    }
    return {input, output, stride, dilation, before};
}

double item(const at::Tensor &tensor, std::initializer_list<std::int64_t> place)
{
    at::Tensor one = tensor;
    for (const std::int64_t i : place) one = one.select(0, i);
    return one.item().toDouble();
}

/// Calls `visit(i, j, u, v)` for every real pixel (i, j) under the window at (y, x).
void underWindow(
    const Axis1d &down, const Axis1d &across, std::int64_t kernel, std::int64_t y, std::int64_t x,
    const std::function<void(std::int64_t, std::int64_t, std::int64_t, std::int64_t)> &visit)
{
    for (std::int64_t u = 0; u < kernel; ++u)
        for (std::int64_t v = 0; v < kernel; ++v)
            if (down.inside(down.at(y, u)) && across.inside(across.at(x, v)))
                visit(down.at(y, u), across.at(x, v), u, v);
}

double convolved(const BuiltCase &built, const Axis1d &down, const Axis1d &across, std::int64_t n,
                 std::int64_t f, std::int64_t y, std::int64_t x)
{
    const at::Tensor &input = built.arriving[0].tensor,
                     &weight = built.module->parameters[0].tensor;
    const std::int64_t perGroup = weight.size(1),
                       group = f / (weight.size(0) / graph::integer(built.parameters, "groups"));
    double sum =
        built.module->parameters.size() > 1 ? item(built.module->parameters[1].tensor, {f}) : 0.0;
    underWindow(down, across, weight.size(2), y, x, [&](auto i, auto j, auto u, auto v) {
        for (std::int64_t c = 0; c < perGroup; ++c)
            sum += item(weight, {f, c, u, v}) * item(input, {n, group * perGroup + c, i, j});
    });
    return sum;
}

double pooled(const BuiltCase &built, const Axis1d &down, const Axis1d &across, std::int64_t n,
              std::int64_t c, std::int64_t y, std::int64_t x)
{
    double largest = -std::numeric_limits<double>::infinity(), sum = 0.0;
    int count = 0;
    underWindow(down, across, graph::integer(built.parameters, "kernel_size"), y, x,
                [&](auto i, auto j, auto, auto) {
                    const double value = item(built.arriving[0].tensor, {n, c, i, j});
                    largest = std::max(largest, value);
                    sum += value;
                    ++count;
                });
    return built.kind.description().name == "MaxPool2d" ? largest : sum / count;
}

} // namespace

class NumbersTest : public QObject {
    Q_OBJECT

private slots:
    void windowsAgreeWithLoops_data()
    {
        QTest::addColumn<int>("index");
        const auto cases = blockCases();
        for (std::size_t i = 0; i < cases.size(); ++i)
            if (cases[i].kind == "Conv2d" || cases[i].kind == "MaxPool2d"
                || cases[i].kind == "AvgPool2d")
                QTest::newRow(cases[i].title.c_str()) << static_cast<int>(i);
    }
    void windowsAgreeWithLoops()
    {
        QFETCH(int, index);
        const at::NoGradGuard noGradient;
        BuiltCase built(blockCases()[static_cast<std::size_t>(index)]);
        const at::Tensor x = built.arriving[0].tensor, y = built.run(false);
        const bool isConv = built.kind.description().name == "Conv2d";
        const std::int64_t kernel = graph::integer(built.parameters, "kernel_size");
        std::int64_t stride = graph::integer(built.parameters, "stride");
        if (stride == 0) stride = kernel;
        const std::int64_t dilation = isConv ? graph::integer(built.parameters, "dilation") : 1;
        const graph::ParameterValue padding = built.parameters.at("padding");
        if (padding == graph::ParameterValue(std::string("same"))) {
            QCOMPARE(y.size(2), (x.size(2) + stride - 1) / stride);
            QCOMPARE(y.size(3), (x.size(3) + stride - 1) / stride);
        }
        const Axis1d down = axisOf(x.size(2), y.size(2), kernel, stride, dilation, padding);
        const Axis1d across = axisOf(x.size(3), y.size(3), kernel, stride, dilation, padding);
        for (std::int64_t n = 0; n < 2; ++n)
            for (std::int64_t c = 0; c < std::min<std::int64_t>(y.size(1), 8); ++c)
                for (std::int64_t i = 0; i < y.size(2); ++i)
                    for (std::int64_t j = 0; j < y.size(3); ++j) {
                        const double expected = isConv ? convolved(built, down, across, n, c, i, j)
                                                       : pooled(built, down, across, n, c, i, j);
                        QVERIFY(std::abs(item(y, {n, c, i, j}) - expected) < 1e-10);
                    }
    }

    void flattenIsInChannelOrderWhateverTheLayout()
    {
        const at::NoGradGuard noGradient;
        BuiltCase built({"", "Flatten", {}, {Shape::maps(4, 7, 6)}});
        const at::Tensor plain = built.run(false);
        built.arriving[0].tensor =
            built.arriving[0].tensor.contiguous(at::MemoryFormat::ChannelsLast);
        QVERIFY(built.run(false).equal(plain));
        QVERIFY(plain.equal(
            built.arriving[0].tensor.contiguous(at::MemoryFormat::Contiguous).view({kBatch, -1})));
    }

    void inputNormalises()
    {
        const at::NoGradGuard noGradient;
        BuiltCase built({"", "Input", {}, {Shape::vector(2)}});
        QVERIFY(built.run(false).allclose(built.arriving[0].tensor.sub(0.25).div(0.5)));
    }

    void dropoutKeepsTheMeanAndOnlyWhileTraining()
    {
        BuiltCase built({"", "Dropout", {{"p", 0.25}}, {Shape::vector(40000)}});
        built.arriving[0].tensor.fill_(1.0);
        QVERIFY(built.run(false).equal(built.arriving[0].tensor));
        const at::Tensor y = built.run(true);
        QVERIFY(std::abs(y.mean().item().toDouble() - 1.0) < 0.01);
        QVERIFY(std::abs(y.eq(0.0).sum().item().toDouble() / static_cast<double>(y.numel()) - 0.25)
                < 0.01);
        QVERIFY(built.run(true).equal(y)); // the same generator, the same mask
    }

    void batchNormUpdatesItsStatistics()
    {
        BuiltCase built({"", "BatchNorm2d", {}, {Shape::maps(4, 7, 6)}});
        const at::Tensor x = built.arriving[0].tensor;
        built.run(true);
        QVERIFY(built.module->buffers[0].tensor.allclose(x.mean({0, 2, 3}).mul(0.1)));
        const at::Tensor variance = x.var({0, 2, 3}, /*unbiased=*/true);
        QVERIFY(built.module->buffers[1].tensor.allclose(variance.mul(0.1).add(0.9)));
        const at::Tensor before = built.module->buffers[0].tensor.clone();
        built.run(false);
        QVERIFY(built.module->buffers[0].tensor.equal(before));
    }

    void lossesAreTheFormulas()
    {
        const at::NoGradGuard noGradient;
        const BuiltCase entropy({"", "Output", {}, {Shape::vector(6)}});
        const BuiltCase squared(
            {"", "Output", {{"loss", std::string("mean_squared_error")}}, {Shape::vector(6)}});
        const at::Tensor logits = entropy.arriving[0].tensor;
        const at::Tensor target = at::tensor({4, 0, 5}, at::TensorOptions().dtype(at::kLong));
        const std::int64_t classes[] = {4, 0, 5};
        double crossEntropy = 0.0, meanSquare = 0.0;
        for (std::int64_t n = 0; n < 3; ++n) {
            double sum = 0.0;
            for (std::int64_t k = 0; k < 6; ++k) {
                sum += std::exp(item(logits, {n, k}));
                meanSquare +=
                    std::pow(item(logits, {n, k}) - (k == classes[n] ? 1.0 : 0.0), 2) / 18.0;
            }
            for (std::int64_t k = 0; k < 6; ++k) {
                const double share = (k == classes[n] ? 0.9 : 0.0) + 0.1 / 6.0; // smoothed by 0.1
                crossEntropy += share * (std::log(sum) - item(logits, {n, k})) / 3.0;
            }
        }
        const auto &one = dynamic_cast<const blocks::OutputModule &>(*entropy.module);
        const auto &other = dynamic_cast<const blocks::OutputModule &>(*squared.module);
        QVERIFY(std::abs(one.loss(logits, target, 0.1).item().toDouble() - crossEntropy) < 1e-12);
        QVERIFY(std::abs(other.loss(logits, target, 0.1).item().toDouble() - meanSquare) < 1e-12);
        QVERIFY(one.probabilities(logits).sum(1).sub(1.0).abs().max().item().toDouble() < 1e-12);
        QVERIFY(other.probabilities(logits).ge(0.0).all().item().toBool());
    }

    void initialWeightsFollowPyTorch()
    {
        const BuiltCase conv(
            {"", "Conv2d", {{"out_channels", std::int64_t{256}}}, {Shape::maps(16, 8, 8)}});
        const BuiltCase linear(
            {"", "Linear", {{"out_features", std::int64_t{400}}}, {Shape::vector(144)}});
        for (const BuiltCase *built : {&conv, &linear}) {
            const at::Tensor weight = built->module->parameters[0].tensor.detach();
            const double bound = 1.0 / 12.0; // 1/√144 for both
            QVERIFY(weight.abs().max().item().toDouble() <= bound);
            QVERIFY(weight.abs().max().item().toDouble() > 0.999 * bound);
            QVERIFY(std::abs(weight.mean().item().toDouble()) < 0.01 * bound);
            const double deviation = weight.std().item().toDouble();
            QVERIFY(std::abs(deviation - bound / std::sqrt(3.0)) < 0.01 * bound);
            QVERIFY(built->module->parameters[1].tensor.detach().abs().max().item().toDouble()
                    <= bound);
        }
    }
};

QTEST_APPLESS_MAIN(NumbersTest)
#include "numbers_test.moc"
