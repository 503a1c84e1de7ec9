// The fused update rules against their formulas written out, step by step.
#include "train/optimizer_torch.hpp"

#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <QtTest>

#include <cmath>

using namespace ostrich;

namespace {

using Numbers = std::vector<double>;

at::Tensor leaf(const Numbers &values, at::ScalarType dtype)
{
    return at::tensor(values, at::kDouble).to(dtype).requires_grad_(true);
}

/// Any gradient will do; it depends on step and place so that no two are the same.
double gradient(int step, std::size_t i)
{
    return std::sin(1.0 + 0.7 * step + 1.3 * static_cast<double>(i)) * (i % 2 == 0 ? 1.0 : 0.01);
}

Numbers gradients(int step, std::size_t count)
{
    Numbers all(count);
    for (std::size_t i = 0; i < count; ++i) all[i] = gradient(step, i);
    return all;
}

struct Rule {
    project::Recipe recipe;
    double rate = 0.0;
};

/// One number of Adam or AdamW (PyTorch's documentation), or SGD, over `steps` steps.
double byFormula(const Rule &rule, double w, std::size_t i, int steps)
{
    const project::Recipe &r = rule.recipe;
    double m = 0.0, v = 0.0, buffer = 0.0;
    for (int t = 1; t <= steps; ++t) {
        double g = gradient(t, i);
        if (r.optimizer == "adamw")
            w -= rule.rate * r.weight_decay * w;
        else
            g += r.weight_decay * w;
        if (r.optimizer == "sgd") {
            buffer = t == 1 ? g : r.momentum * buffer + g;
            w -= rule.rate
                 * (r.momentum == 0.0 ? g
                    : r.nesterov      ? g + r.momentum * buffer
                                      : buffer);
            continue;
        }
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        const double mean = m / (1.0 - std::pow(0.9, t));
        const double square = v / (1.0 - std::pow(0.999, t));
        w -= rule.rate * mean / (std::sqrt(square) + 1e-8);
    }
    return w;
}

} // namespace

class OptimizerTest : public QObject {
    Q_OBJECT

private slots:
    void followsItsFormula_data()
    {
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<double>("momentum");
        QTest::addColumn<bool>("nesterov");
        QTest::addColumn<double>("decay");
        QTest::addColumn<double>("rate");
        QTest::newRow("sgd") << "sgd" << 0.0 << false << 0.0 << 0.1;
        QTest::newRow("sgd with decay") << "sgd" << 0.0 << false << 0.05 << 0.1;
        QTest::newRow("sgd with momentum") << "sgd" << 0.9 << false << 0.0 << 0.1;
        QTest::newRow("sgd, momentum, decay") << "sgd" << 0.8 << false << 0.05 << 0.1;
        QTest::newRow("sgd with Nesterov") << "sgd" << 0.9 << true << 0.01 << 0.1;
        QTest::newRow("adam") << "adam" << 0.9 << false << 0.0 << 0.01;
        QTest::newRow("adam with decay") << "adam" << 0.9 << false << 0.1 << 0.01;
        QTest::newRow("adamw") << "adamw" << 0.9 << false << 0.0 << 0.01;
        QTest::newRow("adamw with decay") << "adamw" << 0.9 << false << 0.1 << 0.01;
    }

    void followsItsFormula()
    {
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        QFETCH(bool, nesterov);
        QFETCH(double, decay);
        QFETCH(double, rate);
        Rule rule;
        rule.recipe.optimizer = optimizer.toStdString();
        rule.recipe.momentum = momentum;
        rule.recipe.nesterov = nesterov;
        rule.recipe.weight_decay = decay;
        rule.rate = rate;
        for (const auto dtype : {at::kDouble, at::kFloat}) {
            const Numbers start{1.0, -2.0, 0.5, 3.0, -0.25};
            at::Tensor w = leaf(start, dtype);
            const auto rules = train::makeOptimizer(rule.recipe, {{"a.w", w}});
            constexpr int kSteps = 50;
            for (int step = 1; step <= kSteps; ++step) {
                w.mutable_grad() = at::tensor(gradients(step, start.size()), at::kDouble).to(dtype);
                rules->step(rule.rate);
            }
            for (std::size_t i = 0; i < start.size(); ++i) {
                const double expected = byFormula(rule, start[i], i, kSteps);
                const double got = w.detach()[static_cast<std::int64_t>(i)].item<double>();
                const double tolerance = dtype == at::kDouble ? 1e-6 : 2e-5;
                QVERIFY2(
                    std::abs(got - expected) < tolerance,
                    qPrintable(
                        QString("%1 against %2").arg(got, 0, 'g', 12).arg(expected, 0, 'g', 12)));
            }
        }
    }

    void sgdSolvesAParabolaInClosedForm()
    {
        // f = w²/2: each step multiplies w by 1 - rate.
        project::Recipe recipe;
        recipe.optimizer = "sgd";
        recipe.momentum = 0.0;
        at::Tensor w = leaf({1.0}, at::kDouble);
        const auto optimizer = train::makeOptimizer(recipe, {{"w", w}});
        for (int i = 0; i < 20; ++i) {
            optimizer->clearGradients();
            w.mul(w).mul(0.5).sum().backward();
            optimizer->step(0.1);
        }
        QVERIFY(std::abs(w.item<double>() - std::pow(0.9, 20)) < 1e-12);
    }

