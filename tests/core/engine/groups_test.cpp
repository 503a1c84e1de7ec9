// Groups and shared weights in a compiled network: names, counts, values, and gradients.
#include "small_networks.hpp"

#include "blocks/block_kind.hpp"
#include "engine/model_torch.hpp"
#include "graph/group.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/tensor.h>
#include <torch/csrc/autograd/autograd.h>

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace ostrich;
using graph::Shape;
using Integer = std::int64_t;
using Names = std::vector<std::string>;

namespace {

graph::Parameters features(Integer count)
{
    return {{"out_features", count}};
}

void wire(graph::Network &network, const char *from, const char *to, const char *port)
{
    network.wires.push_back({{from, "y"}, {to, port}});
    std::ranges::sort(network.wires);
}

/// x + tanh(W x + b), of `size` features.
graph::Network residual(Integer size)
{
    graph::Network network =
        chain({{"x", "GroupInput"}, {"linear_1", "Linear", features(size)}, {"tanh_1", "Tanh"}});
    for (const char *id : {"add_1", "y"}) {
        graph::Block block;
        block.id = id;
        block.kind = block.id == "y" ? "GroupOutput" : "Add";
        network.blocks.push_back(block);
    }
    wire(network, "tanh_1", "add_1", "a");
    wire(network, "x", "add_1", "b");
    wire(network, "add_1", "y", "x");
    return network;
}

void makeGroup(graph::Network &network, const char *id, Integer repeat, graph::Network inside)
{
    graph::Block &block = *network.find(id);
    block.kind = graph::kGroupKind;
    block.parameters["repeat"] = repeat;
    block.inside = std::make_shared<const graph::Network>(std::move(inside));
}

/// Three residual layers of 5 features between an Input of 5 and 3 classes.
graph::Network grouped()
{
    graph::Network network = chain({{"input_1", "Input"},
                                    {"layer_1", ""},
                                    {"linear_1", "Linear", features(3)},
                                    {"output_1", "Output"}});
    makeGroup(network, "layer_1", 3, residual(5));
    return network;
}

/// The same by hand.
graph::Network flat()
{
    graph::Network network = chain({{"input_1", "Input"}});
    std::string last = "input_1";
    for (const std::string number : {"a", "b", "c"}) {
        const auto add = [&](const std::string &id, const char *kind,
                             graph::Parameters parameters) {
            graph::Block block;
            block.id = id;
            block.kind = kind;
            block.parameters = std::move(parameters);
            network.blocks.push_back(std::move(block));
        };
        add("linear_" + number, "Linear", features(5));
        add("tanh_" + number, "Tanh", {});
        add("add_" + number, "Add", {});
        network.wires.push_back({{last, "y"}, {"linear_" + number, "x"}});
        network.wires.push_back({{"linear_" + number, "y"}, {"tanh_" + number, "x"}});
        network.wires.push_back({{"tanh_" + number, "y"}, {"add_" + number, "a"}});
        network.wires.push_back({{last, "y"}, {"add_" + number, "b"}});
        last = "add_" + number;
    }
    const graph::Network end = chain({{"linear_1", "Linear", features(3)}, {"output_1", "Output"}});
    network.blocks.insert(network.blocks.end(), end.blocks.begin(), end.blocks.end());
    network.wires.insert(network.wires.end(), end.wires.begin(), end.wires.end());
    network.wires.push_back({{last, "y"}, {"linear_1", "x"}});
    std::ranges::sort(network.wires);
    return network;
}

/// Three layers of the same size, of which the second uses the weights of the first and the third
/// those of the second.
graph::Network tiedLayers()
{
    graph::Network network = chain({{"input_1", "Input"},
                                    {"linear_1", "Linear", features(4)},
                                    {"tanh_1", "Tanh"},
                                    {"linear_2", "Linear", features(4)},
                                    {"tanh_2", "Tanh"},
                                    {"linear_3", "Linear", features(4)},
                                    {"output_1", "Output"}});
    network.find("linear_2")->weightsOf = "linear_1";
    network.find("linear_3")->weightsOf = "linear_2";
    return network;
}

/// Words in, each word's own again out, by the table of the embedding.
graph::Network tiedEmbedding()
{
    graph::Network network = chain({{"input_1", "Input"},
                                    {"embedding_1", "Embedding", {{"embedding_dim", Integer{3}}}},
                                    {"tanh_1", "Tanh"},
                                    {"linear_1", "Linear", features(6)},
                                    {"output_1", "Output"}});
    network.find("linear_1")->weightsOf = "embedding_1";
    return network;
}

engine::CompileOptions wordsToWords()
{
    engine::CompileOptions options = optionsFor(Shape::tokens(4, 6), 6);
    options.facts.task = graph::Task::LabelSteps;
    options.facts.longest = 4;
    return options;
}

engine::ModelHandle compiled(const graph::Network &network, engine::CompileOptions options,
                             bool doublePrecision = true)
{
    options.doublePrecision = doublePrecision;
    auto model = engine::compile(network, options);
    if (!model) qFatal("%s", sentence(model.error(), Language::English).c_str());
    return *std::move(model);
}

Names namesOf(const engine::ModelHandle &model)
{
    Names names;
    for (const auto &parameter : model->parameters()) names.push_back(parameter.name);
    return names;
}

at::Tensor parameter(const engine::ModelHandle &model, const std::string &name)
{
    for (const auto &one : model->parameters())
        if (one.name == name) return one.tensor;
    qFatal("no %s", name.c_str());
}

/// (2, 4) ids below 6, and what is asked for.
at::Tensor someWords()
{
    return at::tensor({0.0, 3.0, 5.0, 1.0, 2.0, 2.0, 4.0, 0.0}, at::kDouble).view({2, 4});
}

at::Tensor lossOf(const engine::ModelHandle &model, const at::Tensor &x)
{
    return model->loss(model->forward(x, {}), x.to(at::kLong), 0.0);
}

std::int64_t countedByAnalysis(const graph::Network &network, const engine::CompileOptions &options)
{
    return graph::analyse(network, blocks::Registry::instance(), options.facts).parameters;
}

} // namespace

