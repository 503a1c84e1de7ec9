// manifest.json: one written by hand is read, and any broken one is refused with a reason.
#include "base/json.hpp"
#include "base/random.hpp"
#include "train/run_files.hpp"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <random>

using namespace ostrich;
using nlohmann::json;

namespace {

const char *const kByHand = R"({
  "format": "ostrich-run", "version": 1,
  "project": {"format": "ostrich", "version": 1, "data": "digits",
    "network": {"blocks": [{"id": "input_1", "kind": "Input", "x": 1, "y": 2}], "wires": []},
    "recipe": {"epochs": 3, "optimizer": "sgd"}, "notes": "mine"},
  "data_checksum": "ff00000000000001",
  "statistics": {"mean": [0.5], "deviation": [0.25]},
  "facts": {"input": [{"axis": "N", "size": null}, {"axis": "C", "size": 1},
                      {"axis": "H", "size": 28}, {"axis": "W", "size": 20}],
            "classes": 2, "class_names": ["no", "yes"], "title": "Digits"},
  "device": "cuda:0", "threads": 4, "precision": "bf16", "torch_version": "2.6.0",
  "ostrich_version": "0.1.0", "started": "2025-03-01T12:00:00Z", "summary": null})";

std::string objection(const json &source)
{
    const auto read = train::manifestFromJson(source, "here");
    return read ? std::string() : read.error().what.id;
}

} // namespace

class ManifestTest : public QObject {
    Q_OBJECT

private slots:
    void aManifestWrittenByHandIsRead()
    {
        const auto read = train::manifestFromJson(json::parse(kByHand), "here");
        QVERIFY(static_cast<bool>(read));
        QCOMPARE(read->project.data, std::string("digits"));
        QCOMPARE(read->project.network.blocks.at(0).position, (graph::Position{1, 2}));
        QCOMPARE(read->project.recipe.epochs, std::int64_t{3});
        QCOMPARE(read->project.recipe.batch_size, std::int64_t{64}); // not named: the default
        QCOMPARE(read->data_checksum, std::uint64_t{0xff00000000000001});
        QVERIFY(read->statistics == (data::Statistics{{0.5F}, {0.25F}}));
        graph::DataFacts facts;
        facts.input = graph::Shape::maps(1, 28, 20);
        facts.classes = 2;
        facts.classNames = {"no", "yes"};
        facts.title = "Digits";
        QVERIFY(read->facts == facts);
        QCOMPARE(read->device, std::string("cuda:0"));
        QCOMPARE(read->threads, 4);
        QCOMPARE(read->precision, std::string("bf16"));
        QCOMPARE(read->torch_version + " " + read->ostrich_version + " " + read->started,
                 std::string("2.6.0 0.1.0 2025-03-01T12:00:00Z"));
        QVERIFY(!read->summary);
    }

    void numbersComeBackToTheBitThroughTheFile()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        RandomStream random(seed);
        const QTemporaryDir home;
        const std::filesystem::path folder = home.path().toStdString();
        train::Manifest manifest = *train::manifestFromJson(json::parse(kByHand), "here");
        manifest.data_checksum = random.next();
        manifest.statistics = {};
        for (int i = 0; i < 50; ++i) {
            manifest.statistics.mean.push_back(static_cast<float>(random.normal()));
            manifest.statistics.deviation.push_back(static_cast<float>(random.uniform(1e-6, 9)));
        }
        manifest.summary = train::Summary();
        manifest.summary->run = "été";
        manifest.summary->test_loss = random.normal();
        QVERIFY(static_cast<bool>(train::saveManifest(manifest, folder)));
        const auto read = train::loadManifest(folder);
        QVERIFY(read && *read == manifest);
        const auto ofTheFile = train::loadManifest(folder / "manifest.json");
        QCOMPARE(ofTheFile.error().what.id, std::string("train.not_a_run"));
    }

    void everyFieldIsNeededButTheSummary()
    {
        const json whole = json::parse(kByHand);
        for (const auto &[name, value] : whole.items()) {
            json part = whole;
            part.erase(name);
            const std::string expected = name == "summary"  ? ""
                                         : name == "format" ? "train.not_a_run"
                                                            : "train.manifest_broken";
            QVERIFY2(objection(part) == expected, name.c_str());
        }
    }

    void valuesOfAnotherTypeAreRefused()
    {
        const json whole = json::parse(kByHand);
        const auto paths = whole.flatten();
        for (const auto &[path, value] : paths.items()) {
            // A size may be null and a project's values have tests of their own.
            if (path.starts_with("/project") || path == "/summary") continue;
            for (const json &other : {json::object(), json::array({json()})}) {
                json broken = whole;
                broken[json::json_pointer(path)] = other;
                QVERIFY2(!objection(broken).empty(), path.c_str());
            }
        }
        json broken = whole;
        broken["summary"] = {{"run", "x"}};
        QCOMPARE(objection(broken), std::string("train.manifest_broken"));
    }

    void checksumsAndAxesAreReadStrictly()
    {
        for (const char *text : {"", "xyz", "0x10", "12 ", "-1", "10000000000000000"}) {
            json broken = json::parse(kByHand);
            broken["data_checksum"] = text;
            QVERIFY2(objection(broken) == "train.manifest_broken", text);
        }
        for (const char *axis : {"", "n", "Q", "NC"}) {
            json broken = json::parse(kByHand);
            broken["facts"]["input"][0]["axis"] = axis;
            QVERIFY2(objection(broken) == "train.manifest_broken", axis);
        }
    }

    void foreignAndNewerFilesSaySo()
    {
        json other = json::parse(kByHand);
        other["version"] = 2;
        const auto newer = train::manifestFromJson(other, "here");
        QVERIFY(!newer);
        QCOMPARE(newer.error().where, std::string("here"));
        QCOMPARE(newer.error().what, (Message{"train.run_newer", {"2"}}));
        other["version"] = "1";
        QCOMPARE(objection(other), std::string("train.manifest_broken"));
        other["format"] = "ostrich"; // a project, no run
        QCOMPARE(objection(other), std::string("train.not_a_run"));
        for (const json &value : {json(), json(1), json::array(), json("ostrich-run")})
            QCOMPARE(objection(value), std::string("train.not_a_run"));
    }
};

QTEST_APPLESS_MAIN(ManifestTest)
#include "manifest_test.moc"
