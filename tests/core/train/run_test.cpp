// Run folders: what is written comes back, and what is no run says so.
#include "train/run.hpp"

#include "data/source.hpp"
#include "engine/model_torch.hpp"
#include "small_setups.hpp"
#include "train/run_files.hpp"

#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <fstream>
#include <thread>

using namespace ostrich;
namespace fs = std::filesystem;

namespace {

train::Manifest manifest()
{
    train::Manifest manifest;
    manifest.project = small::setup().project;
    manifest.data_checksum = 0xfedcba9876543210ULL; // beyond what a double holds
    manifest.statistics = {{0.1F, -0.3F}, {1.0F, 0.7F}};
    manifest.facts = small::blobs()->facts;
    manifest.device = "cpu";
    manifest.threads = 2;
    manifest.precision = "fp32";
    manifest.torch_version = "2.6.0";
    manifest.ostrich_version = "0.1.0";
    manifest.started = "2025-03-01T12:00:00Z";
    return manifest;
}

train::EpochMetrics epoch(std::int64_t number)
{
    return {number, number * 8, 1.0 / 3.0, 0.1 + 0.2, 0.5, 2.0 / 3.0, 1e-3, 12345.678, 0.25, {}};
}

void write(const fs::path &file, const std::string &text)
{
    std::ofstream(file, std::ios::trunc | std::ios::binary) << text;
}

/// What openRun says of a folder whose manifest is `text`.
std::string objection(const fs::path &folder, const std::string &text)
{
    fs::create_directories(folder);
    write(folder / "manifest.json", text);
    const auto run = train::openRun(folder);
    return run ? "" : run.error().what.id;
}

} // namespace

class RunTest : public QObject {
    Q_OBJECT

private slots:
    void manifestComesBack()
    {
        QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        train::Manifest one = manifest();
        for (const graph::Shape &shape :
             {graph::Shape::vector(2), graph::Shape::maps(3, 32, 16),
              graph::Shape{{{graph::Axis::N, {}}, {graph::Axis::T, {}}, {graph::Axis::F, 5}}}}) {
            one.facts.input = shape;
            QVERIFY(static_cast<bool>(train::saveManifest(one, folder)));
            auto run = train::openRun(folder);
            QVERIFY(static_cast<bool>(run));
            // The file sorts the network's wires; nothing else differs.
            std::ranges::sort(one.project.network.wires);
            std::ranges::sort(run->manifest.project.network.wires);
            QVERIFY(run->manifest == one);
            QVERIFY(run->epochs.empty());
            one.summary = train::Summary{
                .run = "x", .epochs = 3, .best_epoch = 2, .stopped_by = "time", .figures = {}};
        }
    }

    void metricsComeBackToTheBit()
    {
        QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        QVERIFY(static_cast<bool>(train::saveManifest(manifest(), folder)));
        for (int i = 1; i <= 3; ++i)
            QVERIFY(static_cast<bool>(train::appendMetrics(epoch(i), folder)));
        auto run = train::openRun(folder);
        QVERIFY(static_cast<bool>(run));
        QVERIFY(run->epochs == std::vector({epoch(1), epoch(2), epoch(3)}));

        std::ofstream(folder / "metrics.jsonl", std::ios::app) << "{\"event\":\"epoch\",\"epo";
        run = train::openRun(folder);
        QVERIFY(run && run->epochs.size() == 3); // the crash's half line is nobody's

        QVERIFY(static_cast<bool>(train::rewriteMetrics(std::vector{epoch(1)}, folder)));
        QVERIFY(train::openRun(folder)->epochs == std::vector{epoch(1)});
    }

    void aBrokenLineOfMetricsIsNamed()
    {
        QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        QVERIFY(static_cast<bool>(train::saveManifest(manifest(), folder)));
        write(folder / "metrics.jsonl",
              train::toJson(epoch(1)).dump() + "\n{\"event\":\"epoch\"}\n");
        const auto run = train::openRun(folder);
        QVERIFY(!run);
        QVERIFY(QString::fromStdString(run.error().where).endsWith("metrics.jsonl:2"));
        QCOMPARE(run.error().what.id, std::string("train.field_missing"));
    }

    void notANumberIsNull()
    {
        train::Summary summary;
        summary.test_loss = std::numeric_limits<double>::quiet_NaN();
        const auto text = train::toJson(summary).dump();
        const auto back = train::summaryFromJson(nlohmann::json::parse(text));
        QVERIFY(back && std::isnan(back->test_loss));
    }

    void foreignFoldersAreRefused()
    {
        QTemporaryDir home;
        const fs::path base = home.path().toStdString();
        QCOMPARE(train::openRun(base / "none").error().what.id, std::string("base.file_missing"));
        fs::create_directories(base / "empty");
        QCOMPARE(train::openRun(base / "empty").error().what.id, std::string("train.not_a_run"));
        write(base / "file", "x");
        QCOMPARE(train::openRun(base / "file").error().what.id, std::string("train.not_a_run"));
    }

