// Randomized smoothing: the class that a network gives most often in Gaussian noise, and the radius
// in which no attack can change it. No LibTorch.
#pragma once

#include "attack/subject.hpp"
#include "base/array.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace ostrich::robustness {

/// Lengths in epsilon's units: [0, 1] for pictures, training standard deviations for points and
/// series.
struct Smoothing {
    double sigma = 0.25;   // standard deviation of the noise
    std::int64_t n0 = 100; // draws that choose the class
    std::int64_t n = 1000; // draws that bound its probability
    double alpha = 0.001;  // the share of answers that may be wrong

    bool operator==(const Smoothing &) const = default;
};

struct Certificate {
    std::optional<std::int64_t> label; // empty: abstains
    double radius = 0.0;               // L2, epsilon's units: inside it the smoothed network says
                                       // `label`, with probability 1 - alpha at least
    std::int64_t count = 0;            // draws of n with the chosen class
    double lowerBound = 0.0;           // of that class' probability in noise
};

/// CERTIFY of Cohen, Rosenfeld and Kolter 2019 (Certified adversarial robustness via randomized
/// smoothing, section 3.2.2) for one sample `x` (sampleShape, data units). On the calling thread.
/// Errors: "attack.cancelled"; LibTorch's.
Result<Certificate> certify(const attack::Subject &subject, const Array &x,
                            const Smoothing &smoothing, std::uint64_t seed,
                            std::stop_token stop = {});
/// PREDICT, the same section: the smoothed network's answer from n draws; empty: it abstains,
/// because the first two classes are too close to tell at alpha.
Result<std::optional<std::int64_t>> predict(const attack::Subject &subject, const Array &x,
                                            const Smoothing &smoothing, std::uint64_t seed,
                                            std::stop_token stop = {});

/// How often each class is the answer to `x` in `draws` draws of noise (K).
Result<std::vector<std::int64_t>> votes(const attack::Subject &subject, const Array &x,
                                        double sigma, std::int64_t draws, std::uint64_t seed,
                                        std::stop_token stop = {});
/// The exact one-sided lower bound, at confidence 1 - alpha, of a probability that showed itself
/// `count` times in `total` (Clopper and Pearson 1934).
double lowerBound(std::int64_t count, std::int64_t total, double alpha);
/// sigma · Φ⁻¹(p); 0 where p is not above a half.
double certifiedRadius(double sigma, double probability);

} // namespace ostrich::robustness
