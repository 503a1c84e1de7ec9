// The page of one sentence as a student uses it: what is shown is what the attack finds, and fools
// the network indeed.
#include "fool/sentence_view.hpp"

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"
#include "attack/words.hpp"
#include "data/tokenizer.hpp"
#include "fool/attack_fields.hpp"
#include "fool/attack_panel.hpp"
#include "fool/epsilon_slider.hpp"
#include "fool/fool_model.hpp"
#include "fool/fool_place.hpp"
#include "fool/sentence_choice.hpp"
#include "fool/sentence_model.hpp"
#include "fool/sentence_rows.hpp"
#include "fool/sentence_steps.hpp"
#include "model/typed_text.hpp"
#include "theme/controls.hpp"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTranslator>

#include <algorithm>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

/// The settings of a search that takes its time.
const graph::Parameters kLong{
    {"most", std::int64_t{100}}, {"beam", std::int64_t{1000}}, {"nearest", std::int64_t{2}}};

} // namespace

class SentenceViewTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void withoutANetworkItSaysWhatToDo();
    void aSentenceStandsThereAlready();
    void whatIsShownIsWhatTheAttackFinds_data();
    void whatIsShownIsWhatTheAttackFinds();
    void theSecondRowFoolsTheNetwork();
    void eachNumberOfExchangesIsShown();
    void aTypedSentenceIsRead();
    void unknownWordsAreMarked();
    void whatIsTooLongIsSaid();
    void whatWouldHelpIsSaid_data();
    void whatWouldHelpIsSaid();
    void aSentenceThatCannotBeReadIsSaidInOneLine_data();
    void aSentenceThatCannotBeReadIsSaidInOneLine();
    void anotherSettingForgetsTheAnswer();
    void aTargetIsAimedAt();
    void theSearchCanBeCancelled();
    void anotherSentenceEndsTheSearch();
    void aSuggestionIsChosenByItsRow();
    void whatOneTypedSurvivesAnotherRun();
    void whatOneTypedSurvivesAnotherSeed();
    void frenchIsNotClipped_data();
    void frenchIsNotClipped();
    void otherDataHaveTheirOwnPage_data();
    void otherDataHaveTheirOwnPage();

private:
    Session &session() { return *m_session; }
    SentenceModel &model() { return *m_place->sentences(); }
    SentenceView *view() { return m_place->findChild<SentenceView *>(); }
    SentenceRows *rows() { return view()->findChild<SentenceRows *>(); }
    QLineEdit *line() { return seen::named<QLineEdit>(view(), "The sentence to be fooled"); }
    QPushButton *button(const char *text);
    bool fooled();
    std::vector<std::int32_t> secondRow();
    attack::WordResult found(const attack::WordOptions &options);

    std::unique_ptr<Session> m_session;
    std::unique_ptr<FoolPlace> m_place;
};

void SentenceViewTest::initTestCase()
{
    m_session = std::make_unique<Session>();
    m_place = std::make_unique<FoolPlace>(m_session.get());
    m_place->resize(1280, 720);
    m_place->show();
    QVERIFY(QTest::qWaitForWindowActive(m_place.get()));
}

void SentenceViewTest::cleanupTestCase()
{
    m_place.reset();
    m_session.reset();
}

/// Each test begins with the first sentence, no target and the settings as they come.
void SentenceViewTest::init()
{
    if (!session().run.model() || !session().run.sameData()) return;
    model().setTarget({});
    model().setParameters({});
    model().useSample(model().suggestions(1).front());
    QVERIFY(QTest::qWaitFor([&] { return !model().before().empty(); }, small::kPatience));
}

QPushButton *SentenceViewTest::button(const char *text)
{
    for (QPushButton *button : view()->findChildren<QPushButton *>())
        if (button->isVisible() && button->text() == QString::fromUtf8(text)) return button;
    return nullptr;
}

