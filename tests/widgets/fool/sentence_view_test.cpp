// The page of one sentence as a student uses it: what is shown is what the attack finds, and fools
// the network indeed.
#include "fool/sentence_view.hpp"

#include "../model/french.hpp"
#include "attack/words.hpp"
#include "data/tokenizer.hpp"
#include "fool/attack_fields.hpp"
#include "fool/attack_panel.hpp"
#include "fool/epsilon_slider.hpp"
#include "fool/fool_model.hpp"
#include "fool/sentence_steps.hpp"
#include "sentence_page.hpp"

#include <QSignalSpy>

#include <algorithm>

using namespace ostrich;
using namespace ostrich::ui;

class SentenceViewTest : public QObject, private fool::SentencePage {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase() { close(); }

    void withoutANetworkItSaysWhatToDo();
    void aSentenceStandsThereAlready();
    void whatIsShownIsWhatTheAttackFinds_data();
    void whatIsShownIsWhatTheAttackFinds();
    void theSecondRowFoolsTheNetwork();
    void eachNumberOfExchangesIsShown();
    void whatWouldHelpIsSaid_data();
    void whatWouldHelpIsSaid();
    void anotherSettingForgetsTheAnswer();
    void aTargetIsAimedAt();
    void theSearchCanBeCancelled();
    void frenchIsNotClipped_data();
    void frenchIsNotClipped();
    void otherDataHaveTheirOwnPage_data();
    void otherDataHaveTheirOwnPage();

private:
    std::vector<std::int32_t> secondRow();
    attack::WordResult found(const attack::WordOptions &options);
};

void SentenceViewTest::initTestCase()
{
    QVERIFY(open());
}

/// Each test begins alike.
void SentenceViewTest::init()
{
    if (isTrained()) QVERIFY(begin());
}

/// The ids of the words below, found by how they read.
std::vector<std::int32_t> SentenceViewTest::secondRow()
{
    const auto pieces = session().data.dataset()->tokenizer->visiblePieces();
    std::vector<std::int32_t> ids;
    for (const SentenceRows::Word &word : rows()->words())
        ids.push_back(static_cast<std::int32_t>(std::ranges::find(pieces, word.after.toStdString())
                                                - pieces.begin()));
    return ids;
}

/// What the attack finds when it is asked without a window.
attack::WordResult SentenceViewTest::found(const attack::WordOptions &options)
{
    const auto dataset = session().data.dataset();
    const data::Samples &test = dataset->split(data::Split::Test);
    const auto index = static_cast<std::size_t>(model().sample()->index);
    const auto first = test.tokens.begin() + test.starts[index];
    const std::vector<std::int32_t> ids(first, test.tokens.begin() + test.starts[index + 1]);
    return *attack::attackWords(session().run.model(), ids, dataset->tokenizer->pieces(),
                                data::Tokenizer::kSpecials, test.labels[index], options);
}

void SentenceViewTest::withoutANetworkItSaysWhatToDo() // first: nothing is trained yet
{
    QVERIFY(!view()->isVisible()); // nor are there data
    QVERIFY(chooseOpinions());
    QVERIFY(view()->isVisible());
    QVERIFY(seen::button(&place(), "One sentence"));
    QVERIFY(!seen::button(&place(), "One picture"));
    QVERIFY2(rows()->message().contains(QLatin1String("press Play")),
             qPrintable(rows()->message()));
    QVERIFY(!button("Fool it")->isEnabled() && !line()->isEnabled());
    QSignalSpy told(&place(), &FoolPlace::statusMessage);
    model().start();
    QCOMPARE(told.count(), 1);
    QCOMPARE(told.first().at(0).toString(), model().obstacle());
    QVERIFY(!model().running());

    session().run.play();
    QVERIFY(small::waitForModel(session()));
    QVERIFY(model().obstacle().isEmpty());
    QVERIFY(button("Fool it")->isEnabled() && line()->isEnabled());
}

void SentenceViewTest::aSentenceStandsThereAlready()
{
    QVERIFY(model().sample());
    QCOMPARE(line()->text(), session().data.text(*model().sample()));
    QVERIFY(!rows()->isAttacked());
    const auto &labels = session().data.dataset()->split(data::Split::Test).labels;
    const auto right = labels[static_cast<std::size_t>(model().sample()->index)];
    QCOMPARE(model().watchedClass(), std::int64_t{right});
    QVERIFY(seen::says(view(), "The network reads this as " + session().data.className(right)));
}

