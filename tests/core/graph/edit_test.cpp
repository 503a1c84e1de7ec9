// Edits: applied whole or not at all, taken back exactly; the gestures that make them.
#include "graph/edit.hpp"

#include "base/random.hpp"
#include "graph/analysis.hpp"
#include "graph/layout.hpp"
#include "test_kinds.hpp"

#include <QtTest>

#include <random>
#include <set>

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

bool isSound(const Network &network)
{
    std::set<std::string> ids;
    std::set<Endpoint> inputs;
    for (const Block &block : network.blocks) {
        if (!ids.insert(block.id).second) return false;
    }
    for (const Wire &wire : network.wires) {
        if (!ids.contains(wire.from.block) || !ids.contains(wire.to.block)
            || !inputs.insert(wire.to).second || network.reaches(wire.to.block, wire.from.block))
            return false;
    }
    return std::ranges::is_sorted(network.wires);
}

/// Any gesture of a student at random; may be empty.
Edit randomGesture(const Network &network, RandomStream &random)
{
    const auto any = [&random](const auto &items) -> const auto & {
        return items[static_cast<std::size_t>(
            random.integer(static_cast<std::int64_t>(items.size())))];
    };
    const Position spot{random.uniform(0, 2000), random.uniform(0, 1000)};
    const std::int64_t choice = network.blocks.empty() ? 0 : random.integer(10);
    const auto port = [&random] {
        return std::string(random.chance(0.5) ? "a" : random.chance(0.5) ? "b" : "x");
    };
    switch (choice) {
    case 0:
        return addBlock(network, *any(kKinds.all()), spot);
    case 1:
        return removeBlocks(network, {any(network.blocks).id, any(network.blocks).id}, kKinds,
                            test::digits());
    case 2:
        return network.wires.empty() ? Edit{} : removeWires(network, {any(network.wires)});
    case 3:
        return network.wires.empty()
                   ? Edit{}
                   : splice(network, any(network.wires), *any(kKinds.all()), spot);
    case 4:
        return network.wires.empty()
                   ? Edit{}
                   : spliceExisting(network, any(network.wires), any(network.blocks).id, kKinds);
    case 5:
        return setParameter(network, any(network.blocks).id,
                            random.chance(0.5) ? "out_channels" : "out_features",
                            random.integer(5));
    case 6:
        return moveBlocks(network,
                          {{any(network.blocks).id, spot}, {any(network.blocks).id, spot}});
    case 7:
        if (network.blocks.size() > 60)
            return removeBlocks(
                network, {any(network.blocks).id, any(network.blocks).id, any(network.blocks).id},
                kKinds, test::digits());
        return paste(network, fragment(network, {any(network.blocks).id, any(network.blocks).id}),
                     {16, 16});
    case 8: {
        const auto problems = analyse(network, kKinds, test::digits()).problems;
        return problems.empty() ? Edit{} : any(problems).repair;
    }
    default:
        return graph::connect(network, {any(network.blocks).id, "y"},
                              {any(network.blocks).id, port()}, kKinds);
    }
}

} // namespace

class EditTest : public QObject {
    Q_OBJECT

private slots:
    void aRandomWalkOfEditsLeadsBackToTheStart()
    {
        const std::uint64_t seed = qEnvironmentVariableIsSet("OSTRICH_SEED")
                                       ? qEnvironmentVariable("OSTRICH_SEED").toULongLong()
                                       : std::random_device{}();
        const std::string told = "OSTRICH_SEED=" + std::to_string(seed);
        qInfo("%s", told.c_str());
        RandomStream random(seed);
        const Network start = chain({"Input", "Conv2d", "ReLU", "Flatten", "Linear", "Output"});
        Network network = start;
        std::vector<std::pair<Edit, Network>> done;
        while (done.size() < 2000) {
            const Edit edit = randomGesture(network, random);
            done.emplace_back(edit, network);
            const auto result = apply(edit, network);
            QVERIFY2(static_cast<bool>(result), told.c_str());
            QVERIFY2(edit.empty() || !edit.name.empty(), told.c_str());
            if (done.size() % 10 == 0) QVERIFY2(isSound(network), told.c_str());
        }
        for (auto step = done.rbegin(); step != done.rend(); ++step) {
            const Network after = network;
            QVERIFY2(static_cast<bool>(apply(invert(step->first), network)), told.c_str());
            QVERIFY2(network == step->second, told.c_str());
            QVERIFY2(invert(invert(step->first)) == step->first, told.c_str());
        }
        QVERIFY(network == start);
    }

