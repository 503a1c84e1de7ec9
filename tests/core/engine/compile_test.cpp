// From a network to a model: order, names, weights, errors, and the values on every wire.
#include "small_networks.hpp"

#include "base/random.hpp"
#include "engine/model_torch.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/tensor.h>
#include <torch/csrc/autograd/autograd.h>

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace ostrich;
using graph::Shape;

namespace {

const Shape kDigits = Shape::maps(1, 28, 28);

engine::ModelHandle compiled(const graph::Network &network, const engine::CompileOptions &options)
{
    auto model = engine::compile(network, options);
    if (!model) {
        qWarning("%s", sentence(model.error(), Language::English).c_str());
        return nullptr;
    }
    return *model;
}

at::Tensor weight(const engine::ModelHandle &model, const std::string &name)
{
    for (const auto &[one, tensor] : model->parameters())
        if (one == name) return tensor.detach().contiguous();
    return {};
}

/// Conv, then two ways of 8 and 16 filters laid side by side, added to a third, with two Outputs.
graph::Network branched()
{
    using Integer = std::int64_t;
    graph::Network network;
    const auto block = [&](const char *id, const char *kind, graph::Parameters parameters = {}) {
        network.blocks.push_back({id, kind, std::move(parameters), {}});
    };
    const auto wire = [&](const char *from, const char *to, const char *port = "x") {
        network.wires.push_back({{from, "y"}, {to, port}});
    };
    block("output_1", "Output"); // on purpose before what feeds it
    block("loose_1", "Linear");
    block("a", "Conv2d", {{"out_channels", Integer{8}}});
    block("b", "Conv2d", {{"out_channels", Integer{16}}});
    block("c", "Conv2d", {{"out_channels", Integer{24}}});
    block("input_1", "Input");
    block("concat_1", "Concat");
    block("add_1", "Add");
    block("pool", "AdaptiveAvgPool2d");
    block("flat", "Flatten");
    block("head_1", "Linear", {{"out_features", std::string("classes")}});
    block("head_2", "Linear", {{"out_features", std::string("classes")}});
    block("output_2", "Output");
    for (const char *way : {"a", "b", "c"}) wire("input_1", way);
    wire("a", "concat_1", "a");
    wire("b", "concat_1", "b");
    wire("concat_1", "add_1", "b");
    wire("c", "add_1", "a");
    wire("add_1", "pool");
    wire("pool", "flat");
    wire("flat", "head_1");
    wire("flat", "head_2");
    wire("head_1", "output_1");
    wire("head_2", "output_2");
    return network;
}

} // namespace

class CompileTest : public QObject {
    Q_OBJECT

private slots:
    void lenetHasItsParameters()
    {
        const auto model = compiled(lenet(), optionsFor(kDigits));
        QVERIFY(model);
        QCOMPARE(model->parameterCount(), 320 + 18496 + 401536 + 1290);
        QCOMPARE(model->parameters().front().name, std::string("conv_1.weight"));
        QCOMPARE(model->parameters().back().name, std::string("linear_2.bias"));
        for (const auto &[name, tensor] : model->parameters())
            QVERIFY(tensor.is_leaf() && tensor.requires_grad());
        const auto answer = engine::probabilities(model, samples(5, {1, 28, 28}));
        QVERIFY(answer);
        QCOMPARE(answer->shape, (std::vector<std::int64_t>{5, 10}));
        for (std::size_t n = 0; n < 5; ++n) {
            const auto *row = answer->values.data() + 10 * n;
            QVERIFY(std::abs(std::accumulate(row, row + 10, 0.0) - 1.0) < 1e-5);
        }
    }

    void branchesAndSeveralOutputsRun()
    {
        const auto model = compiled(branched(), optionsFor(Shape::maps(3, 9, 9)));
        QVERIFY(model);
        for (const auto &[name, tensor] : model->parameters()) QVERIFY(!name.starts_with("loose"));
        const at::NoGradGuard noGradient;
        const at::Tensor x = model->tensor(samples(2, {3, 9, 9}));
        const auto outputs = model->forward(x, {});
        QCOMPARE(outputs.size(), std::size_t{2});
        QCOMPARE(outputs[0].block, std::string("output_1"));
        const at::Tensor target = at::tensor({1, 2}, at::TensorOptions().dtype(at::kLong));
        const double both = model->loss(outputs, target, 0.0).item().toDouble();
        QVERIFY(std::isfinite(both) && both > 2.0);

        const auto traced = model->trace(
            {{"x", {x, {}}}}, {"a", "b", "c", "concat_1", "add_1", "output_1", "nowhere"});
        QCOMPARE(traced.size(), std::size_t{6});
        QVERIFY(traced.at("concat_1").narrow(1, 8, 16).equal(traced.at("b")));
        QVERIFY(traced.at("add_1").equal(traced.at("c").add(traced.at("concat_1"))));
        QVERIFY(traced.at("output_1").equal(model->probabilities(outputs[0].logits)));
    }

