// The attack on one series: within epsilon standard deviations, watched as it goes, told what it
// may do, made on another run.
#include "../model/small_training.hpp"
#include "fool/attack_fields.hpp"
#include "fool/live_controls.hpp"
#include "fool/loss_plot.hpp"
#include "fool/more_popup.hpp"
#include "series_page.hpp"
#include "train/run.hpp"

#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

using namespace ostrich;
using namespace ostrich::ui;

class SeriesAttackTest : public QObject, private fool::SeriesPage {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase() { close(); }

    void noValueLeavesTheBall_data();
    void noValueLeavesTheBall();
    void withL0StepsAreCounted();
    void itIsWhatTheAttackFindsWithoutAWindow();
    void enoughOfItFoolsTheNetwork();
    void theFlipIsMarked();
    void aTargetIsAimedAt();
    void whatMovesPicturesAboutCannotBeChosen();
    void theAttackCanBeCancelled();
    void theAttackIsWatchedStepByStep();
    void itsLossIsDrawn();
    void moreStartsAreAsked();
    void aTransferIsMadeOnAnotherRun();
};

void SeriesAttackTest::initTestCase()
{
    QVERIFY(open());
    QVERIFY(chooseWaves());
    session().run.play();
    QVERIFY(small::waitForModel(session()));
}

/// Each test begins alike.
void SeriesAttackTest::init()
{
    if (isTrained()) QVERIFY(begin());
}

void SeriesAttackTest::noValueLeavesTheBall_data()
{
    QTest::addColumn<QString>("attack");
    QTest::addColumn<int>("norm");
    QTest::addColumn<double>("epsilon");
    QTest::newRow("Linf") << "pgd" << static_cast<int>(attack::Norm::Linf) << 0.3;
    QTest::newRow("L2") << "pgd" << static_cast<int>(attack::Norm::L2) << 1.5;
    QTest::newRow("L1") << "pgd" << static_cast<int>(attack::Norm::L1) << 5.0;
    QTest::newRow("L0") << "noise" << static_cast<int>(attack::Norm::L0) << 6.0;
}

void SeriesAttackTest::noValueLeavesTheBall()
{
    QFETCH(QString, attack);
    QFETCH(int, norm);
    QFETCH(double, epsilon);
    attack::AttackOptions options = model().options();
    options.attack = attack.toStdString();
    options.norm = static_cast<attack::Norm>(norm);
    model().setOptions(options); // epsilon is that of the norm then
    options.epsilon = epsilon;
    QVERIFY(attacked(options));
    QCOMPARE(model().options().epsilon, epsilon);
    QVERIFY(epsilon <= model().largestEpsilon());
    double largest = 0.0, squares = 0.0, sum = 0.0, count = 0.0;
    for (const double move : moves()) {
        largest = std::max(largest, std::abs(move));
        squares += move * move;
        sum += std::abs(move);
        count += move != 0.0;
    }
    const double length = options.norm == attack::Norm::Linf ? largest
                          : options.norm == attack::Norm::L2 ? std::sqrt(squares)
                          : options.norm == attack::Norm::L1 ? sum
                                                             : count;
    QVERIFY2(length <= epsilon * (1.0 + 1e-4), qPrintable(QString::number(length)));
    QVERIFY2(length > 0.5 * epsilon, qPrintable(QString::number(length)));
}

void SeriesAttackTest::withL0StepsAreCounted()
{
    const auto steps = static_cast<double>(model().series().dim(0));
    attack::AttackOptions options = model().options();
    options.attack = "noise";
    options.norm = attack::Norm::L0;
    model().setOptions(options);
    QCOMPARE(model().largestEpsilon(), std::round(steps / 2.0));
    for (const int count : {1, 6}) { // noise moves as many as it may
        options.epsilon = count;
        QVERIFY(attacked(options));
        QVERIFY(seen::says(view(), QStringLiteral("ε = %1 steps").arg(count)));
        QVERIFY(seen::says(
            view(), QStringLiteral("Only %1 of %2 steps changed, and ").arg(count).arg(steps)));
    }
}

