// Parameters: what a spec takes and what it objects to.
#include "graph/nearest_name.hpp"
#include "graph/parameter.hpp"
#include "graph/shape.hpp"

#include <QtTest>

#include <cmath>

using namespace ostrich;
using namespace ostrich::graph;

namespace {

std::vector<ParameterSpec> specs()
{
    ParameterSpec size;
    size.name = "size";
    size.defaultValue = std::int64_t{3};
    size.minimum = 1;
    size.maximum = 9;
    size.symbols = {"classes"};
    ParameterSpec rate;
    rate.name = "rate";
    rate.type = ParameterType::Real;
    rate.defaultValue = 0.5;
    rate.maximum = 1.0;
    ParameterSpec mode;
    mode.name = "mode";
    mode.type = ParameterType::Choice;
    mode.defaultValue = std::string("a");
    mode.choices = {"a", "b"};
    ParameterSpec padding;
    padding.name = "padding";
    padding.type = ParameterType::Padding;
    padding.defaultValue = std::string("same");
    padding.maximum = 7;
    ParameterSpec bias;
    bias.name = "bias";
    bias.type = ParameterType::Boolean;
    bias.defaultValue = true;
    return {size, rate, mode, padding, bias};
}

} // namespace

Q_DECLARE_METATYPE(ParameterValue)

class ParameterTest : public QObject {
    Q_OBJECT

private slots:
    void takesWhatFitsAndObjectsToTheRest_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ParameterValue>("value");
        QTest::addColumn<QString>("objection");
        const auto row = [](const char *title, const char *name, ParameterValue value,
                            const char *objection) {
            QTest::newRow(title) << name << value << objection;
        };
        row("integer", "size", std::int64_t{9}, "");
        row("symbol", "size", std::string("classes"), "");
        row("other word", "size", std::string("data"), "graph.parameter_integer_or");
        row("too small", "size", std::int64_t{0}, "graph.parameter_integer_or");
        row("too large", "size", std::int64_t{10}, "graph.parameter_integer_or");
        row("real for integer", "size", 3.0, "graph.parameter_integer_or");
        row("real", "rate", 1.0, "");
        row("integer for real", "rate", std::int64_t{1}, "");
        row("real above", "rate", 1.01, "graph.parameter_real");
        row("not a number", "rate", std::nan(""), "graph.parameter_real");
        row("choice", "mode", std::string("b"), "");
        row("no choice", "mode", std::string("c"), "graph.parameter_choice");
        row("padding word", "padding", std::string("valid"), "");
        row("padding number", "padding", std::int64_t{0}, "");
        row("padding too far", "padding", std::int64_t{8}, "graph.parameter_padding");
        row("padding nonsense", "padding", std::string("none"), "graph.parameter_padding");
        row("boolean", "bias", false, "");
        row("word for boolean", "bias", std::string("yes"), "graph.parameter_boolean");
        row("unknown", "colour", std::int64_t{1}, "graph.parameter_unknown");
    }
    void takesWhatFitsAndObjectsToTheRest()
    {
        QFETCH(QString, name);
        QFETCH(ParameterValue, value);
        QFETCH(QString, objection);
        const auto objected = checkParameters({{name.toStdString(), value}}, specs());
        QCOMPARE(QString::fromStdString(objected ? objected->id : ""), objection);
        if (objected) QCOMPARE(QString::fromStdString(objected->arguments.front()), name);
    }

    void defaultsFillWhatIsMissing()
    {
        const Parameters complete = withDefaults({{"size", std::int64_t{5}}}, specs());
        QCOMPARE(integer(complete, "size"), 5);
        QCOMPARE(real(complete, "rate"), 0.5);
        QCOMPARE(text(complete, "mode"), std::string("a"));
        QVERIFY(boolean(complete, "bias"));
    }

    void soundParametersNeverCarryAWrongType()
    {
        const Parameters sound = soundParameters(
            {{"size", std::string("x")}, {"bias", std::int64_t{1}}, {"colour", true}}, specs());
        QCOMPARE(sound, withDefaults({}, specs()));
    }

    void valuesAreWrittenShortly()
    {
        QCOMPARE(toString(ParameterValue(std::int64_t{16})), std::string("16"));
        QCOMPARE(toString(ParameterValue(0.1)), std::string("0.1"));
        QCOMPARE(toString(ParameterValue(true)), std::string("true"));
        QCOMPARE(toString(ParameterValue(std::string("same"))), std::string("same"));
    }

    void shapesAreWrittenAndCounted()
    {
        const Shape maps = Shape::maps(32, 7, 7);
        QCOMPARE(toString(maps), std::string("N×32×7×7"));
        QCOMPARE(toString(maps, false), std::string("32×7×7"));
        QVERIFY(maps.isMaps() && !maps.isVector());
        QCOMPARE(maps.valuesPerSample(), std::optional<std::int64_t>(1568));
        const Shape series{{{Axis::N, {}}, {Axis::T, {}}, {Axis::F, 8}}};
        QCOMPARE(toString(series), std::string("N×T×8"));
        QVERIFY(!series.valuesPerSample());
        QCOMPARE(Shape::maps(INT64_MAX / 2, 3, 3).valuesPerSample(), std::optional(INT64_MAX));
    }

    void theNearestNameIsFound()
    {
        const std::vector<std::string> names{"Conv2d", "Linear", "ReLU", "ReLU6"};
        QCOMPARE(nearestName("conv2D", names), std::optional<std::string>("Conv2d"));
        QCOMPARE(nearestName("Liner", names), std::optional<std::string>("Linear"));
        QCOMPARE(nearestName("Relu", names), std::optional<std::string>("ReLU"));
        QVERIFY(!nearestName("Transformer", names));
    }
};

QTEST_APPLESS_MAIN(ParameterTest)
#include "parameter_test.moc"
