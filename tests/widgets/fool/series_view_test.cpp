// The page of one series as a student uses it: what is drawn and said, and what stays when other
// data or another run come.
#include "fool/series_view.hpp"

#include "../model/french.hpp"
#include "fool/live_controls.hpp"
#include "series_page.hpp"

#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace ostrich;
using namespace ostrich::ui;

class SeriesViewTest : public QObject, private fool::SeriesPage {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase() { close(); }

    void withoutANetworkItSaysWhatToDo();
    void bothLinesAreDrawn();
    void theSliderMovesEpsilon();
    void anotherSeriesHasItsOwnAttack();
    void whatOneChoseSurvivesAnotherRun();
    void frenchIsNotClipped();
    void ofSeveralFeaturesTheValuesAreCounted();
    void otherDataPutItToSleep();
};

void SeriesViewTest::initTestCase()
{
    QVERIFY(open());
}

/// Each test begins alike.
void SeriesViewTest::init()
{
    if (isTrained()) QVERIFY(begin());
}

void SeriesViewTest::withoutANetworkItSaysWhatToDo() // first: nothing is trained yet
{
    QVERIFY(chooseWaves());
    QVERIFY(view()->isVisible());
    QVERIFY(seen::button(&place(), "One series"));
    QVERIFY2(chart()->message().contains(QLatin1String("press Play")),
             qPrintable(chart()->message()));
    const auto *play = view()->findChild<LiveControls *>()->findChild<QToolButton *>();
    QVERIFY(!slider()->isEnabled() && !panel()->isEnabled() && !play->isEnabled());
    QVERIFY(seen::says(view(), QStringLiteral("ε = 0.25 σ")));
    session().run.play();
    QVERIFY(small::waitForModel(session()));
    QVERIFY(QTest::qWaitFor([&] { return model().result().has_value(); }, small::kPatience));
    QVERIFY(slider()->isEnabled() && panel()->isEnabled() && play->isEnabled());
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

void SeriesViewTest::frenchIsNotClipped()
{
    const French french;
    QVERIFY(french.isLoaded());
    FoolPlace place(&session());
    place.resize(fool::kDesigned);
    place.show();
    QVERIFY(QTest::qWaitForWindowExposed(&place));
    session().run.openRun(std::filesystem::path(session().run.runFolder()));
    QVERIFY(
        QTest::qWaitFor([&] { return place.series()->result().has_value(); }, small::kPatience));
    QTest::qWait(100); // until all have their places
    QVERIFY(seen::says(&place, QStringLiteral("bougé")));
    QCOMPARE(session().data.className(1), QStringLiteral("carré"));
    QVERIFY(!place.findChild<SeriesChoice *>()->findItems("carré", Qt::MatchExactly).isEmpty());
    const QStringList clipped = seen::clipped(&place);
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(QStringLiteral(" | "))));
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
    return fool::run<SeriesViewTest>(argc, argv);
}

#include "series_view_test.moc"
