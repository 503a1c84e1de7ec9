// JSON at the border: foreign and broken text gives one clear error, never a crash.
#include "base/json.hpp"

#include <QtTest>

using namespace ostrich;

Q_DECLARE_METATYPE(std::string)

class JsonTest : public QObject {
    Q_OBJECT

private slots:
    void readsWhatIsRight()
    {
        const auto json = parseJson("{\"a\": [1, 2.5, \"x\\\"[\", null]}\n", "test");
        QVERIFY(static_cast<bool>(json));
        QVERIFY((*json)["a"][0].is_number_integer());
        QCOMPARE((*json)["a"][2].get<std::string>(), std::string("x\"["));
    }

    void saysWhatIsWrong_data()
    {
        using namespace std::string_literals;
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("id");
        QTest::addColumn<std::string>("line");
        QTest::newRow("empty") << ""s << "base.json_empty"s << ""s;
        QTest::newRow("blank") << " \n\t"s << "base.json_empty"s << ""s;
        QTest::newRow("cut off") << "{\"a\": [1,\n"s << "base.json_cut_off"s << ""s;
        QTest::newRow("cut off in a string") << "{\"a\": \"xy"s << "base.json_cut_off"s << ""s;
        QTest::newRow("no JSON") << "{\n\"a\": hello}"s << "base.json_broken"s << "2"s;
        QTest::newRow("two values") << "{}\n\n{}"s << "base.json_broken"s << "3"s;
        QTest::newRow("NUL") << "{}\0{}"s << "base.json_binary"s << "1"s;
        QTest::newRow("NUL in a string") << "[\"\\\0\"]"s << "base.json_binary"s << "1"s;
        QTest::newRow("invalid UTF-8") << "[\n\"\xff\xfe\"]"s << "base.json_broken"s << "2"s;
        QTest::newRow("huge number") << "[1e999]"s << "base.json_broken"s << "1"s;
        QTest::newRow("deep") << std::string(200000, '[') << "base.json_too_deep"s << "100"s;
        std::string objects;
        for (int i = 0; i < 50000; ++i) objects += "{\"a\":";
        QTest::newRow("deep objects") << objects << "base.json_too_deep"s << "100"s;
        QTest::newRow("closes what it never opened") << "]]]"s << "base.json_broken"s << "1"s;
    }
    void saysWhatIsWrong()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, id);
        QFETCH(std::string, line);
        const auto json = parseJson(text, "net.ostrich");
        QVERIFY(!json);
        QCOMPARE(json.error().what.id, id);
        QCOMPARE(json.error().where, std::string("net.ostrich"));
        if (!line.empty()) QCOMPARE(json.error().what.arguments.front(), line);
    }

    void depthUpToTheLimitIsRead()
    {
        const std::string text = std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']');
        QVERIFY(static_cast<bool>(parseJson(text, "test")));
    }

    void writingNeverThrows()
    {
        const nlohmann::json json = {{"b", "\xff"}, {"a", 1}};
        QCOMPARE(jsonText(json), std::string("{\"a\":1,\"b\":\"\xef\xbf\xbd\"}"));
    }
};

QTEST_APPLESS_MAIN(JsonTest)
#include "json_test.moc"