    void adamsFirstStepIsTheRateWhateverTheGradient()
    {
        project::Recipe recipe;
        for (const double slope : {1e-3, 1.0, 1e6}) {
            at::Tensor w = leaf({0.0}, at::kDouble);
            const auto optimizer = train::makeOptimizer(recipe, {{"w", w}});
            w.mutable_grad() = at::tensor(Numbers{slope}, at::kDouble);
            optimizer->step(0.01);
            QVERIFY(std::abs(w.item<double>() + 0.01) < 1e-6);
        }
    }

    void parametersWithoutAGradientStayAsTheyAre()
    {
        project::Recipe recipe;
        at::Tensor used = leaf({1.0}, at::kFloat), loose = leaf({1.0}, at::kFloat);
        const auto optimizer = train::makeOptimizer(recipe, {{"a", used}, {"b", loose}});
        used.mutable_grad() = at::tensor({1.0F});
        optimizer->step(0.5);
        QVERIFY(used.item<float>() < 1.0F);
        QCOMPARE(loose.item<float>(), 1.0F);
    }

    void memoryLayoutsMayDiffer()
    {
        project::Recipe recipe;
        recipe.optimizer = "sgd";
        recipe.momentum = 0.0;
        const at::Tensor start = at::zeros({2, 3, 2, 2});
        at::Tensor w = start.contiguous(at::MemoryFormat::ChannelsLast).requires_grad_(true);
        at::Tensor slope = at::zeros({2, 3, 2, 2});
        slope.index_put_({at::tensor({1}), at::tensor({2}), at::tensor({0}), at::tensor({1})},
                         at::tensor(1.0F));
        w.mutable_grad() = slope;
        train::makeOptimizer(recipe, {{"w", w}})->step(1.0);
        QVERIFY(w.detach().equal(slope.neg()));
    }

    void clippingBoundsTheGlobalNorm()
    {
        project::Recipe recipe;
        at::Tensor a = leaf({0.0, 0.0}, at::kDouble), b = leaf({0.0}, at::kDouble);
        const auto optimizer = train::makeOptimizer(recipe, {{"a", a}, {"b", b}});
        const auto setGradients = [&] {
            a.mutable_grad() = at::tensor(Numbers{3.0, 0.0}, at::kDouble);
            b.mutable_grad() = at::tensor(Numbers{4.0}, at::kDouble);
        };
        setGradients();
        optimizer->clipGradients(1.0); // the norm is 5
        QVERIFY(std::abs(a.grad()[0].item<double>() - 0.6) < 1e-6);
        QVERIFY(std::abs(b.grad()[0].item<double>() - 0.8) < 1e-6);
        setGradients();
        optimizer->clipGradients(10.0);
        QCOMPARE(a.grad()[0].item<double>(), 3.0);
        QCOMPARE(b.grad()[0].item<double>(), 4.0);
    }

    void stateGoesOnWhereItStopped_data()
    {
        QTest::addColumn<QString>("optimizer");
        for (const char *name : {"sgd", "adam", "adamw"}) QTest::newRow(name) << name;
    }

    void stateGoesOnWhereItStopped()
    {
        QFETCH(QString, optimizer);
        project::Recipe recipe;
        recipe.optimizer = optimizer.toStdString();
        at::Tensor straight = leaf({1.0, -1.0}, at::kFloat), halves = leaf({1.0, -1.0}, at::kFloat);
        const auto one = train::makeOptimizer(recipe, {{"w", straight}});
        auto two = train::makeOptimizer(recipe, {{"w", halves}});
        for (int step = 1; step <= 10; ++step) {
            if (step == 6) {
                auto again = train::makeOptimizer(recipe, {{"w", halves}});
                QVERIFY(again->restore(two->state()));
                two = std::move(again);
            }
            const at::Tensor slope = at::tensor(gradients(step, 2), at::kFloat);
            straight.mutable_grad() = slope.clone();
            halves.mutable_grad() = slope.clone();
            one->step(0.1);
            two->step(0.1);
        }
        QVERIFY(straight.detach().equal(halves.detach()));
    }

    void anotherOptimizersStateIsRefused()
    {
        project::Recipe adam, sgd;
        sgd.optimizer = "sgd";
        at::Tensor w = leaf({1.0}, at::kFloat);
        const auto one = train::makeOptimizer(adam, {{"w", w}});
        const auto other = train::makeOptimizer(sgd, {{"w", w}});
        QVERIFY(!other->restore(one->state()));
        at::Tensor wider = leaf({1.0, 2.0}, at::kFloat);
        QVERIFY(!train::makeOptimizer(adam, {{"w", wider}})->restore(one->state()));
    }
};

QTEST_APPLESS_MAIN(OptimizerTest)
#include "optimizer_test.moc"