/// Presses the button and waits for its answer.
bool SentenceViewTest::fooled()
{
    QPushButton *press = button("Fool it");
    if (!press || !press->isEnabled()) return false;
    QTest::mouseClick(press, Qt::LeftButton);
    return QTest::qWaitFor([&] { return model().result().has_value(); }, small::kPatience);
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
    session().project.setProject(small::project("bag-of-words", "sentiment?count=1200", 6), {});
    QVERIFY(small::waitForData(session()));
    QVERIFY(view()->isVisible());
    QVERIFY(seen::button(m_place.get(), "One sentence"));
    QVERIFY(!seen::button(m_place.get(), "One picture"));
    QVERIFY2(rows()->message().contains(QLatin1String("press Play")),
             qPrintable(rows()->message()));
    QVERIFY(!button("Fool it")->isEnabled() && !line()->isEnabled());
    QSignalSpy told(m_place.get(), &FoolPlace::statusMessage);
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
    QVERIFY(!steps->rows().front().isAttacked);
    for (std::size_t i = 0; i < model().found().size(); ++i) {
        const attack::WordResult &found = model().found()[i];
        const SentenceSteps::Row &row = steps->rows()[i + 1];
        QCOMPARE(found.changes.size(), i + 1);
        QCOMPARE(row.words, QString::number(i + 1));
        QCOMPARE(row.share, found.after[static_cast<std::size_t>(model().watchedClass())]);
        QCOMPARE(row.isFooled, found.fooled);
        QCOMPARE(row.exchanges.count(QStringLiteral("→")), static_cast<qsizetype>(i + 1));
    }
    QCOMPARE(model().found().back().changes.size(), model().result()->changes.size());
}

void SentenceViewTest::aTypedSentenceIsRead()
{
    const QString text = session().data.text(model().suggestions(2).back());
    line()->setFocus();
    line()->selectAll();
    QTest::keyClicks(line(), text);
    QVERIFY(!model().sample());
    QVERIFY(model().ids() == typedIds(*session().data.dataset(), text.toStdString()));
    QCOMPARE(rows()->words().size(), model().ids().size());
    QVERIFY(QTest::qWaitFor([&] { return !model().before().empty(); }, small::kPatience));
    QTest::keyClick(line(), Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return model().result().has_value(); }, small::kPatience));
    QCOMPARE(model().result()->words.size(), model().ids().size());
    QCOMPARE(line()->text(), text); // it stays as it was typed
}

void SentenceViewTest::unknownWordsAreMarked()
{
    line()->setFocus();
    line()->selectAll();
    QTest::keyClicks(line(), "xyzzy " + session().data.text(model().suggestions(1).front()));
    QCOMPARE(model().unknown(), 1);
    QVERIFY(rows()->words().at(0).isUnknown && !rows()->words().at(1).isUnknown);
    QCOMPARE(rows()->words().at(0).before, QStringLiteral("xyzzy"));
    QVERIFY(seen::says(view(), "does not know 1 of these words"));
    QVERIFY(button("Fool it")->isEnabled()); // the others may be exchanged
}

void SentenceViewTest::whatIsTooLongIsSaid()
{
    const auto longest = session().data.dataset()->facts.longest;
    const QString word = rows()->words().front().before + QLatin1Char(' ');
    const QString said = QStringLiteral("Only the first %1 word").arg(longest);
    model().setText(word.repeated(static_cast<int>(longest)));
    QVERIFY(!seen::says(view(), said));
    model().setText(word.repeated(static_cast<int>(longest) + 1));
    QVERIFY(seen::says(view(), said));
    QCOMPARE(std::ssize(rows()->words()), longest);
    QVERIFY(fooled() || model().result());
    QVERIFY(seen::says(view(), said));
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

void SentenceViewTest::aSentenceThatCannotBeReadIsSaidInOneLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("empty") << QString() << QStringLiteral("Type a sentence");
    QTest::newRow("blanks") << QStringLiteral("   ") << QStringLiteral("Type a sentence");
    QTest::newRow("unknown") << QStringLiteral("xyzzy plugh") << QStringLiteral("none of these");
}

void SentenceViewTest::aSentenceThatCannotBeReadIsSaidInOneLine()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    line()->setFocus();
    line()->selectAll();
    QTest::keyClick(line(), Qt::Key_Delete);
    QTest::keyClicks(line(), text);
    QVERIFY2(rows()->message().contains(said), qPrintable(rows()->message()));
    QVERIFY(!rows()->message().contains(QLatin1Char('\n')));
    QVERIFY(rows()->words().empty());
    QVERIFY(!button("Fool it")->isEnabled());
    QSignalSpy told(m_place.get(), &FoolPlace::statusMessage);
    QTest::keyClick(line(), Qt::Key_Return);
    QCOMPARE(told.count(), 1);
    QCOMPARE(told.first().at(0).toString(), rows()->message());
    QVERIFY(!model().running());
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
    model().setParameters(kLong);
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

