// Repairs as edits: where the new block goes, who makes room, which parameter is set.
#include "graph/edit.hpp"

#include "graph/analysis.hpp"
#include "graph/layout.hpp"
#include "test_kinds.hpp"

#include <QtTest>

#include <cmath>

using namespace ostrich;
using namespace ostrich::graph;
using test::chain;

namespace {

const test::TestKinds kKinds;
constexpr double kGap = 24.0; // the design's distance between blocks of a row
constexpr double kInputWidth = 144.0, kCardHeight = 96.0;

/// Input at (24, 30), its Linear at (x, 30), the Output and a block of another row behind.
Network withLinearAt(double x)
{
    Network network = chain({"Input", "Linear", "Output"});
    network.blocks[1].position.x = x;
    network.blocks[2].position.x = x + 200.0;
    network.blocks.push_back({"below", "Conv2d", {}, {x, 400.0}});
    return network;
}

Edit flattenBeforeLinear(const Network &network)
{
    return repairEdit(network, "block_2", InsertBefore{"x", "Flatten", {{"note", true}}}, kKinds);
}

Network applied(const Edit &edit, Network network)
{
    const auto result = apply(edit, network);
    if (!result) qFatal("%s", sentence(result.error(), Language::English).c_str());
    return network;
}

} // namespace

class RepairTest : public QObject {
    Q_OBJECT

private slots:
    void whereThereIsRoomNothingElseMoves()
    {
        const Network before = withLinearAt(700.0);
        const Edit edit = flattenBeforeLinear(before);
        const Network after = applied(edit, before);
        QCOMPARE(after.blocks.size(), std::size_t{5});
        for (std::size_t i = 0; i < 4; ++i) QVERIFY(after.blocks[i] == before.blocks[i]);

        const Block &flatten = after.blocks.back();
        QCOMPARE(flatten.parameters, (Parameters{{"note", true}}));
        const Size size = blockSize(flatten, kKinds);
        const double sourceEnd = 24.0 + kInputWidth; // the middle of the gap, on a whole pixel
        QCOMPARE(flatten.position.x, std::round((sourceEnd + 700.0 - size.width) / 2.0));
        QCOMPARE(flatten.position.y + size.height / 2.0, 30.0 + kCardHeight / 2.0);
        QVERIFY(applied(invert(edit), after) == before);
    }

    void aNarrowGapPushesTheRowAndNoOther()
    {
        const Network before = withLinearAt(200.0);
        const Edit edit = flattenBeforeLinear(before);
        const Network after = applied(edit, before);
        const double width = blockSize(after.blocks.back(), kKinds).width;
        const double sourceEnd = 24.0 + kInputWidth;
        const double target = sourceEnd + kGap + width + kGap;
        QCOMPARE(after.blocks[0].position, before.blocks[0].position);
        QCOMPARE(after.blocks[1].position, (Position{target, 30.0}));
        QCOMPARE(after.blocks[2].position, (Position{target + 200.0, 30.0}));
        QCOMPARE(after.find("below")->position, before.find("below")->position);
        QCOMPARE(after.blocks.back().position.x, sourceEnd + kGap);
        QVERIFY(applied(invert(edit), after) == before);
    }

    void aBlockOnTheWireIsPassedBelow()
    {
        Network before = withLinearAt(700.0);
        before.find("below")->position = {350.0, 40.0};
        const Network after = applied(flattenBeforeLinear(before), before);
        QCOMPARE(after.blocks.back().position.y, 40.0 + kCardHeight + kGap);
        QCOMPARE(after.find("below")->position, (Position{350.0, 40.0}));
    }

    void aParameterOfTheBlockItselfIsSet()
    {
        const Network network = chain({"Input", "Conv2d", "Conv2d"});
        const Edit edit = repairEdit(network, "block_3",
                                     ChangeParameter{"out_channels", std::int64_t{4}}, kKinds);
        QVERIFY(edit == setParameter(network, "block_3", "out_channels", std::int64_t{4}));
        QVERIFY(!edit.empty());
    }