class GroupsTest : public QObject {
    Q_OBJECT

private slots:
    void parametersAreNamedAfterGroupAndRepetition()
    {
        const auto model = compiled(grouped(), optionsFor(Shape::vector(5), 3));
        const Names expected{"layer_1.0.linear_1.weight", "layer_1.0.linear_1.bias",
                             "layer_1.1.linear_1.weight", "layer_1.1.linear_1.bias",
                             "layer_1.2.linear_1.weight", "layer_1.2.linear_1.bias",
                             "linear_1.weight",           "linear_1.bias"};
        QCOMPARE(namesOf(model), expected);
        QCOMPARE(model->parameterCount(), 3 * 30 + 18);
        QCOMPARE(countedByAnalysis(grouped(), optionsFor(Shape::vector(5), 3)),
                 model->parameterCount());
        // Each repetition draws weights of its own.
        QVERIFY(!parameter(model, expected[0]).equal(parameter(model, expected[2])));
    }

    void aGroupComputesWhatItsBlocksDo()
    {
        const auto one = compiled(grouped(), optionsFor(Shape::vector(5), 3));
        const auto other = compiled(flat(), optionsFor(Shape::vector(5), 3));
        const auto mine = one->parameters(), theirs = other->parameters();
        QCOMPARE(mine.size(), theirs.size());
        {
            const at::NoGradGuard noGradient;
            for (std::size_t i = 0; i < mine.size(); ++i) theirs[i].tensor.copy_(mine[i].tensor);
        }
        const at::Tensor x = one->tensor(samples(4, {5}));
        const at::Tensor y = at::tensor({0, 2, 1, 0}, at::kLong);
        const auto first = one->forward(x, {}), second = other->forward(x, {});
        QVERIFY(first[0].logits.equal(second[0].logits));
        torch::autograd::backward({one->loss(first, y, 0.0)});
        torch::autograd::backward({other->loss(second, y, 0.0)});
        for (std::size_t i = 0; i < mine.size(); ++i)
            QVERIFY2(mine[i].tensor.grad().equal(theirs[i].tensor.grad()), mine[i].name.c_str());
    }

    void partsOfAGroupAreTraced()
    {
        const auto model = compiled(grouped(), optionsFor(Shape::vector(5), 3), false);
        const auto traced = engine::trace(model, samples(2, {5}),
                                          {"layer_1.0.y", "layer_1.1.x", "layer_1.1.add_1"});
        QVERIFY(traced);
        QCOMPARE(traced->size(), std::size_t{3});
        QCOMPARE(traced->at("layer_1.0.y"), traced->at("layer_1.1.x"));
        QVERIFY(traced->at("layer_1.1.x") != traced->at("layer_1.1.add_1"));
    }

