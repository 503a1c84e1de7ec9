// Blocks that walk along T to try, as data.
#pragma once

#include "block_case.hpp"

/// Multiply-adds of `steps` steps in a recurrent layer: two matrices in one direction.
inline std::int64_t recurrentWork(std::int64_t gates, std::int64_t features, std::int64_t hidden,
                                  std::int64_t steps)
{
    return gates * hidden * (features + hidden) * steps;
}

inline std::vector<BlockCase> recurrentCases()
{
    using ostrich::graph::Shape;
    using Integer = std::int64_t;
    const auto fixed = Shape::sequence(4, 2), varying = Shape::sequence({}, 2);
    const Integer small = 3;
    const auto Classify = ostrich::graph::Task::Classify;
    std::vector<BlockCase> cases;
    for (const auto &[kind, gates] : {std::pair{"RNN", 1}, {"LSTM", 4}, {"GRU", 3}}) {
        const std::string name = kind;
        cases.push_back({name + ", fixed T",
                         kind,
                         {{"hidden_size", small}},
                         {fixed},
                         Classify,
                         recurrentWork(gates, 2, small, 4)});
        cases.push_back({name + ", variable T",
                         kind,
                         {{"hidden_size", small}},
                         {varying},
                         Classify,
                         recurrentWork(gates, 2, small, 1)});
        cases.push_back({name + ", both ways, fixed T",
                         kind,
                         {{"hidden_size", Integer{2}}, {"bidirectional", true}},
                         {fixed},
                         Classify,
                         2 * recurrentWork(gates, 2, 2, 4)});
        cases.push_back({name + ", two layers, both ways, dropout",
                         kind,
                         {{"hidden_size", Integer{2}},
                          {"num_layers", Integer{2}},
                          {"bidirectional", true},
                          {"dropout", 0.4}},
                         {varying},
                         Classify,
                         2 * recurrentWork(gates, 2, 2, 1) + 2 * recurrentWork(gates, 4, 2, 1)});
    }
    cases.push_back({"RNN, relu",
                     "RNN",
                     {{"hidden_size", small}, {"nonlinearity", std::string("relu")}},
                     {varying},
                     Classify,
                     recurrentWork(1, 2, small, 1)});
    for (const auto &[kind, gates] : {std::pair{"LSTM", 4}, {"GRU", 3}})
        cases.push_back({std::string(kind) + ", gate bias",
                         kind,
                         {{"hidden_size", small}, {"gate_bias", 4.0}},
                         {varying},
                         Classify,
                         recurrentWork(gates, 2, small, 1)});
    return cases;
}

inline std::vector<BlockCase> slidingCases()
{
    using ostrich::graph::Shape;
    using Integer = std::int64_t;
    const auto fixed = Shape::sequence(7, 4), varying = Shape::sequence({}, 4);
    const auto Classify = ostrich::graph::Task::Classify;
    const std::string same = "same", valid = "valid";
    const ostrich::graph::ParameterValue two = Integer{2}, three = Integer{3};
    std::vector<BlockCase> cases{
        {"conv1d, fixed T", "Conv1d", {{"out_channels", two}}, {fixed}, Classify, 7 * 2 * 4 * 3},
        {"conv1d", "Conv1d", {{"out_channels", two}}, {varying}, Classify, 2 * 4 * 3},
        {"conv1d, causal, dilation 2",
         "Conv1d",
         {{"out_channels", two}, {"causal", true}, {"dilation", two}},
         {varying},
         Classify,
         2 * 4 * 3},
        {"conv1d, causal, stride 2, fixed T",
         "Conv1d",
         {{"out_channels", two}, {"causal", true}, {"stride", two}},
         {fixed},
         Classify,
         4 * 2 * 4 * 3},
        {"conv1d, same, stride 2",
         "Conv1d",
         {{"out_channels", two}, {"stride", two}},
         {varying},
         Classify,
         2 * 4 * 3},
        {"conv1d, same, stride 3, even kernel",
         "Conv1d",
         {{"out_channels", two}, {"stride", three}, {"kernel_size", Integer{4}}},
         {varying},
         Classify,
         2 * 4 * 4},
        {"conv1d, valid",
         "Conv1d",
         {{"out_channels", two}, {"padding", valid}},
         {varying},
         Classify,
         2 * 4 * 3},
        {"conv1d, valid, longer than all sequences",
         "Conv1d",
         {{"out_channels", two}, {"padding", valid}, {"kernel_size", Integer{6}}},
         {varying},
         Classify,
         2 * 4 * 6},
        {"conv1d, padding 2, stride 2, groups, no bias",
         "Conv1d",
         {{"out_channels", Integer{4}},
          {"padding", two},
          {"stride", two},
          {"groups", two},
          {"bias", false}},
         {varying},
         Classify,
         4 * 2 * 3},
    };
    for (const std::string kind : {"MaxPool1d", "AvgPool1d"}) {
        const auto add = [&](const std::string &title, ostrich::graph::Parameters parameters,
                             const Shape &shape) {
            cases.push_back({kind + title, kind, std::move(parameters), {shape}});
        };
        add(", fixed T", {}, fixed);
        add("", {}, varying);
        add(", valid", {{"padding", valid}}, varying);
        add(", valid, fixed T", {{"padding", valid}}, fixed);
        add(", same, stride 2 of 3", {{"kernel_size", three}, {"stride", two}}, varying);
        add(", same, even, stride 1", {{"kernel_size", Integer{4}}, {"stride", Integer{1}}},
            varying);
        add(", padding 1", {{"kernel_size", three}, {"padding", Integer{1}}}, varying);
    }
    return cases;
}

inline std::vector<BlockCase> sequenceCases()
{
    using ostrich::graph::Shape;
    using ostrich::graph::Task;
    using Integer = std::int64_t;
    const auto varying = Shape::sequence({}, 3);
    const auto mode = [](const char *name) {
        return ostrich::graph::Parameters{{"mode", std::string(name)}};
    };
    std::vector<BlockCase> cases{
        {"embedding", "Embedding", {{"embedding_dim", Integer{3}}}, {Shape::tokens({}, 6)}},
        {"embedding, fixed T", "Embedding", {{"embedding_dim", Integer{2}}}, {Shape::tokens(4, 5)}},
        {"time pool, auto, one answer", "TimePool", {}, {varying}},
        {"time pool, auto, an answer a step", "TimePool", {}, {varying}, Task::LabelSteps},
        {"time pool, last, fixed T", "TimePool", mode("last"), {Shape::sequence(4, 3)}},
        {"time pool, last where steps are labelled",
         "TimePool",
         mode("last"),
         {varying},
         Task::LabelSteps},
        {"time pool, mean", "TimePool", mode("mean"), {varying}},
        {"time pool, mean, fixed T", "TimePool", mode("mean"), {Shape::sequence(4, 3)}},
        {"time pool, max", "TimePool", mode("max"), {varying}},
        {"time pool, max, fixed T", "TimePool", mode("max"), {Shape::sequence(4, 3)}},
    };
    for (const auto &more : {recurrentCases(), slidingCases()})
        cases.insert(cases.end(), more.begin(), more.end());
    return cases;
}
