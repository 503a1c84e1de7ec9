// Samples of sequences in words and in pictures: letters, texts, forecasts, translations.
#include "model/data_model.hpp"

#include "data/tokenizer.hpp"
#include "own_home.hpp"
#include "small_training.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QSet>

#include <algorithm>

using namespace ostrich;
using namespace ostrich::ui;

class DataModelTest : public QObject {
    Q_OBJECT

private slots:
    void lettersAreReadFromTheNumbers()
    {
        load("lstm", "recall?count=200&lag=12");
        QCOMPARE(data().style(), SampleStyle::Words);
        const data::Samples &samples = dataset().split(data::Split::Validation);
        for (std::int64_t i = 0; i < samples.count(); ++i) {
            const auto words = data().stepWords({data::Split::Validation, i});
            QCOMPARE(std::ssize(words), samples.steps(i));
            const auto marked = std::ranges::count_if(words, &StepWord::marked);
            QCOMPARE(marked, 2); // the one to store, and the question
            const auto store = std::ranges::find_if(words, &StepWord::marked) - words.begin();
            const auto asked = data().askedSteps({data::Split::Validation, i});
            QCOMPARE(asked.size(), std::size_t{1});
            QCOMPARE(asked[0], store + 12);
            // The letter that is stored is the answer.
            const QString letter = words[static_cast<std::size_t>(store)].text;
            QCOMPARE(data().answer({data::Split::Validation, i}),
                     QStringLiteral("%1 at step %2").arg(letter).arg(asked[0]));
        }
    }

    void aTextReadsAsItsWords()
    {
        load("bag-of-words", "sentiment?count=300");
        QCOMPARE(data().style(), SampleStyle::Words);
        QSet<QString> answers;
        for (const SampleRef &sample : data().showcase(6)) {
            const QString text = data().text(sample);
            QVERIFY(!text.isEmpty());
            for (const StepWord &word : data().stepWords(sample))
                QVERIFY2(text.contains(word.text), qPrintable(text + " | " + word.text));
            answers << data().answer(sample);
        }
        QCOMPARE(answers, QSet<QString>({"negative", "positive"}));
    }

    void aForecastTellsItsNumbers()
    {
        load("lstm", "seasonal?count=600&horizon=2");
        QCOMPARE(data().style(), SampleStyle::Lines);
        const SampleRef sample{data::Split::Test, 3};
        const auto &answers = dataset().split(data::Split::Test).answers;
        QCOMPARE(data().answer(sample), figure(static_cast<double>(answers[6])) + " "
                                            + figure(static_cast<double>(answers[7])));
        QVERIFY(data().text(sample).isEmpty());
        QVERIFY(data().stepWords(sample).empty());
        const auto shown = data().showcase(4); // from all over the split
        QVERIFY(shown.back().index > dataset().split(data::Split::Validation).count() / 2);
    }

    void aTranslationTellsTheOtherSentence()
    {
        load("seq2seq", "translation?count=300");
        const SampleRef sample{data::Split::Test, 0};
        const auto row = dataset().split(data::Split::Test).targets.row(0);
        QCOMPARE(data().answer(sample),
                 QString::fromStdString(dataset().targetTokenizer->decode(row)));
        QCOMPARE(std::ssize(data().targetWords(sample)), std::ssize(row) - 2); // begin and end
        QVERIFY(data().text(sample) != data().answer(sample));
    }

    void everySampleHasAPicture_data()
    {
        QTest::addColumn<QByteArray>("source");
        for (const char *source :
             {"recall?count=100", "sentiment?count=200", "seasonal?count=600",
              "waveforms?count=100", "copy?count=100", "parity?count=100", "adding?count=100",
              "lorenz?count=600", "translation?count=200", "corpus?count=10000"})
            QTest::newRow(source) << QByteArray(source);
    }
    void everySampleHasAPicture()
    {
        QFETCH(QByteArray, source);
        load("lstm", source.toStdString());
        const auto samples = data().showcase(2);
        QCOMPARE(samples.size(), std::size_t{2});
        const QImage small = data().image(samples[0]);
        QVERIFY(!small.isNull());
        const QImage first = data().card(samples[0], {240, 44}, 2.0);
        QCOMPARE(first.size(), QSize(480, 88));
        QVERIFY(first != data().card(samples[1], {240, 44}, 2.0));
        QVERIFY(data().image({data::Split::Test, 1'000'000}).isNull());
        QVERIFY(data().answer({data::Split::Test, 1'000'000}).isEmpty());
    }

private:
    void load(const std::string &templateName, const std::string &source)
    {
        m_session = std::make_unique<Session>();
        m_session->project.setProject(small::project(templateName, source, 1), {});
        QVERIFY2(small::waitForData(*m_session), qPrintable(m_session->data.errorText()));
    }
    const DataModel &data() const { return m_session->data; }
    const data::Dataset &dataset() const { return *m_session->data.dataset(); }

    std::unique_ptr<Session> m_session;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    DataModelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "data_model_test.moc"
