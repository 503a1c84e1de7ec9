// An attack that is watched: its steps in order, paused, stepped, slowed and cancelled.
#include "fool/live_attack.hpp"

#include "../model/own_home.hpp"
#include "fool/live_controls.hpp"
#include "fool/loss_plot.hpp"
#include "trained_digits.hpp"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>

#include <filesystem>
#include <qcustomplot.h>

using namespace ostrich;
using namespace ostrich::ui;
using Pace = LiveAttack::Pace;

class LiveAttackTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_session = std::make_unique<Session>();
        m_model = std::make_unique<FoolModel>(m_session.get());
        QVERIFY(small::trainDigits(*m_session));
        QVERIFY(small::waitForAttack(*m_model));
    }
    void cleanupTestCase()
    {
        m_model.reset();
        m_session.reset();
    }

    void theStepsComeInOrderAndEndAsTheAttackDoes()
    {
        LiveAttack live;
        QSignalSpy ended(&live, &LiveAttack::ended);
        live.start(request(), Pace::Fast, true);
        QVERIFY(live.running());
        QVERIFY(ended.wait(small::kPatience));
        QVERIFY(!live.running());
        QCOMPARE(live.planned(), std::int64_t{kSteps});
        QVERIFY(live.seen().size() >= std::size_t{kSteps});
        for (std::size_t i = 0; i < live.seen().size(); ++i)
            QCOMPARE(live.seen()[i].step, static_cast<std::int64_t>(i));
        const auto result = ended.first().first().value<attack::AttackResult>();
        const auto alone = attack::attackPicture(request().subject, request().picture,
                                                 request().label, request().options);
        QVERIFY(alone);
        QVERIFY(result.x_adv == alone->x_adv);
        QVERIFY(live.start().has_value());
        QVERIFY(live.start()->before == alone->before);
    }

    void pausedItWaitsForEachStep()
    {
        LiveAttack live;
        QSignalSpy ended(&live, &LiveAttack::ended);
        live.start(request(), Pace::Paused, true);
        for (std::size_t steps = 1; steps <= 4; ++steps) {
            QTRY_COMPARE_WITH_TIMEOUT(live.seen().size(), steps, small::kPatience);
            QTest::qWait(120); // a few frames
            QCOMPARE(live.seen().size(), steps);
            QCOMPARE(live.step()->step, static_cast<std::int64_t>(steps) - 1);
            QVERIFY(live.running() && ended.isEmpty());
            live.stepOnce();
        }
        live.setPace(Pace::Fast);
        QVERIFY(!ended.isEmpty() || ended.wait(small::kPatience));
        const auto result = ended.first().first().value<attack::AttackResult>();
        const auto alone = attack::attackPicture(request().subject, request().picture,
                                                 request().label, request().options);
        QVERIFY2(alone && result.x_adv == alone->x_adv, "pausing changes nothing");
    }

    void itCanBeCancelledWhileItIsPaused()
    {
        LiveAttack live;
        QSignalSpy ended(&live, &LiveAttack::ended), failed(&live, &LiveAttack::failed);
        live.start(request(), Pace::Paused, true);
        QTRY_VERIFY_WITH_TIMEOUT(live.step().has_value(), small::kPatience);
        live.cancel();
        QVERIFY(!live.running());
        QVERIFY2(live.step().has_value(), "what was seen last stays");
        QTest::qWait(150);
        QVERIFY(ended.isEmpty() && failed.isEmpty());
        live.start(request(), Pace::Fast, false);
        QVERIFY(ended.wait(small::kPatience));
    }

    void anotherOneTakesThePlaceOfThatWhichIsPaused()
    {
        LiveAttack live;
        QSignalSpy ended(&live, &LiveAttack::ended);
        live.start(request(), Pace::Paused, true);
        QTRY_VERIFY_WITH_TIMEOUT(live.step().has_value(), small::kPatience);
        live.start(request(), Pace::Fast, false);
        QVERIFY(ended.wait(small::kPatience));
        QTest::qWait(100);
        QCOMPARE(ended.count(), 1);
        for (std::size_t i = 0; i < live.seen().size(); ++i) // of one attack alone
            QCOMPARE(live.seen()[i].step, static_cast<std::int64_t>(i));
    }

    void slowlyItTakesItsTime()
    {
        LiveAttack live;
        QSignalSpy ended(&live, &LiveAttack::ended);
        QElapsedTimer clock;
        clock.start();
        auto few = request();
        few.options.steps = 3;
        live.start(few, Pace::Slow, true);
        QVERIFY(ended.wait(small::kPatience));
        QVERIFY2(clock.elapsed() >= 3 * 150, "a step each 150 ms");
    }

    void theButtonsWatchPauseStepAndStop()
    {
        LiveControls controls(&m_model->live());
        LossPlot plot(&m_model->live());
        connect(&controls, &LiveControls::watchWanted, m_model.get(), &FoolModel::watch);
        for (const QToolButton *button : controls.findChildren<QToolButton *>())
            QVERIFY2(!button->isEnabled(), "there is nothing to attack yet");
        controls.setReady(true);
        controls.show();
        plot.show();
        const auto buttons = controls.findChildren<QToolButton *>();
        QCOMPARE(buttons.size(), 3);
        for (QToolButton *button : buttons) {
            QVERIFY(button->focusPolicy() & Qt::TabFocus);
            QVERIFY(!button->accessibleName().isEmpty());
        }
        auto *play = buttons[0], *step = buttons[1], *stop = buttons[2];
        attack::AttackOptions options = m_model->options();
        options.attack = "pgd";
        options.steps = 20;
        m_model->setOptions(options);
        LiveAttack &live = m_model->live();
        QTRY_VERIFY_WITH_TIMEOUT(!live.running(), small::kPatience);
        play->setFocus();
        QTest::keyClick(play, Qt::Key_Space); // watch
        QVERIFY(live.running() && live.pace() == Pace::Slow);
        QVERIFY(stop->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(live.seen().size() >= 2, small::kPatience);
        QTest::mouseClick(play, Qt::LeftButton); // pause
        QCOMPARE(live.pace(), Pace::Paused);
        QTest::qWait(100);
        const std::size_t seen = live.seen().size();
        QTest::mouseClick(step, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(live.seen().size(), seen + 1, small::kPatience);
        const auto *text = controls.findChild<QLabel *>();
        QCOMPARE(text->text(), QStringLiteral("step %1 of 20").arg(seen));
        auto *curve = plot.findChild<QCustomPlot *>()->graph(0);
        QCOMPARE(static_cast<std::size_t>(curve->dataCount()), seen + 1);
        QCOMPARE(curve->data()->at(0)->value, live.seen().front().loss);
        QTest::mouseClick(stop, Qt::LeftButton);
        QVERIFY(!live.running() && !stop->isEnabled());
        QVERIFY2(!m_model->result(), "what was stopped has no result");
    }

    void draggingEndsThePause()
    {
        m_model->watch(Pace::Paused);
        QTRY_VERIFY_WITH_TIMEOUT(m_model->live().step().has_value(), small::kPatience);
        QSignalSpy results(m_model.get(), &FoolModel::resultChanged);
        m_model->setEpsilon(m_model->options().epsilon / 2.0);
        QVERIFY(results.wait(small::kPatience));
        QVERIFY(!m_model->live().running());
    }

    void theNoiseIsOfTheEpsilonAtHand()
    {
        attack::AttackOptions options = m_model->options();
        options.attack = "pgd";
        options.steps = 3;
        for (const double levels : {100.0, 1.0}) {
            options.epsilon = levels / 255.0;
            QSignalSpy results(m_model.get(), &FoolModel::resultChanged);
            m_model->setOptions(options);
            QVERIFY(results.wait(small::kPatience));
            attack::AttackOptions noise = options;
            noise.attack = "noise";
            const auto alone =
                attack::attackPicture(m_model->subject(), m_model->picture(), {}, noise);
            QVERIFY(alone && m_model->live().start());
            QVERIFY(m_model->live().start()->noise == alone->noise);
        }
    }

    void anotherDefenceHasNoAnswerOfTheOldOne()
    {
        QVERIFY(m_model->result());
        QSignalSpy results(m_model.get(), &FoolModel::resultChanged);
        m_model->setDefence(attack::FilterChoice{.filter = "bit_depth"});
        QVERIFY(!m_model->result() && results.count() == 1);
        QVERIFY(small::waitForAttack(*m_model));
        m_model->setDefence({});
        QVERIFY(small::waitForAttack(*m_model));
    }

    void anAttackThatFailsHasNoResult()
    {
        QVERIFY(m_model->result());
        const attack::AttackOptions good = m_model->options();
        attack::AttackOptions bad = good;
        bad.parameters["nosuch"] = std::int64_t{1};
        QSignalSpy told(m_model.get(), &FoolModel::statusMessage);
        m_model->setOptions(bad);
        QVERIFY(told.wait(small::kPatience));
        QVERIFY(told.first().at(1).toBool());
        QVERIFY2(!m_model->result(), "that of other options");
        m_model->setOptions(good);
        QVERIFY(small::waitForAttack(*m_model));
    }

    void anotherNetworkHasNoLossOfTheOldOne()
    {
        LossPlot plot(&m_model->live());
        const auto *curve = plot.findChild<QCustomPlot *>();
        QVERIFY(curve->isVisibleTo(&plot));
        m_session->run.play();
        QVERIFY(!m_model->result());
        QVERIFY(!curve->isVisibleTo(&plot));
        QVERIFY(small::waitForModel(*m_session));
        QVERIFY(small::waitForAttack(*m_model));
        QVERIFY(curve->isVisibleTo(&plot));
    }

    void aNetworkThatCannotBeReadIsSaidAndNotReadAgain()
    {
        QVERIFY(m_model->hasSurrogate());
        const auto other = m_session->run.runs().front().folder;
        QVERIFY(other != m_session->run.runFolder());
        auto away = other;
        away += "-away";
        std::filesystem::rename(other, away);
        QSignalSpy told(m_model.get(), &FoolModel::statusMessage);
        attack::AttackOptions options = m_model->options();
        options.attack = "transfer";
        m_model->setOptions(options);
        QVERIFY2(told.isEmpty(), "it is read in the background");
        QVERIFY2(!m_model->result(), "that of another attack");
        m_model->startSweep(20); // waits for it
        QVERIFY(m_model->sweeping());
        QVERIFY(told.wait(small::kPatience));
        QCOMPARE(told.count(), 1);
        const QString why = told.first().at(0).toString();
        QVERIFY2(why.contains(QString::fromStdString(other.filename().string())), qPrintable(why));
        QVERIFY(!m_model->sweeping() && !m_model->result() && !m_model->live().running());

        std::filesystem::rename(away, other);
        ++options.steps;
        m_model->setOptions(options);
        QCOMPARE(told.count(), 2);
        QCOMPARE(told.last().at(0).toString(), why);
        QTest::qWait(100);
        QVERIFY(!m_model->subject().surrogate);
        options.attack = "pgd";
        m_model->setOptions(options);
        QVERIFY(small::waitForAttack(*m_model));
    }

    void theOtherNetworkIsReadOnce() // last: it trains another one
    {
        const auto former = m_session->run.model();
        m_session->run.play();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->run.model() && m_session->run.model() != former,
                                 small::kPatience);
        QVERIFY(small::waitForModel(*m_session));
        QVERIFY(m_model->hasSurrogate());
        attack::AttackOptions options = m_model->options();
        options.attack = "transfer";
        m_model->setOptions(options);
        m_model->startSweep(20); // waits for it
        QTRY_VERIFY_WITH_TIMEOUT(m_model->subject().surrogate, small::kPatience);
        const auto surrogate = m_model->subject().surrogate;
        QVERIFY(small::waitForAttack(*m_model));
        QTRY_VERIFY_WITH_TIMEOUT(!m_model->sweeping(), small::kPatience);
        QVERIFY(!m_model->sweep().empty());
        options.steps = 3;
        m_model->setOptions(options);
        QVERIFY2(m_model->subject().surrogate == surrogate, "not at each change of a setting");
        options.attack = "pgd";
        m_model->setOptions(options);
        QVERIFY(!m_model->subject().surrogate);
    }

private:
    static constexpr int kSteps = 12;
    LiveAttack::Request request() const
    {
        attack::AttackOptions options;
        options.attack = "pgd";
        options.steps = kSteps;
        options.epsilon = 20.0 / 255.0;
        return {m_model->subject(), m_model->picture(), {}, options};
    }
    std::unique_ptr<Session> m_session;
    std::unique_ptr<FoolModel> m_model;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    LiveAttackTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "live_attack_test.moc"