void SentenceViewTest::whatIsShownIsWhatTheAttackFinds_data()
{
    QTest::addColumn<int>("sentence");
    QTest::addColumn<int>("nearest");
    for (const int sentence : {0, 1, 2})
        for (const int nearest : {0, 5})
            QTest::addRow("sentence %d, %d nearest", sentence, nearest) << sentence << nearest;
}

void SentenceViewTest::whatIsShownIsWhatTheAttackFinds()
{
    QFETCH(int, sentence);
    QFETCH(int, nearest);
    model().useSample(model().suggestions(3).at(static_cast<std::size_t>(sentence)));
    if (nearest > 0) model().setParameters({{"nearest", std::int64_t{nearest}}});
    attack::WordOptions options;
    options.nearest = nearest;
    const attack::WordResult wanted = found(options);
    QVERIFY(fooled());
    const auto &words = rows()->words();
    QCOMPARE(words.size(), wanted.words.size());
    QVERIFY(rows()->isAttacked());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto changed = std::ranges::find(wanted.changes, static_cast<std::int64_t>(i),
                                               &attack::WordChange::step);
        const bool stayed = changed == wanted.changes.end();
        QCOMPARE(words[i].before.toStdString(), wanted.words[i]);
        QCOMPARE(words[i].after.toStdString(), stayed ? wanted.words[i] : changed->to);
        QCOMPARE(words[i].isExchanged(), !stayed);
    }
    if (!wanted.fooled) {
        QVERIFY(seen::says(view(), "not fool it"));
        return;
    }
    QVERIFY(seen::says(
        view(),
        QStringLiteral("%1 of %2 words changed").arg(wanted.changes.size()).arg(words.size())));
    if (wanted.changes.size() > 1)
        QCOMPARE(seen::says(view(), "No smaller set does it"), wanted.provenSmallest);
    else
        QVERIFY(seen::says(view(), "One word is the fewest"));
    QVERIFY(seen::says(view(), QLocale().toString(wanted.queries) + " question"));
}

void SentenceViewTest::theSecondRowFoolsTheNetwork()
{
    QVERIFY(fooled());
    QVERIFY(model().result()->fooled);
    const std::vector<std::int32_t> ids = secondRow();
    const auto answer =
        engine::probabilities(session().run.model(), Array{.shape = {1, std::ssize(ids)},
                                                           .values = {ids.begin(), ids.end()}});
    QVERIFY(answer);
    const auto winner = std::ranges::max_element(answer->values) - answer->values.begin();
    QVERIFY(winner != model().watchedClass());
    QCOMPARE(winner, model().result()->y_adv);
    QVERIFY(seen::says(view(), " to " + session().data.className(winner)));
}

void SentenceViewTest::eachNumberOfExchangesIsShown()
{
    model().setParameters({{"nearest", std::int64_t{2}}, {"most", std::int64_t{3}}});
    QVERIFY(fooled());
    const auto *steps = view()->findChild<SentenceSteps *>();
    QCOMPARE(steps->rows().size(), model().found().size() + 1);
    QCOMPARE(steps->rows().front().exchanged, 0); // the sentence as it is
    for (std::size_t i = 0; i < model().found().size(); ++i) {
        const attack::WordResult &found = model().found()[i];
        const WordStep &row = steps->rows()[i + 1];
        QCOMPARE(found.changes.size(), i + 1);
        QCOMPARE(row.exchanged, static_cast<int>(i + 1));
        QCOMPARE(row.share, found.after[static_cast<std::size_t>(model().watchedClass())]);
        QCOMPARE(row.isFooled, found.fooled);
        QCOMPARE(row.exchanges.count(QStringLiteral("→")), static_cast<qsizetype>(i + 1));
    }
    QCOMPARE(model().found().back().changes.size(), model().result()->changes.size());
}

void SentenceViewTest::whatWouldHelpIsSaid_data()
{
    QTest::addColumn<int>("nearest");
    QTest::newRow("any word already") << 0;
    QTest::newRow("the nearest alone") << 1;
}

/// One word is too few for some of the sentences, each said three times over.
void SentenceViewTest::whatWouldHelpIsSaid()
{
    QFETCH(int, nearest);
    model().setParameters({{"most", std::int64_t{1}}, {"nearest", std::int64_t{nearest}}});
    for (const SampleRef &sample : model().suggestions(24)) {
        model().setText((session().data.text(sample) + QLatin1Char(' ')).repeated(3));
        QVERIFY(fooled());
        if (!model().result()->fooled) break;
    }
    QVERIFY2(!model().result()->fooled, "no sentence holds against one word");
    QVERIFY(seen::says(view(), QStringLiteral("Allow more words")));
    QCOMPARE(seen::says(view(), QStringLiteral("any word in their place")), nearest > 0);
}

