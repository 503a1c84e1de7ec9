// Batches of sequences: what is padded, what is asked, and what a choice of samples keeps.
#include "data/dataset.hpp"
#include "data/tokenizer.hpp"

#include <QtTest>

using namespace ostrich;
using namespace ostrich::data;

class BatchTest : public QObject {
    Q_OBJECT

    using Sizes = std::vector<std::int64_t>;
    using Floats = std::vector<float>;

    /// Two series of two features: 1 step and 3 steps; each step labelled but the first.
    static Samples series()
    {
        Samples samples;
        samples.sampleShape = {2};
        samples.starts = {0, 1, 4};
        samples.values = {1, 2, /**/ 3, 4, 5, 6, 7, 8};
        samples.stepLabels = {kNoLabel, /**/ kNoLabel, 1, 0};
        return samples;
    }

    /// Two sentences and their translations.
    static Samples pairs()
    {
        Samples samples;
        samples.starts = {0, 2, 3};
        samples.tokens = {7, 8, /**/ 9};
        samples.targets.add(std::vector<std::int32_t>{Tokenizer::kBegin, 5, Tokenizer::kEnd});
        samples.targets.add(std::vector<std::int32_t>{Tokenizer::kBegin, 6, 4, Tokenizer::kEnd});
        return samples;
    }

private slots:
    void shorterSeriesArePaddedWithZerosAndHaveNoLabelThere()
    {
        const Batch batch = batchOf(series(), Sizes{0, 1});
        QCOMPARE(batch.x.shape, (Sizes{2, 3, 2}));
        QCOMPARE(batch.x.values, (Floats{1, 2, 0, 0, 0, 0, /**/ 3, 4, 5, 6, 7, 8}));
        QCOMPARE(batch.lengths, (Sizes{1, 3}));
        QCOMPARE(batch.y, (Sizes{kNoLabel, kNoLabel, kNoLabel, /**/ kNoLabel, 1, 0}));
        QVERIFY(batch.target.empty() && batch.answers.empty());
    }

    void samplesOfOneLengthNeedNoLengths()
    {
        const Batch batch = batchOf(series(), Sizes{1, 1});
        QCOMPARE(batch.x.shape, (Sizes{2, 3, 2}));
        QVERIFY(batch.lengths.empty());
    }

    void aDecoderReadsOneStepBehindWhatItIsAsked()
    {
        const Batch batch = batchOf(pairs(), Sizes{0, 1});
        QCOMPARE(batch.x.shape, (Sizes{2, 2}));
        QCOMPARE(batch.x.values, (Floats{7, 8, /**/ 9, 0}));
        QCOMPARE(batch.target.shape, (Sizes{2, 3}));
        QCOMPARE(batch.target.values,
                 (Floats{Tokenizer::kBegin, 5, 0, /**/ Tokenizer::kBegin, 6, 4}));
        QCOMPARE(batch.targetLengths, (Sizes{2, 3}));
        QCOMPARE(batch.y, (Sizes{5, Tokenizer::kEnd, kNoLabel, /**/ 6, 4, Tokenizer::kEnd}));
    }

    void aSampleIsItsRealSteps()
    {
        QCOMPARE(series().sample(1).shape, (Sizes{3, 2}));
        QCOMPARE(pairs().sample(0).shape, (Sizes{2}));
        QCOMPARE(pairs().sample(0).values, (Floats{7, 8}));
    }

    void aChoiceKeepsEverythingThatIsAsked()
    {
        Samples forecast;
        forecast.sampleShape = {1};
        forecast.starts = {0, 2, 4, 6};
        forecast.values = {1, 2, 3, 4, 5, 6};
        forecast.answers = {10, 11, 20, 21, 30, 31};
        forecast.naive = {1, 1, 2, 2, 3, 3};
        const Samples chosen = forecast.select(Sizes{2, 0});
        QCOMPARE(chosen.count(), 2);
        QCOMPARE(chosen.values, (Floats{5, 6, 1, 2}));
        QCOMPARE(chosen.answers, (Floats{30, 31, 10, 11}));
        QCOMPARE(chosen.naive, (Floats{3, 3, 1, 1}));
        QCOMPARE(batchOf(chosen, Sizes{1}).answers, (Floats{10, 11}));

        const Samples translated = pairs().select(Sizes{1});
        QCOMPARE(translated.tokens, (std::vector<std::int32_t>{9}));
        QCOMPARE(translated.targets.row(0).size(), std::size_t{4});
        QCOMPARE(series().select(Sizes{1}).stepLabels, (std::vector<std::int32_t>{kNoLabel, 1, 0}));
    }

    void answersHaveStatisticsOfTheirOwn()
    {
        Samples forecast;
        forecast.sampleShape = {1};
        forecast.starts = {0, 1, 2};
        forecast.values = {1, 3};
        forecast.answers = {10, 5, 30, 5};
        const Statistics statistics = fitStatistics(forecast);
        QCOMPARE(statistics.mean, (Floats{2}));
        QCOMPARE(statistics.answerMean, (Floats{20, 5}));
        QCOMPARE(statistics.answerDeviation, (Floats{10, 1})); // constant: never 0
        QVERIFY(fitStatistics(pairs()).mean.empty());          // words have none
    }
};

QTEST_APPLESS_MAIN(BatchTest)
#include "batch_test.moc"
