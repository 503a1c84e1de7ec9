// Comparisons trained in the background: what they leave in the project, and what ends them.
#include "model/compare_model.hpp"

#include "base/file.hpp"
#include "own_home.hpp"
#include "small_training.hpp"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <fstream>

using namespace ostrich;
using namespace ostrich::ui;

namespace fs = std::filesystem;

class CompareModelTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_session = std::make_unique<Session>(); }
    void cleanup()
    {
        m_session.reset();
        QVERIFY2(leftInCache() == 0, "a comparison cleans up behind itself");
    }

    void fourReadersLearnTheSameTaskAtEqualParameters()
    {
        load(recall(1));
        const project::Project before = project().project();
        QVERIFY(ready());
        compare().compareReaders(1);
        QVERIFY(compare().training() && compare().shown());
        QVERIFY(waitForEnd());
        QCOMPARE(compare().runs().size(), std::size_t{4});
        QCOMPARE(compare().ticked().size(), std::size_t{4});
        const auto own = static_cast<double>(project().analysis().parameters);
        for (const train::Run &run : compare().runs()) {
            QVERIFY(run.manifest.summary);
            const auto size = static_cast<double>(run.manifest.summary->parameters);
            QVERIFY2(std::abs(size / own - 1.0) < 0.1, qPrintable(QString::number(size / own)));
            QCOMPARE(run.manifest.project.data, project().dataSource());
            QCOMPARE(run.folder.parent_path(), project().runsFolder());
        }
        QCOMPARE(train::listRuns(project().runsFolder()).size(), std::size_t{4});
        QVERIFY2(m_session->run.runs().size() == 4, "the other places see them too");
        QVERIFY2(project().isModified(), "whoever leaves is asked");
        QVERIFY(project().project() == before);
    }

    void whatIsTrainedIsNotTrainedAgain()
    {
        load(recall(1));
        QVERIFY(ready());
        compare().compareReaders(1);
        QVERIFY(waitForEnd());
        compare().close();
        QVERIFY(compare().ticked().empty());
        QSignalSpy said(&compare(), &CompareModel::statusMessage);
        compare().compareReaders(1);
        QVERIFY(!compare().training());
        QCOMPARE(said.count(), 1);
        QCOMPARE(compare().ticked().size(), std::size_t{4});
        compare().compareReaders(2);
        QVERIFY(waitForEnd());
        QCOMPARE(compare().runs().size(), std::size_t{8});
    }

    void moreSeedsAreThoseThatAreMissing()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        compare().addSeeds(2);
        QVERIFY(waitForEnd());
        std::vector<std::uint64_t> seeds;
        for (const train::Run &run : compare().ticked())
            seeds.push_back(run.manifest.project.recipe.seed);
        std::ranges::sort(seeds);
        QCOMPARE(seeds, (std::vector<std::uint64_t>{1, 2, 3}));
        QCOMPARE(train::groupRuns(compare().ticked()).size(), std::size_t{1});
        QCOMPARE(project().project().recipe.seed, std::uint64_t{1});
    }

    void cancellingKeepsWhatHasEndedAndNoHalfRun()
    {
        load(recall(200));
        QVERIFY(ready());
        compare().compareReaders(2);
        QTRY_VERIFY_WITH_TIMEOUT(compare().live() && !compare().live()->epochs.empty(),
                                 small::kPatience);
        QVERIFY(compare().progressText().contains(QLatin1String("1 of 8")));
        QSignalSpy grew(&compare(), &CompareModel::liveGrew);
        QSignalSpy changed(&compare(), &CompareModel::changed);
        QTRY_VERIFY_WITH_TIMEOUT(grew.count() > 2, small::kPatience);
        QVERIFY2(changed.count() == 0, "epochs change neither runs nor ticks");
        compare().cancel();
        QVERIFY(compare().cancelling());
        QVERIFY(waitForEnd());
        QVERIFY(!compare().live() && compare().progressText().isEmpty());
        QVERIFY(compare().runs().empty() && foldersIn(project().runsFolder()) == 0);
        QVERIFY(compare().canCompareReaders());
    }

    void aRunThatCannotBeKeptIsTold()
    {
        train::Entry entry{"Points", small::spirals(1)};
        fs::path inTheWay;
        int ended = 0;
        QStringList told;
        const CompareListener listener{
            .epoch =
                [&](const train::Run &at, const train::EpochMetrics &) {
                    inTheWay = at.folder.parent_path().parent_path() / "1";
                    std::ofstream(inTheWay) << "no folder";
                },
            .progress = [](double, std::size_t, const QString &) {},
            .ended = [&](const fs::path &, std::shared_ptr<QTemporaryDir>) { ++ended; },
            .failed = [&](const QString &text) { told << text; }};
        QVERIFY(trainBatches({{7, {entry}}}, "cpu", listener, {}).isEmpty());
        QVERIFY(!inTheWay.empty() && ended == 0);
        QCOMPARE(told.size(), 1);
        QVERIFY(told.front().contains(QLatin1String("Points, seed 7")));
    }

    void playGoesFirst()
    {
        load(recall(200));
        QVERIFY(ready());
        compare().compareReaders(1);
        QTRY_VERIFY_WITH_TIMEOUT(compare().live().has_value(), small::kPatience);
        QSignalSpy said(&compare(), &CompareModel::statusMessage);
        m_session->run.play();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->run.running(), small::kPatience);
        QVERIFY(waitForEnd());
        QVERIFY(said.count() >= 1);
        QVERIFY(m_session->run.running());
        QString reason;
        QVERIFY(!compare().canCompareReaders(&reason) && !reason.isEmpty());
        reason.clear();
        QVERIFY(!compare().canAddSeeds(&reason) && !reason.isEmpty());
    }

    void whatIsNoSequenceIsRefusedWithAReason()
    {
        load(small::spirals(2));
        QString reason;
        QTRY_VERIFY_WITH_TIMEOUT(!compare().canCompareReaders(&reason)
                                     && reason != CompareModel::tr("The data are being prepared."),
                                 small::kPatience);
        QVERIFY(!reason.isEmpty());
        QVERIFY(compare().canAddSeeds());
    }

    void aRunOfAnotherNetworkOpensAsAnyOther()
    {
        load(recall(1));
        QVERIFY(ready());
        compare().compareReaders(1);
        QVERIFY(waitForEnd());
        const project::Project before = project().project();
        for (const train::Run &run : compare().runs()) {
            m_session->run.openRun(run.folder);
            QVERIFY(small::waitForModel(*m_session));
            QVERIFY(*m_session->run.runProject() == run.manifest.project);
            QVERIFY(project().project() == before);
        }
        QCOMPARE(m_session->run.runs().size(), std::size_t{4});
        QCOMPARE(compare().runs().size(), std::size_t{4});
    }

    void theFirstSaveTakesRunsAndTicksAlong()
    {
        load(recall(1));
        QVERIFY(ready());
        compare().compareReaders(1);
        QVERIFY(waitForEnd());
        compare().setTicked(compare().runs().front().folder, false);
        QTemporaryDir folder;
        QVERIFY(project().save(folder.filePath(QStringLiteral("net.ostrich"))));
        QCOMPARE(compare().runs().size(), std::size_t{4});
        for (const train::Run &run : compare().runs())
            QCOMPARE(run.folder.parent_path(), project().runsFolder());
        QCOMPARE(compare().ticked().size(), std::size_t{3});
        m_session.reset(); // before its folder goes
    }

    void aSaveInTheMiddleOfItLosesNothing()
    {
        load(recall(1));
        QVERIFY(ready());
        compare().compareReaders(1);
        QTRY_VERIFY_WITH_TIMEOUT(!compare().runs().empty(), small::kPatience);
        QTemporaryDir folder;
        QVERIFY(project().save(folder.filePath(QStringLiteral("net.ostrich"))));
        QVERIFY(waitForEnd());
        QCOMPARE(train::listRuns(project().runsFolder()).size(), std::size_t{4});
        QCOMPARE(compare().ticked().size(), std::size_t{4});
        m_session.reset();
    }

    void anotherDocumentEndsIt()
    {
        load(recall(200));
        QVERIFY(ready());
        compare().compareReaders(1);
        QTRY_VERIFY_WITH_TIMEOUT(compare().live().has_value(), small::kPatience);
        project().setProject(small::spirals(2), {});
        QVERIFY(!compare().shown() && !compare().live());
        QVERIFY(waitForEnd());
        QVERIFY(compare().runs().empty());
        QCOMPARE(foldersIn(project().runsFolder()), std::size_t{0});
    }

    void theWindowClosesInTheMiddleOfIt()
    {
        load(recall(200));
        QVERIFY(ready());
        compare().compareReaders(1);
        QTRY_VERIFY_WITH_TIMEOUT(compare().live().has_value(), small::kPatience);
        m_session.reset();
    }

private:
    CompareModel &compare() { return m_session->compare; }
    ProjectModel &project() { return m_session->project; }

    static project::Project recall(std::int64_t epochs)
    {
        return small::project("lstm", "recall?count=200&lag=5", epochs);
    }
    void load(project::Project wanted)
    {
        project().setProject(std::move(wanted), {});
        QVERIFY(small::waitForData(*m_session));
    }
    bool ready()
    {
        return QTest::qWaitFor([&] { return compare().canCompareReaders(); }, small::kPatience);
    }
    bool waitForEnd()
    {
        return QTest::qWaitFor([&] { return !compare().training(); }, 4 * small::kPatience);
    }
    static std::size_t foldersIn(const fs::path &folder)
    {
        std::error_code none;
        std::size_t count = 0;
        for (const auto &entry : fs::directory_iterator(folder, none))
            count += entry.is_directory();
        return count;
    }
    static std::size_t leftInCache()
    {
        std::size_t count = 0;
        for (const auto &entry : fs::directory_iterator(cacheFolder()))
            count += entry.path().filename().string().starts_with("comparison-");
        return count;
    }

    std::unique_ptr<Session> m_session;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    CompareModelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "compare_model_test.moc"