    void traceIsThePlainPath()
    {
        const auto model = compiled(lenet(), optionsFor(kDigits));
        const Array x = samples(3, {1, 28, 28});
        const auto traced = engine::trace(model, x, {"conv_1", "flatten_1", "output_1"});
        QVERIFY(traced);
        QCOMPARE(traced->at("conv_1").shape, (std::vector<std::int64_t>{3, 32, 28, 28}));
        QCOMPARE(traced->at("flatten_1").shape, (std::vector<std::int64_t>{3, 3136}));
        QCOMPARE(traced->at("output_1"), *engine::probabilities(model, x));
    }

    /// forward() pools before the ReLU; forwardFrom() takes the blocks as they stand.
    void poolingBeforeTheReluGivesTheSame_data()
    {
        QTest::addColumn<bool>("alsoReadElsewhere");
        QTest::newRow("nothing else reads the ReLU") << false;
        QTest::newRow("something else reads it too") << true;
    }

    void poolingBeforeTheReluGivesTheSame()
    {
        QFETCH(const bool, alsoReadElsewhere);
        graph::Network network = lenet();
        if (alsoReadElsewhere) {
            network.blocks.push_back({"pool", "AdaptiveAvgPool2d", {}, {}});
            network.blocks.push_back({"flat", "Flatten", {}, {}});
            network.blocks.push_back(
                {"head", "Linear", {{"out_features", std::string("classes")}}, {}});
            network.blocks.push_back({"output_2", "Output", {}, {}});
            for (const auto &[from, to] : {std::pair("relu_1", "pool"),
                                           {"pool", "flat"},
                                           {"flat", "head"},
                                           {"head", "output_2"}})
                network.wires.push_back({{from, "y"}, {to, "x"}});
        }
        const auto model = compiled(network, optionsFor(kDigits));
        QVERIFY(model);
        // Only four levels: many of the values to be pooled are the same.
        const at::Tensor x = (model->tensor(samples(6, {1, 28, 28})) * 3.0).round() / 3.0;
        const auto look = [&](bool asTheyStand) {
            const at::Tensor leaf = x.detach().clone().requires_grad_(true);
            const engine::Model::Feeds feeds{{"x", {leaf, {}}}};
            const auto outputs =
                asTheyStand ? model->forwardFrom(feeds, {}) : model->forward(feeds, {});
            at::Tensor sum = outputs.front().logits.square().sum();
            for (std::size_t i = 1; i < outputs.size(); ++i) sum = sum + outputs[i].logits.sum();
            return std::pair(outputs.front().logits.detach(),
                             torch::autograd::grad({sum}, {leaf})[0]);
        };
        const auto [logits, slope] = look(false);
        const auto [plainLogits, plainSlope] = look(true);
        QVERIFY(plainSlope.abs().max().item<double>() > 0.0);
        QVERIFY(logits.equal(plainLogits));
        QVERIFY(slope.equal(plainSlope));

        std::vector<std::string> waiting;
        for (const engine::Model::Node &node : model->nodes())
            if (node.waits) waiting.push_back(node.block);
        QCOMPARE(waiting, alsoReadElsewhere ? std::vector<std::string>{"relu_2"}
                                            : (std::vector<std::string>{"relu_1", "relu_2"}));

        const auto traced = model->trace({{"x", {x, {}}}}, {"conv_1", "relu_1", "max_pool_1"});
        QVERIFY(traced.at("relu_1").equal(traced.at("conv_1").clamp_min(0.0)));
        QCOMPARE(traced.at("max_pool_1").sizes(), (std::vector<std::int64_t>{6, 32, 14, 14}));
    }

