// How well a model does on a split: loss, accuracy, confusion, calibration, and each sample's
// answer.
#pragma once

#include "base/progress.hpp"
#include "data/dataset.hpp"
#include "engine/model.hpp"
#include "train/forecast_figures.hpp"

#include <limits>
#include <map>
#include <span>
#include <stop_token>

namespace ostrich::train {

/// One answer of the network to one question: one for each sample, or, where steps are labelled and
/// in translations, one for each labelled step.
struct Answer {
    std::int32_t label = 0; // the truth
    std::int32_t predicted = 0;
    float confidence = 0.0f; // probability of `predicted`
    float labelProbability = 0.0f;
    std::int32_t sample = 0; // its place among the samples that were evaluated
    std::int32_t step = 0;   // from 0; 0 where a sample has one answer
};

struct Evaluation {
    double loss = 0.0;
    std::int64_t samples = 0;
    /// Share of right answers; not a number where numbers are asked for.
    double accuracy = std::numeric_limits<double>::quiet_NaN();
    /// Expected calibration error, 15 equal bins (Guo et al. 2017).
    double ece = 0.0;
    std::vector<std::vector<std::int64_t>> confusion; // [truth][predicted]; up to 1,000 classes
    std::vector<Answer> answers;                      // in the split's order, then by step
    std::vector<float> predictions; // Regress: samples × V in data units, in the split's order
    Band band;                      // the same, where the network is trained on quantiles
    /// Regress: "mae", "rmse", with a band "coverage"; of series also "mase", "naive_mase",
    /// "seasonal_naive_mase" (Hyndman and Koehler 2006), scaled by the naive forecast's mean
    /// absolute error at the same horizon on the training split.
    std::map<std::string, double> figures;
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

/// What an Output trained on quantiles tells of its `logits` (N, 3·V): N × V. Empty for any other.
/// Where quantiles cross, the least and the largest of the three stand for 10 % and 90 %
/// (Chernozhukov et al. 2010). Throws LibTorch's exceptions.
Band bandOf(const engine::Model &model, const Array &logits);

/// Expected calibration error of `answers` (Guo et al. 2017): 15 equal bins of confidence, the mean
/// distance between a bin's accuracy and its mean confidence, weighted by its share. 0 without
/// answers.
double calibrationError(std::span<const Answer> answers);

} // namespace ostrich::train
