// Which sentence is fooled: one that is typed, or one of the suggestions. What cannot be read is
// said, and what was typed stays.
#include "../model/small_training.hpp"
#include "fool/sentence_choice.hpp"
#include "model/typed_text.hpp"
#include "sentence_page.hpp"

#include <QSignalSpy>

#include <algorithm>

using namespace ostrich;
using namespace ostrich::ui;

class SentenceTypedTest : public QObject, private fool::SentencePage {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase() { close(); }

    void aTypedSentenceIsRead();
    void unknownWordsAreMarked();
    void whatIsTooLongIsSaid();
    void aSentenceThatCannotBeReadIsSaidInOneLine_data();
    void aSentenceThatCannotBeReadIsSaidInOneLine();
    void anotherSentenceEndsTheSearch();
    void aSuggestionIsChosenByItsRow();
    void whatOneTypedSurvivesAnotherRun();
    void whatOneTypedSurvivesAnotherSeed();
};

void SentenceTypedTest::initTestCase()
{
    QVERIFY(open());
    QVERIFY(chooseOpinions());
    session().run.play();
    QVERIFY(small::waitForModel(session()));
}

/// Each test begins alike.
void SentenceTypedTest::init()
{
    if (isTrained()) QVERIFY(begin());
}

void SentenceTypedTest::aTypedSentenceIsRead()
{
    const QString text = session().data.text(model().suggestions(2).back());
    line()->setFocus();
    line()->selectAll();
    QTest::keyClicks(line(), text);
    QVERIFY(!model().sample());
    QVERIFY(model().ids() == typedIds(*session().data.dataset(), text.toStdString()));
    QCOMPARE(rows()->words().size(), model().ids().size());
    QVERIFY(isRead());
    QTest::keyClick(line(), Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return model().result().has_value(); }, small::kPatience));
    QCOMPARE(model().result()->words.size(), model().ids().size());
    QCOMPARE(line()->text(), text); // it stays as it was typed
}

void SentenceTypedTest::unknownWordsAreMarked()
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

void SentenceTypedTest::whatIsTooLongIsSaid()
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

void SentenceTypedTest::aSentenceThatCannotBeReadIsSaidInOneLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("empty") << QString() << QStringLiteral("Type a sentence");
    QTest::newRow("blanks") << QStringLiteral("   ") << QStringLiteral("Type a sentence");
    QTest::newRow("unknown") << QStringLiteral("xyzzy plugh") << QStringLiteral("none of these");
}

void SentenceTypedTest::aSentenceThatCannotBeReadIsSaidInOneLine()
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
    QSignalSpy told(&place(), &FoolPlace::statusMessage);
    QTest::keyClick(line(), Qt::Key_Return);
    QCOMPARE(told.count(), 1);
    QCOMPARE(told.first().at(0).toString(), rows()->message());
    QVERIFY(!model().running());
}

void SentenceTypedTest::anotherSentenceEndsTheSearch()
{
    model().setParameters(fool::kLongSearch);
    QTest::mouseClick(button("Fool it"), Qt::LeftButton);
    QVERIFY(model().running());
    model().useSample(model().suggestions(2).back());
    QVERIFY(!model().running() && !model().stopped());
    QTest::qWait(500);
    QVERIFY(!model().result() && model().found().empty());
}

void SentenceTypedTest::aSuggestionIsChosenByItsRow()
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

void SentenceTypedTest::whatOneTypedSurvivesAnotherRun()
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
        QVERIFY(isRead());
    }
}

void SentenceTypedTest::whatOneTypedSurvivesAnotherSeed()
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

int main(int argc, char **argv)
{
    return fool::run<SentenceTypedTest>(argc, argv);
}

#include "sentence_typed_test.moc"
