// Gates and states: they obey the cell's own equations, and end in what the fused kernel gives.
#include "../subjects.hpp"

#include <QtTest>

#include <cmath>

using namespace subjects;

namespace {

double largestGap(const Array &a, const std::function<double(std::size_t)> &expected,
                  std::size_t from = 0)
{
    double gap = 0.0;
    for (std::size_t i = from; i < a.values.size(); ++i)
        gap = std::max(gap, std::abs(static_cast<double>(a.values[i]) - expected(i)));
    return gap;
}

std::vector<std::string> names(const probe::ProbeResult &result)
{
    std::vector<std::string> all;
    for (const auto &[name, array] : result.arrays) all.push_back(name);
    return all;
}

} // namespace

class StatesTest : public QObject {
    Q_OBJECT

private slots:
    void anLstmKeepsItsEquations()
    {
        const auto lstm = subject(recurrent("LSTM", {{"hidden_size", Integer{5}}}),
                                  series(graph::Task::LabelSteps));
        for (const std::int64_t sample : {0, 3}) {
            const auto result = looked("gates", lstm, {.sample = sample, .block = {}});
            QCOMPARE(result.block, std::string("rec_1"));
            QCOMPARE(names(result), (std::vector<std::string>{"cell", "gate_f", "gate_g", "gate_i",
                                                              "gate_o", "hidden"}));
            const std::int64_t steps = 6 + sample % 5;
            const auto value = [&](const char *name, std::size_t i) {
                return static_cast<double>(result.arrays.at(name).values[i]);
            };
            for (const auto &[name, array] : result.arrays)
                QCOMPARE(array.shape, (std::vector<std::int64_t>{steps, 5}));
            QCOMPARE(std::ssize(result.steps), steps);
            QVERIFY(largestGap(result.arrays.at("cell"),
                               [&](std::size_t i) {
                                   const double before = i < 5 ? 0.0 : value("cell", i - 5);
                                   return value("gate_f", i) * before
                                          + value("gate_i", i) * value("gate_g", i);
                               })
                    < 1e-5);
            QVERIFY(largestGap(result.arrays.at("hidden"),
                               [&](std::size_t i) {
                                   return value("gate_o", i) * std::tanh(value("cell", i));
                               })
                    < 1e-5);
            const auto fused = looked("activations", lstm, {.sample = sample, .block = "rec_1"});
            QVERIFY(largestGap(result.arrays.at("hidden"),
                               [&](std::size_t i) {
                                   return static_cast<double>(fused.arrays.at("rec_1").values[i]);
                               })
                    < 1e-5);
        }
    }

    void aGruMovesBetweenOldAndNew()
    {
        const auto gru =
            subject(recurrent("GRU", {{"hidden_size", Integer{4}}}), series(graph::Task::Classify));
        const auto result = looked("gates", gru);
        QCOMPARE(names(result), (std::vector<std::string>{"gate_n", "gate_r", "gate_z", "hidden"}));
        const auto value = [&](const char *name, std::size_t i) {
            return static_cast<double>(result.arrays.at(name).values[i]);
        };
        QVERIFY(largestGap(result.arrays.at("hidden"),
                           [&](std::size_t i) {
                               const double before = i < 4 ? 0.0 : value("hidden", i - 4);
                               const double z = value("gate_z", i);
                               return (1.0 - z) * value("gate_n", i) + z * before;
                           })
                < 1e-5);
    }

    void aPlainRnnHasStatesAndNoGates()
    {
        const auto rnn =
            subject(recurrent("RNN", {{"hidden_size", Integer{4}}}), series(graph::Task::Classify));
        QCOMPARE(names(looked("states", rnn)), std::vector<std::string>{"hidden"});
        QCOMPARE(refused("gates", rnn), std::string("probe.nothing_inside"));
        QVERIFY(probe::findProbe("gates")->blocks(rnn).empty());
    }

    void wrongBlocksAndSamplesAreNamed()
    {
        const auto lstm = subject(recurrent("LSTM", {{"hidden_size", Integer{5}}}),
                                  series(graph::Task::Classify));
        QCOMPARE(refused("states", lstm, {.block = "linear_1"}),
                 std::string("probe.no_such_block"));
        QCOMPARE(refused("states", lstm, {.sample = 40, .block = {}}),
                 std::string("probe.no_such_sample"));
        QCOMPARE(refused("states", lstm, {.sample = -1, .block = {}}),
                 std::string("probe.no_such_sample"));
    }

    void stoppedProbesSaySo()
    {
        const auto lstm = subject(recurrent("LSTM", {{"hidden_size", Integer{5}}}),
                                  series(graph::Task::Classify));
        std::stop_source source;
        source.request_stop();
        for (const auto &probe : probe::probes()) {
            const auto result = probe->look(lstm, {}, source.get_token());
            QVERIFY2(!result, probe->description().name.c_str());
            if (probe->description().name == "attention") continue; // there is none to look into
            QCOMPARE(result.error().what.id, std::string("probe.cancelled"));
        }
    }
};

QTEST_GUILESS_MAIN(StatesTest)
#include "states_test.moc"
