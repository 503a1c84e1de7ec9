// The page of one series: what is drawn is what the attack found, within epsilon standard
// deviations of the series.
#include "fool/series_view.hpp"

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"
#include "fool/attack_fields.hpp"
#include "fool/epsilon_slider.hpp"
#include "fool/fool_model.hpp"
#include "fool/fool_place.hpp"
#include "fool/series_chart.hpp"
#include "fool/series_choice.hpp"
#include "fool/series_model.hpp"
#include "fool/series_panel.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTranslator>

#include <algorithm>
#include <cmath>

using namespace ostrich;
using namespace ostrich::ui;

class SeriesViewTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void withoutANetworkItSaysWhatToDo();
    void bothLinesAreDrawn();
    void noValueLeavesTheBall_data();
    void noValueLeavesTheBall();
    void withL0StepsAreCounted();
    void itIsWhatTheAttackFindsWithoutAWindow();
    void theSliderMovesEpsilon();
    void enoughOfItFoolsTheNetwork();
    void theFlipIsMarked();
    void aTargetIsAimedAt();
    void whatMovesPicturesAboutCannotBeChosen();
    void anotherSeriesHasItsOwnAttack();
    void theAttackCanBeCancelled();
    void whatOneChoseSurvivesAnotherRun();
    void frenchIsNotClipped();
    void ofSeveralFeaturesTheValuesAreCounted();
    void otherDataPutItToSleep();

private:
    Session &session() { return *m_session; }
    SeriesModel &model() { return *m_place->series(); }
    SeriesView *view() { return m_place->findChild<SeriesView *>(); }
    SeriesChart *chart() { return view()->findChild<SeriesChart *>(); }
    SeriesPanel *panel() { return view()->findChild<SeriesPanel *>(); }
    EpsilonSlider *slider() { return view()->findChild<EpsilonSlider *>(); }
    bool attacked(const attack::AttackOptions &options);
    std::vector<double> moves() const;

    std::unique_ptr<Session> m_session;
    std::unique_ptr<FoolPlace> m_place;
};

void SeriesViewTest::initTestCase()
{
    m_session = std::make_unique<Session>();
    m_place = std::make_unique<FoolPlace>(m_session.get());
    m_place->resize(1280, 720);
    m_place->show();
    QVERIFY(QTest::qWaitForWindowActive(m_place.get()));
}

void SeriesViewTest::cleanupTestCase()
{
    m_place.reset();
    m_session.reset();
}

/// Each test begins with the first series and PGD at a quarter of a deviation.
void SeriesViewTest::init()
{
    if (!session().run.model() || !session().run.sameData()) return;
    model().useSample(model().suggestions(1).front());
    attack::AttackOptions options;
    options.epsilon = 0.25;
    options.steps = 10;
    QVERIFY(attacked(options));
}

/// Until there is a result of these settings.
bool SeriesViewTest::attacked(const attack::AttackOptions &options)
{
    QSignalSpy ended(&model().live(), &LiveAttack::ended);
    attack::AttackOptions once = options;
    ++once.seed; // asks in any case
    model().setOptions(once);
    model().setOptions(options);
    return QTest::qWaitFor([&] { return !ended.isEmpty() && !model().live().running(); },
                           small::kPatience);
}

/// By how many deviations of the training data each value was moved.
std::vector<double> SeriesViewTest::moves() const
{
    const auto &deviation = m_session->data.dataset()->statistics.deviation;
    const attack::AttackResult &result = *m_place->series()->result();
    std::vector<double> moves;
    for (std::size_t i = 0; i < result.x.values.size(); ++i)
        moves.push_back((double{result.x_adv.values[i]} - double{result.x.values[i]})
                        / (deviation.empty() ? 1.0 : double{deviation[i % deviation.size()]}));
    return moves;
}

void SeriesViewTest::withoutANetworkItSaysWhatToDo() // first: nothing is trained yet
{
    session().project.setProject(small::project("conv1d", "waveforms?count=1000", 8), {});
    QVERIFY(small::waitForData(session()));
    QVERIFY(view()->isVisible());
    QVERIFY(seen::button(m_place.get(), "One series"));
    QVERIFY2(chart()->message().contains(QLatin1String("press Play")),
             qPrintable(chart()->message()));
    QVERIFY(!slider()->isEnabled() && !panel()->isEnabled());
    QVERIFY(seen::says(view(), QStringLiteral("ε = 0.25 σ")));
    session().run.play();
    QVERIFY(small::waitForModel(session()));
    QVERIFY(QTest::qWaitFor([&] { return model().result().has_value(); }, small::kPatience));
    QVERIFY(slider()->isEnabled() && panel()->isEnabled());
    QCOMPARE(model().options().epsilon, 0.25);
    QVERIFY(chart()->message().isEmpty());
}

