// Deleting blocks: which wires close the gaps, which gaps stay open.
#include "graph/edit.hpp"

#include "base/random.hpp"
#include "test_kinds.hpp"

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace ostrich::graph;
using test::chain;

namespace {

const test::TestKinds kKinds;

Network without(const Network &network, const std::vector<std::string> &ids)
{
    Network rest = network;
    const auto result = apply(removeBlocks(network, ids, kKinds, test::digits()), rest);
    if (!result) qFatal("%s", sentence(result.error(), Language::English).c_str());
    return rest;
}

/// The block that feeds `id`; empty: none does.
std::string feeder(const Network &network, const std::string &id, const std::string &port = "x")
{
    const Wire *wire = network.wireInto({id, port});
    return wire == nullptr ? "" : wire->from.block;
}

} // namespace

class RemoveBlocksTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsLeftOfAChainIsAChain()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        RandomStream random(seed);
        for (int round = 0; round < 200; ++round) {
            std::vector<std::string> kinds(static_cast<std::size_t>(3 + random.integer(12)),
                                           "ReLU");
            kinds.front() = "Input";
            const Network network = chain(kinds);
            std::vector<std::string> gone, left{"block_1"};
            for (std::size_t i = 1; i < network.blocks.size(); ++i)
                (random.chance(0.4) ? gone : left).push_back(network.blocks[i].id);
            random.shuffle(std::span(gone));

            const Network rest = without(network, gone);
            QCOMPARE(rest.blocks.size(), left.size());
            QCOMPARE(rest.wires.size(), left.size() - 1);
            for (std::size_t i = 1; i < left.size(); ++i)
                QCOMPARE(feeder(rest, left[i]), left[i - 1]);
        }
    }

    void aForkIsJoinedAtEveryEnd()
    {
        Network network = chain({"Input", "ReLU", "Conv2d"});
        network.blocks.push_back({"add_1", "Add", {}, {}});
        network.wires.push_back({{"block_2", "y"}, {"add_1", "a"}});
        network.wires.push_back({{"block_2", "y"}, {"add_1", "b"}});
        std::ranges::sort(network.wires);
        const Network rest = without(network, {"block_2"});
        QCOMPARE(feeder(rest, "block_3"), std::string("block_1"));
        QCOMPARE(feeder(rest, "add_1", "a"), std::string("block_1"));
        QCOMPARE(feeder(rest, "add_1", "b"), std::string("block_1"));
    }

    void eachEndIsJudgedByItself()
    {
        // Behind the Flatten a ReLU takes maps as well, a Linear does not.
        Network network = chain({"Input", "Flatten", "Linear"});
        network.blocks.push_back({"relu_1", "ReLU", {}, {}});
        network.wires.push_back({{"block_2", "y"}, {"relu_1", "x"}});
        const Network rest = without(network, {"block_2"});
        QCOMPARE(feeder(rest, "relu_1"), std::string("block_1"));
        QCOMPARE(feeder(rest, "block_3"), std::string());
    }

    void whatWasWrongBeforeMayStayWrong()
    {
        const Network network = chain({"Input", "ReLU", "Linear"}); // maps into a Linear
        QCOMPARE(feeder(without(network, {"block_2"}), "block_3"), std::string("block_1"));
    }

    void twoSourcesAreNotGuessedBetween()
    {
        Network network = chain({"Input", "Conv2d"});
        network.blocks.push_back({"add_1", "Add", {}, {}});
        network.blocks.push_back({"relu_1", "ReLU", {}, {}});
        network.wires = {{{"add_1", "y"}, {"relu_1", "x"}},
                         {{"block_1", "y"}, {"add_1", "a"}},
                         {{"block_1", "y"}, {"block_2", "x"}},
                         {{"block_2", "y"}, {"add_1", "b"}}};
        QCOMPARE(feeder(without(network, {"add_1"}), "relu_1"), std::string());
        // With its second source gone too, one output is left to join.
        QCOMPARE(feeder(without(network, {"add_1", "block_2"}), "relu_1"), std::string("block_1"));
    }

    void theNameTellsWhatGoes()
    {
        Network network = chain({"Input", "ReLU", "Mystery"});
        const auto nameOf = [&](const std::vector<std::string> &ids) {
            return removeBlocks(network, ids, kKinds, test::digits()).name;
        };
        QCOMPARE(nameOf({"block_2"}), (Message{"graph.edit_delete", {"ReLU"}}));
        QCOMPARE(nameOf({"block_2", "ghost", "block_2"}), (Message{"graph.edit_delete", {"ReLU"}}));
        QCOMPARE(nameOf({"block_3"}), (Message{"graph.edit_delete", {"Mystery"}}));
        QCOMPARE(nameOf({"block_3", "block_1"}), (Message{"graph.edit_delete_many", {"2"}}));
        QVERIFY(removeBlocks(network, {}, kKinds, test::digits()).empty());
    }
};

QTEST_APPLESS_MAIN(RemoveBlocksTest)
#include "remove_blocks_test.moc"
