// Memory depth of networks whose answers are, by construction, a known share of the input k steps
// back.
#include "../subjects.hpp"

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
    }

    void picturesHaveNoTime()
    {
        QCOMPARE(refused("memory", subject(small::convolution(), small::bars())),
                 std::string("probe.no_steps"));
    }
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