void SeriesViewTest::bothLinesAreDrawn()
{
    const attack::AttackResult &result = *model().result();
    QCOMPARE(chart()->before().size(), model().series().values.size()); // of one feature
    QVERIFY(std::ranges::equal(chart()->before(), model().series().values));
    QVERIFY(std::ranges::equal(chart()->after(), result.x_adv.values));
    QVERIFY(chart()->before() != chart()->after());
}

void SeriesViewTest::noValueLeavesTheBall_data()
{
    QTest::addColumn<QString>("attack");
    QTest::addColumn<int>("norm");
    QTest::addColumn<double>("epsilon");
    QTest::newRow("Linf") << "pgd" << static_cast<int>(attack::Norm::Linf) << 0.3;
    QTest::newRow("L2") << "pgd" << static_cast<int>(attack::Norm::L2) << 1.5;
    QTest::newRow("L1") << "pgd" << static_cast<int>(attack::Norm::L1) << 5.0;
    QTest::newRow("L0") << "noise" << static_cast<int>(attack::Norm::L0) << 6.0;
}

void SeriesViewTest::noValueLeavesTheBall()
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

void SeriesViewTest::withL0StepsAreCounted()
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

void SeriesViewTest::itIsWhatTheAttackFindsWithoutAWindow()
{
    const auto result = attack::attackSamples(session().run.model(),
                                              session().data.dataset()->split(data::Split::Test),
                                              {model().sample()->index}, model().options());
    QVERIFY(result);
    QVERIFY(result->x_adv.values == model().result()->x_adv.values);
    QVERIFY(result->y_adv == model().result()->y_adv);
}

void SeriesViewTest::theSliderMovesEpsilon()
{
    slider()->setFocus();
    QTest::keyClick(slider(), Qt::Key_Right);
    QVERIFY(std::abs(model().options().epsilon - 0.275) < 1e-9);
    QVERIFY(seen::says(view(), QStringLiteral("ε = 0.275 σ")));
    QTest::keyClick(slider(), Qt::Key_Home);
    QCOMPARE(model().options().epsilon, 0.0);
    QVERIFY(attacked(model().options()));
    for (const double move : moves()) QCOMPARE(move, 0.0);
    QVERIFY(seen::says(view(), QStringLiteral("still says")));
}

void SeriesViewTest::enoughOfItFoolsTheNetwork()
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

void SeriesViewTest::theFlipIsMarked()
{
    QVERIFY(QTest::qWaitFor([&] { return model().flip().has_value(); }, small::kPatience));
    const double flip = *model().flip();
    QVERIFY(flip > 0.0 && flip < model().largestEpsilon());
    attack::AttackOptions options = model().options();
    options.epsilon = flip * 1.05 + 1.0 / 160.0;
    QVERIFY(attacked(options));
    QVERIFY(model().result()->y_adv[0] != model().result()->y_pred[0]);
}

void SeriesViewTest::aTargetIsAimedAt()
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

void SeriesViewTest::whatMovesPicturesAboutCannotBeChosen()
{
    auto *method = view()->findChild<MethodBox *>();
    int unfit = 0;
    for (const attack::AttackDescription &d : attack::attacks()) {
        const int row = method->findData(QString::fromStdString(d.name));
        const bool isEnabled =
            method->model()->flags(method->model()->index(row, 0)) & Qt::ItemIsEnabled;
        QCOMPARE(isEnabled, !d.norms.empty() && !d.usesSurrogate);
        QCOMPARE(method->itemData(row, Qt::ToolTipRole).toString() == "Not for series.",
                 !isEnabled);
        unfit += d.norms.empty();
    }
    QVERIFY(unfit > 0);
}

