// Analysis: shapes and sums along the flow, each problem at its block, and repairs that mend.
#include "graph/analysis.hpp"

#include "test_kinds.hpp"

#include <QtTest>

using namespace ostrich;
using namespace ostrich::graph;
using test::chain;

namespace {

const test::TestKinds kKinds;

Analysis analysed(const Network &network)
{
    return analyse(network, kKinds, test::digits());
}

Network sound()
{
    Network network = chain({"Input", "Conv2d", "ReLU", "Flatten", "Linear", "Output"});
    network.blocks[4].parameters["out_features"] = std::string("classes");
    return network;
}

/// Residual pairs: `count` blocks in all, with short-cuts.
Network residual(std::size_t count)
{
    Network network = chain({"Input", "Conv2d"});
    while (network.blocks.size() + 5 < count) {
        const std::string from = network.blocks.back().id;
        const std::string n = std::to_string(network.blocks.size());
        network.blocks.push_back({"conv_" + n, "Conv2d", {}, {}});
        network.blocks.push_back({"relu_" + n, "ReLU", {}, {}});
        network.blocks.push_back({"add_" + n, "Add", {}, {}});
        network.wires.push_back({{from, "y"}, {"conv_" + n, "x"}});
        network.wires.push_back({{"conv_" + n, "y"}, {"relu_" + n, "x"}});
        network.wires.push_back({{"relu_" + n, "y"}, {"add_" + n, "a"}});
        network.wires.push_back({{from, "y"}, {"add_" + n, "b"}});
    }
    const std::string last = network.blocks.back().id;
    network.blocks.push_back({"flatten", "Flatten", {}, {}});
    network.blocks.push_back({"linear", "Linear", {{"out_features", std::string("classes")}}, {}});
    network.blocks.push_back({"output", "Output", {}, {}});
    network.wires.push_back({{last, "y"}, {"flatten", "x"}});
    network.wires.push_back({{"flatten", "y"}, {"linear", "x"}});
    network.wires.push_back({{"linear", "y"}, {"output", "x"}});
    return network;
}

std::vector<std::string> ids(const Analysis &analysis)
{
    std::vector<std::string> found;
    for (const Problem &problem : analysis.problems) found.push_back(problem.message.id);
    return found;
}

using Strings = std::vector<std::string>;

} // namespace

class AnalysisTest : public QObject {
    Q_OBJECT

private slots:
    void shapesAndSumsFollowTheFlow()
    {
        const Network network = sound();
        const Analysis analysis = analysed(network);
        QVERIFY(analysis.ok());
        QCOMPARE(toString(*analysis.find("block_2")->outputs[0]), std::string("N×16×28×28"));
        QCOMPARE(toString(*analysis.find("block_4")->outputs[0]), std::string("N×12544"));
        QCOMPARE(toString(*analysis.shapeOf({"block_5", "y"}, network, kKinds)),
                 std::string("N×10"));
        QVERIFY(!analysis.shapeOf({"block_5", "z"}, network, kKinds));
        QCOMPARE(analysis.parameters, 12544 * 10 + 10);
        QCOMPARE(analysis.multiplyAdds, 12544 * 10);
        QCOMPARE(analysis.activationsPerSample, 784 + 3 * 12544 + 20);
        QCOMPARE(analysis.outputs, Strings{"block_6"});
        QCOMPARE(analysis.order.front(), std::string("block_1"));
        QCOMPARE(integer(analysis.find("block_5")->parameters, "out_features"), 10);
        QCOMPARE(trainingBytes(analysis, 200),
                 4 * (7 * analysis.parameters + 2 * 200 * analysis.activationsPerSample));
        // A small batch is evaluated by 256 all the same.
        QCOMPARE(trainingBytes(analysis, 2),
                 4 * (7 * analysis.parameters + 256 * analysis.activationsPerSample));
    }

    void largeSamplesArePassedInFewAtOnce()
    {
        QCOMPARE(boundedBatch(1000, 256, 1), std::int64_t{256});
        QCOMPARE(boundedBatch(1'000'000, 256, 1), std::int64_t{64}); // 4 MB each, 256 MB in all
        QCOMPARE(boundedBatch(1'000'000, 128, 2), std::int64_t{32});
        QCOMPARE(boundedBatch(INT64_MAX, 256, 2), std::int64_t{1});
        QCOMPARE(boundedBatch(0, 256, 1), std::int64_t{256});
    }

    void theOrderPutsInputsFirstWhateverTheListSays()
    {
        Network network = sound();
        std::ranges::reverse(network.blocks);
        QCOMPARE(analysed(network).order,
                 (Strings{"block_1", "block_2", "block_3", "block_4", "block_5", "block_6"}));
        QVERIFY(analysed(network).ok());
    }

    void aMisfitIsToldOnceWithARepairThatMends()
    {
        Network network = chain({"Input", "Conv2d", "Linear", "ReLU", "Output"});
        network.blocks[2].parameters["out_features"] = std::int64_t{10};
        const Analysis analysis = analysed(network);
        QCOMPARE(ids(analysis), Strings{"test.flat_expected"});
        const Problem &problem = analysis.problems.front();
        QCOMPARE(problem.block, std::string("block_3"));
        QCOMPARE(problem.port, std::string("x"));
        QCOMPARE(problem.expected, std::string("N×F"));
        QCOMPARE(problem.message.arguments[1], std::string("16×28×28"));
        QCOMPARE(problem.hint, (Message{"graph.hint_insert", {"Flatten"}}));
        QCOMPARE(sentence(problem.hint, Language::English),
                 std::string("Put a Flatten before it."));
        QCOMPARE(sentence(problem.repairName, Language::English), std::string("Insert Flatten"));
        QCOMPARE(analysis.find("block_3")->inputs[0], std::optional(Shape::maps(16, 28, 28)));
        QVERIFY(!analysis.find("block_3")->outputs[0]);
        QVERIFY(!analysis.find("block_4")->inputs[0]);
        QVERIFY(static_cast<bool>(apply(problem.repair, network)));
        QVERIFY(analysed(network).ok());
    }

