// The canvas' gestures one by one: what each edit holds, and that taking it back leaves no trace.
#include "graph/edit.hpp"

#include "test_kinds.hpp"

#include <QtTest>

using namespace ostrich;
using namespace ostrich::graph;
using test::chain;

namespace {

const test::TestKinds kKinds;

Network applied(const Edit &edit, Network network)
{
    const auto result = apply(edit, network);
    if (!result) qFatal("%s", sentence(result.error(), Language::English).c_str());
    return network;
}

/// Input -> Conv2d -> ReLU -> Output, and an Add that nothing is wired to.
Network withALooseAdd()
{
    Network network = chain({"Input", "Conv2d", "ReLU", "Output"});
    network.blocks[1].parameters = {{"out_channels", std::int64_t{8}}};
    network.blocks.push_back({"add_1", "Add", {}, {10, 500}});
    return network;
}

} // namespace

class GesturesTest : public QObject {
    Q_OBJECT

private slots:
    void everyGestureIsTakenBackWithoutATrace()
    {
        const Network before = withALooseAdd();
        const Kind &relu = *kKinds.find("ReLU");
        const std::vector<std::pair<const char *, Edit>> gestures{
            {"add", addBlock(before, relu, {1, 2})},
            {"remove first", removeBlocks(before, {"block_1"}, kKinds, test::digits())},
            {"remove inner", removeBlocks(before, {"block_2"}, kKinds, test::digits())},
            {"remove all",
             removeBlocks(before, {"block_1", "block_2", "block_3", "block_4", "add_1"}, kKinds,
                          test::digits())},
            {"remove wires", removeWires(before, before.wires)},
            {"connect", graph::connect(before, {"block_2", "y"}, {"add_1", "a"}, kKinds)},
            {"rewire", graph::connect(before, {"block_1", "y"}, {"block_3", "x"}, kKinds)},
            {"splice", splice(before, before.wires[1], relu, {3, 4})},
            {"splice existing", spliceExisting(before, before.wires[0], "add_1", kKinds)},
            {"set anew", setParameter(before, "block_1", "title", std::string("a"))},
            {"set again", setParameter(before, "block_2", "out_channels", std::int64_t{9})},
            {"move", moveBlocks(before, {{"block_1", {0, 0}}, {"add_1", {7, 7}}})},
            {"paste", paste(before, fragment(before, {"block_2", "block_3"}), {16, 16})},
        };
        for (const auto &[name, edit] : gestures) {
            QVERIFY2(!edit.empty() && !edit.name.empty(), name);
            const Network after = applied(edit, before);
            QVERIFY2(after != before, name);
            QVERIFY2(applied(invert(edit), after) == before, name);
        }
    }

    void aKindWithoutAStemLendsItsName()
    {
        const test::TestKind plain(test::describe("PReLU", ""), {"x"}, {});
        const Edit edit = addBlock({}, plain, {5, 6});
        const Block block = std::get<AddBlock>(edit.changes.at(0)).block;
        QCOMPARE(block, (Block{"prelu_1", "PReLU", {}, {5, 6}}));
        QCOMPARE(edit.name, (Message{"graph.edit_add", {"PReLU"}}));
    }

    void wiresAreCutOnceAndOnlyWhereTheyAre()
    {
        const Network network = withALooseAdd();
        const Wire wire = network.wires[0];
        const Wire foreign{{"block_1", "y"}, {"add_1", "a"}};
        QCOMPARE(removeWires(network, {wire, foreign, wire}),
                 (Edit{{"graph.edit_remove_wire", {}}, {RemoveWire{wire}}}));
        QCOMPARE(removeWires(network, network.wires).name,
                 (Message{"graph.edit_remove_wires", {"3"}}));
        QVERIFY(removeWires(network, {foreign}).empty());
    }

    void aBlockOfTwoInputsIsSplicedByItsFirst()
    {
        const Network before = withALooseAdd();
        const Network after =
            applied(spliceExisting(before, before.wires[1], "add_1", kKinds), before);
        const std::vector<Wire> expected{{{"add_1", "y"}, {"block_3", "x"}},
                                         {{"block_1", "y"}, {"block_2", "x"}},
                                         {{"block_2", "y"}, {"add_1", "a"}},
                                         {{"block_3", "y"}, {"block_4", "x"}}};
        QVERIFY(after.wires == expected);
        QVERIFY(after.blocks == before.blocks);
    }

    void onlyWhatMovesIsMoved()
    {
        const Network network = withALooseAdd();
        const Position stays = network.blocks[0].position;
        const Edit one = moveBlocks(
            network, {{"block_1", stays}, {"add_1", {1, 1}}, {"ghost", {2, 2}}, {"add_1", {3, 3}}});
        QCOMPARE(one, (Edit{{"graph.edit_move", {"add_1"}},
                            {MoveBlock{"add_1", {10, 500}, {3, 3}}}})); // the last place counts
        QVERIFY(moveBlocks(network, {{"block_1", stays}}).empty());
        QCOMPARE(moveBlocks(network, {{"block_1", {0, 0}}, {"add_1", {0, 0}}}).name,
                 (Message{"graph.edit_move_many", {"2"}}));
    }

    void aValueOfAnotherTypeIsAnotherValue()
    {
        const Network network = withALooseAdd();
        QVERIFY(setParameter(network, "block_2", "out_channels", std::int64_t{8}).empty());
        const Edit edit = setParameter(network, "block_2", "out_channels", 8.0);
        QCOMPARE(std::get<SetParameter>(edit.changes.at(0)),
                 (SetParameter{"block_2", "out_channels", std::int64_t{8}, 8.0}));
        QVERIFY(setParameter(network, "ghost", "out_channels", std::int64_t{8}).empty());
    }

    void aFragmentKeepsTheNetworksOrderAndItsOwnWires()
    {
        const Network network = withALooseAdd();
        const Network part = fragment(network, {"block_3", "block_1", "block_2", "block_1"});
        QCOMPARE(part.blocks.size(), std::size_t{3});
        for (std::size_t i = 0; i < 3; ++i) QVERIFY(part.blocks[i] == network.blocks[i]);
        QVERIFY(part.wires == std::vector<Wire>(network.wires.begin(), network.wires.begin() + 2));
        QVERIFY(fragment(network, {"ghost"}) == Network{});
    }

    void pastedIdsAreTheFirstFreeOnesOfTheirStem()
    {
        Network network;
        network.blocks = {{"conv_1", "Conv2d", {}, {}}, {"conv_3", "Conv2d", {}, {}}};
        Network part;
        part.blocks = {{"conv_12", "Conv2d", {}, {1, 1}},
                       {"conv_3", "Conv2d", {}, {2, 2}},
                       {"mine", "ReLU", {}, {3, 3}},
                       {"v2", "ReLU", {}, {4, 4}}};
        part.wires = {{{"conv_12", "y"}, {"mine", "x"}}, {{"elsewhere", "y"}, {"v2", "x"}}};
        std::vector<std::string> ids{"left from before"};
        const Edit edit = paste(network, part, {-1, 10}, &ids);
        QCOMPARE(ids, (std::vector<std::string>{"conv_2", "conv_4", "mine_1", "v2_1"}));
        QCOMPARE(edit.name, (Message{"graph.edit_paste_many", {"4"}}));
        network = applied(edit, network);
        QVERIFY(network.wires == (std::vector<Wire>{{{"conv_2", "y"}, {"mine_1", "x"}}}));
        QCOMPARE(network.find("mine_1")->position, (Position{2, 13}));
    }
};

QTEST_APPLESS_MAIN(GesturesTest)
#include "gestures_test.moc"
