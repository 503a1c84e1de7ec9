// Metrics as JSON: the names that files and scripts rely on, and every bit back.
#include "train/metrics.hpp"

#include "base/json.hpp"
#include "base/random.hpp"

#include <QtTest>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace ostrich;
using nlohmann::json;

namespace {

/// Any finite double: sign, exponent and digits at random.
double anyNumber(RandomStream &random)
{
    for (;;) {
        const auto number = std::bit_cast<double>(random.next());
        if (std::isfinite(number)) return number;
    }
}

const json kEpoch = json::parse(R"({"event": "epoch", "epoch": 3, "step": 24, "train_loss": 0.5,
    "val_loss": 0.75, "train_accuracy": 0.875, "val_accuracy": 1, "learning_rate": 0.001,
    "samples_per_second": 1250.5, "seconds": 2.25})");
const train::EpochMetrics kEpochValue{3, 24, 0.5, 0.75, 0.875, 1.0, 0.001, 1250.5, 2.25, {}};

const json kSummary = json::parse(R"({"event": "done", "run": "net.runs/001", "epochs": 7,
    "best_epoch": 5, "train_accuracy": 0.75, "val_accuracy": 0.5, "test_accuracy": 0.25,
    "train_loss": 1.5, "val_loss": 2.5, "test_loss": 3.5, "samples_per_second": 100.0,
    "seconds": 12.5, "stopped_by": "early_stopping", "parameters": 99})");
const train::Summary kSummaryValue{
    "net.runs/001", 7, 5, 0.75, 0.5, 0.25, 1.5, 2.5, 3.5, 100.0, 12.5, "early_stopping", 99, {}};

} // namespace

class MetricsTest : public QObject {
    Q_OBJECT

    /// Where numbers are asked for there is no accuracy.
    static bool mayBeMissing(const std::string &name)
    {
        return name == "event" || name.ends_with("_accuracy");
    }

private slots:
    void theNamesAreThoseOfTheFile()
    {
        QVERIFY(train::toJson(kEpochValue) == kEpoch);
        QVERIFY(train::toJson(kSummaryValue) == kSummary);
        const auto epoch = train::epochFromJson(kEpoch);
        QVERIFY(epoch && *epoch == kEpochValue);
        const auto summary = train::summaryFromJson(kSummary);
        QVERIFY(summary && *summary == kSummaryValue);
    }

    void everyBitComesBackThroughText()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        RandomStream random(seed);
        for (int round = 0; round < 500; ++round) {
            train::EpochMetrics epoch;
            epoch.epoch = static_cast<std::int64_t>(random.next());
            epoch.step = random.integer(std::numeric_limits<std::int64_t>::max());
            for (double *number :
                 {&epoch.train_loss, &epoch.val_loss, &epoch.train_accuracy, &epoch.val_accuracy,
                  &epoch.learning_rate, &epoch.samples_per_second, &epoch.seconds})
                *number = anyNumber(random);
            const auto read = parseJson(jsonText(train::toJson(epoch)), "line");
            QVERIFY(static_cast<bool>(read));
            const auto back = train::epochFromJson(*read);
            QVERIFY(back && *back == epoch);
        }
    }

    void whatIsNoNumberIsNullInTheFile()
    {
        train::EpochMetrics epoch = kEpochValue;
        epoch.val_loss = std::numeric_limits<double>::quiet_NaN();
        epoch.train_loss = std::numeric_limits<double>::infinity();
        const std::string text = jsonText(train::toJson(epoch));
        QVERIFY(text.find("\"val_loss\":null") != std::string::npos);
        const auto back = train::epochFromJson(*parseJson(text, "line"));
        QVERIFY(back && std::isnan(back->val_loss) && std::isnan(back->train_loss));
        QCOMPARE(back->seconds, 2.25);
    }

    void forecastsHaveErrorsInsteadOfAccuracies()
    {
        train::Summary summary{.run = "x", .stopped_by = "epochs", .figures = {}};
        summary.test_accuracy = summary.val_accuracy = summary.train_accuracy = std::nan("");
        summary.figures = {{"test_mae", 1.5}, {"naive_mase", 0.9}, {"seasonal_naive_mase", 0.8}};
        const json written = train::toJson(summary);
        QVERIFY(!written.contains("test_accuracy") && !written.contains("train_accuracy"));
        QCOMPARE(written.at("test_mae"), json(1.5));
        const auto read = train::summaryFromJson(written);
        QVERIFY(static_cast<bool>(read));
        QVERIFY(std::isnan(read->test_accuracy));
        QVERIFY(read->figures == summary.figures);
        const auto epoch =
            train::epochFromJson(json::parse(kEpoch.dump())
                                     .patch(json::parse(
                                         R"([{"op": "remove", "path": "/val_accuracy"},
                    {"op": "add", "path": "/val_mase", "value": 0.5}])")));
        QVERIFY(static_cast<bool>(epoch));
        QVERIFY(std::isnan(epoch->val_accuracy));
        QCOMPARE(epoch->figures.at("val_mase"), 0.5);
        QVERIFY(!epoch->figures.contains("val_loss"));
    }

    void everyMissingFieldIsNamed()
    {
        for (const auto &[name, value] : kEpoch.items()) {
            json part = kEpoch;
            part.erase(name);
            const auto read = train::epochFromJson(part);
            QCOMPARE(static_cast<bool>(read), mayBeMissing(name));
            if (!read) QCOMPARE(read.error().what, (Message{"train.field_missing", {name}}));
        }
        for (const auto &[name, value] : kSummary.items()) {
            json part = kSummary;
            part.erase(name);
            const auto read = train::summaryFromJson(part);
            QCOMPARE(static_cast<bool>(read), mayBeMissing(name));
            if (!read) QCOMPARE(read.error().what, (Message{"train.field_missing", {name}}));
        }
    }

    void fieldsOfAnotherTypeAreNamed()
    {
        const auto objection = [](const char *name, const json &value) {
            json other = kSummary;
            other[name] = value;
            const auto read = train::summaryFromJson(other);
            return read ? std::string() : read.error().what.arguments.at(0);
        };
        for (const json &value : {json("1"), json(true), json::array({1}), json::object()})
            QCOMPARE(objection("test_loss", value), std::string("test_loss"));
        for (const json &value : {json("1"), json(1.5), json(), json(true)})
            QCOMPARE(objection("epochs", value), std::string("epochs"));
        for (const json &value : {json(1), json(), json::array()})
            QCOMPARE(objection("stopped_by", value), std::string("stopped_by"));
        QCOMPARE(objection("of_a_later_version", 1), std::string());
        for (const json &value : {json(), json(1), json::array(), json("epoch")})
            QVERIFY(!train::epochFromJson(value) && !train::summaryFromJson(value));
    }
};

QTEST_APPLESS_MAIN(MetricsTest)
#include "metrics_test.moc"