    void anEditThatFailsChangesNothing_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("id");
        const char *ids[] = {"edit_id_taken", "edit_no_block",    "edit_no_block",
                             "edit_no_block", "edit_input_taken", "edit_no_wire",
                             "edit_cycle",    "edit_still_wired", "edit_stale",
                             "edit_no_block"};
        for (int i = 0; i < 10; ++i)
            QTest::addRow("%d %s", i, ids[i]) << i << QString("graph.") + ids[i];
    }
    void anEditThatFailsChangesNothing()
    {
        QFETCH(int, which);
        QFETCH(QString, id);
        const Network before = chain({"Input", "ReLU", "ReLU", "Output"});
        Block changed = before.blocks[0];
        changed.kind = "Other";
        const std::vector<Change> bad{
            AddBlock{{"block_1", "ReLU", {}, {}}},
            RemoveBlock{{"ghost", "ReLU", {}, {}}},
            MoveBlock{"ghost", {}, {}},
            SetParameter{"ghost", "p", {}, true},
            AddWire{{{"block_1", "y"}, {"block_3", "x"}}},
            RemoveWire{{{"block_1", "y"}, {"block_3", "x"}}},
            AddWire{{{"block_3", "y"}, {"block_2", "b"}}},
            RemoveBlock{before.blocks[1], 1},
            RemoveBlock{changed, 0},
            AddWire{{{"ghost", "y"}, {"block_2", "b"}}},
        };
        Network network = before;
        const Edit edit{
            {"test", {}},
            {MoveBlock{"block_1", {}, {500, 500}}, bad[static_cast<std::size_t>(which)]}};
        const auto result = apply(edit, network);
        QVERIFY(!result);
        QCOMPARE(QString::fromStdString(result.error().what.id), id);
        QVERIFY(network == before);
    }

    void addedBlocksGetFreshIds()
    {
        Network network = applied(addBlock({}, *kKinds.find("Conv2d"), {10, 20}), {});
        network = applied(addBlock(network, *kKinds.find("Conv2d"), {30, 20}), network);
        QCOMPARE(network.blocks[1].id, std::string("conv_2"));
        QCOMPARE(network.blocks[1].position, (Position{30, 20}));
    }

    void connectingReplacesTheOldWire()
    {
        Network network = chain({"Input", "ReLU", "ReLU"});
        network =
            applied(graph::connect(network, {"block_1", "y"}, {"block_3", "x"}, kKinds), network);
        QCOMPARE(network.wires.size(), std::size_t{2});
        QCOMPARE(network.wireInto({"block_3", "x"})->from.block, std::string("block_1"));
        QVERIFY(graph::connect(network, {"block_1", "y"}, {"block_3", "x"}, kKinds).empty());
    }

    void onlySoundConnectionsAreOffered()
    {
        Network network = chain({"Input", "ReLU", "ReLU", "Mystery"});
        const auto may = [&](Endpoint from, Endpoint to) {
            return mayConnect(network, from, to, kKinds);
        };
        QVERIFY(may({"block_1", "y"}, {"block_3", "x"}));
        QVERIFY(!may({"block_3", "y"}, {"block_2", "x"})); // a circle
        QVERIFY(!may({"block_2", "y"}, {"block_2", "x"}));
        QVERIFY(!may({"block_1", "z"}, {"block_3", "x"})); // no such output
        QVERIFY(!may({"block_1", "y"}, {"block_3", "z"}));
        QVERIFY(!may({"block_1", "y"}, {"block_4", "x"})); // nobody knows its ports
        QVERIFY(!may({"ghost", "y"}, {"block_3", "x"}));
        QVERIFY(graph::connect(network, {"block_3", "y"}, {"block_2", "x"}, kKinds).empty());
    }

    void splicingPutsABlockIntoAWire()
    {
        const Network before = chain({"Input", "Output"});
        const Edit edit = splice(before, before.wires[0], *kKinds.find("ReLU"), {100, 40});
        QCOMPARE(edit.name, (Message{"graph.edit_insert", {"ReLU"}}));
        const Network network = applied(edit, before);
        QCOMPARE(network.wireInto({"relu_1", "x"})->from.block, std::string("block_1"));
        QCOMPARE(network.wireInto({"block_2", "x"})->from.block, std::string("relu_1"));
        QVERIFY(splice(before, before.wires[0], *kKinds.find("Input"), {}).empty());
        QVERIFY(splice(before, {{"a", "y"}, {"b", "x"}}, *kKinds.find("ReLU"), {}).empty());
    }

    void onlyLooseBlocksAreDroppedOnWires()
    {
        Network network = chain({"Input", "Output"});
        network.blocks.push_back({"relu_1", "ReLU", {}, {}});
        const Network spliced =
            applied(spliceExisting(network, network.wires[0], "relu_1", kKinds), network);
        QCOMPARE(spliced.wires.size(), std::size_t{2});
        QVERIFY(spliceExisting(spliced, spliced.wires[0], "relu_1", kKinds).empty());
    }

    void deletingJoinsTheNeighboursWhereShapesAllow()
    {
        const Network before = chain({"Input", "Conv2d", "ReLU", "Flatten", "Linear", "Output"});
        const auto without = [&](std::vector<std::string> ids) {
            return applied(removeBlocks(before, ids, kKinds, test::digits()), before);
        };
        QCOMPARE(without({"block_3"}).wireInto({"block_4", "x"})->from.block,
                 std::string("block_2"));
        QCOMPARE(without({"block_2", "block_3"}).wireInto({"block_4", "x"})->from.block,
                 std::string("block_1"));
        // Without Flatten the Linear would get maps.
        QVERIFY(without({"block_4"}).wireInto({"block_5", "x"}) == nullptr);
        QCOMPARE(without({"block_1"}).wires.size(), std::size_t{4});
        QCOMPARE(without({"block_6"}).wires.size(), std::size_t{4});
        QVERIFY(removeBlocks(before, {"ghost"}, kKinds, test::digits()).empty());
    }

    void deletingABlockThatTwoWiresEnterJoinsNothing()
    {
        Network network = chain({"Input", "Conv2d", "Conv2d"});
        network.blocks.push_back({"add_1", "Add", {}, {}});
        network.blocks.push_back({"relu_1", "ReLU", {}, {}});
        network =
            applied(graph::connect(network, {"block_2", "y"}, {"add_1", "a"}, kKinds), network);
        network =
            applied(graph::connect(network, {"block_3", "y"}, {"add_1", "b"}, kKinds), network);
        network =
            applied(graph::connect(network, {"add_1", "y"}, {"relu_1", "x"}, kKinds), network);
        const Network rest =
            applied(removeBlocks(network, {"add_1"}, kKinds, test::digits()), network);
        QVERIFY(rest.wireInto({"relu_1", "x"}) == nullptr);
    }

    void deletingAWholeResidualBranchJoinsAroundIt()
    {
        Network network = chain({"Input", "Conv2d", "Conv2d"});
        network.blocks.push_back({"add_1", "Add", {}, {}});
        network.blocks.push_back({"relu_1", "ReLU", {}, {}});
        network =
            applied(graph::connect(network, {"block_2", "y"}, {"add_1", "a"}, kKinds), network);
        network =
            applied(graph::connect(network, {"block_3", "y"}, {"add_1", "b"}, kKinds), network);
        network =
            applied(graph::connect(network, {"add_1", "y"}, {"relu_1", "x"}, kKinds), network);
        const Network rest =
            applied(removeBlocks(network, {"block_3", "add_1"}, kKinds, test::digits()), network);
        QCOMPARE(rest.wireInto({"relu_1", "x"})->from.block, std::string("block_2"));
    }

    void pastedBlocksGetFreshIdsAndKeepTheirWires()
    {
        Network network = chain({"Input", "Conv2d", "ReLU"});
        const Network part = fragment(network, {"block_2", "block_3"});
        QCOMPARE(part.wires.size(), std::size_t{1});
        std::vector<std::string> ids;
        network = applied(paste(network, part, {16, 32}, &ids), network);
        QCOMPARE(ids, (std::vector<std::string>{"block_4", "block_5"}));
        QCOMPARE(network.wireInto({"block_5", "x"})->from.block, std::string("block_4"));
        QCOMPARE(network.find("block_4")->position, (Position{290, 62}));
        QVERIFY(paste(network, {}, {}).empty());
    }

    void settingTheSameValueIsNoEdit()
    {
        Network network = chain({"Conv2d"});
        const Edit edit = setParameter(network, "block_1", "out_channels", std::int64_t{8});
        QCOMPARE(edit.name, (Message{"graph.edit_set", {"out_channels", "8"}}));
        network = applied(edit, network);
        QVERIFY(setParameter(network, "block_1", "out_channels", std::int64_t{8}).empty());
        network = applied(invert(edit), network);
        QVERIFY(network.blocks[0].parameters.empty());
    }

    void aRepairInsertsWithoutOverlaps_data()
    {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::newRow("wide gap") << 700.0 << 30.0;
        QTest::newRow("narrow gap") << 220.0 << 30.0;
        QTest::newRow("next row") << 24.0 << 194.0;
    }
    void aRepairInsertsWithoutOverlaps()
    {
        QFETCH(double, x);
        QFETCH(double, y);
        Network network = chain({"Input", "Linear", "Output"});
        network.blocks[1].position = {x, y};
        network.blocks[2].position = {x + 192.0, y};
        const Edit edit = repairEdit(network, "block_2", InsertBefore{"x", "Flatten", {}}, kKinds);
        QCOMPARE(edit.name, (Message{"graph.edit_insert", {"Flatten"}}));
        const Network repaired = applied(edit, network);
        QCOMPARE(repaired.wireInto({"block_2", "x"})->from.block, std::string("flatten_1"));
        for (const Block &a : repaired.blocks) {
            for (const Block &b : repaired.blocks) {
                const Size size = blockSize(a, kKinds);
                const Size other = blockSize(b, kKinds);
                const bool apart = a.id == b.id || a.position.x + size.width <= b.position.x
                                   || b.position.x + other.width <= a.position.x
                                   || a.position.y + size.height <= b.position.y
                                   || b.position.y + other.height <= a.position.y;
                QVERIFY2(apart, (a.id + " lies on " + b.id).c_str());
            }
        }
    }

    void repairsWithNothingToDoAreEmpty()
    {
        const Network network = chain({"Input", "Linear"});
        QVERIFY(repairEdit(network, "block_2", std::monostate{}, kKinds).empty());
        QVERIFY(repairEdit(network, "block_1", InsertBefore{"x", "Flatten", {}}, kKinds).empty());
        QVERIFY(repairEdit(network, "block_2", InsertBefore{"x", "Unknown", {}}, kKinds).empty());
        QVERIFY(repairEdit(network, "block_2", ChangeUpstream{"x", "out_features", true}, kKinds)
                    .empty());
        QVERIFY(repairEdit(network, "ghost", InsertBefore{"x", "Flatten", {}}, kKinds).empty());
    }
};

QTEST_APPLESS_MAIN(EditTest)
#include "edit_test.moc"
