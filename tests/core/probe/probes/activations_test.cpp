// Activations: what the engine traces, block by block.
#include "../subjects.hpp"

#include <QtTest>

using namespace subjects;

class ActivationsTest : public QObject {
    Q_OBJECT

private slots:
    void everyBlockTellsItsOutput()
    {
        const auto made = subject(small::convolution(), small::bars());
        const auto result = looked("activations", made, {.sample = 5});
        QCOMPARE(result.arrays.size(), made.network.blocks.size());
        QCOMPARE(result.arrays.at("conv_1").shape, (std::vector<std::int64_t>{8, 8, 8}));
        QCOMPARE(result.arrays.at("output_1").shape, std::vector<std::int64_t>{2});
        const auto &shares = result.arrays.at("output_1").values;
        QVERIFY(std::abs(shares[0] + shares[1] - 1.0F) < 1e-6F);
        Array x = made.dataset->splits[2].sample(5);
        x.shape.insert(x.shape.begin(), 1);
        const auto traced = must(engine::trace(made.model, x, {"conv_1"}));
        QCOMPARE(result.arrays.at("conv_1").values, traced.at("conv_1").values);
    }

    void oneBlockTellsAlone()
    {
        const auto made = subject(small::convolution(), small::bars());
        const auto result = looked("activations", made, {.block = "relu_1"});
        QCOMPARE(result.arrays.size(), std::size_t{1});
        QCOMPARE(result.block, std::string("relu_1"));
        QCOMPARE(refused("activations", made, {.block = "relu_9"}),
                 std::string("probe.no_such_block"));
    }

    void sequencesKeepTheirRealSteps()
    {
        const auto made = subject(recurrent("LSTM", {{"hidden_size", Integer{5}}}),
                                  series(graph::Task::LabelSteps));
        const auto result = looked("activations", made, {.sample = 2});
        QCOMPARE(result.arrays.at("rec_1").shape, (std::vector<std::int64_t>{8, 5}));
        QCOMPARE(result.steps.back(), std::string("7"));
    }
};

QTEST_GUILESS_MAIN(ActivationsTest)
#include "activations_test.moc"