    void initialWeightsComeFromSeedAndBlockAlone()
    {
        const auto model = compiled(lenet(), optionsFor(kDigits));
        graph::Network edited = lenet();
        edited.find("conv_1")->parameters["out_channels"] = std::int64_t{16};
        edited.blocks.insert(edited.blocks.begin(), {"loose_1", "Linear", {}, {}});
        const auto other = compiled(edited, optionsFor(kDigits));
        QVERIFY(weight(model, "linear_1.weight").equal(weight(other, "linear_1.weight")));
        QVERIFY(!weight(model, "linear_1.weight")
                     .slice(0, 0, 10)
                     .slice(1, 0, 128)
                     .equal(weight(model, "linear_2.weight")));

        engine::CompileOptions seeded = optionsFor(kDigits);
        seeded.seed = 2;
        QVERIFY(!weight(model, "linear_1.weight")
                     .equal(weight(compiled(lenet(), seeded), "linear_1.weight")));
        engine::CompileOptions exact = optionsFor(kDigits);
        exact.doublePrecision = true;
        const auto precise = compiled(lenet(), exact);
        QVERIFY(weight(precise, "linear_1.weight")
                    .to(at::kFloat)
                    .equal(weight(model, "linear_1.weight")));
    }

    void initialWeightsAreUniformAsPyTorchDraws()
    {
        const auto model = compiled(lenet(), optionsFor(kDigits));
        const std::map<std::string, double> fanIn{
            {"conv_1", 9}, {"conv_2", 288}, {"linear_1", 3136}, {"linear_2", 128}};
        for (const auto &[block, inputs] : fanIn) {
            const double bound = 1.0 / std::sqrt(inputs);
            for (const char *part : {".weight", ".bias"}) {
                const at::Tensor drawn = weight(model, block + part);
                QVERIFY(drawn.abs().max().item().toDouble() <= bound);
                QVERIFY(drawn.abs().max().item().toDouble() > 0.7 * bound);
            }
            // 9.2 standard errors of a uniform deviation's estimate at worst (288 weights).
            const at::Tensor drawn = weight(model, block + ".weight");
            QVERIFY(std::abs(drawn.std().item().toDouble() / (bound / std::sqrt(3.0)) - 1.0)
                    < 0.15);
        }
    }

    void normalisationIsPartOfTheModel()
    {
        engine::CompileOptions options = optionsFor(kDigits);
        options.statistics = {{0.5F}, {0.25F}};
        const auto model = compiled(lenet(), options);
        QCOMPARE(model->buffers()[0].name, std::string("input_1.mean"));
        const Array x = samples(1, {1, 28, 28});
        const auto traced = engine::trace(model, x, {"input_1"});
        QCOMPARE(traced->at("input_1").values[3], (x.values[3] - 0.5F) / 0.25F);
        options.statistics = {{0.5F, 0.5F, 0.5F}, {1.0F, 1.0F, 1.0F}};
        QVERIFY(!engine::compile(lenet(), options));
    }

    void doubleAndFloatAgree()
    {
        engine::CompileOptions exact = optionsFor(kDigits);
        exact.doublePrecision = true;
        const Array x = samples(2, {1, 28, 28});
        const Array one = *engine::probabilities(compiled(lenet(), optionsFor(kDigits)), x);
        const Array other = *engine::probabilities(compiled(lenet(), exact), x);
        for (std::size_t i = 0; i < one.values.size(); ++i)
            QVERIFY(std::abs(one.values[i] - other.values[i]) < 1e-6F);
    }

    void snapshotsComeBack()
    {
        const auto model = compiled(lenet(), optionsFor(kDigits));
        const auto snapshot = engine::snapshotOf(model);
        const Array x = samples(2, {1, 28, 28});
        const Array before = *engine::probabilities(model, x);
        const at::Tensor held = model->parameters()[0].tensor;
        {
            const at::NoGradGuard noGradient;
            for (const auto &[name, tensor] : model->parameters()) tensor.mul_(2.0);
        }
        QVERIFY(*engine::probabilities(model, x) != before);
        QVERIFY(engine::restore(model, snapshot));
        QCOMPARE(*engine::probabilities(model, x), before);
        QVERIFY(held.is_same(model->parameters()[0].tensor)); // in place
        for (const auto &[name, tensor] : snapshot->tensors)
            QVERIFY(tensor.is_contiguous() && tensor.is_cpu() && !tensor.requires_grad());
    }

