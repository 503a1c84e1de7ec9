// Small networks to look into, with data of every kind, weights set by hand where a test needs to
// know the answer.
#pragma once

#include "../train/small_setups.hpp"
#include "data/tokenizer.hpp"
#include "engine/model_torch.hpp"
#include "probe/probe.hpp"

#include <ATen/core/grad_mode.h>

namespace subjects {

using namespace ostrich;
using small::chain;
using small::Integer;

/// Ends the test program where what should work does not.
template <typename T>
T must(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", sentence(result.error(), Language::English).c_str());
        std::abort();
    }
    return *std::move(result);
}

inline probe::ProbeSubject subject(graph::Network network,
                                   std::shared_ptr<const data::Dataset> dataset)
{
    auto model = must(
        engine::compile(network, {.facts = dataset->facts, .statistics = dataset->statistics}));
    return {std::move(network), std::move(model), std::move(dataset)};
}

inline probe::ProbeResult looked(const char *what, const probe::ProbeSubject &subject,
                                 const probe::ProbeOptions &options = {})
{
    return must(probe::findProbe(what)->look(subject, options, {}));
}

inline std::string refused(const char *what, const probe::ProbeSubject &subject,
                           const probe::ProbeOptions &options = {})
{
    const auto result = probe::findProbe(what)->look(subject, options, {});
    return result ? std::string() : result.error().what.id;
}

/// All of `name` zero; the caller fills in what is not.
inline at::Tensor emptied(const probe::ProbeSubject &subject, const std::string &name)
{
    const at::NoGradGuard noGradient;
    for (const auto &[known, tensor] : subject.model->parameters())
        if (known == name) {
            tensor.zero_();
            return tensor;
        }
    std::fprintf(stderr, "no parameter %s\n", name.c_str());
    std::abort();
}

/// Sequences of two positive numbers a step, 6 to 10 steps, one of three classes asked for at the
/// last step but one (LabelSteps) or of the whole (Classify).
inline std::shared_ptr<const data::Dataset> series(graph::Task task)
{
    auto dataset = std::make_shared<data::Dataset>();
    dataset->source = "series";
    dataset->facts.input = graph::Shape::sequence({}, 2);
    dataset->facts.task = task;
    dataset->facts.classes = 3;
    dataset->facts.classNames = {"a", "b", "c"};
    dataset->facts.longest = 10;
    RandomStream random(3, "series");
    for (auto &samples : dataset->splits) {
        samples.sampleShape = {2};
        samples.starts = {0};
        for (int i = 0; i < 40; ++i) {
            const std::int64_t steps = 6 + i % 5;
            for (std::int64_t t = 0; t < steps; ++t) {
                for (int f = 0; f < 2; ++f)
                    samples.values.push_back(static_cast<float>(random.uniform(0.1, 1.0)));
                if (task == graph::Task::LabelSteps)
                    samples.stepLabels.push_back(t == steps - 2 ? i % 3 : data::kNoLabel);
            }
            samples.starts.push_back(samples.starts.back() + steps);
            if (task == graph::Task::Classify) samples.labels.push_back(i % 3);
        }
    }
    return dataset;
}

/// Sentences of 3 to 7 words, good or bad.
inline std::shared_ptr<const data::Dataset> sentences()
{
    auto dataset = std::make_shared<data::Dataset>();
    dataset->source = "sentences";
    dataset->tokenizer = std::make_shared<data::Tokenizer>(data::Tokenizer::of(
        data::TokenLevel::Words, {"le", "chien", "chat", "été", "bon", "mauvais"}));
    dataset->facts.input = graph::Shape::tokens({}, dataset->tokenizer->size());
    dataset->facts.classes = 2;
    dataset->facts.classNames = {"bad", "good"};
    dataset->facts.longest = 7;
    RandomStream random(4, "sentences");
    for (auto &samples : dataset->splits) {
        samples.starts = {0};
        for (int i = 0; i < 30; ++i) {
            const std::int64_t words = 3 + i % 5;
            for (std::int64_t t = 0; t < words; ++t)
                samples.tokens.push_back(static_cast<std::int32_t>(4 + random.integer(6)));
            samples.starts.push_back(samples.starts.back() + words);
            samples.labels.push_back(i % 2);
        }
    }
    return dataset;
}

/// Each sentence of sentences() with a translation that is one word shorter, or as long.
inline std::shared_ptr<const data::Dataset> pairs()
{
    auto dataset = std::make_shared<data::Dataset>(*sentences());
    dataset->targetTokenizer = std::make_shared<data::Tokenizer>(
        data::Tokenizer::of(data::TokenLevel::Words, {"the", "dog", "cat"}));
    dataset->facts.task = graph::Task::Translate;
    dataset->facts.classes = dataset->targetTokenizer->size();
    dataset->facts.classNames = dataset->targetTokenizer->visiblePieces();
    dataset->facts.target = {graph::Shape::tokens({}, dataset->facts.classes), 8};
    for (auto &samples : dataset->splits) {
        samples.labels.clear();
        for (std::int64_t i = 0; i < 30; ++i) {
            std::vector<std::int32_t> row{data::Tokenizer::kBegin};
            for (std::int64_t t = 1; t < samples.steps(i) + i % 2; ++t)
                row.push_back(static_cast<std::int32_t>(4 + t % 3));
            row.push_back(data::Tokenizer::kEnd);
            samples.targets.add(row);
        }
    }
    return dataset;
}

inline graph::Network translator()
{
    const graph::Parameters small{{"num_heads", Integer{2}}, {"dim_feedforward", Integer{16}}};
    graph::Network network;
    network.blocks = {
        {"source", "Input", {{"field", std::string("source")}}, {}},
        {"target", "Input", {{"field", std::string("target")}}, {}},
        {"embedding_1", "Embedding", {{"embedding_dim", Integer{8}}}, {}},
        {"embedding_2", "Embedding", {{"embedding_dim", Integer{8}}}, {}},
        {"encoder_1", "TransformerEncoderLayer", small, {}},
        {"decoder_1", "TransformerDecoderLayer", small, {}},
        {"decoder_2", "TransformerDecoderLayer", small, {}},
        {"linear_1", "Linear", {{"out_features", std::string("classes")}}, {}},
        {"output_1", "Output", {}, {}},
    };
    network.wires = {
        {{"source", "y"}, {"embedding_1", "x"}},       {{"embedding_1", "y"}, {"encoder_1", "x"}},
        {{"target", "y"}, {"embedding_2", "x"}},       {{"embedding_2", "y"}, {"decoder_1", "x"}},
        {{"encoder_1", "y"}, {"decoder_1", "memory"}}, {{"decoder_1", "y"}, {"decoder_2", "x"}},
        {{"encoder_1", "y"}, {"decoder_2", "memory"}}, {{"decoder_2", "y"}, {"linear_1", "x"}},
        {{"linear_1", "y"}, {"output_1", "x"}}};
    return network;
}

/// Recurrent block `kind`, pooled as the data ask.
inline graph::Network recurrent(const std::string &kind, graph::Parameters parameters)
{
    return chain({{"input_1", "Input"},
                  {"rec_1", kind, std::move(parameters)},
                  {"pool_1", "TimePool"},
                  {"linear_1", "Linear", {{"out_features", std::string("classes")}}},
                  {"output_1", "Output"}});
}

} // namespace subjects
