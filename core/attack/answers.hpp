// What a network says of samples as they are, and whether pictures that fooled it still do once
// they are stored with 8 bits. No LibTorch.
#pragma once

#include "attack/threat.hpp"

namespace ostrich::attack {

struct Answers {
    std::vector<std::int64_t> classes; // (N) the most probable one
    Array probabilities;               // (N, K)
};

/// Of `x` (N, ...) in data units. Errors: another shape than the subject reads, answers that are
/// not finite, "attack.cancelled".
Result<Answers> answersOf(const Subject &subject, const Array &x, std::stop_token stop = {});
/// The same of samples of a data set.
Result<Answers> answersOf(const Subject &subject, const data::Samples &samples,
                          const std::vector<std::int64_t> &indices, std::stop_token stop = {});

/// Of `moved` (N, ...), what an attack made of those samples: each series is asked about its own
/// steps alone.
Result<Answers> answersToMoved(const Subject &subject, const data::Samples &samples,
                               const std::vector<std::int64_t> &indices, const Array &moved,
                               std::stop_token stop = {});

/// Values in [0, 1] as a picture file keeps them: the nearest of 256 levels.
Array quantised(const Array &pictures);

/// (N): how far `moved` (N, ...) lies from `x`, in data units.
std::vector<double> distances(const Array &x, const Array &moved, Norm norm);

/// What a network says of adversarial pictures that were kept.
struct Verification {
    std::vector<std::int64_t> before, after, quantised; // (N) its answers to x, x_adv, 8-bit x_adv
    std::int64_t fooled = 0;                            // right on x and wrong on x_adv
    std::int64_t fooled_quantised = 0;                  // right on x and wrong on x_adv with 8 bits
    double max_norm = 0.0, max_norm_quantised = 0.0;
    double accuracy_quantised = 0.0;
};

/// Asks `subject` again. `x` and `x_adv` are (N, C, H, W) in [0, 1], `y` (N) the truth. Errors:
/// sizes that do not match, values outside [0, 1], what answersOf() tells.
Result<Verification> verified(const Subject &subject, const Array &x, const Array &x_adv,
                              const std::vector<std::int64_t> &y, Norm norm,
                              std::stop_token stop = {});

} // namespace ostrich::attack