    void snapshotsOfAnotherNetworkAreRefused()
    {
        const auto model = compiled(lenet(), optionsFor(kDigits));
        graph::Network wider = lenet();
        wider.find("linear_1")->parameters["out_features"] = std::int64_t{64};
        graph::Network shorter =
            chain({{"input_1", "Input"},
                   {"flatten_1", "Flatten"},
                   {"linear_2", "Linear", {{"out_features", std::string("classes")}}},
                   {"output_1", "Output"}});
        for (const graph::Network &network : {wider, shorter}) {
            const auto other = compiled(network, optionsFor(kDigits));
            for (const auto &[to, from] : {std::pair(model, other), std::pair(other, model)}) {
                const auto before = engine::snapshotOf(to);
                const auto refused = engine::restore(to, engine::snapshotOf(from));
                QVERIFY(!refused);
                QVERIFY(!sentence(refused.error(), Language::French).empty());
                const auto after = engine::snapshotOf(to);
                for (const auto &[name, tensor] : after->tensors)
                    QVERIFY(tensor.equal(before->tensors.at(name)));
            }
        }
    }

    void problemsAreErrorsAtTheirBlock()
    {
        graph::Network network = lenet();
        std::erase_if(network.wires,
                      [](const graph::Wire &wire) { return wire.to.block == "linear_1"; });
        network.wires.push_back({{"max_pool_2", "y"}, {"linear_1", "x"}});
        const auto refused = engine::compile(network, optionsFor(kDigits));
        QVERIFY(!refused);
        QCOMPARE(refused.error().where, std::string("linear_1"));
        QCOMPARE(sentence(refused.error().what, Language::English),
                 std::string("Linear expects a flat vector, it gets 64×7×7."));
        QVERIFY(!engine::compile({}, optionsFor(kDigits)));
        QVERIFY(!engine::compile(chain({{"input_1", "Input"}}), optionsFor(kDigits)));

        // Its working part still runs for the thumbnails.
        engine::CompileOptions part = optionsFor(kDigits);
        part.partial = true;
        const auto model = compiled(network, part);
        QVERIFY(model);
        const auto traced =
            engine::trace(model, samples(1, {1, 28, 28}), {"max_pool_2", "linear_1", "output_1"});
        QVERIFY(traced);
        QCOMPARE(traced->size(), std::size_t{1});
        QCOMPARE(traced->at("max_pool_2").shape, (std::vector<std::int64_t>{1, 64, 7, 7}));
    }

    void wrongInputIsAnErrorNotAnException()
    {
        const auto model = compiled(lenet(), optionsFor(kDigits));
        QVERIFY(!engine::probabilities(model, samples(2, {3, 28, 28})));
        QVERIFY(!engine::probabilities(model, samples(2, {1, 27, 27})));
        QVERIFY(!engine::probabilities(model, Array{{2, 1, 28, 28}, {1.0F}}));
        engine::CompileOptions nowhere = optionsFor(kDigits);
        nowhere.device = "cuda:99";
        const auto refused = engine::compile(lenet(), nowhere);
        QVERIFY(!refused);
        QCOMPARE(refused.error().where, std::string("cuda:99"));
    }

    void memoryThatIsNotThereIsSaid()
    {
        using Integer = std::int64_t;
        const auto huge = engine::compile(
            chain({{"input_1", "Input"},
                   {"linear_1", "Linear", {{"out_features", Integer{65536}}}},
                   {"linear_2", "Linear", {{"out_features", std::string("classes")}}},
                   {"output_1", "Output"}}),
            optionsFor(Shape::vector(16'000'000), 2)); // 4 TB of weights
        QVERIFY(!huge);
        QCOMPARE(huge.error().what.id, std::string("engine.out_of_memory"));
    }

    void manyBlocksCompileWithinASecond()
    {
        std::vector<Link> links{{"input_1", "Input"}};
        for (int i = 1; i <= 499; ++i) {
            links.push_back(
                {"linear_" + std::to_string(i), "Linear", {{"out_features", std::int64_t{8}}}});
            links.push_back({"relu_" + std::to_string(i), "ReLU"});
        }
        links.push_back({"output_1", "Output"});
        QElapsedTimer timer;
        timer.start();
        const auto model = compiled(chain(links), optionsFor(Shape::vector(8), 8));
        const qint64 elapsed = timer.elapsed();
        QVERIFY(model);
        qInfo("1,000 blocks compiled in %lld ms", elapsed);
        QVERIFY(elapsed < 1000);
    }
};

QTEST_APPLESS_MAIN(CompileTest)
#include "compile_test.moc"
