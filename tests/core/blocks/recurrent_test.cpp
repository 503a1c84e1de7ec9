// RNN, LSTM and GRU: the last real state, the gate bias, and the fused kernels against each step
// written out.
#include "block_cases.hpp"

#include "blocks/lengths_torch.hpp"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>

#include <QTest>

#include <cmath>

using namespace ostrich;
using blocks::NamedTensor;
using blocks::Signal;
using graph::Parameters;
using graph::Shape;

namespace {

using Integer = std::int64_t;

BlockCase layered(const std::string &kind, bool bidirectional, Integer layers = 2)
{
    return {"",
            kind,
            {{"hidden_size", Integer{5}}, {"num_layers", layers}, {"bidirectional", bidirectional}},
            {Shape::sequence({}, 4)}};
}

at::Tensor named(const std::vector<NamedTensor> &tensors, const std::string &name)
{
    for (const NamedTensor &one : tensors)
        if (one.name == name) return one.tensor;
    return {};
}

std::vector<std::string> namesOf(const std::vector<NamedTensor> &tensors)
{
    std::vector<std::string> names;
    for (const NamedTensor &one : tensors) names.push_back(one.name);
    return names;
}

double gap(const at::Tensor &one, const at::Tensor &other)
{
    return one.sub(other).abs().max().item().toDouble();
}

double sigmoid(double x)
{
    return 1.0 / (1.0 + std::exp(-x));
}

/// Row `row` of W x + b in plain loops.
double affine(const at::Tensor &weight, const at::Tensor &bias, Integer row,
              const std::vector<double> &x)
{
    double sum = bias.select(0, row).item().toDouble();
    for (Integer k = 0; k < std::ssize(x); ++k)
        sum +=
            weight.select(0, row).select(0, k).item().toDouble() * x[static_cast<std::size_t>(k)];
    return sum;
}

std::vector<double> values(const at::Tensor &row)
{
    std::vector<double> all;
    for (Integer i = 0; i < row.numel(); ++i) all.push_back(row.select(0, i).item().toDouble());
    return all;
}

/// LSTM or GRU as their papers write them, gate by gate: the hidden states of one sample, and the
/// cell where there is one.
struct WrittenOut {
    explicit WrittenOut(const BuiltCase &built)
        : inputWeight(named(built.module->parameters, "weight_ih_l0")),
          stateWeight(named(built.module->parameters, "weight_hh_l0")),
          inputBias(named(built.module->parameters, "bias_ih_l0")),
          stateBias(named(built.module->parameters, "bias_hh_l0")),
          hidden(static_cast<std::size_t>(stateWeight.size(1)), 0.0),
          cell(hidden)
    {
    }

    void lstm(const std::vector<double> &x)
    {
        const auto size = static_cast<Integer>(hidden.size());
        std::vector<double> next(hidden.size());
        for (Integer k = 0; k < size; ++k) {
            const auto gate = [&](Integer block) {
                return affine(inputWeight, inputBias, block * size + k, x)
                       + affine(stateWeight, stateBias, block * size + k, hidden);
            };
            const double i = sigmoid(gate(0)), f = sigmoid(gate(1)), g = std::tanh(gate(2)),
                         o = sigmoid(gate(3));
            double &c = cell[static_cast<std::size_t>(k)];
            c = f * c + i * g;
            next[static_cast<std::size_t>(k)] = o * std::tanh(c);
        }
        hidden = next;
    }

    void gru(const std::vector<double> &x)
    {
        const auto size = static_cast<Integer>(hidden.size());
        std::vector<double> next(hidden.size());
        for (Integer k = 0; k < size; ++k) {
            const auto in = [&](Integer block) {
                return affine(inputWeight, inputBias, block * size + k, x);
            };
            const auto back = [&](Integer block) {
                return affine(stateWeight, stateBias, block * size + k, hidden);
            };
            const double r = sigmoid(in(0) + back(0)), z = sigmoid(in(1) + back(1)),
                         n = std::tanh(in(2) + r * back(2));
            const auto place = static_cast<std::size_t>(k);
            next[place] = (1.0 - z) * n + z * hidden[place];
        }
        hidden = next;
    }