    void aTiedWeightIsOneTensor()
    {
        const auto model = compiled(tiedLayers(), optionsFor(Shape::vector(4), 4));
        QCOMPARE(namesOf(model), (Names{"linear_1.weight", "linear_1.bias"}));
        QCOMPARE(model->parameterCount(), 20);
        QCOMPARE(countedByAnalysis(tiedLayers(), optionsFor(Shape::vector(4), 4)), 20);
        // The owner's owner is told.
        const std::vector<engine::Tie> expected{{"linear_2.weight", "linear_1.weight"},
                                                {"linear_2.bias", "linear_1.bias"},
                                                {"linear_3.weight", "linear_1.weight"},
                                                {"linear_3.bias", "linear_1.bias"}};
        QCOMPARE(engine::tiesOf(model), expected);
        QVERIFY(
            !engine::restore(compiled(tiedEmbedding(), wordsToWords()), engine::snapshotOf(model)));
        const auto snapshot = engine::snapshotOf(model);
        QCOMPARE(snapshot->tensors.size(), std::size_t{2} + model->buffers().size());
        const auto again = compiled(tiedLayers(), optionsFor(Shape::vector(4), 4), false);
        QVERIFY(engine::restore(again, snapshot));
    }

    /// Against the same sum written by hand, with weights apart: their gradients add up.
    void aTiedWeightGetsTheSumOfItsGradients()
    {
        const auto model = compiled(tiedLayers(), optionsFor(Shape::vector(4), 4));
        const at::Tensor x = model->tensor(samples(3, {4}));
        const at::Tensor y = at::tensor({3, 0, 1}, at::kLong);
        const auto outputs = model->forward(x, {});
        torch::autograd::backward({model->loss(outputs, y, 0.0)});

        std::vector<at::Tensor> weights, biases;
        for (int i = 0; i < 3; ++i) {
            const auto copy = [&](const char *name) {
                return parameter(model, name).detach().clone().requires_grad_(true);
            };
            weights.push_back(copy("linear_1.weight"));
            biases.push_back(copy("linear_1.bias"));
        }
        at::Tensor z = at::linear(x, weights[0], biases[0]).tanh();
        z = at::linear(at::linear(z, weights[1], biases[1]).tanh(), weights[2], biases[2]);
        QVERIFY(z.equal(outputs[0].logits));
        auto byHand = outputs;
        byHand[0].logits = z;
        torch::autograd::backward({model->loss(byHand, y, 0.0)});
        const auto sum = [](const std::vector<at::Tensor> &all) {
            return all[0].grad().add(all[1].grad()).add(all[2].grad());
        };
        QVERIFY(parameter(model, "linear_1.weight").grad().allclose(sum(weights), 1e-12, 1e-14));
        QVERIFY(parameter(model, "linear_1.bias").grad().allclose(sum(biases), 1e-12, 1e-14));
    }

    void anEmbeddingSharesItsTableAlone()
    {
        const auto model = compiled(tiedEmbedding(), wordsToWords());
        QCOMPARE(namesOf(model), (Names{"embedding_1.weight", "linear_1.bias"}));
        QCOMPARE(model->parameterCount(), 6 * 3 + 6);
        QCOMPARE(countedByAnalysis(tiedEmbedding(), wordsToWords()), 6 * 3 + 6);
        torch::autograd::backward({lossOf(model, someWords())});
        const at::Tensor table = parameter(model, "embedding_1.weight");
        const at::Tensor slope = table.grad().clone();
        const at::NoGradGuard noGradient;
        const double step = 1e-5;
        for (Integer row = 0; row < 6; ++row) {
            for (Integer column = 0; column < 3; ++column) {
                const at::Tensor one = table[row][column];
                one.add_(step);
                const double above = lossOf(model, someWords()).item().toDouble();
                one.sub_(2 * step);
                const double below = lossOf(model, someWords()).item().toDouble();
                one.add_(step);
                const double expected = (above - below) / (2 * step);
                QVERIFY(std::abs(slope[row][column].item().toDouble() - expected) < 1e-8);
            }
        }
    }

