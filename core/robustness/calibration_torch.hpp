// How far a network's confidence can be believed: reliability, the expected calibration error, and
// the one number that mends most of it.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace ostrich::robustness {

/// One bin of a reliability diagram.
struct ReliabilityBin {
    double confidence = 0.0; // mean of those in it; not a number: none
    double accuracy = 0.0;   // not a number: none
    std::int64_t count = 0;
};
constexpr int kReliabilityBins = 15;

/// Equal bins of the largest probability (Guo et al. 2017, On calibration of modern neural
/// networks). `logits` (N, K) double on the CPU, `labels` (N).
std::vector<ReliabilityBin> reliability(const at::Tensor &logits, const at::Tensor &labels);
/// The mean distance between a bin's accuracy and its mean confidence, weighted by its share; 0 of
/// no answers.
double expectedCalibrationError(const std::vector<ReliabilityBin> &bins);
/// Mean negative log-likelihood in nats of logits / temperature.
double negativeLogLikelihood(const at::Tensor &logits, const at::Tensor &labels,
                             double temperature);
/// The temperature in [0.01, 100000] at which the logits / temperature have the least negative
/// log-likelihood (Guo et al. 2017, section 4.2): the classes stay, the confidence changes.
double fittedTemperature(const at::Tensor &logits, const at::Tensor &labels);

/// How well `score` tells `inside` from `outside`: the chance that one of the former is larger than
/// one of the latter, ties half (area under the ROC curve; Mann and Whitney 1947). 0.5: not at all.
double auroc(std::vector<double> inside, std::vector<double> outside);

} // namespace ostrich::robustness
