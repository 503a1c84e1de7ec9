// Memory depth of networks whose answers are, by construction, a known share of the input k steps
// back.
#include "../subjects.hpp"
#include "probe/swap_torch.hpp"

#include <QtTest>

#include <cmath>

using namespace subjects;

namespace {

/// The linear layer behind is as it was drawn; what is before it decides the depth.
probe::ProbeSubject threeStepsBack(graph::Task task)
{
    auto network =
        chain({{"input_1", "Input"},
               {"conv_1",
                "Conv1d",
                {{"out_channels", Integer{2}}, {"kernel_size", Integer{4}}, {"causal", true}}},
               {"pool_1", "TimePool"},
               {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
               {"output_1", "Output"}});
    auto made = subject(std::move(network), series(task));
    const at::NoGradGuard noGradient;
    const at::Tensor taps = emptied(made, "conv_1.weight"); // (out, in, kernel), oldest first
    taps.select(2, 0).select(0, 0).select(0, 0).fill_(1.0);
    taps.select(2, 0).select(0, 1).select(0, 1).fill_(1.0);
    return made;
}

/// h_t = h_{t-1} / 2 + x_t, as long as all is positive.
void makeHalving(const probe::ProbeSubject &made, Integer width)
{
    const at::NoGradGuard noGradient;
    const at::Tensor in = emptied(made, "rec_1.weight_ih_l0"),
                     own = emptied(made, "rec_1.weight_hh_l0");
    emptied(made, "rec_1.bias_hh_l0");
    emptied(made, "rec_1.bias_ih_l0");
    for (Integer i = 0; i < width; ++i) {
        in.select(0, i).select(0, i).fill_(1.0);
        own.select(0, i).select(0, i).fill_(0.5);
    }
}

/// As far back as all samples reach.
void verifyHalves(const probe::ProbeResult &result, std::size_t reach)
{
    const Array &depth = result.arrays.at("depth");
    for (std::size_t k = 0; k < reach; ++k)
        QVERIFY2(
            std::abs(static_cast<double>(depth.values[k]) - std::pow(0.5, static_cast<double>(k)))
                < 1e-4,
            qPrintable(QString("k = %1: %2").arg(k).arg(depth.values[k])));
    QCOMPARE(result.arrays.at("half_memory").values, std::vector<float>{1.0F});
    QVERIFY(result.arrays.at("half_memory").shape.empty());
}

/// The series of one length, so that all samples count at every distance, and normalised.
std::shared_ptr<const data::Dataset> evenSeries()
{
    auto dataset = std::make_shared<data::Dataset>(*series(graph::Task::Classify));
    for (auto &samples : dataset->splits) {
        std::vector<std::int64_t> longest;
        for (std::int64_t i = 4; i < samples.count(); i += 5) longest.push_back(i);
        samples = samples.select(longest);
    }
    dataset->statistics = data::fitStatistics(dataset->splits[0]);
    return dataset;
}

/// `changed` at step `step` instead of what the sample holds: by how much the probabilities differ.
double changeOf(const probe::ProbeSubject &made, const Array &sample, std::int64_t step,
                const std::vector<float> &changed)
{
    Array both = sample;
    both.shape.insert(both.shape.begin(), 2);
    both.values.insert(both.values.end(), sample.values.begin(), sample.values.end());
    const auto width = static_cast<std::int64_t>(changed.size());
    std::ranges::copy(changed, both.values.begin() + std::ssize(sample.values) + step * width);
    const Array said = must(engine::probabilities(made.model, both));
    const auto classes = static_cast<std::size_t>(said.dim(1));
    double square = 0.0;
    for (std::size_t i = 0; i < classes; ++i)
        square += std::pow(static_cast<double>(said.values[classes + i] - said.values[i]), 2);
    return std::sqrt(square);
}

/// By distance from the last of `steps`, its largest 1.
void verifySwap(const Array &swap, std::vector<double> bySteps)
{
    QCOMPARE(swap.values.size(), bySteps.size());
    std::ranges::reverse(bySteps);
    const double largest = std::ranges::max(bySteps);
    QVERIFY(largest > 0.0);
    for (std::size_t k = 0; k < bySteps.size(); ++k)
        QVERIFY2(std::abs(static_cast<double>(swap.values[k]) - bySteps[k] / largest) < 1e-3,
                 qPrintable(QString("k = %1: %2, recomputed %3")
                                .arg(k)
                                .arg(swap.values[k])
                                .arg(bySteps[k] / largest)));
}

} // namespace

class MemoryTest : public QObject {
    Q_OBJECT

private slots:
    void oneTapThreeStepsBackIsFound_data()
    {
        QTest::addColumn<int>("task");
        QTest::addColumn<int>("reach");
        QTest::newRow("of the whole") << static_cast<int>(graph::Task::Classify) << 10;
        // Asked at the last step but one: distances count from there.
        QTest::newRow("at a step") << static_cast<int>(graph::Task::LabelSteps) << 9;
    }
    void oneTapThreeStepsBackIsFound()
    {
        QFETCH(int, task);
        QFETCH(int, reach);
        const auto result = looked("memory", threeStepsBack(static_cast<graph::Task>(task)));
        const Array &depth = result.arrays.at("depth");
        QCOMPARE(depth.shape, std::vector<std::int64_t>{reach});
        for (std::size_t k = 0; k < depth.values.size(); ++k)
            QVERIFY(std::abs(depth.values[k] - (k == 3 ? 1.0F : 0.0F)) < 1e-6F);
        QCOMPARE(result.arrays.at("half_memory").values, std::vector<float>{3.0F});
        const Array &swap = result.arrays.at("swap");
        QCOMPARE(swap.shape, depth.shape);
        for (std::size_t k = 0; k < swap.values.size(); ++k)
            QCOMPARE(swap.values[k], k == 3 ? 1.0F : 0.0F);
    }