    void rnn(const std::vector<double> &x)
    {
        std::vector<double> next(hidden.size());
        for (std::size_t k = 0; k < hidden.size(); ++k) {
            const auto row = static_cast<Integer>(k);
            next[k] = std::tanh(affine(inputWeight, inputBias, row, x)
                                + affine(stateWeight, stateBias, row, hidden));
        }
        hidden = next;
    }

    at::Tensor inputWeight, stateWeight, inputBias, stateBias;
    std::vector<double> hidden, cell;
};

void addKinds()
{
    QTest::addColumn<std::string>("kind");
    for (const char *kind : {"RNN", "LSTM", "GRU"}) QTest::newRow(kind) << std::string(kind);
}

} // namespace

Q_DECLARE_METATYPE(std::string)

class RecurrentTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void oneStepIsTheFormula_data() { addKinds(); }
    void oneStepIsTheFormula()
    {
        QFETCH(std::string, kind);
        const at::NoGradGuard noGradient;
        BuiltCase built(layered(kind, false, 1));
        const at::Tensor y = built.run(false);
        const auto inside = built.module->inside(built.arriving);
        for (Integer n = 0; n < kBatch; ++n) {
            WrittenOut written(built);
            const Integer length = built.arriving[0].lengths.select(0, n).item().toLong();
            for (Integer t = 0; t < length; ++t) {
                const auto x = values(built.arriving[0].tensor.select(0, n).select(0, t));
                if (kind == "LSTM")
                    written.lstm(x);
                else if (kind == "GRU")
                    written.gru(x);
                else
                    written.rnn(x);
                const auto at = [&](const at::Tensor &tensor) {
                    return values(tensor.select(0, n).select(0, t));
                };
                const auto states = at(y);
                for (std::size_t k = 0; k < states.size(); ++k) {
                    QVERIFY(std::abs(states[k] - written.hidden[k]) < 1e-12);
                    if (kind != "LSTM") continue;
                    QVERIFY(std::abs(at(named(inside, "cell"))[k] - written.cell[k]) < 1e-12);
                }
            }
        }
    }

    void theLastStateIsThatOfTheLastRealStep_data() { addKinds(); }
    void theLastStateIsThatOfTheLastRealStep()
    {
        QFETCH(std::string, kind);
        const at::NoGradGuard noGradient;
        BuiltCase built(layered(kind, true));
        const auto ports = built.runAll(false);
        const at::Tensor &y = ports[0].tensor, &h = ports[1].tensor;
        QVERIFY(!ports[1].lengths.defined());
        const Integer lengths[] = {5, 3, 1};
        for (Integer n = 0; n < kBatch; ++n) {
            const at::Tensor states = y.select(0, n), last = h.select(0, n);
            // Forwards ends at the last real step, backwards at the first.
            QVERIFY(last.narrow(0, 0, 5).equal(states.select(0, lengths[n] - 1).narrow(0, 0, 5)));
            QVERIFY(last.narrow(0, 5, 5).equal(states.select(0, 0).narrow(0, 5, 5)));
            const Integer padded = y.size(1) - lengths[n];
            if (padded > 0)
                QVERIFY(states.narrow(0, lengths[n], padded).eq(0.0).all().item().toBool());
        }
    }

    void aSequenceWithoutStepsLeavesNothing()
    {
        const at::NoGradGuard noGradient;
        BlockCase given = layered("LSTM", true);
        given.lengths = {{2, 0, 1}};
        BuiltCase built(given);
        const auto ports = built.runAll(false);
        QVERIFY(ports[0].tensor.select(0, 1).eq(0.0).all().item().toBool());
        QVERIFY(ports[1].tensor.select(0, 1).eq(0.0).all().item().toBool());
    }

    void insideIsWhatTheFusedKernelsDo_data()
    {
        QTest::addColumn<std::string>("kind");
        QTest::addColumn<bool>("bidirectional");
        for (const char *kind : {"RNN", "LSTM", "GRU"})
            for (const bool both : {false, true})
                QTest::addRow("%s%s", kind, both ? ", both ways" : "") << std::string(kind) << both;
    }
    void insideIsWhatTheFusedKernelsDo()
    {
        QFETCH(std::string, kind);
        QFETCH(bool, bidirectional);
        const at::NoGradGuard noGradient;
        BuiltCase built(layered(kind, bidirectional), at::kFloat);
        const auto inside = built.module->inside(built.arriving);
        const std::vector<std::string> expected =
            kind == "LSTM"
                ? std::vector<std::string>{"gate_i", "gate_f", "gate_g", "gate_o", "hidden", "cell"}
            : kind == "GRU" ? std::vector<std::string>{"gate_r", "gate_z", "gate_n", "hidden"}
                            : std::vector<std::string>{"hidden"};
        QCOMPARE(namesOf(inside), expected);
        const at::Tensor y = built.run(false);
        for (const NamedTensor &one : inside) QCOMPARE(one.tensor.sizes().vec(), y.sizes().vec());
        QVERIFY(gap(named(inside, "hidden"), y) <= 1e-5);
        if (kind == "LSTM")
            QVERIFY(gap(named(inside, "gate_o").mul(named(inside, "cell").tanh()), y) <= 1e-5);
    }

    void aGateBiasSetsThatGateAlone()
    {
        for (const auto &[kind, gates] : {std::pair{"LSTM", 4}, {"GRU", 3}}) {
            BlockCase plain = layered(kind, true), biased = plain;
            biased.parameters["gate_bias"] = 4.0;
            const BuiltCase before(plain), after(biased);
            QCOMPARE(namesOf(before.module->parameters), namesOf(after.module->parameters));
            for (std::size_t i = 0; i < before.module->parameters.size(); ++i) {
                const auto &[name, drawn] = before.module->parameters[i];
                const at::Tensor set = after.module->parameters[i].tensor.detach();
                QVERIFY(after.module->parameters[i].tensor.requires_grad());
                if (!name.starts_with("bias")) {
                    QVERIFY(set.equal(drawn));
                    continue;
                }
                for (Integer gate = 0; gate < gates; ++gate) {
                    const at::Tensor rows = set.narrow(0, gate * 5, 5);
                    if (gate != 1)
                        QVERIFY(rows.equal(drawn.narrow(0, gate * 5, 5)));
                    else
                        QVERIFY(
                            rows.eq(name.starts_with("bias_ih") ? 4.0 : 0.0).all().item().toBool());
                }
            }
        }
    }

    void theGateBiasIsHowMuchAStepKeeps()
    {
        const at::NoGradGuard noGradient;
        // Without an echo from state to state, what one impulse leaves shrinks by σ(bias) a step.
        for (const std::string kind : {"LSTM", "GRU"}) {
            for (const double bias : {-1.0, 0.0, 4.0}) {
                BuiltCase built({"",
                                 kind,
                                 {{"hidden_size", Integer{6}}, {"gate_bias", bias}},
                                 {Shape::sequence(30, 3)}});
                built.module->parameters[1].tensor.zero_(); // weight_hh
                const auto states = [&] {
                    return named(built.module->inside(built.arriving),
                                 kind == "LSTM" ? "cell" : "hidden");
                };
                built.arriving[0].tensor.narrow(1, 1, 29).zero_();
                const at::Tensor impulse = states();
                built.arriving[0].tensor.zero_();
                const at::Tensor left = impulse.sub(states());
                const double kept = std::pow(sigmoid(bias), 29);
                QVERIFY(gap(left.select(1, 29), left.select(1, 0).mul(kept)) < 1e-12);
            }
        }
    }

    void weightsAreNamedAndDrawnAsPyTorchDoes()
    {
        BlockCase given = layered("GRU", true);
        given.parameters["hidden_size"] = Integer{64};
        const BuiltCase built(given);
        const std::vector<std::string> expected{
            "weight_ih_l0",         "weight_hh_l0",         "bias_ih_l0",
            "bias_hh_l0",           "weight_ih_l0_reverse", "weight_hh_l0_reverse",
            "bias_ih_l0_reverse",   "bias_hh_l0_reverse",   "weight_ih_l1",
            "weight_hh_l1",         "bias_ih_l1",           "bias_hh_l1",
            "weight_ih_l1_reverse", "weight_hh_l1_reverse", "bias_ih_l1_reverse",
            "bias_hh_l1_reverse"};
        QCOMPARE(namesOf(built.module->parameters), expected);
        QCOMPARE(named(built.module->parameters, "weight_ih_l1").sizes().vec(),
                 (std::vector<Integer>{192, 128}));
        const at::Tensor drawn = named(built.module->parameters, "weight_hh_l0").detach();
        const double bound = 1.0 / 8.0; // 1/√64
        QVERIFY(drawn.abs().max().item().toDouble() <= bound);
        QVERIFY(drawn.abs().max().item().toDouble() > 0.999 * bound);
        QVERIFY(std::abs(drawn.std().item().toDouble() - bound / std::sqrt(3.0)) < 0.01 * bound);
    }

    void dropoutActsBetweenLayersAndOnlyWhileTraining()
    {
        const at::NoGradGuard noGradient;
        BlockCase two = layered("GRU", false), one = layered("GRU", false, 1);
        two.parameters["dropout"] = one.parameters["dropout"] = 0.5;
        BuiltCase stacked(two), single(one);
        QVERIFY(stacked.run(true).equal(stacked.run(true))); // the same generator, the same mask
        QVERIFY(!stacked.run(true).equal(stacked.run(false)));
        QVERIFY(single.run(true).equal(single.run(false)));
    }

    void autocastLeavesTheStateInFullPrecision_data() { addKinds(); }
    void autocastLeavesTheStateInFullPrecision()
    {
        QFETCH(std::string, kind);
        const at::NoGradGuard noGradient;
        BuiltCase built(layered(kind, true), at::kFloat);
        const at::Tensor plain = built.run(true);
        at::autocast::set_autocast_enabled(at::kCPU, true);
        at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
        const at::Tensor cast = built.run(true);
        at::autocast::set_autocast_enabled(at::kCPU, false);
        QVERIFY(cast.scalar_type() == at::kFloat);
        QVERIFY(cast.equal(plain));
    }

    void summariesTellWhatIsUnusual()
    {
        BlockCase given = layered("LSTM", true);
        given.parameters["gate_bias"] = 4.0;
        const BuiltCase built(given);
        const std::vector<Words> expected{{"5 units", "5 unités"},
                                          {"2 layers", "2 couches"},
                                          {"both ways", "deux sens"},
                                          {"gate bias 4", "biais de porte 4"}};
        QCOMPARE(built.kind.summary(built.parameters, built.facts), expected);
    }

    void pytorchTextNamesWhatItBuilds()
    {
        BlockCase given = layered("LSTM", true);
        given.parameters["dropout"] = 0.25;
        const BuiltCase built(given);
        const auto text =
            built.kind.pytorch({built.parameters, built.inputs, built.outputs, built.facts});
        QCOMPARE(text.module, std::string("nn.LSTM(4, 5, num_layers=2, dropout=0.25, "
                                          "bidirectional=True, batch_first=True)"));
        QCOMPARE(text.call, std::string("recurrent({m}, {x0}, {l0})"));
        QVERIFY(text.support.find("def recurrent(module, x, lengths):") == 0);
    }
};

QTEST_APPLESS_MAIN(RecurrentTest)
#include "recurrent_test.moc"
