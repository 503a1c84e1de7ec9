// The transport without its buttons: when it may play, what a run goes through, what outlives it.
#include "model/run_model.hpp"

#include "own_home.hpp"
#include "small_training.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QSignalSpy>

#include <fstream>

using namespace ostrich;
using namespace ostrich::ui;

class RunModelTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_session = std::make_unique<Session>(); }
    void cleanup() { m_session.reset(); }

    void itTellsWhyItCannotPlay()
    {
        QVERIFY(!run().canPlay());
        project().setProject(small::spirals(2), {});
        QVERIFY2(reason().contains(QLatin1String("data")), qPrintable(reason()));
        QVERIFY(small::waitForData(*m_session));
        QCOMPARE(reason(), QString());
        project().setData("images:/no/such/folder");
        QVERIFY2(reason().contains(QLatin1String("/no/such/folder")), qPrintable(reason()));
        project().undoStack()->undo();
        QVERIFY(small::waitForData(*m_session));
        QVERIFY(project().apply(
            graph::removeWires(project().network(), {project().network().wires.front()})));
        QCOMPARE(reason(), sentence(project().analysis().problems.front().message));
    }

    void playingAllTheSameSaysTheReason()
    {
        project().setProject(small::spirals(2), {});
        QVERIFY(small::waitForData(*m_session));
        project().setData("images:/no/such/folder");
        QSignalSpy failed(&run(), &RunModel::failed);
        run().play();
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed.front().front().toString(), reason());
        QCOMPARE(run().state(), train::State::Ready);
        QVERIFY(!run().runProject());
    }

    void aRunGoesFromPlayToItsFigures()
    {
        QSignalSpy epochs(&run(), &RunModel::epochDone), finished(&run(), &RunModel::finished),
            evaluated(&run(), &RunModel::evaluated), snapshots(&run(), &RunModel::snapshotChanged);
        load(small::spirals(3));
        run().play();
        QVERIFY(small::waitForModel(*m_session));
        QCOMPARE(run().epochs().size(), std::size_t{3});
        QVERIFY(epochs.count() >= 3);
        QCOMPARE(finished.count(), 1);
        QCOMPARE(evaluated.count(), 1);
        QVERIFY(snapshots.count() > 1);
        QCOMPARE(run().state(), train::State::Finished);
        QCOMPARE(run().summary()->stopped_by, std::string("epochs"));
        QCOMPARE(run().summary()->best_epoch, run().bestEpoch());
        const auto &test = run().evaluation(data::Split::Test);
        QCOMPARE(static_cast<std::int64_t>(test->answers.size()),
                 m_session->data.dataset()->split(data::Split::Test).count());
        QCOMPARE(test->accuracy, run().summary()->test_accuracy);
        QCOMPARE(run().runs().size(), std::size_t{1});
        QVERIFY(run().runProject() && *run().runProject() == project().project());
    }

    void pauseKeepsTheRunAndPlayGoesOnWithIt()
    {
        load(small::spirals(100'000));
        run().play();
        QVERIFY(small::waitForEpochs(*m_session, 2));
        run().pause();
        QTRY_COMPARE(run().state(), train::State::Paused);
        const std::size_t before = run().epochs().size();
        run().play();
        QTRY_VERIFY(run().running());
        QVERIFY(small::waitForEpochs(*m_session, before + 2));
        for (std::size_t i = 0; i < run().epochs().size(); ++i)
            QCOMPARE(run().epochs()[i].epoch, static_cast<std::int64_t>(i + 1));
        run().stop();
        QVERIFY(small::waitForModel(*m_session));
        QCOMPARE(run().summary()->stopped_by, std::string("user"));
        QCOMPARE(run().runs().size(), std::size_t{1});
    }

    void aStepIsOneBatchOrOneEpoch()
    {
        load(small::spirals(20));
        run().stepBatch();
        QTRY_VERIFY(run().step() && run().state() == train::State::Paused);
        QCOMPARE(run().step()->step, std::int64_t{1});
        QVERIFY(run().epochs().empty());
        run().stepEpoch();
        QTRY_VERIFY(run().epochs().size() == 1 && run().state() == train::State::Paused);
        QCOMPARE(run().epochs().back().step, run().step()->stepsPerEpoch);
    }

    void resetGoesBackToTheSameWeights()
    {
        load(small::spirals(20));
        run().stepEpoch();
        QVERIFY(small::waitForEpochs(*m_session, 1));
        QTRY_COMPARE(run().state(), train::State::Paused);
        const train::EpochMetrics first = run().epochs().front();
        run().reset();
        QVERIFY(run().epochs().empty());
        run().stepEpoch();
        QVERIFY(small::waitForEpochs(*m_session, 1));
        QCOMPARE(run().epochs().front().train_loss, first.train_loss);
        QCOMPARE(run().epochs().front().val_accuracy, first.val_accuracy);
    }

    void resetWhileItRunsForgetsWhatComesLate()
    {
        load(small::spirals(100'000));
        run().play();
        QVERIFY(small::waitForEpochs(*m_session, 3));
        run().reset();
        QTRY_COMPARE(run().state(), train::State::Ready);
        QVERIFY(run().epochs().empty() && !run().step());
        run().play();
        QVERIFY(small::waitForEpochs(*m_session, 1));
        QCOMPARE(run().epochs().front().epoch, std::int64_t{1});
    }

    void resetAfterTheEndTakesTheModelAway()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        const auto trained = run().snapshot();
        run().reset();
        QTRY_COMPARE(run().state(), train::State::Ready);
        QTRY_VERIFY(run().snapshot() != trained);
        QVERIFY(!run().summary() && !run().model());
        QVERIFY2(run().runs().size() == 1, "it stays in the list");
    }

    void movingABlockIsNoNewRun()
    {
        load(small::spirals(100'000));
        run().stepEpoch();
        QVERIFY(small::waitForEpochs(*m_session, 1));
        QTRY_COMPARE(run().state(), train::State::Paused);
        QVERIFY(project().apply(
            graph::moveBlocks(project().network(), {{"linear_1", {800.0, 800.0}}})));
        run().stepEpoch();
        QVERIFY(small::waitForEpochs(*m_session, 2));
        QVERIFY(run().sameData());
    }

    void anotherDocumentHasNoRun()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        project().setProject(small::spirals(2), QStringLiteral("/no/such/folder/other.ostrich"));
        QCOMPARE(run().state(), train::State::Ready);
        QVERIFY(run().epochs().empty() && !run().summary() && !run().model());
        QVERIFY(!run().snapshot() && !run().runProject());
        QVERIFY2(run().runs().empty(), "they belong to the other file");
    }

    void otherDataMakeItsAnswersForeign()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        QVERIFY(run().sameData());
        project().setRecipeValue("seed", std::int64_t{7}); // other splits
        QVERIFY(!run().sameData());
        QVERIFY2(run().summary(), "its figures stay");
    }

    void aRunThatCannotBeReadLeavesTheOneAtHand()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        const QTemporaryDir folder;
        const std::filesystem::path broken = folder.path().toStdString();
        std::ofstream(broken / "manifest.json") << "{";
        QSignalSpy said(&run(), &RunModel::statusMessage);
        run().openRun(broken);
        QCOMPARE(said.count(), 1);
        QVERIFY(said.front().at(1).toBool());
        QVERIFY(run().summary() && run().model());
    }

private:
    RunModel &run() { return m_session->run; }
    ProjectModel &project() { return m_session->project; }
    QString reason()
    {
        QString reason;
        run().canPlay(&reason);
        return reason;
    }
    void load(project::Project wanted)
    {
        project().setProject(std::move(wanted), {});
        QVERIFY(small::waitForData(*m_session));
    }

    std::unique_ptr<Session> m_session;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    RunModelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "run_model_test.moc"