void SentenceViewTest::anotherSentenceEndsTheSearch()
{
    model().setParameters(kLong);
    QTest::mouseClick(button("Fool it"), Qt::LeftButton);
    QVERIFY(model().running());
    model().useSample(model().suggestions(2).back());
    QVERIFY(!model().running() && !model().stopped());
    QTest::qWait(500);
    QVERIFY(!model().result() && model().found().empty());
}

void SentenceViewTest::aSuggestionIsChosenByItsRow()
{
    auto *choice = view()->findChild<SentenceChoice *>();
    QVERIFY(choice->count() > 3);
    QCOMPARE(choice->currentRow(), 0);
    const auto samples = model().suggestions(4);
    QTest::mouseClick(choice->viewport(), Qt::LeftButton, {},
                      choice->visualItemRect(choice->item(2)).center());
    QCOMPARE(model().sample(), std::optional(samples[2]));
    QCOMPARE(line()->text(), session().data.text(samples[2]));
    const auto &answers = session().run.evaluation(data::Split::Test)->answers;
    for (const SampleRef &sample : samples) {
        const auto answer = std::ranges::find(answers, sample.index, &train::Answer::sample);
        QCOMPARE(answer->label, answer->predicted);
    }
    QTest::keyClicks(line(), QStringLiteral(" film"));
    QCOMPARE(choice->currentRow(), -1); // a sentence of one's own is none of them
}

void SentenceViewTest::whatOneTypedSurvivesAnotherRun()
{
    const QString text = "xyzzy " + session().data.text(model().suggestions(2).back());
    model().setText(text);
    model().setTarget(1);
    for (const bool opens : {false, true}) {
        const auto folder = session().run.runFolder();
        opens ? session().run.openRun(folder) : session().run.play();
        QVERIFY2(model().text().isEmpty(), "there is no network to read it");
        QVERIFY(small::waitForModel(session()));
        QVERIFY(!model().sample());
        QCOMPARE(line()->text(), text);
        QCOMPARE(model().target(), std::optional<std::int64_t>(1));
        QVERIFY(QTest::qWaitFor([&] { return !model().before().empty(); }, small::kPatience));
    }
}

void SentenceViewTest::whatOneTypedSurvivesAnotherSeed()
{
    const QString text = session().data.text(model().suggestions(2).back());
    model().setText(text);
    session().project.setRecipeValue("seed", std::int64_t{7});
    QVERIFY(small::waitForData(session()));
    QVERIFY(model().text().isEmpty());
    session().project.undoStack()->undo();
    QVERIFY(small::waitForData(session()));
    QVERIFY(!model().sample());
    QCOMPARE(line()->text(), text);
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
    QTranslator french;
    QVERIFY(french.load(QStringLiteral(":/translations/ostrich_fr.qm")));
    QCoreApplication::installTranslator(&french);
    setLanguage(Language::French);
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
    for (QLabel *label : place.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty()) continue;
        const QByteArray text = label->text().toUtf8();
        const QFontMetrics metrics(label->font());
        if (label->wordWrap())
            QVERIFY2(label->heightForWidth(label->width()) <= label->height(), text);
        else
            QVERIFY2(metrics.horizontalAdvance(seen::plain(label->text())) <= label->width(), text);
    }
    for (QPushButton *button : place.findChildren<QPushButton *>())
        if (button->isVisible())
            QVERIFY2(button->sizeHint().width() <= button->width(), button->text().toUtf8());
    QCoreApplication::removeTranslator(&french);
    setLanguage(Language::English);
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
    QVERIFY(seen::button(m_place.get(), page));
    const QString why = m_place->model()->obstacle();
    QVERIFY2(why.contains(says), qPrintable(why));
    QVERIFY(!why.contains(QLatin1Char('\n')));
    QVERIFY(!m_place->findChild<EpsilonSlider *>()->isEnabled());
    QCOMPARE(m_place->findChild<AttackPanel *>()->isEnabled(), !m_place->model()->lacksPictures());
    auto *open = seen::button(m_place.get(), QStringLiteral("Open a network for pictures"));
    QCOMPARE(open != nullptr, m_place->model()->lacksPictures());
}

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    SentenceViewTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sentence_view_test.moc"
