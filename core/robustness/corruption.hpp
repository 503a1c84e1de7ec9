// Pictures spoilt as the world spoils them: noise, blur, weather, and what machines do to them, at
// five severities. No one aims; that is the difference from an attack.
#pragma once

#include "base/array.hpp"
#include "base/message.hpp"
#include "base/random.hpp"

#include <opencv2/core/mat.hpp>

#include <string>
#include <vector>

namespace ostrich::robustness {

constexpr int kSeverities = 5;

/// Families and severities after Hendrycks and Dietterich 2019, Benchmarking neural network
/// robustness to common corruptions; strengths of the order of their CIFAR-10-C, lengths growing
/// with the picture's side.
struct Corruption {
    std::string name;   // "gaussian_noise"
    std::string family; // "noise", "blur", "weather", "digital"
    /// `picture` (H × W, 1 or 3 channels of float in [0, 1]) spoilt at `severity` 1 to 5; values
    /// may leave [0, 1].
    cv::Mat (*apply)(const cv::Mat &picture, int severity, RandomStream &random);

    Message label() const { return {"robustness.corruption_" + name, {}}; }
};

/// By family, mildest kind first.
const std::vector<Corruption> &corruptionKinds();
/// "noise", "blur", "weather", "digital".
const std::vector<std::string> &corruptionFamilies();

/// `picture` (C, H, W) in [0, 1], 1 or 3 channels, to the same, rounded to 8 bits as a file would
/// hold it. Random numbers come from `seed` alone. Any thread.
Array corrupted(const Array &picture, const Corruption &corruption, int severity,
                std::uint64_t seed);

} // namespace ostrich::robustness
