// Networks: questions, JSON there and back, and every broken structure named at its place.
#include "graph/network.hpp"

#include "base/json.hpp"
#include "test_kinds.hpp"

#include <QtTest>

using namespace ostrich;
using namespace ostrich::graph;
using test::chain;

Q_DECLARE_METATYPE(std::string)

class NetworkTest : public QObject {
    Q_OBJECT

private slots:
    void findsBlocksAndWires()
    {
        const Network network = chain({"Input", "ReLU", "Output"});
        QCOMPARE(network.find("block_2")->kind, std::string("ReLU"));
        QVERIFY(network.find("block_9") == nullptr);
        QCOMPARE(network.wireInto({"block_2", "x"})->from.block, std::string("block_1"));
        QVERIFY(network.wireInto({"block_1", "x"}) == nullptr);
        QCOMPARE(network.wiresOf("block_2").size(), std::size_t{2});
        QVERIFY(network.reaches("block_1", "block_3"));
        QVERIFY(network.reaches("block_1", "block_1"));
        QVERIFY(!network.reaches("block_3", "block_1"));
    }

    void freeIdsFillTheFirstGap()
    {
        Network network;
        QCOMPARE(network.freeId("conv"), std::string("conv_1"));
        for (const char *id :
             {"conv_1", "conv_3", "conv_x", "conv_02", "conv_99999999999999999999"})
            network.blocks.push_back({id, "Conv2d", {}, {}});
        QCOMPARE(network.freeId("conv"), std::string("conv_2"));
        network.blocks.push_back({"conv_2", "Conv2d", {}, {}});
        QCOMPARE(network.freeId("conv"), std::string("conv_4"));
    }

    void jsonComesBackAsItWas()
    {
        Network network = chain({"Input", "Conv2d", "Flatten", "Linear", "Output"});
        network.blocks[1].parameters = {{"out_channels", std::int64_t{8}},
                                        {"bias", false},
                                        {"padding", std::string("same")},
                                        {"p", 1.0}};
        network.blocks[1].position = {-12.5, 1e5};
        const std::string text = jsonText(toJson(network), 2);
        const auto read = networkFromJson(*parseJson(text, "test"));
        QVERIFY(static_cast<bool>(read));
        QVERIFY(*read == network);
        QCOMPARE(jsonText(toJson(*read), 2), text);
    }

    void jsonIsSortedAndKeepsIntegers()
    {
        Network network = chain({"Input", "Conv2d"});
        network.blocks[1].parameters = {{"out_channels", std::int64_t{8}}};
        QCOMPARE(jsonText(toJson(network)),
                 std::string("{\"blocks\":[{\"id\":\"block_1\",\"kind\":\"Input\",\"parameters\":{}"
                             ",\"x\":24.0,\"y\":30.0},"
                             "{\"id\":\"block_2\",\"kind\":\"Conv2d\",\"parameters\":{\"out_"
                             "channels\":8},\"x\":274.0,\"y\":30.0}],"
                             "\"wires\":[{\"from\":\"block_1.y\",\"to\":\"block_2.x\"}]}"));
    }

