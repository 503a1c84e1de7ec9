// Tidy: nothing overlaps, rows stay inside the view, wires within a row run straight, twice gives
// the same.
#include "graph/layout.hpp"

#include "base/random.hpp"
#include "test_kinds.hpp"

#include <QtTest>

#include <cmath>
#include <limits>
#include <random>

using namespace ostrich;
using namespace ostrich::graph;
using test::chain;

namespace {

const test::TestKinds kKinds;

struct Box {
    std::string id;
    Position at;
    Size size;
    double right() const { return at.x + size.width; }
    double bottom() const { return at.y + size.height; }
    double middle() const { return at.y + size.height / 2; }
};

Network tidied(Network network, double width)
{
    if (!apply(tidy(network, kKinds, test::digits(), width), network))
        qFatal("the edit does not apply");
    return network;
}

std::vector<Box> boxes(const Network &network)
{
    std::vector<Box> found;
    for (const Block &block : network.blocks)
        found.push_back({block.id, block.position, blockSize(block, kKinds)});
    return found;
}

std::string overlap(const Network &network)
{
    const auto all = boxes(network);
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const Box &a = all[i];
            const Box &b = all[j];
            if (a.at.x < b.right() && b.at.x < a.right() && a.at.y < b.bottom()
                && b.at.y < a.bottom())
                return a.id + " lies on " + b.id;
        }
    }
    return {};
}

Network randomNetwork(RandomStream &random)
{
    Network network;
    const std::vector<std::string> kinds{"Conv2d", "ReLU", "Add", "Concat", "Linear", "Mystery"};
    const std::int64_t count = random.integer(60);
    for (std::int64_t i = 0; i < count; ++i) {
        const std::string id = "b_" + std::to_string(i);
        network.blocks.push_back({id, kinds[static_cast<std::size_t>(random.integer(6))], {}, {}});
        for (const char *port : {"x", "a", "b"}) {
            if (i > 0 && random.chance(0.35)) {
                const std::string from = "b_" + std::to_string(random.integer(i));
                network.wires.push_back({{from, "y"}, {id, port}});
            }
        }
    }
    std::ranges::sort(network.wires);
    return network;
}

} // namespace

class LayoutTest : public QObject {
    Q_OBJECT

private slots:
    void sizesFollowTheDesign()
    {
        const auto size = [](const char *kind) { return blockSize({"b", kind, {}, {}}, kKinds); };
        QCOMPARE(size("Conv2d"), (Size{168, 96}));
        QCOMPARE(size("Input"), (Size{144, 96}));
        QCOMPARE(size("Output"), (Size{124, 96}));
        QCOMPARE(size("Unknown"), (Size{168, 96}));
        QCOMPARE(size("ReLU"), (Size{76, 32}));
        QCOMPARE(size("Flatten"), (Size{90, 32}));
        QCOMPARE(size("Add").height, 40.0);
    }

    void aChainStandsAsInThePicture()
    {
        const Network network =
            tidied(chain({"Input", "Conv2d", "ReLU", "Halve", "Conv2d", "Conv2d"}), 848);
        const auto all = boxes(network);
        QCOMPARE(all[0].at, (Position{24, 30}));
        QCOMPARE(all[1].at.x - all[0].right(), 89.0); // N×1×28×28
        QCOMPARE(all[2].at.x - all[1].right(), 96.0); // N×16×28×28
        QCOMPARE(all[3].at.x - all[2].right(), 24.0); // the shape stays: no label
        for (int i = 1; i < 4; ++i)
            QCOMPARE(all[static_cast<std::size_t>(i)].middle(), all[0].middle());
        QCOMPARE(all[4].at, (Position{40, 194}));
        QCOMPARE(all[5].at.y, 194.0);
    }

    void aResidualBlockStaysInItsRow()
    {
        Network network = chain({"Input", "Conv2d", "ReLU", "Conv2d", "ReLU", "Conv2d"});
        network.blocks.push_back({"add_1", "Add", {}, {}});
        network.wires.push_back({{"block_6", "y"}, {"add_1", "a"}});
        network.wires.push_back({{"block_3", "y"}, {"add_1", "b"}});
        network = tidied(network, 824);
        const auto all = boxes(network);
        QCOMPARE(all[3].at, (Position{88, 194})); // the break is at the fork, not inside
        for (std::size_t i = 3; i < 7; ++i) QCOMPARE(all[i].middle(), all[3].middle());
        QVERIFY(all[6].at.x - all[5].right() >= 48.0);
    }

    void parallelBranchesStandAboveEachOther()
    {
        Network network = chain({"Input", "Conv2d"});
        network.blocks.push_back({"conv_b", "Conv2d", {}, {}});
        network.blocks.push_back({"concat", "Concat", {}, {}});
        network.wires.push_back({{"block_1", "y"}, {"conv_b", "x"}});
        network.wires.push_back({{"block_2", "y"}, {"concat", "a"}});
        network.wires.push_back({{"conv_b", "y"}, {"concat", "b"}});
        const auto all = boxes(tidied(network, 824));
        QCOMPARE(all[1].at.x, all[2].at.x);
        QCOMPARE(std::abs(all[1].at.y - all[2].at.y), 120.0);
        QCOMPARE(std::min(all[1].at.y, all[2].at.y), 30.0);
    }

    void randomNetworksNeverOverlapNorLeaveTheView()
    {
        const std::uint64_t seed = qEnvironmentVariableIsSet("OSTRICH_SEED")
                                       ? qEnvironmentVariable("OSTRICH_SEED").toULongLong()
                                       : std::random_device{}();
        const std::string told = "OSTRICH_SEED=" + std::to_string(seed);
        qInfo("%s", told.c_str());
        RandomStream random(seed);
        for (int i = 0; i < 200; ++i) {
            const double width = random.uniform(300, 1600);
            const Network network = tidied(randomNetwork(random), width);
            const std::string hit = overlap(network);
            QVERIFY2(hit.empty(), (told + ": " + hit).c_str());
            for (const Box &box : boxes(network))
                QVERIFY2(box.at.x >= 24.0 && box.at.y >= 30.0 && box.right() <= width,
                         told.c_str());
            QVERIFY2(tidy(network, kKinds, test::digits(), width).empty(), told.c_str());
        }
    }

    void strangeViewsAreSurvived()
    {
        const Network network = chain({"Input", "Conv2d", "ReLU"});
        for (const double width :
             {0.0, -5.0, std::nan(""), std::numeric_limits<double>::infinity(), 1e9})
            QVERIFY(overlap(tidied(network, width)).empty());
        QVERIFY(tidy({}, kKinds, test::digits(), 800).empty());
    }

    void tidyingAThousandBlocks()
    {
        Network network = chain(std::vector<std::string>(1000, "Conv2d"));
        QBENCHMARK
        {
            QVERIFY(!tidy(network, kKinds, test::digits(), 824).empty());
        }
    }
};

QTEST_APPLESS_MAIN(LayoutTest)
#include "layout_test.moc"