    void upstreamTheNearestBlockThatHasItIsSet()
    {
        const ChangeUpstream repair{"x", "out_features", std::string("classes")};
        const Network network = chain({"Input", "Linear", "Linear", "ReLU", "Conv2d", "Output"});
        QVERIFY(repairEdit(network, "block_6", repair, kKinds)
                == setParameter(network, "block_3", "out_features", std::string("classes")));

        // An Add's branches: the Linear one block away before the one that is two away.
        Network fork = chain({"Input", "Linear", "ReLU"});
        fork.blocks.push_back({"linear_1", "Linear", {}, {}});
        fork.blocks.push_back({"add_1", "Add", {}, {}});
        fork.blocks.push_back({"output_1", "Output", {}, {}});
        fork.wires.push_back({{"block_3", "y"}, {"add_1", "a"}});
        fork.wires.push_back({{"linear_1", "y"}, {"add_1", "b"}});
        fork.wires.push_back({{"add_1", "y"}, {"output_1", "x"}});
        std::ranges::sort(fork.wires);
        QVERIFY(repairEdit(fork, "output_1", repair, kKinds)
                == setParameter(fork, "linear_1", "out_features", std::string("classes")));
    }

    void belowMeansBelowEverythingThatStandsThere()
    {
        // A pile on the wire, in no order; its gaps are too low for a Flatten.
        Network before = withLinearAt(700.0);
        for (const double y : {170.0, 30.0, 100.0, 240.0})
            before.blocks.push_back({"pile_" + std::to_string(int(y)), "ReLU", {}, {350.0, y}});
        before.find("below")->position = {350.0, 2000.0};
        const Network after = applied(flattenBeforeLinear(before), before);
        const Size size = blockSize(after.blocks.back(), kKinds);
        const Position at = after.blocks.back().position;
        for (const Block &block : before.blocks) {
            const Size other = blockSize(block, kKinds);
            QVERIFY(at.x >= block.position.x + other.width || block.position.x >= at.x + size.width
                    || at.y >= block.position.y + other.height
                    || block.position.y >= at.y + size.height);
        }
        QVERIFY(at.y < 2000.0);
    }

    void manyMisfitsAreToldAtOnce_data()
    {
        QTest::addColumn<bool>("inARow");
        QTest::newRow("in a column") << false;
        QTest::newRow("in a row") << true;
    }
    void manyMisfitsAreToldAtOnce()
    {
        QFETCH(bool, inARow);
        Network network = chain({"Input"});
        for (int i = 0; i < 3000; ++i) {
            const std::string id = "linear_" + std::to_string(i);
            const double place = 200.0 * (i + 1);
            network.blocks.push_back(
                {id, "Linear", {}, inARow ? Position{place, 30.0} : Position{300.0, place}});
            network.wires.push_back({{network.blocks[0].id, "y"}, {id, "x"}});
        }
        std::ranges::sort(network.wires);
        QElapsedTimer timer;
        timer.start();
        const Analysis analysis = analyse(network, kKinds, test::digits());
        const qint64 took = timer.elapsed();
        QVERIFY2(took < 1500, qPrintable(QString("%1 ms").arg(took)));
        std::size_t misfits = 0, repairs = 0;
        for (const Problem &problem : analysis.problems) {
            if (problem.port.empty()) continue;
            ++misfits;
            repairs += !problem.repair.empty();
            QVERIFY(!problem.hint.empty());
        }
        QCOMPARE(misfits, std::size_t{3000});
        QCOMPARE(repairs, std::size_t{50});
    }

    void offeredRepairsLeadToASoundNetwork()
    {
        Network network = chain({"Input", "Conv2d", "ReLU", "Linear", "Output"});
        int repairs = 0;
        for (Analysis now = analyse(network, kKinds, test::digits()); !now.ok() && repairs < 5;
             now = analyse(network, kKinds, test::digits()), ++repairs) {
            QVERIFY(!now.problems.front().repair.empty());
            network = applied(now.problems.front().repair, network);
        }
        QCOMPARE(repairs, 2); // a Flatten, and as many outputs as classes
        QCOMPARE(network.find("block_4")->parameters,
                 (Parameters{{"out_features", std::string("classes")}}));
        QCOMPARE(network.wireInto({"block_4", "x"})->from.block, std::string("flatten_1"));
    }

    void aBlockBecomesAnotherOneWhereItStands()
    {
        const Network before = withLinearAt(700.0);
        const Edit edit =
            repairEdit(before, "block_2", ReplaceSelf{"Conv2d", {{"note", true}}}, kKinds);
        const Network after = applied(edit, before);
        QCOMPARE(after.blocks.size(), before.blocks.size());
        QCOMPARE(after.blocks[1].kind, std::string("Conv2d"));
        QCOMPARE(after.blocks[1].parameters, (Parameters{{"note", true}}));
        QVERIFY(after.blocks[1].position == before.blocks[1].position);
        QCOMPARE(after.wires, before.wires);
        QCOMPARE(applied(invert(edit), after), before);
    }
};

QTEST_APPLESS_MAIN(RepairTest)
#include "repair_test.moc"
