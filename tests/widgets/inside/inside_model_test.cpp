// What Inside knows of a real, small, trained network: blocks, answers, edits, the training that
// goes on.
#include "inside/inside_model.hpp"

#include "../model/own_home.hpp"
#include "../model/small_training.hpp"
#include "inside/reading.hpp"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

const char *const kRecall = "recall?lag=5&around=3&count=300";

project::Project recall(std::int64_t epochs)
{
    return small::project("lstm", kRecall, epochs);
}

} // namespace

class InsideModelTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_model = std::make_unique<InsideModel>(m_session.get());
        m_model->setActive(true);
    }
    void cleanup()
    {
        m_model.reset();
        m_session.reset();
    }

    void withoutARunItSaysWhatToDo()
    {
        m_session->project.setProject(recall(1), {});
        QVERIFY(!m_model->obstacle().isEmpty());
        QVERIFY(small::waitForData(*m_session));
        QVERIFY2(m_model->obstacle().contains(QLatin1String("Press Play")),
                 qPrintable(m_model->obstacle()));
        QVERIFY(m_model->looks().empty());
    }

    void theMostTellingBlockIsLookedInto()
    {
        QVERIFY(looked());
        QVERIFY(m_model->obstacle().isEmpty());
        QVERIFY(m_model->current());
        QCOMPARE(m_model->current()->id, std::string("lstm_1"));
        QCOMPARE(m_model->look(), Look::Gates);
        const auto steps = static_cast<std::int64_t>(m_model->steps().steps.size());
        for (const char *name : {"gate_i", "gate_f", "gate_o", "cell"}) {
            const Array *values = m_model->array(name);
            QVERIFY2(values, name);
            QCOMPARE(values->shape, (std::vector<std::int64_t>{steps, 32}));
        }
        double sum = 0.0;
        for (const float share : m_model->answerRow()) sum += share;
        QCOMPARE(m_model->answerRow().size(), std::size_t{4});
        QVERIFY(std::abs(sum - 1.0) < 1e-4);
        QVERIFY(
            QTest::qWaitFor([&] { return m_model->halfMemory().has_value(); }, small::kPatience));
        QCOMPARE(gateMaps(*m_model).size(), std::size_t{4});
    }

    void theSelectionIsTheSameInAllPlaces()
    {
        QVERIFY(looked());
        m_model->setBlock("linear_1");
        QCOMPARE(m_session->selection.currentBlock(), std::string("linear_1"));
        QVERIFY(QTest::qWaitFor([&] { return m_model->array("linear_1"); }, small::kPatience));
        QCOMPARE(m_model->look(), Look::Activations);
        m_session->selection.setBlocks({"lstm_1"});
        QCOMPARE(m_model->current()->id, std::string("lstm_1"));
        m_session->selection.setBlocks({"nowhere"}); // what cannot be looked into changes nothing
        QCOMPARE(m_model->current()->id, std::string("lstm_1"));
    }

    void anEditedStepChangesWhatFollowsIt()
    {
        QVERIFY(looked());
        const int step = 3;
        const Array before = *m_model->array("gate_f");
        const auto whole = m_model->sample();
        m_model->changeStep(step, (m_model->steps().steps[step].choice + 1) % 4);
        QVERIFY(m_model->edited());
        QVERIFY(settled());
        const Array after = *m_model->array("gate_f");
        const auto units = static_cast<std::size_t>(before.dim(1));
        for (std::size_t i = 0; i < step * units; ++i)
            QCOMPARE(after.values[i], before.values[i]); // the past does not know of it
        QVERIFY(after.values != before.values);
        m_model->useSample(m_session->selection.sample());
        QVERIFY(!m_model->edited());
        QVERIFY(settled());
        QVERIFY(m_model->array("gate_f")->values == before.values);
    }

    void theNewestQuestionWins()
    {
        QVERIFY(looked());
        QSignalSpy told(m_model.get(), &InsideModel::resultsChanged);
        constexpr int kEdits = 40;
        for (int i = 0; i < kEdits; ++i)
            m_model->changeStep(
                i % 5, (m_model->steps().steps[static_cast<std::size_t>(i % 5)].choice + 1) % 4);
        QVERIFY(settled());
        QVERIFY(told.count() < kEdits);
        Looker looker;
        LookRequest request;
        request.subject = {*m_model->network(), m_session->run.runProject()->recipe.seed,
                           m_session->data.dataset()};
        request.snapshot = m_session->run.snapshot();
        request.sample = m_model->sample();
        request.answers = true;
        const LookAnswer answer = looker.look(request, {});
        QVERIFY(!answer.error);
        QVERIFY(answer.answer == m_model->answer());
    }

    void itFollowsTheTraining()
    {
        m_session->project.setProject(recall(100'000), {});
        QVERIFY(small::waitForData(*m_session));
        m_session->run.play();
        QVERIFY(
            QTest::qWaitFor([&] { return m_model->array("gate_f") != nullptr; }, small::kPatience));
        const Array first = *m_model->array("gate_f");
        QVERIFY(QTest::qWaitFor([&] { return m_model->array("gate_f")->values != first.values; },
                                small::kPatience));
        QVERIFY(m_model->following());
        QVERIFY(QTest::qWaitFor([&] { return m_model->depths().size() > 2; }, small::kPatience));
        for (std::size_t i = 1; i < m_model->depths().size(); ++i)
            QVERIFY(m_model->depths()[i].epoch > m_model->depths()[i - 1].epoch);
        // Once nobody looks, nothing is asked.
        m_model->setActive(false);
        QVERIFY(QTest::qWaitFor([&] { return !m_model->waiting(); }, small::kPatience));
        QSignalSpy told(m_model.get(), &InsideModel::resultsChanged);
        QVERIFY(small::waitForEpochs(*m_session, m_session->run.epochs().size() + 3));
        QCOMPARE(told.count(), 0);
        m_session->run.stop();
        QVERIFY(small::waitForModel(*m_session));
    }

    void otherDataPutItToSleep()
    {
        QVERIFY(looked());
        m_session->project.setData("recall?lag=4&around=3&count=300");
        QVERIFY(small::waitForData(*m_session));
        QVERIFY(!m_model->obstacle().isEmpty());
    }

    void aTypedSentenceIsLookedAt()
    {
        QVERIFY(small::train(*m_session,
                             small::project("transformer-encoder", "sentiment?count=200", 1)));
        QVERIFY(QTest::qWaitFor([&] { return m_model->array("attention") != nullptr; },
                                small::kPatience));
        QVERIFY(m_model->takesText());
        QCOMPARE(m_model->look(), Look::LinesAndMap);
        m_model->setText(QStringLiteral("the film is not bad"));
        QVERIFY(m_model->edited());
        QVERIFY(settled());
        const AttentionSeen seen = attentionSeen(*m_model);
        QCOMPARE(seen.rows.size(), 5);
        QCOMPARE(seen.rows, seen.columns);
        QCOMPARE(seen.rows[3], QStringLiteral("not"));
        for (std::size_t row = 0; row < 5; ++row) {
            double sum = 0.0;
            for (std::size_t column = 0; column < 5; ++column)
                sum += seen.weights.values[row * 5 + column];
            QVERIFY(std::abs(sum - 1.0) < 1e-4);
        }
        QCOMPARE(m_model->answerRow().size(), std::size_t{2});
        m_model->setText(QString());
        QVERIFY(!m_model->edited());
        m_model->setBeside(true);
        QVERIFY(QTest::qWaitFor([&] { return m_model->array("integrated_gradients") != nullptr; },
                                small::kPatience));
    }

    void aDecoderLooksAtItsSourceAndAtItself()
    {
        QVERIFY(small::train(*m_session, small::project("translator", "translation?count=150", 1)));
        QVERIFY(QTest::qWaitFor([&] { return m_model->current() != nullptr; }, small::kPatience));
        m_model->setBlock("decoder_2");
        QVERIFY(QTest::qWaitFor([&] { return m_model->array("self_attention") != nullptr; },
                                small::kPatience));
        QVERIFY(settled());
        const AttentionSeen source = attentionSeen(*m_model);
        QVERIFY(source.both && source.written && !source.itself && !source.rolls);
        m_model->setRollout(true); // of looks at the source there is none: nothing changes
        QVERIFY(attentionSeen(*m_model).weights == source.weights);
        m_model->setRollout(false);

        m_model->setAtItself(true);
        const AttentionSeen itself = attentionSeen(*m_model);
        QVERIFY(itself.both && itself.itself && !itself.written && itself.rolls && !itself.rolled);
        QCOMPARE(itself.rows, itself.columns);
        QCOMPARE(itself.rows.size(), source.rows.size());
        const auto words = static_cast<std::size_t>(itself.rows.size());
        QVERIFY(itself.weights == headOf(itself.layer, 0));
        m_model->setRollout(true);
        const AttentionSeen rolled = attentionSeen(*m_model);
        QVERIFY(rolled.rolled);
        QVERIFY(rolled.weights == *m_model->array("self_rollout"));
        for (std::size_t row = 0; row < words; ++row) {
            double sum = 0.0;
            for (std::size_t column = 0; column < words; ++column)
                sum += rolled.weights.values[row * words + column];
            QVERIFY(std::abs(sum - 1.0) < 1e-4);
        }
        QVERIFY(readingOf(*m_model, *m_session).lookFor.contains(QLatin1String("Rollout")));

        m_model->setBlock("encoder_1"); // which looks at nothing but itself
        QVERIFY(QTest::qWaitFor([&] { return m_model->array("rollout") != nullptr; },
                                small::kPatience));
        const AttentionSeen encoder = attentionSeen(*m_model);
        QVERIFY(!encoder.both && encoder.itself && encoder.rolled);
    }

    void thePicturesHaveMapsFiltersAndWhatMattered()
    {
        QVERIFY(small::train(*m_session, small::project("lenet", small::kDigits, 1)));
        QVERIFY(QTest::qWaitFor([&] { return m_model->current() != nullptr; }, small::kPatience));
        m_model->setBlock("conv_1");
        QCOMPARE(m_model->looks(), (std::vector<Look>{Look::Activations, Look::Filters,
                                                      Look::Saliency, Look::Embedding}));
        QVERIFY(QTest::qWaitFor([&] { return m_model->array("conv_1"); }, small::kPatience));
        QCOMPARE(m_model->array("conv_1")->shape, (std::vector<std::int64_t>{32, 28, 28}));
        m_model->setLook(Look::Filters);
        QVERIFY(QTest::qWaitFor([&] { return !m_model->weights().empty(); }, small::kPatience));
        QCOMPARE(m_model->weights().shape, (std::vector<std::int64_t>{32, 1, 3, 3}));
        m_model->setLook(Look::Saliency);
        QVERIFY(QTest::qWaitFor([&] { return m_model->array("grad_cam"); }, small::kPatience));
        QCOMPARE(m_model->array("saliency")->shape, (std::vector<std::int64_t>{28, 28}));
        m_model->setLook(Look::Embedding);
        QVERIFY(QTest::qWaitFor([&] { return m_model->array("points"); }, small::kPatience));
        QCOMPARE(m_model->array("points")->dim(0), std::int64_t{100});
    }

private:
    bool settled()
    {
        QTest::qWait(1); // what is asked soon is asked now
        return QTest::qWaitFor([&] { return !m_model->waiting(); }, small::kPatience);
    }
    bool looked()
    {
        return small::train(*m_session, recall(1))
               && QTest::qWaitFor([&] { return m_model->array("gate_f") != nullptr; },
                                  small::kPatience)
               && settled();
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<InsideModel> m_model;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    InsideModelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "inside_model_test.moc"
