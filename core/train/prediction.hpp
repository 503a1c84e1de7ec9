// A trained network asked about something new: a picture, a line of text, a series. It needs no
// data set, only what a run keeps.
#pragma once

#include "train/run.hpp"
#include "train/translation.hpp"

#include <cstdint>
#include <optional>
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
    std::string text;            // what was written on, options.sample tokens
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

} // namespace ostrich::train