void SeriesAttackTest::itIsWhatTheAttackFindsWithoutAWindow()
{
    const auto result = attack::attackSamples(session().run.model(),
                                              session().data.dataset()->split(data::Split::Test),
                                              {model().sample()->index}, model().options());
    QVERIFY(result);
    QVERIFY(result->x_adv.values == model().result()->x_adv.values);
    QVERIFY(result->y_adv == model().result()->y_adv);
}

void SeriesAttackTest::enoughOfItFoolsTheNetwork()
{
    attack::AttackOptions options = model().options();
    options.epsilon = 1.0;
    QVERIFY(attacked(options));
    const attack::AttackResult &result = *model().result();
    QVERIFY(result.y_adv[0] != result.y_pred[0]);
    QVERIFY(seen::says(view(), QStringLiteral("No value moved by more than 1 σ, and the network "
                                              "went from ")));
    QVERIFY(seen::says(view(), " to " + session().data.className(result.y_adv[0])));
    QVERIFY(seen::says(view(), QStringLiteral("Random noise of the same size")));
}

void SeriesAttackTest::theFlipIsMarked()
{
    QVERIFY(
        QTest::qWaitFor([&] { return model().flip().epsilon().has_value(); }, small::kPatience));
    const double flip = *model().flip().epsilon();
    QVERIFY(flip > 0.0 && flip < model().largestEpsilon());
    attack::AttackOptions options = model().options();
    options.epsilon = flip * 1.05 + 1.0 / 160.0;
    QVERIFY(attacked(options));
    QVERIFY(model().result()->y_adv[0] != model().result()->y_pred[0]);
}

void SeriesAttackTest::aTargetIsAimedAt()
{
    attack::AttackOptions options = model().options();
    options.target = (model().result()->y_pred[0] + 1) % session().data.dataset()->facts.classes;
    options.epsilon = 1.0;
    QVERIFY(attacked(options));
    const auto &after = model().result()->after.values;
    const auto &before = model().result()->before.values;
    const auto target = static_cast<std::size_t>(*options.target);
    QVERIFY(after[target] > before[target]);
}

void SeriesAttackTest::whatMovesPicturesAboutCannotBeChosen()
{
    auto *method = view()->findChild<MethodBox *>();
    int unfit = 0;
    for (const attack::AttackDescription &d : attack::attacks()) {
        const int row = method->findData(QString::fromStdString(d.name));
        const bool isEnabled =
            method->model()->flags(method->model()->index(row, 0)) & Qt::ItemIsEnabled;
        QCOMPARE(isEnabled, !d.norms.empty() && !d.usesSurrogate); // there is no other network
        QCOMPARE(method->itemData(row, Qt::ToolTipRole).toString() == "Not for series.",
                 d.norms.empty());
        unfit += d.norms.empty();
    }
    QVERIFY(unfit > 0);
}

/// It stays at the step at which it was stopped, and begins again.
void SeriesAttackTest::theAttackCanBeCancelled()
{
    attack::AttackOptions options = model().options();
    options.steps = 1'000'000;
    model().setOptions(options);
    QVERIFY(QTest::qWaitFor([&] { return model().live().step().has_value(); }, small::kPatience));
    model().live().cancel();
    QVERIFY(!model().live().running());
    QVERIFY2(!model().result(), "what is shown would be of other settings");
    QVERIFY(chart()->before() != chart()->after());
    options.steps = 10;
    QVERIFY(attacked(options));
    QVERIFY(model().result());
}

/// Paused at its start it goes on by single steps, then slowly, then it is stopped.
void SeriesAttackTest::theAttackIsWatchedStepByStep()
{
    LiveAttack &live = model().live();
    const auto *controls = view()->findChild<LiveControls *>();
    const auto buttons = controls->findChildren<QToolButton *>();
    QCOMPARE(buttons.size(), 3);
    auto *play = buttons[0], *step = buttons[1], *stop = buttons[2];
    QVERIFY(play->isEnabled() && step->isEnabled() && !stop->isEnabled());
    QTest::mouseClick(step, Qt::LeftButton);
    QVERIFY(live.running() && live.pace() == LiveAttack::Pace::Paused);
    for (std::size_t steps = 1; steps <= 4; ++steps) {
        QTRY_COMPARE_WITH_TIMEOUT(live.seen().size(), steps, small::kPatience);
        QVERIFY(seen::says(controls, QStringLiteral("step %1 of 10").arg(steps - 1)));
        QVERIFY(std::ranges::equal(chart()->after(), live.step()->x_adv.values));
        QTest::mouseClick(step, Qt::LeftButton);
    }
    QVERIFY(chart()->before() != chart()->after());
    QTest::mouseClick(play, Qt::LeftButton);
    QVERIFY(live.running() && live.pace() == LiveAttack::Pace::Slow);
    QTest::mouseClick(stop, Qt::LeftButton);
    QVERIFY(!live.running() && !model().result());
}