    void brokenManifestsAreRefused()
    {
        QTemporaryDir home;
        const fs::path folder = home.filePath("run").toStdString();
        const nlohmann::json whole = train::toJson(manifest());
        QCOMPARE(objection(folder, whole.dump()), std::string());
        QCOMPARE(objection(folder, ""), std::string("base.json_empty"));
        QCOMPARE(objection(folder, whole.dump().substr(0, 200)), std::string("base.json_cut_off"));
        QCOMPARE(objection(folder, "[]"), std::string("train.not_a_run"));
        QCOMPARE(objection(folder, "{}"), std::string("train.not_a_run"));
        QCOMPARE(objection(folder, "{\"format\":\"ostrich\",\"version\":1}"),
                 std::string("train.not_a_run"));
        auto newer = whole;
        newer["version"] = 99;
        QCOMPARE(objection(folder, newer.dump()), std::string("train.run_newer"));
        // Any field, missing or of another type, is an error and never a crash.
        for (const auto &[name, value] : whole.items()) {
            if (name == "summary") continue;
            auto without = whole;
            without.erase(name);
            QVERIFY2(!objection(folder, without.dump()).empty(), name.c_str());
            for (const nlohmann::json &wrong :
                 {nlohmann::json(nullptr), nlohmann::json(true), nlohmann::json("zz"),
                  nlohmann::json::array({1, "x", nullptr}), nlohmann::json{{"a", 1}}}) {
                if (wrong.is_string() && value.is_string())
                    continue; // any text will do for a device
                if (wrong.is_boolean() && value.is_number()) continue; // true is read as 1
                auto changed = whole;
                changed[name] = wrong;
                QVERIFY2(!objection(folder, changed.dump()).empty(), name.c_str());
            }
        }
        auto badAxis = whole;
        badAxis["facts"]["input"][0]["axis"] = "Q";
        QCOMPARE(objection(folder, badAxis.dump()), std::string("train.manifest_broken"));
    }

    void foldersAreNumbered()
    {
        QTemporaryDir home;
        const fs::path runs = home.filePath("net.runs").toStdString();
        QCOMPARE(train::newRunFolder(runs)->filename().string(), std::string("001"));
        QCOMPARE(train::newRunFolder(runs)->filename().string(), std::string("002"));
        write(runs / "003", "a file in the way");
        QCOMPARE(train::newRunFolder(runs)->filename().string(), std::string("004"));
        QVERIFY(!train::newRunFolder("/proc/none.runs"));
    }

    void noNumberIsGivenTwice()
    {
        QTemporaryDir home;
        const fs::path runs = home.filePath("net.runs").toStdString();
        std::vector<fs::path> folders(40);
        {
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < 4; ++t) {
                threads.emplace_back([&folders, &runs, t] {
                    for (std::size_t i = t; i < folders.size(); i += 4) {
                        if (const auto made = train::newRunFolder(runs)) folders[i] = *made;
                    }
                });
            }
        }
        std::ranges::sort(folders);
        QVERIFY(!folders.front().empty());
        QVERIFY(std::ranges::adjacent_find(folders) == folders.end());
    }

    void runsAreListedOldestFirst()
    {
        QTemporaryDir home;
        const fs::path runs = home.path().toStdString();
        train::Manifest one = manifest();
        const char *started[] = {"2025-03-02T00:00:00Z", "2025-03-01T00:00:00Z",
                                 "2025-03-02T00:00:00Z"};
        for (const char *time : started) {
            one.started = time;
            QVERIFY(static_cast<bool>(train::saveManifest(one, *train::newRunFolder(runs))));
        }
        fs::create_directories(runs / "000");
        write(runs / "notes.txt", "no run");
        std::vector<std::string> names;
        for (const auto &run : train::listRuns(runs))
            names.push_back(run.folder.filename().string());
        QVERIFY(names == std::vector<std::string>({"002", "001", "003"}));
        QVERIFY(train::listRuns(runs / "none").empty());
    }

    void weightsAreMissingOrForeign()
    {
        QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        train::Run run{folder, manifest(), {}};
        QCOMPARE(train::loadModel(run).error().what.id, std::string("train.no_weights"));
        write(folder / "best.safetensors", "rubbish");
        const auto rubbish = train::loadModel(run);
        QVERIFY(!rubbish);
        QVERIFY(rubbish.error().where.find("best.safetensors") != std::string::npos);
        const auto other =
            engine::compile(small::perceptron(5),
                            {.facts = run.manifest.facts, .statistics = run.manifest.statistics});
        QVERIFY(other
                && engine::saveWeights(engine::snapshotOf(*other),
                                       (folder / "best.safetensors").string()));
        const auto foreign = train::loadModel(run);
        QVERIFY(!foreign);
        QVERIFY(foreign.error().where.find("best.safetensors") != std::string::npos);
    }

    void dataAreLoadedAndChecked()
    {
        train::Run run{"/nowhere", manifest(), {}};
        run.manifest.project.data = "spirals";
        const auto dataset = data::load("spirals", run.manifest.project.recipe.seed);
        QVERIFY(static_cast<bool>(dataset));
        run.manifest.data_checksum = (*dataset)->checksum;
        QVERIFY(static_cast<bool>(train::loadData(run)));
        run.manifest.data_checksum += 1;
        QCOMPARE(train::loadData(run).error().what.id, std::string("train.data_changed"));
    }
};

QTEST_GUILESS_MAIN(RunTest)
#include "run_test.moc"
