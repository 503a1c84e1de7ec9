// Networks that write, in the panel at the right: a translator's beam, and a text written on.
#include "inside/reading_panel.hpp"

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"
#include "data/tokenizer.hpp"
#include "inside/beam_tree.hpp"
#include "inside/inside_model.hpp"
#include "inside/next_token_bars.hpp"
#include "inside/write_on_panel.hpp"
#include "theme/controls.hpp"
#include "train/prediction.hpp"
#include "train/translation.hpp"

#include <QApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>

using namespace ostrich;
using namespace ostrich::ui;

class WritingTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_model = std::make_unique<InsideModel>(m_session.get());
        m_panel = std::make_unique<ReadingPanel>(m_model.get(), m_session.get());
        m_panel->resize(292, 720);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup()
    {
        m_panel.reset();
        m_model.reset();
        m_session.reset();
    }

    void whoDoesNotWriteHasNoSecondPage()
    {
        m_session->project.setProject(small::project("lstm", "recall?lag=3&count=200", 1), {});
        QVERIFY(small::waitForData(*m_session));
        QVERIFY(!tabs());
    }

    void aTranslatorShowsItsBeam()
    {
        QVERIFY(small::train(*m_session, small::project("seq2seq", "translation?count=200", 1)));
        QVERIFY(tabs());
        tabs()->setCurrentIndex(1);
        auto *tree = m_panel->findChild<BeamTree *>();
        QVERIFY(QTest::qWaitFor([&] { return tree->steps() > 0; }, small::kPatience));
        agrees(*tree, 4);
        m_model->setText(QStringLiteral("le chat dort ."));
        QTRY_VERIFY_WITH_TIMEOUT(seen::says(m_panel.get(), "le chat dort"), small::kPatience);
        agrees(*tree, 4);
        // Step by step.
        const int last = tree->steps();
        seen::button(m_panel.get(), QStringLiteral("One step back"))->click();
        QCOMPARE(tree->step(), last - 1);
        QVERIFY(seen::says(m_panel.get(), QStringLiteral("step %1 of %2").arg(last - 1).arg(last)));
        seen::button(m_panel.get(), QStringLiteral("One step on"))->click();
        QCOMPARE(tree->step(), last);
        // A wider beam.
        seen::named<SegmentedControl>(m_panel.get(), QStringLiteral("Sentences followed"))
            ->setCurrentIndex(2);
        QTRY_VERIFY_WITH_TIMEOUT(seen::says(m_panel.get(), "Beam of 8"), small::kPatience);
        agrees(*tree, 8);
    }

    void aTextIsWrittenOn()
    {
        QVERIFY(trainWriter());
        auto *text = m_panel->findChild<QPlainTextEdit *>();
        auto *bars = m_panel->findChild<NextTokenBars *>();
        text->setPlainText(QStringLiteral("Once "));
        QVERIFY(QTest::qWaitFor([&] { return !bars->rows().empty(); }, small::kPatience));
        m_panel->findChild<QSlider *>()->setValue(0);
        m_panel->findChild<QSpinBox *>()->setValue(12);
        QTRY_COMPARE_WITH_TIMEOUT(bars->rows()[0].token, expectedBehind("Once "), small::kPatience);
        QCOMPARE(bars->rows()[0].share, 1.0);
        seen::button(m_panel.get(), QStringLiteral("Write on"))->click();
        auto *panel = m_panel->findChild<WriteOnPanel *>();
        QVERIFY(panel->writing() && text->isReadOnly());
        QVERIFY(QTest::qWaitFor([&] { return !panel->writing(); }, small::kPatience));
        QVERIFY(!text->isReadOnly());
        const auto &tokenizer = *m_session->data.dataset()->tokenizer;
        const auto ids = tokenizer.encode("Once ");
        const auto written = train::writeOn(m_session->run.model(), ids, {12, 0.0, 1});
        QVERIFY(static_cast<bool>(written));
        QCOMPARE(text->toPlainText(),
                 QStringLiteral("Once ") + QString::fromStdString(tokenizer.decode(*written)));
    }

    void itFollowsTheTraining()
    {
        m_session->project.setProject(
            small::project("lstm", "corpus?count=10000&window=16", 100'000), {});
        m_session->project.fit();
        QVERIFY(small::waitForData(*m_session));
        tabs()->setCurrentIndex(1);
        auto *bars = m_panel->findChild<NextTokenBars *>();
        QTRY_VERIFY(seen::says(m_panel.get(), QStringLiteral("has not learned anything yet")));
        m_session->run.play();
        QVERIFY(QTest::qWaitFor([&] { return !bars->rows().empty(); }, small::kPatience));
        const double first = bars->rows()[0].share;
        QVERIFY(QTest::qWaitFor([&] { return bars->rows()[0].share != first; }, small::kPatience));
        auto *text = m_panel->findChild<QPlainTextEdit *>();
        const auto length = text->toPlainText().size();
        seen::button(m_panel.get(), QStringLiteral("Write on"))->click(); // while it learns
        QVERIFY(
            QTest::qWaitFor([&] { return text->toPlainText().size() > length; }, small::kPatience));
        m_session->run.stop();
        QVERIFY(small::waitForModel(*m_session));
    }

    void theTemperatureAsksNoNetwork()
    {
        QVERIFY(trainWriter());
        auto *bars = m_panel->findChild<NextTokenBars *>();
        auto *slider = m_panel->findChild<QSlider *>();
        QVERIFY(QTest::qWaitFor([&] { return !bars->rows().empty(); }, small::kPatience));
        const double before = bars->rows()[0].share;
        slider->setValue(40);
        QCOMPARE(bars->temperature(), 2.0);
        QVERIFY(bars->rows()[0].share < before);
        slider->setValue(20);
        QCOMPARE(bars->rows()[0].share, before);
    }

    void writingCanBeStopped()
    {
        QVERIFY(trainWriter());
        auto *text = m_panel->findChild<QPlainTextEdit *>();
        auto *panel = m_panel->findChild<WriteOnPanel *>();
        text->setPlainText(QStringLiteral("Once "));
        m_panel->findChild<QSlider *>()->setValue(0); // so that no end is drawn by chance
        m_panel->findChild<QSpinBox *>()->setValue(2000);
        seen::button(m_panel.get(), QStringLiteral("Write on"))->click();
        QVERIFY(QTest::qWaitFor([&] { return text->toPlainText().size() > 8; }, small::kPatience));
        seen::button(m_panel.get(), QStringLiteral("Stop"))->click();
        QVERIFY(!panel->writing());
        const QString stopped = text->toPlainText();
        QVERIFY(stopped.size() < 2005);
        QTest::qWait(100);
        QCOMPARE(text->toPlainText(), stopped); // nothing comes late
    }

    void aBarIsWritten()
    {
        QVERIFY(trainWriter());
        auto *text = m_panel->findChild<QPlainTextEdit *>();
        auto *bars = m_panel->findChild<NextTokenBars *>();
        text->setPlainText(QStringLiteral("Th"));
        QTRY_VERIFY_WITH_TIMEOUT(!bars->rows().empty()
                                     && bars->rows()[0].token == expectedBehind("Th"),
                                 small::kPatience);
        int row = 0;
        while (bars->rows()[static_cast<std::size_t>(row)].token < data::Tokenizer::kSpecials)
            ++row;
        const auto token = bars->rows()[static_cast<std::size_t>(row)].token;
        QTest::mouseClick(bars, Qt::LeftButton, {}, bars->rowRect(row).center().toPoint());
        const std::int32_t ids[] = {token};
        QCOMPARE(text->toPlainText(),
                 QStringLiteral("Th")
                     + QString::fromStdString(m_session->data.dataset()->tokenizer->decode(ids)));
        text->clear();
        QTRY_VERIFY(bars->rows().empty());
        QVERIFY(seen::says(m_panel.get(), QStringLiteral("needs a beginning")));
        QVERIFY(!seen::button(m_panel.get(), QStringLiteral("Write on"))->isEnabled());
    }

private:
    SegmentedControl *tabs() const
    {
        return seen::named<SegmentedControl>(
            m_panel.get(), QStringLiteral("What the network reads, or how it writes"));
    }

    /// A small character model, a few steps old, in front.
    bool trainWriter()
    {
        project::Project project = small::project("lstm", "corpus?count=10000&window=16", 1);
        project.recipe.max_steps = 30;
        m_session->project.setProject(std::move(project), {});
        m_session->project.fit();
        if (!small::waitForData(*m_session)) return false;
        m_session->run.play();
        if (!small::waitForModel(*m_session) || !tabs()) return false;
        tabs()->setCurrentIndex(1);
        auto *bars = m_panel->findChild<NextTokenBars *>();
        return QTest::qWaitFor([&] { return bars->isVisible(); }, small::kPatience);
    }

    std::int32_t expectedBehind(const std::string &text) const
    {
        const auto ids = m_session->data.dataset()->tokenizer->encode(text);
        const auto logits = train::nextToken(m_session->run.model(), ids);
        if (!logits) return -1;
        const auto shares = train::tokenShares(*logits, 1.0);
        return static_cast<std::int32_t>(std::ranges::max_element(shares) - shares.begin());
    }

    /// The panel says what a search with the run's own model says of the sentence at hand.
    void agrees(const BeamTree &tree, int width) const
    {
        const auto dataset = m_session->data.dataset();
        auto ids = m_model->sample()->split(data::Split::Validation).tokens;
        if (ids.back() != data::Tokenizer::kEnd) ids.push_back(data::Tokenizer::kEnd);
        for (const int followed : {1, width}) {
            const auto found = train::beamSearch(m_session->run.model(), ids, followed);
            QVERIFY(static_cast<bool>(found));
            QVERIFY(seen::says(m_panel.get(),
                               QString::fromStdString(
                                   dataset->targetTokenizer->decode(found->found.front().ids))));
            if (followed == 1) continue;
            // Who leads in the end is who was found: the leaf's path has its score.
            const double score = found->found.front().score;
            const QString told = tree.told(tree.leader());
            const QString last = logText(score);
            QVERIFY2(told.endsWith(last), qPrintable(told + " / " + last));
        }
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<InsideModel> m_model;
    std::unique_ptr<ReadingPanel> m_panel;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    WritingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "writing_test.moc"
