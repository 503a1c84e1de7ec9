// One sample alone: how its steps read, and what changing one of them does.
#include "inside/sample_at_hand.hpp"

#include "data/source.hpp"
#include "data/tokenizer.hpp"

#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

DatasetHandle loaded(const char *source)
{
    const auto dataset = data::load(source, 3);
    return dataset ? *dataset : nullptr;
}

const data::Samples &samplesOf(const DatasetHandle &sample)
{
    return sample->split(data::Split::Validation);
}

} // namespace

class SampleAtHandTest : public QObject {
    Q_OBJECT

private slots:
    void aSampleAloneIsTheSampleOfItsSplit()
    {
        const DatasetHandle whole = loaded("recall?lag=6&around=3&count=200");
        QVERIFY(whole);
        const DatasetHandle one = alone(*whole, {data::Split::Validation, 5});
        QCOMPARE(samplesOf(one).count(), 1);
        QVERIFY(samplesOf(one).sample(0) == samplesOf(whole).sample(5));
        QVERIFY(one->facts == whole->facts);
        QVERIFY(one->statistics == whole->statistics);
        QCOMPARE(one->split(data::Split::Test).count(), 1);
    }

    void lettersAndMarksAreReadFromTheNumbers()
    {
        const DatasetHandle whole = loaded("recall?lag=6&around=3&count=200");
        const DatasetHandle one = alone(*whole, {data::Split::Validation, 2});
        const SampleSteps read = stepsOf(*one);
        QCOMPARE(read.choices, (std::vector<QString>{"A", "B", "C", "D"}));
        QCOMPARE(static_cast<std::int64_t>(read.steps.size()), samplesOf(one).steps(0));
        int kept = -1, asked = -1;
        for (int i = 0; i < static_cast<int>(read.steps.size()); ++i) {
            const Step &step = read.steps[static_cast<std::size_t>(i)];
            if (step.asked) asked = i;
            if (step.marked && !step.asked) kept = i;
        }
        QCOMPARE(asked - kept, 6); // the lag
        const auto right = rightAnswer(*one);
        QVERIFY(right.has_value());
        QCOMPARE(read.steps[static_cast<std::size_t>(kept)].choice, static_cast<int>(*right));
    }

    void aChangedStepLeavesAllElse()
    {
        const DatasetHandle whole = loaded("recall?lag=6&around=3&count=200");
        const DatasetHandle one = alone(*whole, {data::Split::Validation, 2});
        const SampleSteps before = stepsOf(*one);
        const int choice = (before.steps[1].choice + 1) % 4;
        const DatasetHandle changed = withChoice(*one, 1, choice);
        QVERIFY(changed);
        const SampleSteps after = stepsOf(*changed);
        for (std::size_t i = 0; i < before.steps.size(); ++i) {
            QCOMPARE(after.steps[i].choice, i == 1 ? choice : before.steps[i].choice);
            QCOMPARE(after.steps[i].marked, before.steps[i].marked);
        }
        QVERIFY(stepsOf(*one).steps[1].choice == before.steps[1].choice); // the first is as it was
        QVERIFY(!withChoice(*one, -1, 0));
        QVERIFY(!withChoice(*one, 1, 4));
        QVERIFY(!withChoice(*one, 1000, 0));
    }

    void wordsBecomeTokensAndBack()
    {
        const DatasetHandle whole = loaded("sentiment?count=200");
        QVERIFY(whole);
        const std::string text =
            whole->tokenizer->decode(samplesOf(alone(*whole, {data::Split::Validation, 0})).tokens);
        const DatasetHandle sample = typed(*whole, text);
        QVERIFY(sample);
        QVERIFY(samplesOf(sample).tokens
                == samplesOf(alone(*whole, {data::Split::Validation, 0})).tokens);
        QVERIFY(!rightAnswer(*sample)); // nobody knows
        QVERIFY(!typed(*whole, "   "));
        const DatasetHandle changed = withChoice(*sample, 0, 3);
        QCOMPARE(stepsOf(*changed).steps[0].word, stepsOf(*changed).choices[3]);
    }

    void numbersAreNoText()
    {
        QVERIFY(!typed(*loaded("recall?lag=6&count=200"), "A B C"));
        const DatasetHandle points = loaded("spirals");
        QVERIFY(stepsOf(*alone(*points, {data::Split::Validation, 0})).steps.empty());
        const DatasetHandle waves = loaded("waveforms?count=200");
        if (waves) // real numbers have no letters to choose from
            QVERIFY(stepsOf(*alone(*waves, {data::Split::Validation, 0})).choices.empty());
    }

    void aTranslationHasItsWrittenTarget()
    {
        const DatasetHandle whole = loaded("translation?count=300");
        if (!whole) QSKIP("no such option");
        const DatasetHandle one = typed(*whole, "le chat dort .");
        QVERIFY(one);
        const std::vector<std::int32_t> words{5, 6};
        const DatasetHandle written = withTarget(*one, words);
        const auto row = samplesOf(written).targets.row(0);
        QCOMPARE(std::vector<std::int32_t>(row.begin(), row.end()),
                 (std::vector<std::int32_t>{data::Tokenizer::kBegin, 5, 6, data::Tokenizer::kEnd}));
    }
};

QTEST_GUILESS_MAIN(SampleAtHandTest)
#include "sample_at_hand_test.moc"
