// The strip below the canvas, from "Press Play" to the curves of a real training.
#include "curves/live_strip.hpp"

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"
#include "curves/curve_plot.hpp"
#include "theme/theme.hpp"

#include <QApplication>

using namespace ostrich;
using namespace ostrich::ui;

class LiveStripTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_session->project.setProject(small::spirals(4), {});
        m_strip = std::make_unique<LiveStrip>(m_session.get());
        m_strip->resize(1016, 168);
        m_strip->show();
        QVERIFY(small::waitForData(*m_session));
    }
    void cleanup()
    {
        m_strip.reset();
        m_session.reset();
    }

    void beforeARunItSaysWhatToDo()
    {
        QVERIFY(says("Press Play"));
        QVERIFY(!plot()->isVisible());
        QVERIFY(!says("validation accuracy"));
    }

    void theCurvesGrowWithTheRun()
    {
        m_session->run.stepEpoch();
        QVERIFY(small::waitForEpochs(*m_session, 1));
        QVERIFY(plot()->isVisible());
        QVERIFY(!says("Press Play"));
        QCOMPARE(plot()->graph(0)->dataCount(), 1);
        QTRY_COMPARE(m_session->run.state(), train::State::Paused);
        m_session->run.stepEpoch();
        QVERIFY(small::waitForEpochs(*m_session, 2));
        QCOMPARE(plot()->graph(0)->dataCount(), 2);
        const train::EpochMetrics &last = m_session->run.epochs().back();
        QCOMPARE(plot()->graph(1)->data()->at(1)->value, last.val_loss);
        QVERIFY(says(percent(last.val_accuracy)));
        QVERIFY(says(percent(last.train_accuracy)));
        QVERIFY(says("training") && says("validation") && says("gap")); // the legend
    }

    void theBestEpochOfTheEndedRunIsMarked()
    {
        QVERIFY(small::train(*m_session, small::spirals(4)));
        const CurveData data = curveData(m_session->run);
        QCOMPARE(data.epochs.size(), std::size_t{4});
        QCOMPARE(data.plannedEpochs, std::int64_t{4});
        QCOMPARE(data.bestEpoch, m_session->run.summary()->best_epoch);
        QVERIFY(!data.stoppedEarly);
        QCOMPARE(data.test, std::optional(m_session->run.summary()->test_accuracy));
    }

    void aBrokenNetworkIsSaidAndTheLastRunKept()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        QVERIFY(plot()->isVisible());
        ProjectModel &project = m_session->project;
        QVERIFY(project.apply(
            graph::removeWires(project.network(), {project.network().wires.front()})));
        QVERIFY(!project.analysis().ok());
        QVERIFY(!plot()->isVisible());
        const graph::Problem &problem = project.analysis().problems.front();
        QVERIFY(says(sentence(problem.message)));
        QVERIFY2(says(sentence(problem.hint)), "and what to do");
        QVERIFY(says(percent(m_session->run.summary()->val_accuracy)));
        project.undoStack()->undo();
        QVERIFY(plot()->isVisible());
    }

    void anotherProjectBeginsWithNoCurves()
    {
        QVERIFY(small::train(*m_session, small::spirals(2)));
        m_session->project.setProject(small::spirals(3), {});
        QVERIFY(!plot()->isVisible());
        QVERIFY(says("Press Play"));
    }

private:
    bool says(const QString &text) const { return seen::says(m_strip.get(), text); }
    CurvePlot *plot() { return m_strip->findChild<CurvePlot *>(); }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<LiveStrip> m_strip;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    LiveStripTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "live_strip_test.moc"
