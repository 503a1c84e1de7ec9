// Studies in the window: which networks, running, cancelling, and a stranger's program that is
// asked about first.
#include "fool/studies/study_model.hpp"

#include "../../model/dialog_answers.hpp"
#include "../../model/own_home.hpp"
#include "../trained_digits.hpp"
#include "findings/figure_card.hpp"
#include "findings/findings_view.hpp"
#include "fool/studies/studies_page.hpp"
#include "fool/studies/study_network_list.hpp"
#include "fool/studies/study_settings.hpp"
#include "fool/studies/torchscript_dialog.hpp"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

constexpr auto kStudy = "curves";
constexpr auto kOther = "classes"; // that runs to its end in no other test

} // namespace

class StudyModelTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_session = std::make_unique<Session>();
        m_model = std::make_unique<StudyModel>(m_session.get());
        m_page = std::make_unique<StudiesPage>(m_session.get(), m_model.get());
        m_page->resize(1280, 680);
        m_page->show();
        QVERIFY2(!m_model->obstacle(description()).isEmpty(), "there is no network yet");
        QVERIFY(!runButton()->isEnabled());
        QStringList obstacles; // on the way
        const auto note = [&] { obstacles << m_model->obstacle(description()); };
        const auto running = connect(&m_session->run, &RunModel::stateChanged, this, note);
        const auto measuring = connect(&m_session->run, &RunModel::measured, this, note);
        QVERIFY(small::trainDigits(*m_session));
        disconnect(running);
        disconnect(measuring);
        const QString all = obstacles.join(QLatin1Char('\n'));
        QVERIFY2(all.contains(QLatin1String("still learning")), qPrintable(all));
        QVERIFY2(all.contains(QLatin1String("are being measured")), qPrintable(all));
    }
    void cleanupTestCase()
    {
        m_page.reset();
        m_model.reset();
        m_session.reset();
    }

    void everyStudyIsInTheList()
    {
        const auto *list = m_page->findChild<QListWidget *>();
        QCOMPARE(static_cast<std::size_t>(list->count()), robustness::studies().size());
        QVERIFY(list->focusPolicy() & Qt::TabFocus);
    }

    void theRunAtHandIsTicked()
    {
        QCOMPARE(m_model->networks().size(), std::size_t{1});
        QVERIFY(m_model->networks()[0].isChosen);
        m_model->setChosen(0, false);
        QVERIFY(!m_model->obstacle(description()).isEmpty());
        m_model->setChosen(0, true);
        QVERIFY(m_model->obstacle(description()).isEmpty());
    }

    void digitsBearMoreThanPhotographs()
    {
        const attack::AttackOptions before = m_model->attack();
        QCOMPARE(before.epsilon, 40.0 / 255.0);
        attack::AttackOptions other = before;
        other.norm = attack::Norm::L2;
        m_model->setAttack(other);
        QCOMPARE(m_model->attack().epsilon, 2.0 * attack::usualEpsilon(attack::Norm::L2));
        other.norm = attack::Norm::Linf;
        m_model->setAttack(other);
        QCOMPARE(m_model->attack(), before);
    }

    void aStudyRunsAndItsFindingsAreShown()
    {
        m_model->setPictures(20);
        attack::AttackOptions options = m_model->attack();
        options.attack = "fgsm";
        m_model->setAttack(options);
        m_page->showStudy(kStudy);
        QSignalSpy changed(m_model.get(), &StudyModel::stateChanged);
        int partly = 0;
        bool isWhole = false;
        const auto watched = connect(m_model.get(), &StudyModel::findingsChanged, this, [&] {
            if (!m_model->running() || !m_model->findings(kStudy)) return;
            ++partly;
            isWhole = isWhole || m_model->hasFindings();
        });
        QTest::mouseClick(runButton(), Qt::LeftButton);
        QVERIFY(m_model->running());
        QCOMPARE(runButton()->text(), QStringLiteral("Cancel"));
        QVERIFY(QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience));
        QVERIFY2(m_model->problem(kStudy).isEmpty(), qPrintable(m_model->problem(kStudy)));
        const auto *findings = m_model->findings(kStudy);
        QVERIFY(findings && !findings->plots.empty());
        QVERIFY(m_model->progress() >= 0.0 && m_model->progress() <= 1.0);
        QVERIFY(changed.count() >= 2);
        disconnect(watched);
        QVERIFY(partly > 0);
        QVERIFY2(!isWhole, "half of an answer goes into no report");
        QVERIFY(m_model->hasFindings());
        const QString asked = sentence(findings->asked);
        QVERIFY2(asked.contains(QLatin1String("Samples: 20")), qPrintable(asked));
        QVERIFY2(shown().contains(asked), qPrintable(shown()));
        QVERIFY(!m_page->findChild<FindingsView *>()->cards().empty());

        // What the study says on this thread, it says in the window.
        robustness::StudyRequest request;
        request.subjects = {attack::Subject(m_session->run.model(), "it")};
        request.dataset = m_session->data.dataset();
        request.attack = m_model->attack();
        for (std::int64_t i = 0; i < 20; ++i) request.indices.push_back(i);
        const auto alone = robustness::study(kStudy, request);
        QVERIFY(alone);
        QCOMPARE(findings->plots[0].curves.size(), alone->plots[0].curves.size());
        for (std::size_t i = 0; i < alone->plots[0].curves.size(); ++i)
            QVERIFY(findings->plots[0].curves[i].y == alone->plots[0].curves[i].y);
    }

    void aStudyCanBeCancelled()
    {
        attack::AttackOptions slow = m_model->attack();
        slow.attack = "pgd";
        slow.steps = 20'000;
        m_model->setAttack(slow);
        m_model->setPictures(120);
        m_page->showStudy(kOther);
        m_model->run(kOther);
        QVERIFY(m_model->running());
        QTest::qWait(100);
        QTest::mouseClick(runButton(), Qt::LeftButton);
        QVERIFY(!m_model->running());
        QTest::qWait(200);
        QVERIFY(!m_model->running());
        QVERIFY2(m_model->problem(kOther).isEmpty(), "who cancels knows it");
        QVERIFY(m_model->stopped(kOther) && !m_model->findings(kOther));
        QVERIFY2(shown().contains(QLatin1String("was stopped")), qPrintable(shown()));
        slow.attack = "fgsm";
        slow.steps = 0;
        m_model->setAttack(slow);
        m_model->setPictures(20);
        m_model->run(kOther);
        QVERIFY(QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience));
        QVERIFY(m_model->findings(kOther));
        QVERIFY(!m_model->stopped(kOther));
        m_page->showStudy(kStudy);
    }

    void whatACancelledStudyKnewIsGone()
    {
        constexpr auto kSlow = "norms"; // which knows something after each of its attacks
        m_model->setPictures(120);
        m_page->showStudy(kSlow);
        m_model->run(kSlow);
        QVERIFY(QTest::qWaitFor([&] { return m_model->findings(kSlow) || !m_model->running(); },
                                small::kPatience));
        QVERIFY2(m_model->running(), "it ended before it could be cancelled");
        QVERIFY(!m_page->findChild<FindingsView *>()->cards().empty());
        m_model->cancel();
        QVERIFY(!m_model->findings(kSlow));
        QVERIFY(m_page->findChild<FindingsView *>()->cards().empty());
        QVERIFY2(shown().contains(QLatin1String("was stopped")), qPrintable(shown()));
        for (const QLabel *label : m_page->findChildren<QLabel *>())
            QVERIFY2(!label->text().startsWith(QLatin1String("took")), "of half an answer");
        m_model->setPictures(20);
        m_page->showStudy(kStudy);
    }

    void whatWasFoundBeforeComesBack()
    {
        const auto before = m_model->findings(kStudy)->plots[0].curves[0].y;
        m_model->setParameters(kStudy, {{"points", std::int64_t{100}}});
        m_model->setPictures(120);
        m_model->run(kStudy);
        QVERIFY(!m_model->findings(kStudy));
        QTest::mouseClick(runButton(), Qt::LeftButton);
        QVERIFY(!m_model->running());
        QVERIFY(m_model->findings(kStudy) && !m_model->stopped(kStudy));
        QVERIFY(m_model->findings(kStudy)->plots[0].curves[0].y == before);
        QVERIFY(!m_page->findChild<FindingsView *>()->cards().empty());
        m_model->setParameters(kStudy, {});
        m_model->setPictures(20);
    }

    void theButtonIsAboutTheStudyThatIsShown()
    {
        const attack::AttackOptions quick = m_model->attack();
        attack::AttackOptions slow = quick;
        slow.attack = "pgd";
        slow.steps = 20'000;
        m_model->setAttack(slow);
        m_model->run(kOther);
        QCOMPARE(runButton()->text(), QStringLiteral("Run the study")); // kStudy is shown
        QVERIFY(!runButton()->isEnabled());
        QTest::mouseClick(runButton(), Qt::LeftButton);
        QCOMPARE(m_model->runningStudy(), std::string(kOther));
        m_page->showStudy(kOther);
        QCOMPARE(runButton()->text(), QStringLiteral("Cancel"));
        QTest::mouseClick(runButton(), Qt::LeftButton);
        QVERIFY(!m_model->running());
        m_page->showStudy(kStudy);
        QVERIFY(runButton()->isEnabled());
        m_model->setAttack(quick);
    }

    void anotherStudyBeginsAtItsTop()
    {
        QVERIFY(m_model->findings(kStudy) && m_model->findings(kOther));
        m_page->resize(1000, 300);
        QCoreApplication::processEvents();
        auto *bar = m_page->findChild<FindingsView *>()->verticalScrollBar();
        m_page->showStudy(kOther);
        QTRY_VERIFY(bar->maximum() > 50);
        bar->setValue(50);
        m_page->showStudy(kStudy);
        QTRY_VERIFY(bar->maximum() > 50);
        QCOMPARE(bar->value(), 0);
        m_page->resize(1280, 680);
    }

    void aFileThatIsNoNetworkIsSaidInALine()
    {
        attack::TorchScriptChoice choice;
        choice.file = "/nowhere/net.pt";
        m_model->addTorchScript(choice);
        QCOMPARE(m_model->networks().size(), std::size_t{2});
        constexpr auto kNever = "surface"; // was never run
        m_model->run(kNever);
        QVERIFY(QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience));
        const QString problem = m_model->problem(kNever);
        QVERIFY2(problem.contains(QLatin1String("net.pt")) && !problem.contains(QLatin1Char('\n')),
                 qPrintable(problem));
        QSignalSpy told(m_model.get(), &StudyModel::statusMessage);
        m_model->run(kStudy);
        QVERIFY(QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience));
        QVERIFY2(m_model->findings(kStudy), "what was found before is there again");
        QCOMPARE(told.count(), 1);
        QCOMPARE(told.first().at(0).toString(), problem);
        m_model->setChosen(1, false);
    }

    void theTicksAreReachedInOrderAndKeepTheFocus()
    {
        const auto boxes = m_page->findChild<StudyNetworkList *>()->findChildren<QCheckBox *>();
        QCOMPARE(boxes.size(), 2);
        const auto after = [](QWidget *widget) {
            do widget = widget->nextInFocusChain();
            while (!(widget->focusPolicy() & Qt::TabFocus));
            return widget;
        };
        QCOMPARE(after(after(m_page->findChild<QListWidget *>())), boxes[0]); // it scrolls
        QCOMPARE(after(boxes[0]), boxes[1]);
        const auto *add = qobject_cast<QPushButton *>(after(boxes[1]));
        QVERIFY(add && add->menu());
        m_page->activateWindow();
        boxes[0]->setFocus();
        QTRY_VERIFY(boxes[0]->hasFocus());
        for (const bool ticked : {false, true}) {
            QTest::keyClick(boxes[0], Qt::Key_Space);
            QTRY_COMPARE(m_model->networks()[0].isChosen, ticked);
            QVERIFY2(boxes[0]->hasFocus(), "it is the same box");
        }
        m_model->setChosen(100, true); // of a list that was longer
    }

    void aStrangersProgramIsAskedAboutFirst()
    {
        QString shown;
        bool cancelIsDefault = false;
        auto asked = answers::next([&](QDialog *dialog) {
            for (const QLabel *label : dialog->findChildren<QLabel *>()) shown += label->text();
            for (const QPushButton *button : dialog->findChildren<QPushButton *>())
                if (button->isDefault())
                    cancelIsDefault = button->text().contains(QLatin1String("Cancel"));
            QTest::keyClick(dialog, Qt::Key_Return);
        });
        QVERIFY(
            !TorchScriptDialog::ask(QStringLiteral("/somewhere/net.pt"), photographs(), nullptr));
        QCOMPARE(*asked, 1);
        QVERIFY2(shown.contains(QLatin1String("is a program")), qPrintable(shown));
        QVERIFY2(cancelIsDefault, "Enter opens nothing");

        asked = answers::next([](QDialog *dialog) {
            const auto lines = dialog->findChildren<QLineEdit *>();
            lines[0]->setText(QStringLiteral("0.5, 0.4"));
            press(dialog);
            QVERIFY2(dialog->isVisible(), "three channels want three numbers");
            lines[0]->setText(QStringLiteral("0.5, 0.4, 0.3"));
            lines[1]->setText(QStringLiteral("0.2, 0.2, 0.1"));
            press(dialog);
        });
        const auto network =
            TorchScriptDialog::ask(QStringLiteral("/somewhere/net.pt"), photographs(), nullptr);
        QCOMPARE(*asked, 1);
        QVERIFY(network && network->classNames.empty());
        QVERIFY((network->program.mean == std::vector<float>{0.5f, 0.4f, 0.3f}));
        QVERIFY((network->program.deviation == std::vector<float>{0.2f, 0.2f, 0.1f}));
    }

    void theClassesOfAProgramComeFromAFileOfNames()
    {
        const QTemporaryDir folder;
        const QString few = folder.filePath(QStringLiteral("few.txt")),
                      names = folder.filePath(QStringLiteral("names.txt"));
        QVERIFY(write(few, "dog\n") && write(names, "dog\r\nbig bird\r\n\r\n"));
        const auto asked = answers::next([&](QDialog *dialog) {
            auto *line = dialog->findChildren<QLineEdit *>()[2];
            for (const QString &wrong : {folder.filePath(QStringLiteral("none.txt")), few}) {
                line->setText(wrong);
                press(dialog);
                QVERIFY2(dialog->isVisible(), "of two classes");
                QString told;
                for (const QLabel *label : dialog->findChildren<QLabel *>()) told += label->text();
                QVERIFY2(told.contains(QFileInfo(wrong).fileName()), qPrintable(told));
            }
            line->setText(names);
            press(dialog);
        });
        const auto network =
            TorchScriptDialog::ask(QStringLiteral("/somewhere/net.pt"), photographs(), nullptr);
        QCOMPARE(*asked, 1);
        QVERIFY(network);
        QVERIFY((network->classNames == std::vector<std::string>{"dog", "big bird"}));
    }

    void otherDataForgetWhatWasFound() // last
    {
        m_model->run(kStudy);
        QVERIFY(QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience));
        QVERIFY(m_model->hasFindings());
        m_session->project.setData("glyphs?test=20&train=100&validation=20");
        QVERIFY(small::waitForData(*m_session));
        QTRY_VERIFY(!m_model->hasFindings());
        QVERIFY(!m_model->obstacle(description()).isEmpty());
        QVERIFY(!runButton()->isEnabled());
    }

    void wordsCannotBeStudied()
    {
        m_session->project.setData("sentiment?count=200");
        QVERIFY(small::waitForData(*m_session));
        QTRY_VERIFY(m_session->data.dataset()->facts.input.isTokens());
        QVERIFY(m_model->obstacle(description()).contains(QLatin1String("words")));
    }

private:
    /// In colour, of two classes.
    static graph::DataFacts photographs()
    {
        graph::DataFacts facts;
        facts.input = graph::Shape::maps(3, 32, 32);
        facts.classes = 2;
        return facts;
    }
    static bool write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
    static void press(QDialog *dialog)
    {
        for (QPushButton *button : dialog->findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Open it"))
                QTest::mouseClick(button, Qt::LeftButton);
    }
    const robustness::StudyDescription &description() const
    {
        return robustness::findStudy(kStudy)->description();
    }
    QString shown() const // in the place of findings
    {
        QString words;
        for (const QLabel *label : m_page->findChild<FindingsView *>()->findChildren<QLabel *>())
            words += label->text();
        return words;
    }
    QPushButton *runButton() const
    {
        for (QPushButton *button :
             m_page->findChild<StudySettings *>()->findChildren<QPushButton *>())
            if (button->property("role") == QLatin1String("accent")) return button;
        return nullptr;
    }
    std::unique_ptr<Session> m_session;
    std::unique_ptr<StudyModel> m_model;
    std::unique_ptr<StudiesPage> m_page;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    StudyModelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "study_model_test.moc"