    void aRepairMayReachUpstream()
    {
        Network network = chain({"Input", "Flatten", "Linear", "ReLU", "Output"});
        const Analysis analysis = analysed(network);
        QCOMPARE(ids(analysis), Strings{"test.classes_expected"});
        const Problem &problem = analysis.problems.front();
        QCOMPARE(sentence(problem.repairName, Language::English),
                 std::string("Set out_features to classes"));
        QCOMPARE(sentence(problem.hint, Language::English),
                 std::string("Set out_features of block_3 to classes."));
        QVERIFY(static_cast<bool>(apply(problem.repair, network)));
        QVERIFY(analysed(network).ok());
    }

    void anEmptyNetworkLacksInputAndOutput()
    {
        QCOMPARE(ids(analysed({})), (Strings{"graph.no_input", "graph.no_output"}));
    }

    void openInputsMatterOnlyOnTheWayToAnOutput()
    {
        Network network = sound();
        network.blocks.push_back({"loose", "Add", {}, {}});
        network.blocks.push_back({"later", "ReLU", {}, {}});
        network.wires.push_back({{"loose", "y"}, {"later", "x"}});
        QVERIFY(analysed(network).ok());
        network.blocks.push_back({"output_2", "Output", {}, {}});
        QCOMPARE(ids(analysed(network)), Strings{"graph.output_open"});
        network.wires.push_back({{"later", "y"}, {"output_2", "x"}});
        const Analysis analysis = analysed(network);
        QCOMPARE(ids(analysis), (Strings{"graph.input_open", "graph.input_open"}));
        QCOMPARE(analysis.problems[0].block, std::string("loose"));
        QCOMPARE(analysis.problems[0].port, std::string("a"));
        QCOMPARE(analysis.problems[1].port, std::string("b"));
    }

    void unknownKindsComeWithTheNearestName()
    {
        Network network = sound();
        network.blocks[2].kind = "Relu";
        const Analysis analysis = analysed(network);
        QCOMPARE(ids(analysis), Strings{"graph.unknown_kind"});
        QCOMPARE(analysis.problems[0].hint, (Message{"graph.did_you_mean", {"ReLU"}}));
        QVERIFY(static_cast<bool>(apply(analysis.problems[0].repair, network)));
        QVERIFY(network == sound());
        network.blocks[2].kind = "Telescope";
        QCOMPARE(analysed(network).problems[0].hint.id, std::string("graph.unknown_kind_hint"));
        QVERIFY(analysed(network).problems[0].repair.empty());
    }

    void badParametersCanBeReset()
    {
        Network network = sound();
        network.blocks[1].parameters["out_channels"] = std::string("many");
        const Analysis analysis = analysed(network);
        QCOMPARE(ids(analysis), Strings{"graph.parameter_integer"});
        // Views read the facts of a wrong block too.
        QCOMPARE(integer(analysis.find("block_2")->parameters, "out_channels"), 16);
        QVERIFY(static_cast<bool>(apply(analysis.problems[0].repair, network)));
        QVERIFY(analysed(network).ok());
        network.blocks[1].parameters["out_chanels"] = std::int64_t{3};
        QCOMPARE(analysed(network).problems[0].hint,
                 (Message{"graph.did_you_mean", {"out_channels"}}));
    }

    void wiresToPortsThatDoNotExistAreTold()
    {
        Network network = sound();
        network.wires.push_back({{"block_1", "y"}, {"block_3", "second"}});
        const Analysis analysis = analysed(network);
        QCOMPARE(ids(analysis), Strings{"graph.no_input_port"});
        QVERIFY(static_cast<bool>(apply(analysis.problems[0].repair, network)));
        QVERIFY(analysed(network).ok());
    }

    void mapsThatShrinkToNothingAreTold()
    {
        const Analysis analysis = analysed(
            chain({"Input", "Halve", "Halve", "Halve", "Halve", "Halve", "Flatten", "Output"}));
        QCOMPARE(ids(analysis), Strings{"graph.nothing_left"});
        QCOMPARE(analysis.problems[0].block, std::string("block_6"));
    }

    void aCircleIsSurvived()
    {
        Network network = sound();
        network.wires.push_back({{"block_4", "y"}, {"block_2", "x"}});
        QCOMPARE(analysed(network).order.size(), std::size_t{6});
    }

    void problemsComeInFlowOrder()
    {
        Network network = sound();
        network.blocks[1].kind = "Wrong";
        network.blocks.push_back({"other", "Telescope", {}, {}});
        std::swap(network.blocks[1], network.blocks[4]);
        const Analysis analysis = analysed(network);
        QCOMPARE(analysis.problems.size(), std::size_t{2});
        QCOMPARE(analysis.problems[0].block, std::string("block_2"));
    }

    void analysingTwoHundredBlocks()
    {
        const Network network = residual(200);
        QVERIFY(analysed(network).ok());
        QBENCHMARK
        {
            analysed(network);
        }
    }

    void analysingAThousandBlocks()
    {
        const Network network = residual(1000);
        QVERIFY(analysed(network).ok());
        QBENCHMARK
        {
            analysed(network);
        }
    }
};

QTEST_APPLESS_MAIN(AnalysisTest)
#include "analysis_test.moc"
