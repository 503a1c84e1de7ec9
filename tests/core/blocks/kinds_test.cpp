// Every kind against what it declares: shape, parameters, multiply-adds, gradients; and its words.
#include "block_cases.hpp"

#include "blocks/lengths_torch.hpp"
#include <ATen/Parallel.h>

#include <ATen/core/grad_mode.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/autograd.h>

#include <QTest>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <limits>
#include <set>

using namespace ostrich;
using blocks::Registry;
using blocks::Signal;
using graph::Axis;
using graph::Shape;

namespace {

void addCases()
{
    QTest::addColumn<int>("index");
    const auto cases = blockCases();
    for (std::size_t i = 0; i < cases.size(); ++i)
        QTest::newRow(cases[i].title.c_str()) << static_cast<int>(i);
}

BlockCase caseAt(int index)
{
    return blockCases()[static_cast<std::size_t>(index)];
}

/// "MaxPool2d" and "max_pool2d" alike.
std::string bare(std::string name)
{
    std::erase(name, '_');
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    return name;
}

/// Multiply-adds of one sample, counted one by one: every place, filter, channel and tap, padding
/// included; a variable T counts one step.
std::int64_t countedByLoops(const BuiltCase &built)
{
    const Shape &in = built.inputs[0], &out = built.outputs[0];
    std::int64_t count = 0;
    if (!in.isMaps()) {
        for (std::int64_t t = 0; t < in.size(Axis::T).value_or(1); ++t)
            for (std::int64_t o = 0; o < *out.size(Axis::F); ++o)
                for (std::int64_t i = 0; i < *in.size(Axis::F); ++i) ++count;
        return count;
    }
    const std::int64_t side = graph::integer(built.parameters, "kernel_size");
    const std::int64_t groups = graph::integer(built.parameters, "groups");
    const std::int64_t channels = *in.size(Axis::C), filters = *out.size(Axis::C);
    for (std::int64_t y = 0; y < *out.size(Axis::H); ++y)
        for (std::int64_t x = 0; x < *out.size(Axis::W); ++x)
            for (std::int64_t f = 0; f < filters; ++f)
                for (std::int64_t c = 0; c < channels; ++c)
                    if (c * groups / channels == f * groups / filters) count += side * side;
    return count;
}

/// What has to come out at all: real steps, without the padding behind them.
at::Tensor meant(const Signal &signal)
{
    if (!signal.lengths.defined()) return signal.tensor;
    at::Tensor mask = blocks::realSteps(signal);
    while (mask.dim() < signal.tensor.dim()) mask = mask.unsqueeze(-1);
    return at::where(mask, signal.tensor, 0.0);
}

/// A fixed random weighting of all that comes out, without gaps to look through.
class Weighting {
public:
    explicit Weighting(BuiltCase &built, bool training)
    {
        for (const Signal &signal : built.runAll(training))
            m_weights.push_back(
                at::zeros_like(signal.tensor.detach()).normal_(0.0, 1.0, built.generator));
    }

    at::Tensor of(const std::vector<Signal> &ports) const
    {
        at::Tensor sum;
        for (std::size_t i = 0; i < ports.size(); ++i) {
            const at::Tensor part = meant(ports[i]).mul(m_weights[i]).sum();
            sum = sum.defined() ? sum.add(part) : part;
        }
        return sum;
    }

private:
    std::vector<at::Tensor> m_weights;
};

/// Sample `index` of a batch by itself, cut to its real steps.
Signal alone(const Signal &signal, std::int64_t index)
{
    const at::Tensor one = signal.tensor.narrow(0, index, 1);
    if (!signal.lengths.defined()) return {one, {}};
    return {one.narrow(1, 0, signal.lengths.select(0, index).item().toLong()), {}};
}

/// Something that no real step holds, wherever padding is; an id beyond every vocabulary too.
Signal withGarbage(const Signal &signal)
{
    if (!signal.lengths.defined()) return signal;
    at::Tensor mask = blocks::realSteps(signal);
    while (mask.dim() < signal.tensor.dim()) mask = mask.unsqueeze(-1);
    return {at::where(mask, signal.tensor, 1e3), signal.lengths};
}

/// The largest difference between sample `index` of the batch and the sample alone; infinite where
/// they have not the same steps.
double apart(const Signal &batch, std::int64_t index, const Signal &single)
{
    const at::Tensor expected = alone(single, 0).tensor, found = alone(batch, index).tensor;
    if (found.sizes() != expected.sizes()) return std::numeric_limits<double>::infinity();
    return found.numel() == 0 ? 0.0 : found.sub(expected).abs().max().item().toDouble();
}

} // namespace

class KindsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        at::set_num_threads(1);
    } // tiny tensors: threads would only wait for each other

    void everyFileIsRegistered()
    {
        std::set<std::string> files, names;
        const auto folder = std::filesystem::path(OSTRICH_SOURCE_DIR) / "core/blocks/kinds";
        for (const auto &entry : std::filesystem::directory_iterator(folder))
            files.insert(bare(entry.path().stem().string()));
        for (const graph::Kind *kind : Registry::instance().all())
            names.insert(bare(kind->description().name));
        QCOMPARE(names, files);
        QVERIFY(Registry::instance().find("NoSuchKind") == nullptr);
    }

    void everyKindIsTried()
    {
        std::set<std::string> tried, names;
        for (const BlockCase &one : blockCases()) tried.insert(one.kind);
        for (const graph::Kind *kind : Registry::instance().all())
            names.insert(kind->description().name);
        QCOMPARE(tried, names);
    }

    void paletteOrderIsCategoryThenName()
    {
        const auto kinds = Registry::instance().all();
        QVERIFY(std::ranges::is_sorted(kinds, {}, [](const graph::Kind *kind) {
            return std::pair(kind->description().category, kind->description().name);
        }));
        QCOMPARE(kinds.front()->description().name, std::string("Input"));
        QCOMPARE(kinds.back()->description().name, std::string("Output"));
    }

    void wordsAreThereInBothLanguages()
    {
        std::set<std::string> stems;
        for (const graph::Kind *kind : Registry::instance().all()) {
            const graph::Description &told = kind->description();
            const auto differs = [](const Words &words) {
                return !words.en.empty() && !words.fr.empty() && words.en != words.fr;
            };
            QVERIFY2(differs(told.help), told.name.c_str());
            QVERIFY2(!told.label.en.empty() && !told.label.fr.empty(), told.name.c_str());
            QVERIFY2(!told.formula.empty() && stems.insert(told.idStem).second, told.name.c_str());
            const auto icon = std::filesystem::path(OSTRICH_SOURCE_DIR) / "resources/icons"
                              / (told.icon + ".svg");
            QVERIFY2(std::filesystem::exists(icon), told.icon.c_str());
            for (const graph::ParameterSpec &spec : told.parameters) {
                QVERIFY2(differs(spec.help), spec.name.c_str());
                QVERIFY2(!spec.label.en.empty() && !spec.label.fr.empty(), spec.name.c_str());
            }
            QVERIFY(
                !graph::checkParameters(graph::withDefaults({}, told.parameters), told.parameters));
        }
    }

    void declaredShapeIsTheBuiltOne_data() { addCases(); }
    void declaredShapeIsTheBuiltOne()
    {
        QFETCH(int, index);
        BuiltCase built(caseAt(index));
        const at::NoGradGuard noGradient;
        const std::vector<Signal> ports = built.runAll(false);
        // An Output declares no port and passes on what it got.
        const std::vector<Shape> declared = built.outputs.empty() ? built.inputs : built.outputs;
        QCOMPARE(ports.size(), declared.size());
        for (std::size_t port = 0; port < declared.size(); ++port) {
            const at::Tensor &y = ports[port].tensor;
            QCOMPARE(y.dim(), std::ssize(declared[port].dimensions));
            QCOMPARE(y.size(0), kBatch);
            for (std::int64_t i = 1; i < y.dim(); ++i) {
                const auto size = declared[port].dimensions[static_cast<std::size_t>(i)].size;
                if (size) QCOMPARE(y.size(i), *size);
            }
            // Lengths go with a variable T, and never say more than there is.
            QCOMPARE(ports[port].lengths.defined(), hasVariableT(declared[port]));
            if (ports[port].lengths.defined())
                QVERIFY(ports[port].lengths.le(y.size(1)).all().item().toBool());
        }
    }

    void declaredCostIsTheBuiltOne_data() { addCases(); }
    void declaredCostIsTheBuiltOne()
    {
        QFETCH(int, index);
        const BuiltCase built(caseAt(index));
        const graph::Cost cost = built.kind.cost(built.inputs, built.outputs, built.parameters);
        std::int64_t count = 0;
        for (const auto &[name, tensor] : built.module->parameters) {
            QVERIFY(tensor.requires_grad() && tensor.is_leaf());
            count += tensor.numel();
        }
        for (const auto &[name, tensor] : built.module->buffers) QVERIFY(!tensor.requires_grad());
        QCOMPARE(cost.parameters, count);
        const std::string &kind = built.kind.description().name;
        const BlockCase one = caseAt(index);
        if (!one.workNotCounted.empty()) return;
        if (one.multiplyAdds)
            QCOMPARE(cost.multiplyAdds, *one.multiplyAdds);
        else
            QCOMPARE(cost.multiplyAdds,
                     kind == "Conv2d" || kind == "Linear" ? countedByLoops(built) : 0);
    }

    void theWeightThatKindsShareIsTheBuiltOne()
    {
        std::set<std::string> sharing;
        for (const BlockCase &one : blockCases()) {
            const BuiltCase built(one);
            const auto table =
                built.kind.sharedWeight(built.inputs, built.outputs, built.parameters);
            if (table.empty()) continue;
            sharing.insert(one.kind);
            const auto &[name, weight] = built.module->parameters.front();
            QCOMPARE(name, std::string("weight"));
            QVERIFY2(weight.sizes().equals(table), one.title.c_str());
        }
        QCOMPARE(sharing, (std::set<std::string>{"Embedding", "Linear"}));
        // The table of 6 words, and the matrix that gives each of 6 words a score.
        const BuiltCase words(
            {"", "Embedding", {{"embedding_dim", std::int64_t{3}}}, {Shape::tokens({}, 6)}});
        const BuiltCase scores(
            {"", "Linear", {{"out_features", std::int64_t{6}}}, {Shape::sequence({}, 3)}});
        QCOMPARE(words.kind.sharedWeight(words.inputs, words.outputs, words.parameters),
                 scores.kind.sharedWeight(scores.inputs, scores.outputs, scores.parameters));
    }

    void gradientsAgreeWithFiniteDifferences_data() { addCases(); }
    void gradientsAgreeWithFiniteDifferences()
    {
        QFETCH(int, index);
        for (const bool training : {false, true}) {
            BuiltCase built(caseAt(index));
            std::vector<at::Tensor> leaves;
            for (const auto &[name, tensor] : built.module->parameters) leaves.push_back(tensor);
            const BlockCase one = caseAt(index);
            for (std::size_t i = 0; i < one.inputs.size(); ++i) {
                // Ids are no amounts: nothing to differentiate by.
                if (one.inputs[i].isTokens()) continue;
                leaves.push_back(built.arriving[i].tensor.requires_grad_(true));
            }
            if (leaves.empty()) continue;
            const Weighting weighting(built, training);
            const auto scalar = [&] { return weighting.of(built.runAll(training)); };
            const auto exact =
                torch::autograd::grad({scalar()}, leaves, {}, std::nullopt, false, true);

            const at::NoGradGuard noGradient;
            for (std::size_t i = 0; i < leaves.size(); ++i) {
                const at::Tensor slopes =
                    exact[i].defined() ? exact[i].contiguous() : at::zeros_like(leaves[i]);
                auto *const value = leaves[i].mutable_data_ptr<double>();
                for (std::int64_t k = 0; k < leaves[i].numel(); ++k) {
                    constexpr double kStep = 1e-6;
                    const double before = value[k];
                    value[k] = before + kStep;
                    const double up = scalar().item().toDouble();
                    value[k] = before - kStep;
                    const double down = scalar().item().toDouble();
                    value[k] = before;
                    const double found = slopes.const_data_ptr<double>()[k];
                    const double expected = (up - down) / (2.0 * kStep);
                    QVERIFY2(std::abs(found - expected) <= 1e-6 * std::max(1.0, std::abs(expected)),
                             qPrintable(QString("leaf %1 value %2: %3 instead of %4")
                                            .arg(i)
                                            .arg(k)
                                            .arg(found)
                                            .arg(expected)));
                }
            }
        }
    }

    void aSequenceGivesTheSameAloneAndInAPaddedBatch_data()
    {
        QTest::addColumn<int>("index");
        const auto cases = blockCases();
        for (std::size_t i = 0; i < cases.size(); ++i)
            if (std::ranges::any_of(cases[i].inputs, hasVariableT))
                QTest::newRow(cases[i].title.c_str()) << static_cast<int>(i);
    }
    void aSequenceGivesTheSameAloneAndInAPaddedBatch()
    {
        QFETCH(int, index);
        const at::NoGradGuard noGradient;
        BuiltCase built(caseAt(index));
        const std::vector<Signal> plain = built.arriving;
        for (Signal &signal : built.arriving) signal = withGarbage(signal);
        const std::vector<Signal> batch = built.runAll(false);
        for (const Signal &signal : batch)
            QVERIFY2(signal.tensor.isfinite().all().item().toBool(), "padding that is no number");
        for (std::int64_t n = 0; n < kBatch; ++n) {
            for (std::size_t i = 0; i < plain.size(); ++i) built.arriving[i] = alone(plain[i], n);
            const std::vector<Signal> single = built.runAll(false);
            for (std::size_t port = 0; port < batch.size(); ++port) {
                const double difference = apart(batch[port], n, single[port]);
                QVERIFY2(
                    difference <= 1e-10,
                    qPrintable(QString("sample %1, port %2: %3").arg(n).arg(port).arg(difference)));
            }
        }
    }

    void summariesSpeakBothLanguages()
    {
        for (const BlockCase &one : blockCases()) {
            const BuiltCase built(one);
            for (const Words &words : built.kind.summary(built.parameters, built.facts))
                QVERIFY2(!words.en.empty() && !words.fr.empty(), one.title.c_str());
        }
        const BuiltCase conv({"", "Conv2d", {}, {Shape::maps(1, 28, 28)}});
        const std::vector<Words> expected{
            {"16 filters", "16 filtres"}, {"3×3", "3×3"}, {"same", "same"}};
        QCOMPARE(conv.kind.summary(conv.parameters, conv.facts), expected);
    }
};

QTEST_APPLESS_MAIN(KindsTest)
#include "kinds_test.moc"
