// Blocks over time besides the recurrent ones: windows against plain loops, poolings and look-ups,
// and what all of them say when shapes do not fit.
#include "block_cases.hpp"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <QTest>

#include <cmath>
#include <limits>

using namespace ostrich;
using blocks::Signal;
using graph::Misfit;
using graph::Parameters;
using graph::Shape;

namespace {

using Integer = std::int64_t;

double item(const at::Tensor &tensor, std::initializer_list<Integer> place)
{
    at::Tensor one = tensor;
    for (const Integer i : place) one = one.select(0, i);
    return one.item().toDouble();
}

/// Where window `place` begins, written down anew: TensorFlow's rule at stride 1, its centres kept
/// at any stride; causal: the last tap at the place itself.
Integer beginning(const BuiltCase &built, Integer place, Integer stride, Integer reach)
{
    const bool causal =
        built.parameters.contains("causal") && graph::boolean(built.parameters, "causal");
    if (causal) return place * stride - (reach - 1);
    const graph::ParameterValue &padding = built.parameters.at("padding");
    if (const auto *steps = std::get_if<Integer>(&padding)) return place * stride - *steps;
    return place * stride - (graph::toString(padding) == "same" ? (reach - 1) / 2 : 0);
}

/// One value of Conv1d or a pool over the real steps of sample `n`.
double expectedAt(const BuiltCase &built, Integer n, Integer place, Integer feature)
{
    const std::string &kind = built.kind.description().name;
    const Signal &x = built.arriving[0];
    const Integer length =
        x.lengths.defined() ? x.lengths.select(0, n).item().toLong() : x.tensor.size(1);
    const Integer kernel = graph::integer(built.parameters, "kernel_size");
    Integer stride = graph::integer(built.parameters, "stride");
    if (stride == 0) stride = kernel;
    const bool conv = kind == "Conv1d";
    const Integer dilation = conv ? graph::integer(built.parameters, "dilation") : 1;
    const Integer begin = beginning(built, place, stride, dilation * (kernel - 1) + 1);

    const auto &parameters = built.module->parameters;
    double sum = parameters.size() > 1 ? item(parameters[1].tensor, {feature}) : 0.0;
    double largest = -std::numeric_limits<double>::infinity();
    Integer count = 0;
    for (Integer u = 0; u < kernel; ++u) {
        const Integer t = begin + u * dilation;
        if (t < 0 || t >= length) continue;
        ++count;
        if (!conv) {
            sum += item(x.tensor, {n, t, feature});
            largest = std::max(largest, item(x.tensor, {n, t, feature}));
            continue;
        }
        const at::Tensor &weight = parameters[0].tensor;
        const Integer perGroup = weight.size(1);
        const Integer group =
            feature / (weight.size(0) / graph::integer(built.parameters, "groups"));
        for (Integer c = 0; c < perGroup; ++c)
            sum += item(weight, {feature, c, u}) * item(x.tensor, {n, t, group * perGroup + c});
    }
    if (kind == "MaxPool1d") return largest;
    return conv ? sum : sum / static_cast<double>(count);
}

std::optional<Misfit> misfitOf(const std::string &kindName, const Parameters &parameters,
                               const Shape &input)
{
    const blocks::BlockKind &kind = *blocks::Registry::instance().find(kindName);
    const auto inferred =
        kind.infer({input}, graph::withDefaults(parameters, kind.description().parameters), {});
    const auto *misfit = std::get_if<Misfit>(&inferred);
    return misfit ? std::optional(*misfit) : std::nullopt;
}

/// Both languages have the sentence, and every argument found its place.
bool isSaid(const Message &message)
{
    const std::string en = sentence(message, Language::English),
                      fr = sentence(message, Language::French);
    return en != fr && !en.starts_with("blocks.") && en.find('{') == std::string::npos
           && fr.find('{') == std::string::npos;
}

} // namespace

class TimeWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void windowsAgreeWithLoops_data()
    {
        QTest::addColumn<int>("index");
        const auto cases = slidingCases();
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].title.c_str()) << static_cast<int>(i);
    }
    void windowsAgreeWithLoops()
    {
        QFETCH(int, index);
        const at::NoGradGuard noGradient;
        BuiltCase built(slidingCases()[static_cast<std::size_t>(index)]);
        const Signal y = built.runAll(false)[0];
        for (Integer n = 0; n < kBatch; ++n) {
            const Integer real =
                y.lengths.defined() ? y.lengths.select(0, n).item().toLong() : y.tensor.size(1);
            for (Integer t = 0; t < real; ++t)
                for (Integer f = 0; f < y.tensor.size(2); ++f)
                    QVERIFY(std::abs(item(y.tensor, {n, t, f}) - expectedAt(built, n, t, f))
                            < 1e-10);
        }
    }

    void sameKeepsEveryStepAndStridesRoundUp()
    {
        const at::NoGradGuard noGradient;
        for (const Integer stride : {1, 2, 3}) {
            for (const bool causal : {false, true}) {
                BuiltCase built(
                    {"",
                     "Conv1d",
                     {{"out_channels", Integer{1}}, {"stride", stride}, {"causal", causal}},
                     {Shape::sequence({}, 2)}});
                const Signal y = built.runAll(false)[0];
                const Integer lengths[] = {5, 3, 1};
                for (Integer n = 0; n < kBatch; ++n)
                    QCOMPARE(y.lengths.select(0, n).item().toLong(),
                             (lengths[n] + stride - 1) / stride);
            }
        }
    }

    void aCausalWindowNeverSeesTheFuture()
    {
        const at::NoGradGuard noGradient;
        BuiltCase built({"",
                         "Conv1d",
                         {{"out_channels", Integer{2}}, {"causal", true}, {"dilation", Integer{2}}},
                         {Shape::sequence(9, 2)}});
        const at::Tensor before = built.run(false);
        built.arriving[0].tensor.narrow(1, 6, 3).add_(1.0);
        const at::Tensor after = built.run(false);
        QVERIFY(after.narrow(1, 0, 6).equal(before.narrow(1, 0, 6)));
        QVERIFY(!after.narrow(1, 6, 3).equal(before.narrow(1, 6, 3)));
    }

    void aSequenceTooShortForAWindowComesOutEmpty()
    {
        const at::NoGradGuard noGradient;
        for (const std::string kind : {"Conv1d", "MaxPool1d", "AvgPool1d"}) {
            BlockCase given{"",
                            kind,
                            {{"kernel_size", Integer{3}},
                             {"stride", Integer{1}},
                             {"padding", std::string("valid")}},
                            {Shape::sequence({}, 2)}};
            given.lengths = {{2, 1, 2}};
            BuiltCase built(given);
            const Signal y = built.runAll(false)[0];
            QCOMPARE(y.tensor.size(1), Integer{1});
            QVERIFY(y.lengths.eq(0).all().item().toBool());
            built.arriving[0].lengths.reset(); // the same where all of a batch are as long
            QVERIFY(built.runAll(false)[0].lengths.eq(0).all().item().toBool());
        }
    }

    void poolingOverTimeTakesRealStepsAlone()
    {
        const at::NoGradGuard noGradient;
        const Integer lengths[] = {5, 3, 1};
        for (const std::string mode : {"last", "mean", "max"}) {
            BuiltCase built({"", "TimePool", {{"mode", mode}}, {Shape::sequence({}, 3)}});
            const at::Tensor x = built.arriving[0].tensor, y = built.run(false);
            QVERIFY(built.outputs[0] == Shape::vector(3));
            for (Integer n = 0; n < kBatch; ++n)
                for (Integer f = 0; f < 3; ++f) {
                    double sum = 0.0, largest = -std::numeric_limits<double>::infinity();
                    for (Integer t = 0; t < lengths[n]; ++t) {
                        sum += item(x, {n, t, f});
                        largest = std::max(largest, item(x, {n, t, f}));
                    }
                    const double expected = mode == "last"  ? item(x, {n, lengths[n] - 1, f})
                                            : mode == "max" ? largest
                                                            : sum / static_cast<double>(lengths[n]);
                    QVERIFY(std::abs(item(y, {n, f}) - expected) < 1e-12);
                }
            built.arriving[0].lengths.zero_();
            QVERIFY(built.run(false).eq(0.0).all().item().toBool());
        }
    }

    void autoFollowsWhatTheDataAsk()
    {
        using graph::Task;
        const Shape sequence = Shape::sequence({}, 3);
        for (const Task task : {Task::Classify, Task::Regress, Task::LabelSteps, Task::Translate}) {
            const bool eachStep = task == Task::LabelSteps || task == Task::Translate;
            const BuiltCase built({"", "TimePool", {}, {sequence}, task});
            QVERIFY(built.outputs[0] == (eachStep ? sequence : Shape::vector(3)));
        }
    }

    void embeddingLooksUpRowsAndForgivesIds()
    {
        const at::NoGradGuard noGradient;
        BuiltCase built({"", "Embedding", {{"embedding_dim", Integer{4}}}, {Shape::tokens({}, 6)}},
                        at::kFloat);
        const at::Tensor weight = built.module->parameters[0].tensor;
        const at::Tensor ids = built.arriving[0].tensor, y = built.run(false);
        for (Integer n = 0; n < kBatch; ++n)
            for (Integer t = 0; t < kLongest; ++t)
                QVERIFY(y.select(0, n).select(0, t).equal(
                    weight.select(0, static_cast<Integer>(item(ids, {n, t})))));
        ids.fill_(1e6);
        QVERIFY(built.run(false).eq(weight.select(0, 5)).all().item().toBool());
        ids.fill_(-3.0);
        QVERIFY(built.run(false).eq(weight.select(0, 0)).all().item().toBool());
    }

    void embeddingStartsAsPyTorchDraws()
    {
        const BuiltCase built(
            {"", "Embedding", {{"embedding_dim", Integer{100}}}, {Shape::tokens({}, 400)}});
        const at::Tensor weight = built.module->parameters[0].tensor.detach();
        QVERIFY(std::abs(weight.mean().item().toDouble()) < 0.02);
        QVERIFY(std::abs(weight.std().item().toDouble() - 1.0) < 0.02);
    }

    void tokensAskForAnEmbeddingAndNumbersForALinear()
    {
        for (const char *kind :
             {"RNN", "LSTM", "GRU", "Conv1d", "MaxPool1d", "AvgPool1d", "TimePool"}) {
            const auto tokens = misfitOf(kind, {}, Shape::tokens({}, 10));
            QVERIFY2(tokens && isSaid(tokens->message) && isSaid(tokens->reason), kind);
            QVERIFY(tokens->repair == graph::Repair(graph::InsertBefore{"x", "Embedding", {}}));
            for (const Shape &shape : {Shape::vector(5), Shape::maps(3, 4, 4)}) {
                const auto other = misfitOf(kind, {}, shape);
                QVERIFY2(other && isSaid(other->message) && isSaid(other->reason), kind);
            }
        }
        const auto numbers =
            misfitOf("Embedding", {{"embedding_dim", Integer{32}}}, Shape::sequence({}, 2));
        QVERIFY(numbers && isSaid(numbers->message) && isSaid(numbers->reason));
        QVERIFY(numbers->repair
                == graph::Repair(graph::ReplaceSelf{"Linear", {{"out_features", Integer{32}}}}));
        const auto maps = misfitOf("Embedding", {}, Shape::maps(1, 8, 8));
        QVERIFY(maps && std::holds_alternative<std::monostate>(maps->repair));
    }

    void windowsThatDoNotFitAreSaid()
    {
        const std::string valid = "valid";
        const Shape five = Shape::sequence(5, 4);
        const auto conv =
            misfitOf("Conv1d", {{"kernel_size", Integer{7}}, {"padding", valid}}, five);
        QVERIFY(conv && isSaid(conv->message) && isSaid(conv->reason));
        QVERIFY(conv->repair
                == graph::Repair(graph::ChangeParameter{"padding", std::string("same")}));
        const auto pool =
            misfitOf("MaxPool1d", {{"kernel_size", Integer{7}}, {"padding", valid}}, five);
        QVERIFY(pool && isSaid(pool->message));
        QVERIFY(pool->repair == graph::Repair(graph::ChangeParameter{"kernel_size", Integer{5}}));
        const auto wide = misfitOf("AvgPool1d", {{"padding", Integer{2}}}, five);
        QVERIFY(wide && isSaid(wide->message) && isSaid(wide->reason));
        QVERIFY(wide->repair == graph::Repair(graph::ChangeParameter{"padding", Integer{1}}));
        const auto groups =
            misfitOf("Conv1d", {{"groups", Integer{3}}, {"out_channels", Integer{6}}}, five);
        QVERIFY(groups
                && groups->repair == graph::Repair(graph::ChangeParameter{"groups", Integer{2}}));
    }

    void absurdSizesAreRefused()
    {
        const Integer most = 65536;
        for (const auto &misfit :
             {misfitOf("LSTM", {{"hidden_size", most}, {"num_layers", Integer{64}}},
                       Shape::sequence(Integer{1} << 40, most)),
              misfitOf("Conv1d", {{"out_channels", most}, {"kernel_size", Integer{256}}},
                       Shape::sequence(4096, most)),
              misfitOf("Embedding", {{"embedding_dim", most}},
                       Shape::tokens({}, Integer{1} << 40))}) {
            QVERIFY(misfit);
            QVERIFY(isSaid(misfit->message));
        }
    }
};

QTEST_APPLESS_MAIN(TimeWindowTest)
#include "time_window_test.moc"
