// The transport's buttons through a real training: which of them are awake, and what the readout
// says.
#include "window/transport.hpp"

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QPushButton>

using namespace ostrich;
using namespace ostrich::ui;

class TransportTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_transport = std::make_unique<Transport>(m_session.get());
        m_transport->resize(800, 51);
        m_transport->show();
        QVERIFY(QTest::qWaitForWindowActive(m_transport.get()));
    }
    void cleanup()
    {
        m_transport.reset();
        m_session.reset();
    }

    void playSleepsUntilTheDataAreThere()
    {
        QVERIFY(!play()->isEnabled());
        m_session->project.setProject(small::spirals(20), {});
        QVERIFY(!play()->isEnabled() && !button("One batch")->isEnabled());
        QVERIFY(says("Preparing the data"));
        QVERIFY(small::waitForData(*m_session));
        QTRY_VERIFY(play()->isEnabled());
        QVERIFY(says("Ready") && says("20"));
        QVERIFY(button("One batch")->isEnabled());
        for (const char *other : {"Pause", "Stop", "initial weights"})
            QVERIFY2(!button(other)->isEnabled(), other);
    }

    void anotherSeedPutsItToSleepForAsLong()
    {
        load(20);
        m_session->project.setRecipeValue("seed", std::int64_t{7});
        QVERIFY(!play()->isEnabled());
        QVERIFY(small::waitForData(*m_session));
        QTRY_VERIFY(play()->isEnabled());
    }

    void aProblemPutsItToSleepAndItsRepairWakesIt()
    {
        load(20);
        ProjectModel &project = m_session->project;
        QVERIFY(project.apply(
            graph::removeWires(project.network(), {project.network().wires.front()})));
        QVERIFY(!play()->isEnabled() && !button("One batch")->isEnabled());
        QVERIFY(says("Not ready"));
        QVERIFY2(says(sentence(project.analysis().problems.front().message)), "and why");
        project.undoStack()->undo();
        QVERIFY(play()->isEnabled() && says("Ready"));
    }

    void playPauseGoOnStop()
    {
        load(100'000);
        QTest::mouseClick(play(), Qt::LeftButton);
        QTRY_VERIFY(m_session->run.running());
        QCOMPARE(play()->accessibleName(), QStringLiteral("Running"));
        QVERIFY(!play()->isEnabled() && !button("One batch")->isEnabled());
        QVERIFY(button("Pause")->isEnabled() && button("Stop")->isEnabled());
        QVERIFY(small::waitForEpochs(*m_session, 1));
        QTRY_VERIFY(says("left")); // the time, and how fast
        QVERIFY(says("samples/s"));

        QTest::mouseClick(button("Pause"), Qt::LeftButton);
        QTRY_COMPARE(m_session->run.state(), train::State::Paused);
        QCOMPARE(play()->accessibleName(), QStringLiteral("Go on"));
        QVERIFY(play()->isEnabled() && button("One batch")->isEnabled());
        QVERIFY(!button("Pause")->isEnabled());
        QTRY_VERIFY(says("paused at step"));
        const std::size_t before = m_session->run.epochs().size();
        QTest::mouseClick(play(), Qt::LeftButton);
        QVERIFY(small::waitForEpochs(*m_session, before + 1));

        QTest::mouseClick(button("Stop"), Qt::LeftButton);
        QVERIFY(small::waitForModel(*m_session));
        QCOMPARE(play()->accessibleName(), QStringLiteral("Play"));
        QVERIFY(play()->isEnabled() && !button("Stop")->isEnabled());
        QVERIFY(says("took"));
        QVERIFY(says(QStringLiteral("Epoch %1 /").arg(m_session->run.summary()->epochs)));
    }

    void theSpaceBarPlays()
    {
        load(1);
        play()->setFocus();
        QTest::keyClick(play(), Qt::Key_Space);
        QVERIFY(small::waitForModel(*m_session));
        QVERIFY(says("Epoch 1 / 1"));
    }

    void aStepIsOneBatchAndResetForgetsIt()
    {
        load(20);
        QTest::mouseClick(button("One batch"), Qt::LeftButton);
        QTRY_VERIFY(says("paused at step 1"));
        QTest::mouseClick(button("One batch"), Qt::LeftButton);
        QTRY_VERIFY(says("paused at step 2"));
        QVERIFY(button("initial weights")->isEnabled());
        QTest::mouseClick(button("initial weights"), Qt::LeftButton);
        QTRY_VERIFY(!says("paused at step"));
        QVERIFY(play()->isEnabled());
        QTest::mouseClick(button("One batch"), Qt::LeftButton);
        QTRY_VERIFY(says("paused at step 1"));
    }

    void anEarlyStopIsSaid()
    {
        project::Project project = small::spirals(100'000);
        project.recipe.early_stopping = true;
        project.recipe.patience = 1;
        project.recipe.learning_rate = 0.9; // never learns for long
        QVERIFY(small::train(*m_session, std::move(project)));
        QCOMPARE(m_session->run.summary()->stopped_by, std::string("early_stopping"));
        QVERIFY(says(QStringLiteral("Stopped early at %1").arg(m_session->run.summary()->epochs)));
    }

private:
    void load(std::int64_t epochs)
    {
        m_session->project.setProject(small::spirals(epochs), {});
        QVERIFY(small::waitForData(*m_session));
        QTRY_VERIFY(play()->isEnabled());
    }
    PlayButton *play() { return m_transport->findChild<PlayButton *>(); }
    QAbstractButton *button(const char *tip)
    {
        return seen::button(m_transport.get(), QString::fromUtf8(tip));
    }
    bool says(const QString &text) const { return seen::says(m_transport.get(), text); }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<Transport> m_transport;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    TransportTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "transport_test.moc"
