// Settings from text: whole numbers, ranges, choices; errors stand at the setting's name.
#include "data/option.hpp"

#include <QtTest>

using namespace ostrich;
using namespace ostrich::data;

Q_DECLARE_METATYPE(graph::ParameterSpec)

class OptionTest : public QObject {
    Q_OBJECT

private slots:
    void readsOrRefuses_data()
    {
        QTest::addColumn<graph::ParameterSpec>("spec");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // empty: refused
        const auto count = integerOption("count", 3, 1, 100, {}, {});
        const auto rate = realOption("rate", 0.1, 0.0, 1.0, {}, {});
        const auto flag = booleanOption("flag", false, {}, {});
        const auto choice = choiceOption("size", "32", {"32", "64"}, {}, {}, {});
        const auto row = [](const char *name, const graph::ParameterSpec &spec, const char *text,
                            const char *expected) {
            QTest::newRow(name) << spec << QString(text) << QString(expected);
        };
        row("whole number", count, "42", "42");
        row("lowest", count, "1", "1");
        row("too small", count, "0", "");
        row("too large", count, "101", "");
        row("beyond 64 bits", count, "99999999999999999999", "");
        row("fraction for a whole number", count, "1.5", "");
        row("leftover", count, "5x", "");
        row("blank before", count, " 5", "");
        row("empty", count, "", "");
        row("real number", rate, "0.25", "0.25");
        row("exponent", rate, "1e-3", "0.001");
        row("whole for real", rate, "1", "1");
        row("not a number", rate, "abc", "");
        row("nan", rate, "nan", "");
        row("infinity", rate, "inf", "");
        row("hexadecimal", rate, "0x1", "");
        row("true", flag, "true", "true");
        row("off", flag, "off", "false");
        row("maybe", flag, "maybe", "");
        row("choice", choice, "64", "64");
        row("no choice", choice, "65", "");
        row("any text", textOption("t", "", {}, {}), "a b", "a b");
    }

    void readsOrRefuses()
    {
        QFETCH(graph::ParameterSpec, spec);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto value = valueFromText(spec, text.toStdString(), "the.place");
        QCOMPARE(static_cast<bool>(value), !expected.isEmpty());
        if (value) {
            QCOMPARE(QString::fromStdString(graph::toString(*value)), expected);
            return;
        }
        QCOMPARE(value.error().where, std::string("the.place"));
        for (const Language language : {Language::English, Language::French}) {
            const std::string line = sentence(value.error(), language);
            QVERIFY2(line.find("data.") == std::string::npos, line.c_str()); // in the catalogue
            QVERIFY2(line.find("{0}") == std::string::npos, line.c_str());
        }
    }

    void aWrongTypeIsRefusedAnIntegerServesAsReal()
    {
        const auto rate = realOption("rate", 0.1, 0.0, 10.0, {}, {});
        QCOMPARE(std::get<double>(*checkedValue(rate, std::int64_t{3}, "rate")), 3.0);
        QVERIFY(!checkedValue(rate, std::string("3"), "rate"));
        QVERIFY(!checkedValue(rate, true, "rate"));
        QVERIFY(!checkedValue(integerOption("n", 1, 0, 9, {}, {}), 2.0, "n"));
        QVERIFY(!checkedValue(booleanOption("b", true, {}, {}), std::int64_t{1}, "b"));
    }
};

QTEST_APPLESS_MAIN(OptionTest)
#include "option_test.moc"