/// The attack makes it large; another series has another one.
void SeriesAttackTest::itsLossIsDrawn()
{
    const auto *plot = view()->findChild<LossPlot *>()->findChild<QCustomPlot *>();
    QVERIFY(plot->isVisible());
    const auto loss = plot->graph(0)->data();
    const auto &seen = model().live().seen();
    QCOMPARE(loss->size(), static_cast<int>(seen.size()));
    QVERIFY(seen.size() >= 10);
    for (int i = 0; i < loss->size(); ++i)
        QCOMPARE(loss->at(i)->value, seen[static_cast<std::size_t>(i)].loss);
    QVERIFY(loss->at(loss->size() - 1)->value > loss->at(0)->value);
    view()->findChild<SeriesChoice *>()->setCurrentRow(1);
    QVERIFY(model().live().seen().empty() && !plot->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(plot->isVisible(), small::kPatience);
}

/// Their steps are counted on; they are the attack's business, not of those that take none.
void SeriesAttackTest::moreStartsAreAsked()
{
    auto *more = qobject_cast<QPushButton *>(seen::button(panel(), QStringLiteral("More…")));
    QVERIFY(more && more->isEnabled());
    QTest::mouseClick(more, Qt::LeftButton);
    auto *popup = panel()->findChild<MorePopup *>();
    QVERIFY(popup->isVisible());
    auto *starts = seen::named<QSpinBox>(popup, QStringLiteral("Random starts"));
    QVERIFY(starts);
    QSignalSpy ended(&model().live(), &LiveAttack::ended);
    starts->setValue(3);
    popup->close();
    QCOMPARE(model().options().restarts, 3);
    QVERIFY(ended.wait(small::kPatience));
    QVERIFY(model().live().seen().size() > 11);
    attack::AttackOptions options = model().options();
    options.attack = "noise";
    QVERIFY(attacked(options));
    QVERIFY(!more->isEnabled());
}

/// It is the attack on the other run, tried on this one: what the attack without a window finds.
void SeriesAttackTest::aTransferIsMadeOnAnotherRun()
{
    auto *method = panel()->findChild<MethodBox *>();
    const int row = method->findData(QStringLiteral("transfer"));
    const auto canBeChosen = [&] {
        return bool(method->model()->flags(method->model()->index(row, 0)) & Qt::ItemIsEnabled);
    };
    QVERIFY2(!canBeChosen(), "there is no other run yet");
    session().run.play();
    QVERIFY(small::waitForModel(session()));
    QVERIFY(canBeChosen());
    const auto &runs = session().run.runs();
    const auto other = std::ranges::find_if(
        runs, [&](const train::Run &run) { return run.folder != session().run.runFolder(); });
    QVERIFY(other != runs.end());
    attack::AttackOptions options = model().options();
    options.attack = "transfer";
    options.steps = 0;
    model().setOptions(options);
    QTRY_VERIFY_WITH_TIMEOUT(model().result() && !model().live().running(), small::kPatience);
    attack::Subject subject(session().run.model());
    subject.surrogate =
        attack::Subject(*train::loadModel(*train::openRun(other->folder))).classifier;
    const auto alone =
        attack::attackSamples(subject, session().data.dataset()->split(data::Split::Test),
                              {model().sample()->index}, options);
    QVERIFY(alone);
    QVERIFY(alone->x_adv.values == model().result()->x_adv.values);
    auto *popup = panel()->findChild<MorePopup *>();
    popup->openAt(panel());
    auto *madeOn = seen::named<QComboBox>(popup, QStringLiteral("Made on"));
    QVERIFY(madeOn);
    QCOMPARE(madeOn->currentText(), place().model()->runName(other->folder));
    popup->close();
}

int main(int argc, char **argv)
{
    return fool::run<SeriesAttackTest>(argc, argv);
}

#include "series_attack_test.moc"
