// The small pictures beside the triptych: test pictures by click, more behind the "+".
#include "fool/picture_choice.hpp"

#include "../model/own_home.hpp"
#include "trained_digits.hpp"

#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

#include <set>

using namespace ostrich;
using namespace ostrich::ui;

class PictureChoiceTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_session = std::make_unique<Session>();
        m_model = std::make_unique<FoolModel>(m_session.get());
        m_choice = std::make_unique<PictureChoice>(m_session.get(), m_model.get());
        m_choice->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_choice.get()));
        QVERIFY2(!m_choice->isEnabled(), "nothing is trained: nothing to choose");
        QVERIFY(!first()->isVisible() && !second()->isVisible());
        QVERIFY(small::trainDigits(*m_session));
    }
    void cleanupTestCase()
    {
        m_choice.reset();
        m_model.reset();
        m_session.reset();
    }

    void itOffersPicturesThatTheNetworkReadsRightly()
    {
        QVERIFY(m_choice->isEnabled());
        const auto &test = m_session->data.dataset()->split(data::Split::Test);
        const auto &answers = m_session->run.evaluation(data::Split::Test)->answers;
        std::vector<std::int32_t> classes;
        for (QToolButton *button : {first(), second()}) {
            QVERIFY(button->isVisible());
            QTest::mouseClick(button, Qt::LeftButton);
            QVERIFY(m_model->sample().has_value());
            QCOMPARE(m_model->sample()->split, data::Split::Test);
            const auto index = static_cast<std::size_t>(m_model->sample()->index);
            QCOMPARE(answers[index].predicted, test.labels[index]);
            QCOMPARE(button->toolTip(), QString::number(test.labels[index]));
            classes.push_back(test.labels[index]);
        }
        QVERIFY(classes[0] != classes[1]);
    }

    void noneIsOfTheTarget()
    {
        const auto &test = m_session->data.dataset()->split(data::Split::Test);
        const auto classOf = [&](const SampleRef &sample) {
            return std::int64_t{test.labels[static_cast<std::size_t>(sample.index)]};
        };
        attack::AttackOptions options = m_model->options();
        const std::int64_t former = classOf(m_model->suggestions(1).front());
        options.target = former;
        m_model->setOptions(options);
        const auto now = m_model->suggestions(20);
        QVERIFY(!now.empty());
        for (const SampleRef &sample : now) QVERIFY(classOf(sample) != former);
        QVERIFY2(first()->toolTip() != QString::number(former), "the buttons follow");
        options.target.reset();
        m_model->setOptions(options);
        QCOMPARE(first()->toolTip(), QString::number(former));
    }

    void aClickTakesThePictureAndMarksIt()
    {
        QTest::mouseClick(first(), Qt::LeftButton);
        const SampleRef one = *m_model->sample();
        QVERIFY(first()->isChecked() && !second()->isChecked());
        QTest::mouseClick(second(), Qt::LeftButton);
        QVERIFY(!first()->isChecked() && second()->isChecked());
        const SampleRef other = *m_model->sample();
        QVERIFY(!(one == other));
        const auto &test = m_session->data.dataset()->split(data::Split::Test);
        QVERIFY(m_model->picture().values == test.sample(other.index).values);
        // A click on what is chosen keeps it chosen.
        QTest::mouseClick(second(), Qt::LeftButton);
        QVERIFY(second()->isChecked());
        QVERIFY(*m_model->sample() == other);
    }

    void theKeyboardChoosesToo()
    {
        QTest::mouseClick(first(), Qt::LeftButton);
        second()->setFocus();
        QTest::keyClick(second(), Qt::Key_Space);
        QVERIFY(second()->isChecked() && !first()->isChecked());
    }

    void anotherTestPictureIsOneOfTheTestSet()
    {
        const auto count = m_session->data.dataset()->split(data::Split::Test).count();
        std::set<std::int64_t> seen;
        for (int i = 0; i < 20; ++i) {
            menuEntry("Another test picture")->trigger();
            QVERIFY(m_model->sample().has_value());
            QCOMPARE(m_model->sample()->split, data::Split::Test);
            QVERIFY(m_model->sample()->index >= 0 && m_model->sample()->index < count);
            seen.insert(m_model->sample()->index);
        }
        QVERIFY(seen.size() > 3); // of 120, drawn 20 times
    }

    void onesOwnPictureIsAskedForOutside()
    {
        QSignalSpy opening(m_choice.get(), &PictureChoice::openWanted);
        QSignalSpy pasting(m_choice.get(), &PictureChoice::pasteWanted);
        menuEntry("Open a picture…")->trigger();
        QCOMPARE(opening.count(), 1);
        menuEntry("Paste a picture")->trigger();
        QCOMPARE(pasting.count(), 1);
        QCOMPARE(opening.count(), 1);
    }

    void aPictureFromOutsideIsNoneOfThese()
    {
        QTest::mouseClick(first(), Qt::LeftButton);
        QImage grey(28, 28, QImage::Format_RGB32);
        grey.fill(QColor(90, 90, 90));
        m_model->useImage(grey);
        QTRY_VERIFY_WITH_TIMEOUT(m_model->opening().isEmpty(), small::kPatience);
        QVERIFY(!m_model->sample().has_value());
        QVERIFY(!first()->isChecked() && !second()->isChecked());
    }

    void otherDataPutItToSleep() // last: the network is of no use afterwards
    {
        m_session->project.setData("glyphs?test=20&train=100&validation=20");
        QVERIFY(small::waitForData(*m_session));
        QVERIFY2(!m_choice->isEnabled(), "its pictures would lie beyond the end of the new ones");
        m_session->project.undoStack()->undo();
        QVERIFY(small::waitForData(*m_session));
        QVERIFY(m_choice->isEnabled());
        QTest::mouseClick(first(), Qt::LeftButton);
        QVERIFY(first()->isChecked());
    }

private:
    QToolButton *button(qsizetype index) { return m_choice->findChildren<QToolButton *>()[index]; }
    QToolButton *first() { return button(0); }
    QToolButton *second() { return button(1); }
    QAction *menuEntry(const char *text)
    {
        for (QAction *action : button(2)->menu()->actions())
            if (action->text() == QString::fromUtf8(text)) return action;
        qFatal("no such entry");
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<FoolModel> m_model;
    std::unique_ptr<PictureChoice> m_choice;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    PictureChoiceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "picture_choice_test.moc"