    void brokenStructureIsNamedAtItsPlace_data()
    {
        using namespace std::string_literals;
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("where");
        QTest::addColumn<std::string>("id");
        const auto row = [](const char *title, std::string text, std::string where,
                            std::string id) {
            QTest::newRow(title) << std::move(text) << std::move(where) << "graph." + id;
        };
        const auto blocks = [](const std::string &inner) { return "{\"blocks\":[" + inner + "]}"; };
        const auto wires = [](const std::string &inner) {
            return R"({"blocks":[{"id":"a","kind":"K"},{"id":"b","kind":"K"}],"wires":[)" + inner
                   + "]}";
        };
        row("list", "[]", "network", "json_object");
        row("no blocks", "{}", "blocks", "json_array");
        row("blocks no list", R"({"blocks":{}})", "blocks", "json_array");
        row("wires no list", R"({"blocks":[],"wires":3})", "wires", "json_array");
        row("block no object", blocks("7"), "blocks[0]", "json_object");
        row("no id", blocks(R"({"kind":"K"})"), "blocks[0].id", "json_id");
        row("empty id", blocks(R"({"id":"","kind":"K"})"), "blocks[0].id", "json_id");
        row("id with dot", blocks(R"({"id":"a.b","kind":"K"})"), "blocks[0].id", "json_id");
        row("long id", blocks(R"({"id":")" + std::string(101, 'a') + R"(","kind":"K"})"),
            "blocks[0].id", "json_id");
        row("id a number", blocks(R"({"id":1,"kind":"K"})"), "blocks[0].id", "json_id");
        row("no kind", blocks(R"({"id":"a"})"), "blocks[0].kind", "json_kind");
        row("twice", blocks(R"({"id":"a","kind":"K"},{"id":"a","kind":"K"})"), "blocks[1].id",
            "json_twice");
        row("parameters a list", blocks(R"({"id":"a","kind":"K","parameters":[]})"),
            "blocks[0].parameters", "json_object");
        row("parameter null", blocks(R"({"id":"a","kind":"K","parameters":{"p":null}})"),
            "blocks[0].parameters.p", "json_value");
        row("parameter a list", blocks(R"({"id":"a","kind":"K","parameters":{"p":[1]}})"),
            "blocks[0].parameters.p", "json_value");
        row("parameter huge",
            blocks(R"({"id":"a","kind":"K","parameters":{"p":18446744073709551615}})"),
            "blocks[0].parameters.p", "json_value");
        row("position a text", blocks(R"({"id":"a","kind":"K","x":"0"})"), "blocks[0].x",
            "json_position");
        row("position far", blocks(R"({"id":"a","kind":"K","y":1e300})"), "blocks[0].y",
            "json_position");
        row("wire no object", wires("[]"), "wires[0]", "json_object");
        row("wire without from", wires(R"({"to":"a.x"})"), "wires[0].from", "json_endpoint");
        row("wire without port", wires(R"({"from":"a","to":"b.x"})"), "wires[0].from",
            "json_endpoint");
        row("wire with two dots", wires(R"({"from":"a.y","to":"b.x.z"})"), "wires[0].to",
            "json_endpoint");
        row("wire from nowhere", wires(R"({"from":"c.y","to":"b.x"})"), "wires[0].from",
            "json_no_block");
        row("wire to nowhere", wires(R"({"from":"a.y","to":"c.x"})"), "wires[0].to",
            "json_no_block");
        row("two wires", wires(R"({"from":"a.y","to":"b.x"},{"from":"a.z","to":"b.x"})"),
            "wires[1].to", "json_two_wires");
        row("circle", wires(R"({"from":"a.y","to":"b.x"},{"from":"b.y","to":"a.x"})"), "wires",
            "json_cycle");
        row("to itself", wires(R"({"from":"a.y","to":"a.x"})"), "wires", "json_cycle");
    }
    void brokenStructureIsNamedAtItsPlace()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, where);
        QFETCH(std::string, id);
        const auto json = parseJson(text, "test");
        QVERIFY(static_cast<bool>(json));
        const auto network = networkFromJson(*json);
        QVERIFY(!network);
        QCOMPARE(network.error().where, where);
        QCOMPARE(network.error().what.id, id);
    }

    void positionsThatAreNoNumbersAreRefused()
    {
        nlohmann::json json = toJson(chain({"Input"}));
        json["blocks"][0]["x"] = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(!networkFromJson(json));
    }

    void missingPositionsParametersAndWiresAreFine()
    {
        const auto network =
            networkFromJson(*parseJson(R"({"blocks":[{"id":"a","kind":"Unknown7"}]})", "test"));
        QVERIFY(static_cast<bool>(network));
        QVERIFY(network->blocks.front().parameters.empty());
    }
};

QTEST_APPLESS_MAIN(NetworkTest)
#include "network_test.moc"
