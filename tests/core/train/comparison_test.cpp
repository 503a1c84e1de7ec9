// Several networks and seeds: what is trained, what is told of it, and the statistics.
#include "train/comparison.hpp"

#include "base/random.hpp"
#include "small_setups.hpp"

#include <QTemporaryDir>
#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace ostrich;
using train::Outcome;

namespace {

train::Plan plan(const std::filesystem::path &runsFolder = {})
{
    project::Project project = small::setup().project;
    project.data = "moons?count=200";
    project.recipe.epochs = 2;
    train::Plan plan{.device = "cpu", .runsFolder = runsFolder};
    plan.entries = {{"narrow", project}, {"wide", project}};
    plan.entries[0].project.network = small::perceptron(4);
    plan.seeds = {3, 8};
    return plan;
}

std::vector<Outcome> compared(const train::Plan &plan, const train::Watcher &watcher = {},
                              std::stop_token stop = {})
{
    auto outcomes = train::compare(plan, watcher, std::move(stop));
    if (!outcomes) qFatal("%s", sentence(outcomes.error(), Language::English).c_str());
    return *outcomes;
}

/// All of it but times and folders.
std::vector<double> figures(const Outcome &outcome)
{
    const train::Summary &summary = outcome.summary;
    std::vector<double> all{summary.train_loss,     summary.val_loss,     summary.test_loss,
                            summary.train_accuracy, summary.val_accuracy, summary.test_accuracy};
    for (const train::EpochMetrics &epoch : outcome.epochs) {
        const auto more = small::figures(epoch);
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

Outcome outcomeWith(double accuracy, const std::string &stoppedBy = "epochs")
{
    Outcome outcome;
    outcome.summary.test_accuracy = accuracy;
    outcome.summary.stopped_by = stoppedBy;
    outcome.parameters = 42;
    outcome.seconds_per_epoch = 2.0;
    return outcome;
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT

private slots:
    void everyEntryIsTrainedWithEverySeed()
    {
        std::vector<double> fractions;
        std::size_t told = 0;
        const train::Watcher watcher{.event =
                                         [&](const train::Running &running, const train::Event &) {
                                             QCOMPARE(running.count, std::size_t{4});
                                             fractions.push_back(running.fraction);
                                         },
                                     .outcome = [&](const Outcome &) { ++told; }};
        const auto outcomes = compared(plan(), watcher);
        QCOMPARE(outcomes.size(), std::size_t{4});
        QCOMPARE(told, std::size_t{4});
        QVERIFY(std::ranges::is_sorted(fractions));
        QCOMPARE(fractions.back(), 1.0);
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(outcomes[i].entry, i % 2); // seed by seed
            QCOMPARE(outcomes[i].seed, std::uint64_t{i < 2 ? 3U : 8U});
            QCOMPARE(outcomes[i].summary.stopped_by, std::string("epochs"));
            QCOMPARE(outcomes[i].epochs.size(), std::size_t{2});
            QVERIFY(outcomes[i].seconds_per_epoch > 0.0);
            QVERIFY(outcomes[i].folder.empty());
        }
        QCOMPARE(outcomes[0].parameters, std::int64_t{2 * 4 + 4 + 4 * 2 + 2});
        QVERIFY(figures(outcomes[0]) != figures(outcomes[2]));
    }

    void theSamePlanGivesTheSameFiguresBitForBit()
    {
        const auto first = compared(plan()), second = compared(plan());
        QCOMPARE(first.size(), second.size());
        for (std::size_t i = 0; i < first.size(); ++i)
            QVERIFY(figures(first[i]) == figures(second[i]));
    }

    void runsAreOrdinaryFoldersAndGroupBySeed()
    {
        const QTemporaryDir folder;
        const auto outcomes = compared(plan(folder.path().toStdString()));
        auto runs = train::listRuns(folder.path().toStdString());
        std::ranges::sort(runs, {}, &train::Run::folder);
        QCOMPARE(runs.size(), std::size_t{4});
        for (std::size_t i = 0; i < 4; ++i) {
            const auto again = train::outcomeOf(runs[i]);
            QVERIFY(again);
            QCOMPARE(again->folder, outcomes[i].folder);
            QCOMPARE(again->seed, outcomes[i].seed);
            QCOMPARE(again->parameters, outcomes[i].parameters);
            QVERIFY(figures(*again) == figures(outcomes[i]));
            QVERIFY(near(again->seconds_per_epoch, outcomes[i].seconds_per_epoch, 1e-9));
        }
        const std::vector<std::vector<std::size_t>> wanted{{0, 2}, {1, 3}};
        QVERIFY(train::groupRuns(runs) == wanted);
    }

    void whereBlocksStandMakesNoOtherGroup()
    {
        std::vector<train::Run> runs(4);
        for (train::Run &run : runs) run.manifest.project = plan().entries[0].project;
        runs[1].manifest.project.network.blocks[0].position = {40.0, 2.0};
        runs[1].manifest.project.recipe.seed = 12;
        runs[1].manifest.project.notes = "again";
        runs[1].manifest.data_checksum = 5; // generated data follow the seed
        runs[2].manifest.project.recipe.learning_rate = 0.5;
        runs[3].manifest.project.data = "spirals";
        const std::vector<std::vector<std::size_t>> wanted{{0, 1}, {2}, {3}};
        QVERIFY(train::groupRuns(runs) == wanted);
        QVERIFY(!train::outcomeOf(runs[0])); // it has not ended
    }

    void aStopEndsTheTrainingAtHandAndBeginsNoOther()
    {
        std::stop_source stop;
        train::Plan endless = plan();
        for (train::Entry &entry : endless.entries) {
            entry.project.recipe.epochs = 100000;
            entry.project.recipe.early_stopping = false;
        }
        const train::Watcher watcher{
            .event = [&](const train::Running &, const train::Event &event) {
                if (std::holds_alternative<train::EpochMetrics>(event)) stop.request_stop();
            }};
        const auto outcomes = compared(endless, watcher, stop.get_token());
        QCOMPARE(outcomes.size(), std::size_t{1});
        QCOMPARE(outcomes[0].summary.stopped_by, std::string("user"));
        QCOMPARE(train::standingOf(outcomes).left_out, std::int64_t{1});
        QVERIFY(compared(endless, {}, stop.get_token()).empty());
    }

    void aTrainingThatBreaksDownIsToldAndTheOthersGoOn()
    {
        train::Plan wild = plan();
        wild.seeds = {3};
        project::Project &first = wild.entries[0].project;
        first.network =
            small::chain({{"input_1", "Input"},
                          {"linear_1", "Linear", {{"out_features", small::Integer{16}}}},
                          {"linear_2", "Linear", {{"out_features", std::string("classes")}}},
                          {"output_1", "Output"}});
        first.recipe.optimizer = "sgd";
        first.recipe.learning_rate = 1e6;
        first.recipe.epochs = 50;
        int failures = 0;
        const auto outcomes =
            compared(wild, {.event = [&](const train::Running &, const train::Event &event) {
                         failures += std::holds_alternative<train::Failed>(event);
                     }});
        QCOMPARE(outcomes.size(), std::size_t{2});
        QCOMPARE(outcomes[0].summary.stopped_by, std::string("error"));
        QCOMPARE(outcomes[1].summary.stopped_by, std::string("epochs"));
        QCOMPARE(failures, 1);
    }

    void aPlanThatCannotWorkIsToldBeforeAnythingIsTrained()
    {
        const QTemporaryDir folder;
        const auto errorOf = [&](train::Plan wrong) {
            wrong.runsFolder = folder.path().toStdString();
            const auto outcomes = train::compare(wrong);
            return outcomes ? std::string() : sentence(outcomes.error(), Language::English);
        };
        train::Plan nothing = plan(), noSeed = plan(), misfit = plan(), noData = plan();
        nothing.entries.clear();
        noSeed.seeds.clear();
        misfit.entries[1].project.data = "glyphs?train=50&validation=20&test=20";
        noData.entries[1].project.data = "nosuch";
        QVERIFY(errorOf(nothing).find("nothing to compare") != std::string::npos);
        QVERIFY(errorOf(noSeed).find("seed") != std::string::npos);
        QVERIFY(errorOf(misfit).find("wide") != std::string::npos);
        QVERIFY(errorOf(noData).find("nosuch") != std::string::npos);
        QVERIFY(train::listRuns(folder.path().toStdString()).empty());
    }

    void theIntervalIsStudents_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<double>("t"); // tables of t(0.975, count - 1)
        QTest::newRow("2") << 2 << 12.7062;
        QTest::newRow("3") << 3 << 4.3027;
        QTest::newRow("4") << 4 << 3.1824;
        QTest::newRow("5") << 5 << 2.7764;
        QTest::newRow("6") << 6 << 2.5706;
        QTest::newRow("10") << 10 << 2.2622;
        QTest::newRow("11") << 11 << 2.2281;
        QTest::newRow("31") << 31 << 2.0423;
        QTest::newRow("121") << 121 << 1.9799;
    }
    void theIntervalIsStudents()
    {
        QFETCH(int, count);
        QFETCH(double, t);
        std::vector<double> values;
        for (int i = 1; i <= count; ++i) values.push_back(i);
        const train::Interval interval = train::interval95(values);
        // Of 1 .. n the mean is (n + 1) / 2 and the variance n (n + 1) / 12.
        const double n = count;
        const double half = t * std::sqrt((n + 1.0) / 12.0);
        QCOMPARE(interval.count, std::int64_t{count});
        QVERIFY(near(interval.mean, (n + 1.0) / 2.0, 1e-12));
        QVERIFY(near(interval.high - interval.mean, half, 5e-5 * half));
        QVERIFY(near(interval.mean - interval.low, half, 5e-5 * half));
    }

    void oneToFiveIsThreeGiveOrTakeOnePointNineSix()
    {
        const auto interval = train::interval95(std::array{1.0, 2.0, 3.0, 4.0, 5.0});
        QVERIFY(near(interval.mean, 3.0, 1e-12) && near(interval.high, 4.9632, 1e-4)
                && near(interval.low, 1.0368, 1e-4));
    }

    void oneValueIsItsOwnIntervalAndNoneIsNoNumber()
    {
        constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(train::interval95(std::array{0.5, kNone})
                == (train::Interval{.mean = 0.5, .low = 0.5, .high = 0.5, .count = 1}));
        const auto none = train::interval95(std::array{kNone});
        QVERIFY(std::isnan(none.mean) && none.count == 0);
    }

    void fiveSeedsCoverTheTrueMeanNineteenTimesInTwenty()
    {
        const std::uint64_t seed = 20261126;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        RandomStream random(seed);
        constexpr int kTrials = 20000;
        int covered = 0;
        for (int trial = 0; trial < kTrials; ++trial) {
            std::array<double, 5> values{};
            for (double &value : values) value = random.normal(0.9, 0.02);
            const auto interval = train::interval95(values);
            covered += interval.low <= 0.9 && 0.9 <= interval.high;
        }
        QVERIFY(near(covered / double{kTrials}, 0.95, 0.007)); // 4.5 standard errors
    }

    void standingsLeaveOutWhatWasCutShort()
    {
        std::vector<Outcome> outcomes{outcomeWith(0.8), outcomeWith(0.9), outcomeWith(0.1, "user"),
                                      outcomeWith(0.1, "error"),
                                      outcomeWith(1.0, "early_stopping")};
        outcomes.back().entry = 1;
        outcomes[0].summary.figures["test_mase"] = 0.5;
        const auto all = train::standings(outcomes, 3);
        QCOMPARE(all.size(), std::size_t{3});
        QCOMPARE(all[0].runs, std::int64_t{2});
        QCOMPARE(all[0].left_out, std::int64_t{2});
        QCOMPARE(all[0].parameters, std::int64_t{42});
        QVERIFY(near(all[0].figures.at("test_accuracy").mean, 0.85, 1e-12));
        QCOMPARE(all[0].figures.at("test_mase").count, std::int64_t{1});
        QCOMPARE(all[0].figures.at("seconds_per_epoch").mean, 2.0);
        QCOMPARE(all[1].figures.at("test_accuracy").mean, 1.0);
        QCOMPARE(all[2].runs, std::int64_t{0});
        QVERIFY(all[2].figures.empty());
    }
};

QTEST_APPLESS_MAIN(ComparisonTest)
#include "comparison_test.moc"