    void weightsAreSharedAcrossRepetitions()
    {
        graph::Network network = grouped();
        graph::Network inside = residual(5);
        inside.find("linear_1")->weightsOf = "linear_0";
        makeGroup(network, "layer_1", 3, inside);
        graph::Block owner;
        owner.id = "linear_0";
        owner.kind = "Linear";
        owner.parameters = features(5);
        network.blocks.push_back(owner);
        std::erase_if(network.wires,
                      [](const graph::Wire &one) { return one.to.block == "layer_1"; });
        wire(network, "input_1", "linear_0", "x");
        wire(network, "linear_0", "layer_1", "x");
        const auto model = compiled(network, optionsFor(Shape::vector(5), 3));
        QCOMPARE(namesOf(model),
                 (Names{"linear_0.weight", "linear_0.bias", "linear_1.weight", "linear_1.bias"}));
        QCOMPARE(engine::tiesOf(model).size(), std::size_t{6});
    }

    void weightsThatDoNotFitAreAnError()
    {
        // As many weights and channels in both, in other sizes: 4×1×2×2 and 4×4×1×1.
        graph::Network network = chain(
            {{"input_1", "Input"},
             {"conv_1",
              "Conv2d",
              {{"out_channels", Integer{4}}, {"kernel_size", Integer{2}}, {"groups", Integer{4}}}},
             {"conv_2", "Conv2d", {{"out_channels", Integer{4}}, {"kernel_size", Integer{1}}}},
             {"pool_1", "AdaptiveAvgPool2d"},
             {"flatten_1", "Flatten"},
             {"output_1", "Output"}});
        network.find("conv_2")->weightsOf = "conv_1";
        engine::CompileOptions options = optionsFor(Shape::maps(4, 5, 5), 4);
        const auto refused = engine::compile(network, options);
        QVERIFY(!refused);
        QCOMPARE(refused.error().where, std::string("conv_2"));
        for (const Language language : {Language::English, Language::French})
            QVERIFY(!sentence(refused.error(), language).empty());
        // The thumbnails go on, with weights of its own.
        options.partial = true;
        QCOMPARE(namesOf(compiled(network, options)).size(), std::size_t{4});
    }

    void aPartWithoutTheOwnerHasItsOwnWeights()
    {
        engine::CompileOptions options = optionsFor(Shape::vector(4), 4);
        options.partial = true;
        graph::Network nobody = tiedLayers();
        nobody.find("linear_2")->weightsOf = "gone";
        QCOMPARE(namesOf(compiled(nobody, options)),
                 (Names{"linear_1.weight", "linear_1.bias", "linear_2.weight", "linear_2.bias"}));
        graph::Network circle = tiedLayers();
        circle.find("linear_1")->weightsOf = "linear_3";
        QVERIFY(!engine::compile(circle, optionsFor(Shape::vector(4), 4)));
        QCOMPARE(namesOf(compiled(circle, options)).size(), std::size_t{6});
    }

    void tooManyBlocksAreSaid()
    {
        graph::Network network = grouped();
        graph::Network inside = residual(5);
        for (int i = 0; i < 3; ++i) { // 64 times 64 times 64 layers
            graph::Network around =
                chain({{"x", "GroupInput"}, {"inner", ""}, {"y", "GroupOutput"}});
            makeGroup(around, "inner", graph::kMostRepeats, std::move(inside));
            inside = std::move(around);
        }
        makeGroup(network, "layer_1", 1, std::move(inside));
        engine::CompileOptions options = optionsFor(Shape::vector(5), 3);
        const auto refused = engine::compile(network, options);
        QVERIFY(!refused);
        QCOMPARE(refused.error().what.id, std::string("graph.too_many_blocks"));
        options.partial = true;
        QVERIFY(namesOf(compiled(network, options)).empty());
    }

    void manyBlocksInGroupsCompileQuickly()
    {
        graph::Network stage = chain({{"x", "GroupInput"}, {"inner", ""}, {"y", "GroupOutput"}});
        makeGroup(stage, "inner", 20, residual(8));
        graph::Network network = chain({{"input_1", "Input"},
                                        {"stage_1", ""},
                                        {"linear_1", "Linear", features(8)},
                                        {"output_1", "Output"}});
        makeGroup(network, "stage_1", 10, stage);
        QElapsedTimer timer;
        timer.start();
        const auto model = compiled(network, optionsFor(Shape::vector(8), 8), false);
        qInfo("1,023 blocks in groups compiled in %lld ms", timer.elapsed());
        QCOMPARE(model->nodes().size(), std::size_t{10 * (20 * 5 + 2) + 3});
    }
};

QTEST_APPLESS_MAIN(GroupsTest)
#include "groups_test.moc"