    void aSwappedNumberIsTheMean()
    {
        const auto made = subject(recurrent("LSTM", {{"hidden_size", Integer{6}}}), evenSeries());
        const data::Samples &samples = made.dataset->split(data::Split::Test);
        std::vector<double> changes(10, 0.0);
        for (std::int64_t i = 0; i < samples.count(); ++i)
            for (std::int64_t step = 0; step < 10; ++step)
                changes[static_cast<std::size_t>(step)] +=
                    changeOf(made, samples.sample(i), step, made.dataset->statistics.mean);
        verifySwap(looked("memory", made).arrays.at("swap"), changes);
    }

    void aSwappedWordIsThreeOthers()
    {
        QCOMPARE(probe::standIns(4, 10), (std::vector<std::int64_t>{5, 7, 8}));
        QCOMPARE(probe::standIns(9, 10), (std::vector<std::int64_t>{4, 6, 7}));
        QCOMPARE(probe::standIns(1, 10), (std::vector<std::int64_t>{5, 7, 8})); // <unknown>
        QCOMPARE(probe::standIns(4, 6), std::vector<std::int64_t>{5});
        QCOMPARE(probe::standIns(0, 2), std::vector<std::int64_t>{1}); // no text: no specials
        QVERIFY(probe::standIns(0, 1).empty());

        auto dataset = std::make_shared<data::Dataset>(*sentences());
        dataset->splits[2] = dataset->splits[2].select(std::vector<std::int64_t>{4});
        const auto made =
            subject(chain({{"input_1", "Input"},
                           {"embedding_1", "Embedding", {{"embedding_dim", Integer{4}}}},
                           {"rec_1", "GRU", {{"hidden_size", Integer{6}}}},
                           {"pool_1", "TimePool"},
                           {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                           {"output_1", "Output"}}),
                    dataset);
        const Array sample = made.dataset->splits[2].sample(0);
        std::vector<double> changes(sample.values.size(), 0.0);
        for (std::size_t step = 0; step < changes.size(); ++step)
            for (const std::int64_t apart : {1, 3, 4}) {
                const auto word = static_cast<std::int64_t>(sample.values[step]) - 4;
                const auto other = static_cast<float>(4 + (word + apart) % 6);
                changes[step] += changeOf(made, sample, static_cast<std::int64_t>(step), {other});
            }
        verifySwap(looked("memory", made).arrays.at("swap"), changes);
    }

    void whatIsNeverReadChangesNothing()
    {
        const auto made = subject(recurrent("GRU", {{"hidden_size", Integer{4}}}), evenSeries());
        emptied(made, "rec_1.weight_ih_l0");
        const Array swap = looked("memory", made).arrays.at("swap");
        QCOMPARE(std::ranges::max(swap.values), 0.0F);
    }

    void aStoppedLookIsCancelled()
    {
        std::stop_source source;
        source.request_stop();
        const auto made = subject(recurrent("GRU", {{"hidden_size", Integer{4}}}), evenSeries());
        const auto result = probe::findProbe("memory")->look(made, {}, source.get_token());
        QVERIFY(!result);
        QCOMPARE(result.error().what.id, std::string("probe.cancelled"));
    }

    void aStateThatHalvesForgetsByHalves()
    {
        const auto rnn = subject(
            recurrent("RNN", {{"hidden_size", Integer{2}}, {"nonlinearity", std::string("relu")}}),
            series(graph::Task::LabelSteps));
        makeHalving(rnn, 2);
        const auto result = looked("memory", rnn);
        verifyHalves(result, 5);
        // Of five lengths, one reaches back as far as this.
        const double alone = std::pow(0.5, 8) / 5.0;
        QVERIFY(std::abs(static_cast<double>(result.arrays.at("depth").values[8]) - alone) < 1e-4);
    }

    void wordsAreFollowedBehindTheirTable()
    {
        const auto rnn =
            subject(chain({{"input_1", "Input"},
                           {"embedding_1", "Embedding", {{"embedding_dim", Integer{2}}}},
                           {"rec_1",
                            "RNN",
                            {{"hidden_size", Integer{2}}, {"nonlinearity", std::string("relu")}}},
                           {"pool_1", "TimePool"},
                           {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                           {"output_1", "Output"}}),
                    sentences());
        makeHalving(rnn, 2);
        {
            const at::NoGradGuard noGradient;
            emptied(rnn, "embedding_1.weight").fill_(0.3);
        }
        verifyHalves(looked("memory", rnn), 3);
    }

    void aTranslatorIsFollowedIntoItsSource()
    {
        const auto made = subject(translator(), pairs());
        const Array depth = looked("memory", made).arrays.at("depth");
        QCOMPARE(depth.shape, std::vector<std::int64_t>{7});
        QCOMPARE(*std::ranges::max_element(depth.values), 1.0F);
        QVERIFY(*std::ranges::min_element(depth.values) > 0.0F);
        const Array swap = looked("memory", made).arrays.at("swap");
        QCOMPARE(swap.shape, depth.shape);
        QCOMPARE(*std::ranges::max_element(swap.values), 1.0F);
    }

    void picturesHaveNoTime()
    {
        QCOMPARE(refused("memory", subject(small::convolution(), small::bars())),
                 std::string("probe.no_steps"));
    }
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
