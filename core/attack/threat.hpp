// What an attack may do, and what came of it: plain values for the command line and the window.
#pragma once

#include "attack/subject.hpp"
#include "base/array.hpp"
#include "base/message.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "data/dataset.hpp"
#include "data/fitted_picture.hpp"
#include "graph/parameter.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace ostrich::attack {

/// L0 counts pixels: places that differ in any channel.
enum class Norm { Linf, L2, L1, L0 };
std::string_view name(Norm norm); // "linf", "l2", "l1", "l0"
std::optional<Norm> normFromName(std::string_view name);
/// What is usual on pictures: 8/255, 0.5, 12, 10.
double usualEpsilon(Norm norm);

/// The threat model and the budget. `epsilon` is in [0, 1] pixel units (8/255), for points and
/// series in training standard deviations, for L0 in pixels.
struct AttackOptions {
    std::string attack = "pgd";
    Norm norm = Norm::Linf;
    double epsilon = 8.0 / 255.0;
    std::int64_t steps = 0; // 0: as published, AttackDescription::defaultSteps
    std::int64_t restarts = 1;
    std::optional<std::int64_t> target; // class index; empty: any wrong class
    std::uint64_t seed = 1;
    graph::Parameters parameters = {}; // the attack's own; missing ones have their defaults
    /// Only whether a sample is fooled counts: the search for it may end there, since a larger loss
    /// is of no use.
    bool untilFooled = false;

    bool operator==(const AttackOptions &) const = default;
};

struct AttackDescription {
    std::string name;   // "pgd"
    Words label;        // "PGD"
    Words help;         // one line
    std::string source; // the paper
    /// Those in which it works, the usual one first. None: it is held by no ball (rotations), only
    /// by its own parameters and the valid range.
    std::vector<Norm> norms = {Norm::Linf, Norm::L2};
    std::int64_t defaultSteps = 0; // as published; 0: it takes no steps
    bool usesRestarts = false;
    bool usesGradient = true;   // white box
    bool canTarget = true;      // may aim at a class
    bool smallest = false;      // looks for the smallest perturbation, whatever epsilon is
    bool together = false;      // finds one perturbation for all samples: they come as one batch
    bool usesSurrogate = false; // works on Subject::surrogate
    std::optional<double> usualEpsilon = {};           // where it is not what is usual in the norm
    std::vector<graph::ParameterSpec> parameters = {}; // of its own
};

const std::vector<AttackDescription> &attacks(); // white box, black box, noise
const AttackDescription *describedAttack(std::string_view name);
/// What `attack` is usually asked with: its own, else what is usual in the norm on pictures; on
/// points and series 0.25 in Linf, 1 in L2, 2 in L1 (standard deviations), 1 in L0.
double usualEpsilon(const AttackDescription &attack, Norm norm, const graph::DataFacts &facts);
/// As published where `options.steps` is 0.
std::int64_t stepsOf(const AttackOptions &options);

/// Of N samples. Arrays are (N, C, H, W), (N, F) or (N, T, F) in data units.
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
    std::vector<double> norms; // of each sample
    double seconds = 0.0;
};

/// Attacks samples `indices` of a split. Runs on the calling thread on the model's device; checks
/// `stop` between steps (a stopped attack returns the error "attack.cancelled"). After every attack
/// the ball and the valid range [0, 1] are checked, not assumed.
Result<AttackResult> attackSamples(const Subject &subject, const data::Samples &samples,
                                   const std::vector<std::int64_t> &indices,
                                   const AttackOptions &options, const Progress &progress = {},
                                   std::stop_token stop = {});

/// Judged by how little is needed to fool the network: an attack that looks for the smallest
/// perturbation, held by no ball (`options.epsilon` plays no part), only by the valid range.
/// `norms` are measured: 0 where the sample is wrong already, not a number where nothing was found;
/// `max_norm` and `median_norm` are of those found, `robust_accuracy` is the share for which
/// nothing was. There is no one size for noise beside it: `noise` is empty, `noise_accuracy` not a
/// number. Error: the attack does not look for the smallest.
Result<AttackResult> smallestPerturbations(const Subject &subject, const data::Samples &samples,
                                           const std::vector<std::int64_t> &indices,
                                           const AttackOptions &options,
                                           const Progress &progress = {},
                                           std::stop_token stop = {});

/// One step of an attack on one picture, for who looks on.
struct AttackStep {
    std::int64_t step = 0;  // from 0, the start; counts on over restarts
    std::int64_t steps = 0; // planned; 0: not known
    double loss = 0.0;      // what the attack makes large
    bool fooled = false;
    Array x_adv;         // sampleShape, data units
    Array probabilities; // (K)
};
/// On the attack's own thread; it may wait, and the attack waits with it.
using AttackWatcher = std::function<void(const AttackStep &)>;

/// The same for one picture `x` (C, H, W) with its label (the network's own prediction when empty).
Result<AttackResult> attackPicture(const Subject &subject, const Array &x,
                                   std::optional<std::int64_t> label, const AttackOptions &options,
                                   std::stop_token stop = {}, const AttackWatcher &watcher = {});

/// A point of the curve of accuracy against epsilon.
struct SweepPoint {
    double epsilon = 0.0;
    double robust_accuracy = 0.0;
    double noise_accuracy = 0.0;
};
/// `onPoint` is called on the calling thread after each epsilon.
Result<std::vector<SweepPoint>> sweep(const Subject &subject, const data::Samples &samples,
                                      const std::vector<std::int64_t> &indices,
                                      const AttackOptions &options,
                                      const std::vector<double> &epsilons,
                                      const std::function<void(const SweepPoint &)> &onPoint = {},
                                      const Progress &progress = {}, std::stop_token stop = {});

/// The smallest epsilon at which this picture flips (to the target, or to any wrong class), by
/// bisection to `resolution`; empty: none up to `largest`, or the target is what the network says.
Result<std::optional<double>> flipEpsilon(const Subject &subject, const Array &x,
                                          std::optional<std::int64_t> label,
                                          const AttackOptions &options, double largest,
                                          double resolution, std::stop_token stop = {});

using data::fitPicture; // a photograph made to fit the network's input

} // namespace ostrich::attack
