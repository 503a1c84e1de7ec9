// A trained network asked about something new: a picture, a line of text, a series. It needs no
// data set, only what a run keeps.
#pragma once

#include "train/run.hpp"
#include "train/translation.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace ostrich::train {

struct PredictionOptions {
    std::int64_t top = 5;     // classes told
    std::int64_t sample = 0;  // next token: how many are written on
    double temperature = 1.0; // of that writing; 0: always the likeliest
    std::uint64_t seed = 1;
    std::int64_t beam = 4; // sentences that a translation follows at once
};

struct ClassShare {
    std::int64_t index = 0;
    std::string name;
    double probability = 0.0;
};

/// What is there depends on what the network was asked to learn.
struct Prediction {
    std::vector<ClassShare> top; // a class, or the token to come: likeliest first
    std::vector<float> logits;   // of the same question (K)
    struct Step {
        std::string step; // its word, or its number
        ClassShare best;
    };
    std::vector<Step> steps;     // where each step has a label
    std::vector<float> forecast; // Regress: in data units (V)
    /// The 10 % and 90 % quantiles around it, where the network is trained on quantiles (V).
    std::vector<float> low, high;
    std::string text; // what was written on, options.sample tokens
    struct Sentence {
        std::string text;
        double score = 0.0; // see Translation
    };
    std::optional<Sentence> translation, greedy; // by beam search, and token by token
};

/// The answer of `model`, the network of `manifest`, to `input` (see typedInput()). On the calling
/// thread. Errors: what typedInput() tells; a bad temperature; "train.cancelled"; LibTorch's.
Result<Prediction> predict(const Manifest &manifest, const engine::ModelHandle &model,
                           const std::string &input, const PredictionOptions &options = {},
                           std::stop_token stop = {});

/// Whether each step of the data is asked for the token behind it, so that a network can write on;
/// `tokenizer` null: the data are no text.
bool writesText(const graph::DataFacts &facts, const data::Tokenizer *tokenizer);

/// Logits (K) of the token behind `ids`, at least one, of which the network sees as many as in
/// training. Errors: LibTorch's.
Result<std::vector<float>> nextToken(const engine::ModelHandle &model,
                                     std::span<const std::int32_t> ids);

/// softmax(logits / temperature) over the tokens that are text or its end, the others 0; at
/// temperature 0 all of it on the likeliest. Sums to 1.
std::vector<double> tokenShares(std::span<const float> logits, double temperature);

struct WritingOptions {
    std::int64_t count = 0;   // of tokens, at most
    double temperature = 1.0; // 0: always the likeliest
    std::uint64_t seed = 1;
};

/// Called on the writing thread with each token that was drawn and the logits (K) it came from.
using TokenWritten = std::function<void(std::int32_t, std::span<const float>)>;

/// The tokens that a network draws behind `ids`, one after the other; kEnd ends them and is not
/// among them, and so does `stop`. On the calling thread. Errors: LibTorch's.
Result<std::vector<std::int32_t>> writeOn(const engine::ModelHandle &model,
                                          std::vector<std::int32_t> ids,
                                          const WritingOptions &options,
                                          const TokenWritten &written = {},
                                          std::stop_token stop = {});

} // namespace ostrich::train
