// What an attack may do, and what came of it: plain values for the command line and the window.
#pragma once

#include "base/array.hpp"
#include "base/message.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "data/dataset.hpp"
#include "data/fitted_picture.hpp"
#include "engine/model.hpp"
#include "graph/parameter.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace ostrich::attack {

enum class Norm { Linf, L2 };
std::string_view name(Norm norm); // "linf", "l2"
std::optional<Norm> normFromName(std::string_view name);

/// The threat model and the budget. `epsilon` is in [0, 1] pixel units (8/255), for points in
/// training standard deviations.
struct AttackOptions {
    std::string attack = "pgd";
    Norm norm = Norm::Linf;
    double epsilon = 8.0 / 255.0;
    std::int64_t steps = 40;
    std::int64_t restarts = 1;
    std::optional<std::int64_t> target; // class index; empty: any wrong class
    std::uint64_t seed = 1;

    bool operator==(const AttackOptions &) const = default;
};

struct AttackDescription {
    std::string name;   // "pgd"
    Words label;        // "PGD"
    Words help;         // one line
    std::string source; // the paper
    bool usesSteps = false;
    bool usesRestarts = false;
    bool usesGradient = true;
};

const std::vector<AttackDescription> &attacks(); // noise last

/// Of N samples. Arrays are (N, C, H, W) or (N, F) in data units.
struct AttackResult {
    Array x;
    Array x_adv;
    std::vector<std::int64_t> y;      // truth
    std::vector<std::int64_t> y_pred; // before
    std::vector<std::int64_t> y_adv;  // after
    Array before;                     // (N, K) probabilities
    Array after;                      // (N, K)
    Array noise;                      // (N, K): under random noise of the same norm and size
    std::vector<std::int64_t> y_noise;

    double clean_accuracy = 0.0;
    double robust_accuracy =
        0.0; // right before and after (targeted: the share still classified as the truth)
    double noise_accuracy = 0.0;
    double success_rate = 0.0; // DESIGN.md: of those right before and not of the target class
    double max_norm = 0.0;     // measured on x_adv - x, epsilon units
    double median_norm = 0.0;
    double seconds = 0.0;
};

/// Attacks samples `indices` of a split. Runs on the calling thread on the model's device; checks
/// `stop` between steps (a stopped attack returns the error "attack.cancelled"). After every attack
/// the ball and the valid range [0, 1] are checked, not assumed.
Result<AttackResult> attackSamples(const engine::ModelHandle &model, const data::Samples &samples,
                                   const std::vector<std::int64_t> &indices,
                                   const AttackOptions &options, const Progress &progress = {},
                                   std::stop_token stop = {});
/// The same for one picture `x` (C, H, W) with its label (the network's own prediction when empty).
Result<AttackResult> attackPicture(const engine::ModelHandle &model, const Array &x,
                                   std::optional<std::int64_t> label, const AttackOptions &options,
                                   std::stop_token stop = {});

/// A point of the curve of accuracy against epsilon.
struct SweepPoint {
    double epsilon = 0.0;
    double robust_accuracy = 0.0;
    double noise_accuracy = 0.0;
};
/// `onPoint` is called on the calling thread after each epsilon.
Result<std::vector<SweepPoint>> sweep(const engine::ModelHandle &model,
                                      const data::Samples &samples,
                                      const std::vector<std::int64_t> &indices,
                                      const AttackOptions &options,
                                      const std::vector<double> &epsilons,
                                      const std::function<void(const SweepPoint &)> &onPoint = {},
                                      const Progress &progress = {}, std::stop_token stop = {});

/// The smallest epsilon at which this picture flips (to the target, or to any wrong class), by
/// bisection to `resolution`; empty: none up to `largest`.
Result<std::optional<double>> flipEpsilon(const engine::ModelHandle &model, const Array &x,
                                          std::optional<std::int64_t> label,
                                          const AttackOptions &options, double largest,
                                          double resolution, std::stop_token stop = {});

using data::fitPicture; // a photograph made to fit the network's input

} // namespace ostrich::attack