void SentenceViewTest::anotherSettingForgetsTheAnswer()
{
    QVERIFY(fooled());
    model().setParameters({{"most", std::int64_t{2}}});
    QVERIFY(!model().result() && model().found().empty());
    QVERIFY(!rows()->isAttacked());
    QVERIFY(!model().before().empty()); // of the sentence as it is, nothing has changed
}

void SentenceViewTest::aTargetIsAimedAt()
{
    auto *target = view()->findChild<ClassBox *>();
    const std::int64_t own = model().watchedClass(), other = 1 - own;
    target->setFocus();
    QTest::keyClick(target, Qt::Key_Home);
    for (std::int64_t i = 0; i <= other; ++i) QTest::keyClick(target, Qt::Key_Down);
    QCOMPARE(model().target(), std::optional(other));
    QVERIFY(fooled());
    QCOMPARE(model().result()->y_adv, other);
    model().setTarget(own);
    QVERIFY(fooled());
    QVERIFY(model().result()->changes.empty());
    QVERIFY(seen::says(view(), "already"));
}

void SentenceViewTest::theSearchCanBeCancelled()
{
    model().setParameters(fool::kLongSearch);
    QTest::mouseClick(button("Fool it"), Qt::LeftButton);
    QVERIFY(model().running());
    QVERIFY(!button("Fool it"));
    QTest::mouseClick(button("Cancel"), Qt::LeftButton);
    QVERIFY(!model().running() && model().stopped());
    QVERIFY(seen::says(view(), "Stopped"));
    const std::size_t found = model().found().size();
    QTest::qWait(500); // what was on its way does not come
    QVERIFY(!model().result());
    QCOMPARE(model().found().size(), found);
    model().setParameters({});
    QVERIFY(fooled()); // and it can be begun anew
}

void SentenceViewTest::frenchIsNotClipped_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("as designed") << QSize(1280, 720);
    QTest::newRow("the smallest window") << QSize(960, 560);
}

void SentenceViewTest::frenchIsNotClipped()
{
    QFETCH(QSize, size);
    const French french;
    QVERIFY(french.isLoaded());
    FoolPlace place(&session());
    place.resize(size);
    place.show();
    QVERIFY(QTest::qWaitForWindowExposed(&place));
    session().run.openRun(std::filesystem::path(session().run.runFolder()));
    SentenceModel &french_model = *place.sentences();
    QVERIFY(QTest::qWaitFor([&] { return !french_model.before().empty(); }, small::kPatience));
    french_model.start();
    QVERIFY(QTest::qWaitFor([&] { return french_model.result().has_value(); }, small::kPatience));
    QTest::qWait(100); // until all have their places
    QVERIFY(seen::button(&place, QStringLiteral("Tromper")));
    QVERIFY(seen::says(&place, QStringLiteral("changé")));
    const QStringList clipped = seen::clipped(&place);
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(QStringLiteral(" | "))));
}

void SentenceViewTest::otherDataHaveTheirOwnPage_data() // last
{
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("says");
    QTest::newRow("pictures") << QString::fromLatin1(small::kDigits)
                              << QStringLiteral("One picture") << QStringLiteral("press Play");
    QTest::newRow("forecasts") << QStringLiteral("ar?count=200") << QStringLiteral("One picture")
                               << QStringLiteral("with classes");
    QTest::newRow("translations") << QStringLiteral("translation?count=200")
                                  << QStringLiteral("One picture")
                                  << QStringLiteral("with classes");
    QTest::newRow("writing") << QStringLiteral("corpus?count=20000")
                             << QStringLiteral("One picture") << QStringLiteral("with classes");
}

void SentenceViewTest::otherDataHaveTheirOwnPage()
{
    QFETCH(QString, data);
    QFETCH(QString, page);
    QFETCH(QString, says);
    session().project.setData(data.toStdString());
    QVERIFY(small::waitForData(session()));
    QVERIFY(!view()->isVisible());
    QVERIFY(seen::button(&place(), page));
    const QString why = place().model()->obstacle();
    QVERIFY2(why.contains(says), qPrintable(why));
    QVERIFY(!why.contains(QLatin1Char('\n')));
    QVERIFY(!place().findChild<EpsilonSlider *>()->isEnabled());
    QCOMPARE(place().findChild<AttackPanel *>()->isEnabled(), !place().model()->lacksPictures());
    auto *open = seen::button(&place(), QStringLiteral("Open a network for pictures"));
    QCOMPARE(open != nullptr, place().model()->lacksPictures());
}

int main(int argc, char **argv)
{
    return fool::run<SentenceViewTest>(argc, argv);
}

#include "sentence_view_test.moc"
