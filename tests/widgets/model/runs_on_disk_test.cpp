// Where runs lie: what outlives another document, the first save, the end of the program.
#include "model/run_model.hpp"

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "graph/edit.hpp"
#include "own_home.hpp"
#include "small_training.hpp"
#include "train/imported_run.hpp"

#include <QApplication>
#include <QSignalSpy>

using namespace ostrich;
using namespace ostrich::ui;

namespace fs = std::filesystem;

class RunsOnDiskTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = std::make_unique<Session>();
    }
    void cleanup() { m_session.reset(); }

    void theFirstSaveTakesTheRunsAlong()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        QVERIFY2(project().isModified(), "runs without a file would be lost");
        const fs::path before = run().runFolder();
        QVERIFY(project().save(file()));
        QVERIFY(!fs::exists(before) && !fs::exists(before.parent_path()));
        QCOMPARE(run().runs().size(), std::size_t{1});
        QCOMPARE(run().runs().front().folder, runsFolder() / "001");
        QCOMPARE(run().runFolder(), run().runs().front().folder);
        QVERIFY2(run().model() && run().summary(), "what is seen stays");
    }

    void savingWhileItTrainsDoesNotDisturbTheRun()
    {
        start(small::spirals(2000), 1);
        QSignalSpy failed(&run(), &RunModel::failed);
        QVERIFY(project().save(file()));
        const std::size_t before = run().epochs().size();
        QVERIFY(small::waitForEpochs(*m_session, before + 2));
        run().stop();
        QVERIFY(small::waitForModel(*m_session));
        QVERIFY(failed.isEmpty());
        QTRY_COMPARE(run().runFolder(), runsFolder() / "001");
        QVERIFY(fs::exists(runsFolder() / "001" / "best.safetensors"));
    }

    void savingAndClosingWhileItTrainsKeepsTheRun()
    {
        start(small::spirals(2000), 1);
        QVERIFY(project().save(file()));
        m_session = std::make_unique<Session>();
        QVERIFY(project().open(file()));
        QCOMPARE(run().runs().size(), std::size_t{1});
        QVERIFY(!run().runs().front().manifest.summary);
    }

    void anUnfinishedRunGoesOnWhereItStopped()
    {
        constexpr std::size_t kEpochs = 300; // so many that it does not end before it is closed
        project().setProject(small::spirals(kEpochs), {});
        QVERIFY(project().save(file()));
        QVERIFY(small::waitForData(*m_session));
        run().play();
        QVERIFY(small::waitForEpochs(*m_session, 3));
        m_session = std::make_unique<Session>();
        QVERIFY(project().open(file()));
        QVERIFY(small::waitForData(*m_session));
        QCOMPARE(run().runs().size(), std::size_t{1});
        run().openRun(run().runs().front().folder);
        QCOMPARE(run().state(), train::State::Paused);
        QVERIFY(run().goesOn() && run().canStop());
        const std::size_t before = run().epochs().size();
        QVERIFY(before >= 3 && before < kEpochs);
        run().play();
        QVERIFY(small::waitForModel(*m_session));
        QCOMPARE(run().epochs().size(), kEpochs);
        for (std::size_t i = 0; i < kEpochs; ++i)
            QCOMPARE(run().epochs()[i].epoch, static_cast<std::int64_t>(i + 1));
        QCOMPARE(run().runs().size(), std::size_t{1});
    }

    void aChangedProjectLeavesTheUnfinishedRunInTheList()
    {
        start(small::spirals(2000), 1);
        run().pause();
        QTRY_COMPARE(run().state(), train::State::Paused);
        QVERIFY(run().goesOn());
        project().setRecipeValue("epochs", std::int64_t{3});
        QVERIFY2(!run().goesOn(), "another recipe is another run");
        run().play();
        QVERIFY(small::waitForModel(*m_session));
        QCOMPARE(run().runs().size(), std::size_t{2});
        QVERIFY(train::canResume(run().runs().front()));
        QVERIFY(run().runs().back().manifest.summary.has_value());
    }

    void aChangeWithinAGroupIsAnotherRunAMoveIsNot()
    {
        project::Project folded = small::spirals(2000);
        const auto &kinds = blocks::Registry::instance();
        std::vector<std::string> ids;
        for (const graph::Block &block : folded.network.blocks) ids.push_back(block.id);
        std::string group;
        QVERIFY(
            graph::apply(graph::fold(folded.network, ids, "Body", kinds, &group), folded.network));
        start(folded, 1);
        run().pause();
        QTRY_COMPARE(run().state(), train::State::Paused);
        const auto change = [&](const graph::Edit &within) {
            graph::Network network = project().project().network;
            const auto edit = graph::inGroup(network, {group}, within);
            QVERIFY(edit);
            QVERIFY(project().apply(*edit));
        };
        const graph::Network inside = *project().project().network.find(group)->inside;
        const auto linear = std::ranges::find(inside.blocks, "Linear", &graph::Block::kind);
        QVERIFY(linear != inside.blocks.end());
        change(graph::moveBlocks(inside, {{linear->id, {900, 900}}}));
        QVERIFY(run().goesOn());
        change(graph::setParameter(inside, linear->id, "bias", false));
        QVERIFY(!run().goesOn());
    }

    void playAndStepsWhileItRunsStartNothing()
    {
        start(small::spirals(2000), 1);
        const fs::path folder = run().runFolder();
        project().setRecipeValue("epochs", std::int64_t{3000});
        run().play();
        QVERIFY(run().running());
        QCOMPARE(run().runFolder(), folder);
    }

    void resetAfterTheEndLeavesTheRunOnDisk()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        const fs::path folder = run().runFolder();
        run().reset();
        QCOMPARE(run().state(), train::State::Ready);
        QVERIFY(run().epochs().empty() && !run().model());
        QVERIFY(fs::exists(folder / "best.safetensors"));
        run().openRun(folder);
        QVERIFY(small::waitForModel(*m_session));
        QCOMPARE(run().epochs().size(), std::size_t{2});
    }

    void theNextUntitledProjectHasNoneOfTheFormersRuns()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        const fs::path former = run().runFolder();
        project().setProject(small::spirals(2), {});
        QVERIFY(run().runs().empty());
        QVERIFY2(!fs::exists(former), "it was discarded with its project");
    }

    void recoveredWorkHasItsRuns()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        // What a killed program leaves behind: copied, since this one lives and will tidy up.
        const fs::path data = dataFolder();
        const fs::path run1 = run().runFolder();
        const std::string id = run1.parent_path().stem().string();
        fs::copy(data / "autosave" / (id + ".ostrich"), data / "autosave" / "dead.ostrich");
        fs::copy(data / "autosave" / (id + ".ostrich.origin"),
                 data / "autosave" / "dead.ostrich.origin");
        fs::copy(run1.parent_path(), data / "unsaved" / "dead.runs", fs::copy_options::recursive);
        m_session = std::make_unique<Session>();
        const QString left = QString::fromStdString((data / "autosave" / "dead.ostrich").string());
        QVERIFY(project().recover(left));
        QVERIFY(project().isModified());
        QCOMPARE(run().runs().size(), std::size_t{1});
        project().discardAutosave();
        run().discardUnsavedRuns();
        QVERIFY(!fs::exists(data / "unsaved" / "dead.runs"));
        QVERIFY(!QFile::exists(left));
    }

    void importedWeightsAreShownWithoutBeingAskedFor()
    {
        const project::Project spirals = small::spirals(3);
        QVERIFY(bool(project::saveProject(spirals, file().toStdString())));
        const train::Manifest manifest = manifestOf(spirals);
        QVERIFY(
            bool(train::importRun(manifest, {"x", weightsOf(spirals), {}}, runsFolder() / "001")));
        QVERIFY(project().open(file()));
        QVERIFY(small::waitForModel(*m_session));
        QCOMPARE(run().runFolder(), runsFolder() / "001");
        QCOMPARE(run().summary()->stopped_by, std::string("imported"));
        QVERIFY(run().sameData() && run().epochs().empty());
        QVERIFY(run().statistics() == manifest.statistics);

        // They belong to no data: other samples of the same classes are measured in their turn.
        const auto before = run().evaluation(data::Split::Test)->loss;
        project().setData("spirals?noise=0.5");
        QVERIFY(!run().sameData());
        QTRY_VERIFY_WITH_TIMEOUT(run().sameData() && run().evaluation(data::Split::Test),
                                 small::kPatience);
        QVERIFY(run().evaluation(data::Split::Test)->loss != before);
        project().setData("blobs?classes=5");
        QVERIFY(small::waitForData(*m_session));
        QVERIFY2(!run().sameData(), "other classes are another question");
    }

    void aTemplatesWeightsBecomeARun()
    {
        const project::Project spirals = small::spirals(3);
        const fs::path weights = project::weightsFolder() / "small.safetensors";
        fs::create_directories(weights.parent_path());
        QVERIFY(bool(engine::saveWeights(weightsOf(spirals), weights.string())));
        project::PublishedWeights published;
        published.file = "small.safetensors";
        published.sha256 = *sha256OfFile(weights);
        published.statistics = manifestOf(spirals).statistics;

        project().setProject(spirals, {});
        run().importWeights(published);
        QVERIFY(small::waitForModel(*m_session));
        QCOMPARE(run().summary()->stopped_by, std::string("imported"));
        QCOMPARE(run().runs().size(), std::size_t{1});
        QVERIFY2(!project().isModified(), "they can be had again");
        QVERIFY(project().save(file()));
        QCOMPARE(run().runFolder(), runsFolder() / "001");

        project().setProject(spirals, {});
        published.file = "nowhere.safetensors";
        QSignalSpy failed(&run(), &RunModel::failed);
        run().importWeights(published);
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(failed.front().front().toString().contains(QLatin1String("bash app/run")));
        QVERIFY(run().runs().empty() && !run().model());
    }

private:
    static train::Manifest manifestOf(const project::Project &project)
    {
        train::Manifest manifest;
        manifest.project = project;
        manifest.facts = *data::factsOf(project.data);
        manifest.statistics = {{0.1F, 0.2F}, {0.9F, 1.1F}};
        return manifest;
    }
    /// Of another seed than the project's.
    static engine::SnapshotHandle weightsOf(const project::Project &project)
    {
        const auto model = engine::compile(
            project.network, {.facts = *data::factsOf(project.data), .statistics = {}, .seed = 99});
        return engine::snapshotOf(*model);
    }
    RunModel &run() { return m_session->run; }
    ProjectModel &project() { return m_session->project; }
    QString file() const { return m_folder->filePath(QStringLiteral("net.ostrich")); }
    fs::path runsFolder() const { return fs::path(m_folder->path().toStdString()) / "net.runs"; }
    void start(project::Project wanted, std::size_t epochs)
    {
        project().setProject(std::move(wanted), {});
        QVERIFY(small::waitForData(*m_session));
        run().play();
        QVERIFY(small::waitForEpochs(*m_session, epochs));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    RunsOnDiskTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "runs_on_disk_test.moc"