void SeriesViewTest::anotherSeriesHasItsOwnAttack()
{
    const SampleRef other = model().suggestions(3).back();
    const std::int64_t label = session()
                                   .data.dataset()
                                   ->split(data::Split::Test)
                                   .labels[static_cast<std::size_t>(other.index)];
    auto *choice = view()->findChild<SeriesChoice *>();
    choice->setCurrentRow(2);
    QCOMPARE(model().sample(), std::optional(other));
    QVERIFY(!model().result());
    QVERIFY(QTest::qWaitFor([&] { return model().result().has_value(); }, small::kPatience));
    QVERIFY(model().series()
            == session().data.dataset()->split(data::Split::Test).sample(other.index));
    QVERIFY(std::ranges::equal(chart()->before(), model().series().values));
    QCOMPARE(model().result()->y, (std::vector<std::int64_t>{label}));
}

/// It stays at the step at which it was stopped, and begins again.
void SeriesViewTest::theAttackCanBeCancelled()
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

void SeriesViewTest::whatOneChoseSurvivesAnotherRun()
{
    const SampleRef sample = model().suggestions(4).back();
    model().useSample(sample);
    const Array series = model().series();
    attack::AttackOptions options = model().options();
    options.epsilon = 0.6;
    options.target = 3;
    model().setOptions(options);
    for (const bool opens : {false, true}) {
        const auto folder = session().run.runFolder();
        opens ? session().run.openRun(folder) : session().run.play();
        QVERIFY2(model().series().empty(), "there is no network to show it to");
        QVERIFY(small::waitForModel(session()));
        QCOMPARE(model().sample(), std::optional(sample));
        QVERIFY(model().series() == series);
        QCOMPARE(model().options(), options);
        QVERIFY(QTest::qWaitFor([&] { return model().result().has_value(); }, small::kPatience));
    }
}

/// L0 counts each of them.
void SeriesViewTest::ofSeveralFeaturesTheValuesAreCounted()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("two.ts")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("@problemName two\n@timeStamps false\n@dimensions 2\n@classLabel true a b\n@data\n");
    for (int i = 0; i < 40; ++i)
        file.write(i % 2 ? "1,2,3,4,5,6,7,8,9:0,1,0,1,0,1,0,1,0:a\n"
                         : "9,8,7,6,5,4,3,2,1:1,0,1,0,1,0,1,0,1:b\n");
    file.close();
    session().project.setProject(
        small::project("conv1d", "ts:" + file.fileName().toStdString(), 40), {});
    QVERIFY(small::waitForData(session()));
    session().run.play();
    QVERIFY(small::waitForModel(session()));
    QVERIFY(!model().series().empty());
    QVERIFY(!model().hasOneFeature());
    attack::AttackOptions options = model().options();
    options.attack = "noise";
    options.norm = attack::Norm::L0;
    options.epsilon = 7;
    model().setOptions(options); // epsilon is that of the norm then
    QVERIFY(attacked(options));
    QCOMPARE(model().largestEpsilon(), 9.0);
    QVERIFY(seen::says(view(), QStringLiteral("ε = 7 values")));
    QVERIFY(seen::says(view(), QStringLiteral("Only 7 of 18 values changed, and ")));
}

void SeriesViewTest::frenchIsNotClipped()
{
    QTranslator french;
    QVERIFY(french.load(QStringLiteral(":/translations/ostrich_fr.qm")));
    QCoreApplication::installTranslator(&french);
    setLanguage(Language::French);
    FoolPlace place(&session());
    place.resize(1280, 720);
    place.show();
    QVERIFY(QTest::qWaitForWindowExposed(&place));
    session().run.openRun(std::filesystem::path(session().run.runFolder()));
    QVERIFY(
        QTest::qWaitFor([&] { return place.series()->result().has_value(); }, small::kPatience));
    QTest::qWait(100); // until all have their places
    QVERIFY(seen::says(&place, QStringLiteral("bougé")));
    QCOMPARE(session().data.className(1), QStringLiteral("carré"));
    QVERIFY(!place.findChild<SeriesChoice *>()->findItems("carré", Qt::MatchExactly).isEmpty());
    for (QLabel *label : place.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty()) continue;
        const QByteArray text = label->text().toUtf8();
        QVERIFY2(label->wordWrap() ? label->heightForWidth(label->width()) <= label->height()
                                   : label->sizeHint().width() <= label->width(),
                 text);
    }
    QCoreApplication::removeTranslator(&french);
    setLanguage(Language::English);
}

void SeriesViewTest::otherDataPutItToSleep() // last
{
    session().project.setData(small::kDigits);
    QVERIFY(small::waitForData(session()));
    QVERIFY(!view()->isVisible());
    QVERIFY(model().series().empty());
    QVERIFY(!model().result());
}

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    SeriesViewTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "series_view_test.moc"
