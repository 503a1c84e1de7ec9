// The window by keyboard: its places, its shortcuts, its line of status, work that a crash left.
#include "window/main_window.hpp"

#include "fool/fool_model.hpp"
#include "fool/fool_place.hpp"
#include "fool/series_model.hpp"
#include "fool/studies/study_model.hpp"
#include "inside/inside_place.hpp"
#include "palette/palette.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "train/train_place.hpp"
#include "window/build_place.hpp"
#include "window/status_row.hpp"
#include "window_with_home.hpp"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>

using namespace ostrich;
using namespace ostrich::ui;
using Place = MainWindow::Place;

class MainWindowTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QSettings().clear();
        const QDir data(QString::fromUtf8(qgetenv("XDG_DATA_HOME")));
        QDir(data.filePath(QStringLiteral("ostrich"))).removeRecursively();
        m_window = window::on(small::spirals(100'000), m_folder.filePath("net.ostrich"));
        QVERIFY(m_window);
    }
    void cleanup() { m_window.reset(); }

    void thePlacesAreReachedByTheKeys()
    {
        QCOMPARE(m_window->place(), Place::Build);
        QVERIFY(m_window->buildPlace().isVisible());
        press(Qt::Key_2);
        QCOMPARE(m_window->place(), Place::Train);
        QVERIFY(m_window->findChild<TrainPlace *>()->isVisible());
        QVERIFY(!m_window->buildPlace().isVisible());
        press(Qt::Key_3);
        QCOMPARE(m_window->place(), Place::Inside);
        QVERIFY(m_window->insidePlace().isVisible());
        press(Qt::Key_4);
        QVERIFY(m_window->foolPlace().isVisible());
        press(Qt::Key_1);
        QVERIFY(m_window->buildPlace().isVisible());
        // And by the arrows, once the row of places has the focus.
        auto *train = seen::button(m_window.get(), QStringLiteral("Train"));
        QVERIFY(train);
        QTest::mouseClick(train, Qt::LeftButton);
        QCOMPARE(m_window->place(), Place::Train);
        train->setFocus();
        QTest::keyClick(train, Qt::Key_Right);
        QCOMPARE(m_window->place(), Place::Inside);
    }

    void theStatusBelongsToThePlace()
    {
        const graph::Analysis &analysis = m_window->session().project.analysis();
        const QString size = count(analysis.parameters);
        QVERIFY2(status().contains(size), qPrintable(status()));
        QVERIFY(status().contains(QLatin1String("multiply-adds")));
        m_window->setPlace(Place::Fool);
        QVERIFY2(status().isEmpty(), "there is nothing to drag yet; the place says so itself");
        m_window->setPlace(Place::Train);
        QVERIFY(status().contains(size)); // no run has ended
        window::edit(*m_window, 5);
        QVERIFY(!status().contains(size));
        QVERIFY(status().contains(count(analysis.parameters)));
    }

    void otherDataThatDoNotFitBringTheirCure()
    {
        ProjectModel &project = m_window->session().project;
        project.setData("sentiment?count=200");
        QVERIFY(!project.analysis().ok());
        QVERIFY(seen::says(m_window.get(), QStringLiteral("These data are words.")));
        auto *fit = seen::button(m_window.get(), QStringLiteral("Fit the network"));
        QVERIFY(fit);
        for (const Message &change : project.fitting().changes)
            QVERIFY(fit->toolTip().contains(sentence(change)));
        QTest::mouseClick(fit, Qt::LeftButton);
        QVERIFY(project.analysis().ok());
        QVERIFY(!seen::button(m_window.get(), QStringLiteral("Fit the network")));
        project.undoStack()->undo(); // the network
        project.undoStack()->undo(); // the data
        QVERIFY(project.analysis().ok());
    }

    void anOfferGoesWithItsReason()
    {
        ProjectModel &project = m_window->session().project;
        project.setData("sentiment?count=200");
        QVERIFY(seen::button(m_window.get(), QStringLiteral("Fit the network")));
        project.undoStack()->undo();
        QVERIFY(!seen::button(m_window.get(), QStringLiteral("Fit the network")));
    }

    void foolOpensANetworkForPictures()
    {
        m_window->setPlace(Place::Fool); // points of spirals are no pictures
        auto *open = seen::button(m_window.get(), QStringLiteral("Open a network for pictures"));
        QVERIFY(open);
        QTest::mouseClick(open, Qt::LeftButton);
        QVERIFY(m_window->session().project.facts().input.isMaps());
        QTRY_VERIFY(!open->isVisible());
    }

    void whatFoolFoundIsSavedFromTheMenuOnceThereIsSome()
    {
        const QAction *picture = window::action(*m_window, tr("Save the attacked picture…")),
                      *report = window::action(*m_window, tr("Save a report…"));
        QVERIFY(picture && report);
        QVERIFY(!picture->isEnabled() && !report->isEnabled());
        QVERIFY(small::train(m_window->session(), small::project("logistic", small::kDigits, 3)));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->foolPlace().model()->result(), small::kPatience);
        QVERIFY(picture->isEnabled() && report->isEnabled());
    }

    void aStudyIsWorkThatIsSeenAndCancelled()
    {
        Session &session = m_window->session();
        QVERIFY(small::train(session, small::project("logistic", small::kDigits, 3)));
        FoolPlace &fool = m_window->foolPlace();
        m_window->setPlace(Place::Fool);
        // The end of the run is told for some seconds.
        QTRY_VERIFY2_WITH_TIMEOUT(status().contains(QLatin1String("Drag")), qPrintable(status()),
                                  small::kPatience);
        fool.setPage(FoolPlace::Page::Studies);
        QVERIFY2(status().contains(QLatin1String("Choose a study")), qPrintable(status()));
        StudyModel *studies = fool.studies();
        attack::AttackOptions slow = studies->attack();
        slow.attack = "pgd";
        slow.steps = 20'000;
        studies->setAttack(slow);
        studies->run("classes");
        QTRY_VERIFY2(status().contains(QLatin1String("Study: ")), qPrintable(status()));
        m_window->setPlace(Place::Build);
        auto *cancel = m_window->findChild<StatusRow *>()->findChild<QPushButton *>();
        QVERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QVERIFY(!studies->running() && !cancel->isVisible());
        QVERIFY(!status().contains(QLatin1String("Study: ")));
    }

    void anAttackOnASeriesIsWorkOnceItTakesItsTime()
    {
        Session &session = m_window->session();
        QVERIFY(small::train(session, small::project("conv1d", "waveforms?count=400", 2)));
        SeriesModel *series = m_window->foolPlace().series();
        const QString said = QStringLiteral("Attacking the series");
        QTRY_VERIFY2_WITH_TIMEOUT(series->result() && !status().contains(said),
                                  qPrintable(status()), small::kPatience);
        attack::AttackOptions slow = series->options();
        slow.steps = 1'000'000;
        series->setOptions(slow);
        QVERIFY2(!status().contains(said), "most attacks are over in a blink");
        QTRY_VERIFY2_WITH_TIMEOUT(status().contains(said), qPrintable(status()), 20'000);
        auto *cancel = m_window->findChild<StatusRow *>()->findChild<QPushButton *>();
        QTest::mouseClick(cancel, Qt::LeftButton);
        QVERIFY(!series->live().running() && !series->result());
        QVERIFY(!cancel->isVisible() && !status().contains(said));
    }

    void aProblemIsSaidInEveryPlace()
    {
        breakNetwork();
        const QString problem =
            sentence(m_window->session().project.analysis().problems.front().message);
        for (const Place place : {Place::Build, Place::Train, Place::Inside, Place::Fool}) {
            m_window->setPlace(place);
            QVERIFY2(status().contains(problem), qPrintable(status()));
        }
        m_window->session().project.undoStack()->undo();
        QVERIFY(!status().contains(problem));
    }

    void theRunObeysTheKeys()
    {
        RunModel &run = m_window->session().run;
        QTest::keyClick(m_window.get(), Qt::Key_F7);
        QTRY_COMPARE(run.state(), train::State::Paused);
        QCOMPARE(run.step()->step, std::int64_t{1});
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QTRY_VERIFY(run.running());
        QVERIFY(small::waitForEpochs(m_window->session(), 1));
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QTRY_COMPARE(run.state(), train::State::Paused);
        QTest::keyClick(m_window.get(), Qt::Key_F8);
        QTRY_VERIFY(run.epochs().empty());
        QTest::keyClick(m_window.get(), Qt::Key_F7, Qt::ShiftModifier);
        QVERIFY(small::waitForEpochs(m_window->session(), 1));
        QTRY_COMPARE(run.state(), train::State::Paused);
        QTest::keyClick(m_window.get(), Qt::Key_F5, Qt::ShiftModifier);
        QTRY_VERIFY(run.summary().has_value());
        QVERIFY2(status().contains(QLatin1String("restored")), qPrintable(status()));
        QVERIFY(small::waitForModel(m_window->session()));
    }

    void playWithAProblemSaysItAcrossTheWindow()
    {
        breakNetwork();
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QVERIFY(seen::button(m_window.get(), QStringLiteral("Close")));
        QVERIFY(!m_window->session().run.runProject());
    }

    void undoAndRedoTellWhatTheyDo()
    {
        window::edit(*m_window, 5);
        QUndoStack *stack = m_window->session().project.undoStack();
        const QString text = stack->undoText();
        QVERIFY(!text.isEmpty());
        QVERIFY(window::action(*m_window, QStringLiteral("Undo %1").arg(text)));
        press(Qt::Key_Z);
        QCOMPARE(stack->index(), 0);
        QVERIFY(window::action(*m_window, QStringLiteral("Redo %1").arg(text)));
        press(Qt::Key_Y);
        QCOMPARE(stack->index(), 1);
        press(Qt::Key_Z);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stack->index(), 1);
    }

    void searchIsReachedFromEverywhere()
    {
        m_window->setPlace(Place::Fool);
        press(Qt::Key_F);
        QCOMPARE(m_window->place(), Place::Build);
        QVERIFY(m_window->buildPlace().palettePanel()->findChild<QLineEdit *>()->hasFocus());
    }

    void theThemeIsChosenInTheMenu()
    {
        window::action(*m_window, QStringLiteral("Dark"))->trigger();
        QVERIFY(Theme::instance().isDark());
        QCOMPARE(QSettings().value("theme").toString(), QStringLiteral("dark"));
        window::action(*m_window, QStringLiteral("Light"))->trigger();
        QVERIFY(!Theme::instance().isDark());
    }

    void workLeftBehindIsOffered()
    {
        m_window->offerRecovery();
        QVERIFY2(!seen::button(m_window.get(), QStringLiteral("Recover them")), "none was left");
        leaveBehind();
        m_window->offerRecovery();
        QTest::mouseClick(seen::button(m_window.get(), QStringLiteral("Recover them")),
                          Qt::LeftButton);
        QCOMPARE(m_window->session().project.project().notes, std::string("left behind"));
        QVERIFY(m_window->isWindowModified());
        QVERIFY(ProjectModel::recoverableFile().isEmpty());
        m_window->session().project.discardAutosave();

        leaveBehind();
        m_window->offerRecovery();
        QTest::mouseClick(seen::button(m_window.get(), QStringLiteral("Discard them")),
                          Qt::LeftButton);
        QVERIFY(ProjectModel::recoverableFile().isEmpty());
    }

private:
    void press(Qt::Key key) { QTest::keyClick(m_window.get(), key, Qt::ControlModifier); }
    QString status() const { return window::status(*m_window); }
    void breakNetwork()
    {
        ProjectModel &project = m_window->session().project;
        project.apply(graph::removeWires(project.network(), {project.network().wires.front()}));
        QVERIFY(!project.analysis().ok());
    }
    static void leaveBehind()
    {
        project::Project project = small::spirals(3);
        project.notes = "left behind";
        const QDir data(QString::fromUtf8(qgetenv("XDG_DATA_HOME")));
        QVERIFY(data.mkpath(QStringLiteral("ostrich/autosave")));
        const QString file = data.filePath(QStringLiteral("ostrich/autosave/left.ostrich"));
        QVERIFY(bool(project::saveProject(project, file.toStdString())));
        QCOMPARE(ProjectModel::recoverableFile(), file);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

int main(int argc, char **argv)
{
    const WindowHome home;
    QApplication app(argc, argv);
    MainWindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "main_window_test.moc"
