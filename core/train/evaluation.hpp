// How well a model does on a split: loss, accuracy, confusion, calibration, and each sample's
// answer.
#pragma once

#include "base/progress.hpp"
#include "data/dataset.hpp"
#include "engine/model.hpp"

#include <span>
#include <stop_token>

namespace ostrich::train {

struct Answer {
    std::int32_t label = 0; // the truth
    std::int32_t predicted = 0;
    float confidence = 0.0f; // probability of `predicted`
    float labelProbability = 0.0f;
};

struct Evaluation {
    double loss = 0.0;
    double accuracy = 0.0;
    /// Expected calibration error, 15 equal bins (Guo et al. 2017).
    double ece = 0.0;
    std::vector<std::vector<std::int64_t>> confusion; // [truth][predicted]
    std::vector<Answer> answers;                      // in the split's order
};

/// Evaluation mode, on the calling thread. `limit` 0: all samples, else the first `limit`.
Result<Evaluation> evaluate(const engine::ModelHandle &model, const data::Dataset &dataset,
                            data::Split split, std::int64_t limit = 0,
                            const Progress &progress = {}, std::stop_token stop = {});

/// The same for the samples `indices` of the split, answers in their order.
/// Error "train.cancelled" when `stop` is requested; LibTorch's words about memory or the device.
Result<Evaluation> evaluateSamples(const engine::ModelHandle &model, const data::Dataset &dataset,
                                   data::Split split, std::span<const std::int64_t> indices,
                                   const Progress &progress = {}, std::stop_token stop = {});

/// Expected calibration error of `answers` (Guo et al. 2017): 15 equal bins of confidence, the mean
/// distance between a bin's accuracy and its mean confidence, weighted by its share. 0 without
/// answers.
double calibrationError(std::span<const Answer> answers);

} // namespace ostrich::train
