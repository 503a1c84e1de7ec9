// The place Train on data that are sequences: forecasts, translations, labels per step.
#include "train/train_place.hpp"

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"
#include "theme/theme.hpp"
#include "train/confusion_matrix.hpp"
#include "train/confusion_panel.hpp"
#include "train/forecast_panel.hpp"
#include "train/headlines.hpp"
#include "train/translation_panel.hpp"

#include <QApplication>
#include <QListWidget>
#include <QTextDocument>

#include <qcustomplot.h>

using namespace ostrich;
using namespace ostrich::ui;

class SequencesTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_place = std::make_unique<TrainPlace>(m_session.get());
        m_place->resize(1280, 900);
        m_place->show();
        QVERIFY(QTest::qWaitForWindowActive(m_place.get()));
    }
    void cleanup()
    {
        m_place.reset();
        m_session.reset();
    }

    void aForecastIsToldByItsErrors()
    {
        m_session->project.setProject(
            small::project("lstm", "seasonal?count=700&window=12&horizon=2", 2), {});
        m_session->project.fit();
        QVERIFY(m_session->project.analysis().ok());
        QVERIFY(small::waitForData(*m_session));
        QVERIFY(says("Validation MASE") && says("Naive forecast"));
        QVERIFY(!says("accuracy"));
        m_session->run.play();
        QVERIFY(small::waitForModel(*m_session));
        QTRY_VERIFY(says("MASE of the network"));
        noWordIsNan();
        const auto &figures = m_session->run.summary()->figures;
        QVERIFY(says(figure(figures.at("test_mase"))));
        QVERIFY(says(figure(figures.at("naive_mase"))));
        auto *panel = m_place->findChild<ForecastPanel *>();
        QVERIFY(panel->isVisible() && !m_place->findChild<ConfusionPanel *>()->isVisible());
        auto *plot = panel->findChild<QCustomPlot *>();
        QVERIFY(plot->isVisible());
        const int windows =
            static_cast<int>(m_session->data.dataset()->split(data::Split::Test).count());
        for (int i = 0; i < 3; ++i) QCOMPARE(plot->graph(i)->dataCount(), windows);
        QVERIFY(!says("8 of 10 values should lie in the band"));
        QVERIFY(!says("Truths inside the band"));
    }

    void aForecastWithQuantilesHasItsBand()
    {
        project::Project quantiles = small::project("lstm", "seasonal?count=700&horizon=1", 2);
        graph::Block &output = quantiles.network.blocks.back();
        QVERIFY(output.kind == "Output");
        output.parameters["loss"] = std::string("quantiles");
        for (graph::Block &block : quantiles.network.blocks)
            if (block.parameters.contains("out_features"))
                block.parameters["out_features"] = std::int64_t{3};
        m_session->project.setProject(std::move(quantiles), {});
        m_session->project.fit();
        QVERIFY(m_session->project.analysis().ok());
        QVERIFY(small::waitForData(*m_session));
        m_session->run.play();
        QVERIFY(small::waitForModel(*m_session));
        QTRY_VERIFY(says("8 of 10 values should lie in the band"));
        const auto &evaluation = *m_session->run.evaluation(data::Split::Test);
        QVERIFY(says("Truths inside the band"));
        QVERIFY(says(percent(evaluation.figures.at("coverage"))));
        QCOMPARE(m_session->run.summary()->figures.at("test_coverage"),
                 evaluation.figures.at("coverage"));
        auto *plot = m_place->findChild<ForecastPanel *>()->findChild<QCustomPlot *>();
        QCOMPARE(plot->graphCount(), 5);
        for (int i = 0; i < plot->graph(3)->dataCount(); ++i) // high, then low
            QVERIFY(plot->graph(3)->dataMainValue(i) >= plot->graph(4)->dataMainValue(i));
        QCOMPARE(plot->graph(3)->dataCount(), plot->graph(0)->dataCount());
    }

    void aNetworkThatIsNoBetterIsSaidNotToBe()
    {
        m_session->project.setProject(small::project("lstm", "ar?count=400", 1), {});
        m_session->project.fit();
        m_session->project.setRecipeValue("learning_rate", 1e-7); // it learns nothing
        QVERIFY(small::waitForData(*m_session));
        m_session->run.play();
        QVERIFY(small::waitForModel(*m_session));
        const auto &figures = m_session->run.summary()->figures;
        const bool better = figures.at("test_mase") < figures.at("naive_mase");
        QTRY_COMPARE(says("No better than repeating the last value."), !better);
    }

    void translationsStandBelowEachOther()
    {
        project::Project project = small::project("seq2seq", "translation?count=150", 1);
        QVERIFY(small::train(*m_session, std::move(project)));
        auto *panel = m_place->findChild<TranslationPanel *>();
        QVERIFY(panel->isVisible());
        QTRY_VERIFY(says("should be"));
        const SampleRef first{data::Split::Validation, 0};
        QVERIFY(says(m_session->data.text(first)));
        QVERIFY(says(m_session->data.answer(first)));
        QVERIFY(says("Exact sentences") && says("Validation token accuracy"));
        noWordIsNan();
    }

    void labelledStepsHaveTheirConfusion()
    {
        QVERIFY(small::train(*m_session, small::project("gru", "recall?count=200&lag=5", 1)));
        auto *panel = m_place->findChild<ConfusionPanel *>();
        QVERIFY(panel->isVisible());
        QVERIFY(panel->findChild<ConfusionMatrix *>()->isVisible());
        noWordIsNan();
    }

    void aMatrixThatNobodyReadsIsNotDrawn()
    {
        project::Project project = small::project("lstm", "corpus?count=10000&window=16", 1);
        project.recipe.max_steps = 3;
        m_session->project.setProject(std::move(project), {});
        m_session->project.fit();
        QVERIFY(small::waitForData(*m_session));
        if (m_session->project.facts().classes <= 40) QSKIP("few characters");
        m_session->run.play();
        QVERIFY(small::waitForModel(*m_session));
        QTRY_VERIFY(says("Surest mistakes"));
        QVERIFY(!m_place->findChild<ConfusionMatrix *>()->isVisible());
    }

private:
    bool says(const QString &text) const { return seen::says(m_place.get(), text); }
    void noWordIsNan() const
    {
        for (const QLabel *label : m_place->findChildren<QLabel *>())
            QVERIFY2(!seen::plain(label->text()).toLower().split(' ').contains("nan"),
                     qPrintable(label->text()));
        const auto *runs = m_place->findChild<QListWidget *>();
        for (int i = 0; i < runs->count(); ++i)
            for (int role = Qt::UserRole; role < Qt::UserRole + 4; ++role)
                QVERIFY(!runs->item(i)->data(role).toString().toLower().startsWith("nan"));
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<TrainPlace> m_place;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    SequencesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sequences_test.moc"
