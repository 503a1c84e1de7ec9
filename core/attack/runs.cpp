// What is asked of the lab: samples of a data set, one picture, the smallest perturbations, a
// curve, the epsilon at which a picture flips.
#include "attack/batches_torch.hpp"
#include "attack/objection.hpp"
#include "attack/series_torch.hpp"

#include <ATen/ops/argmax.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>

namespace ostrich::attack {

namespace {

// flipEpsilon answers while a slider is being dragged: few steps each, or queries.
constexpr std::int64_t kFlipSteps = 10;
constexpr std::int64_t kFlipQueries = 200;

std::vector<std::int64_t> asList(std::optional<std::int64_t> label)
{
    return label ? std::vector{*label} : std::vector<std::int64_t>();
}

double secondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Result<AttackResult> attackAll(const Subject &subject, const data::Samples &samples,
                               const std::vector<std::int64_t> &indices,
                               const AttackOptions &options, const Progress &progress,
                               std::stop_token stop, Lab::Goal goal = Lab::Goal::WithinEpsilon)
{
    if (auto error = objection(subject, options, samples.sampleShape)) return *error;
    if (auto error = objection(subject.facts, samples, indices)) return *error;
    const auto begin = std::chrono::steady_clock::now();
    const auto attacked = [&](std::span<const std::int64_t> some, const Progress &part) {
        return attackBatches(subject, samples, some, options, part, stop, goal);
    };
    auto result = samples.sequences()
                      ? attackByLength(samples, indices, options.target, attacked, progress)
                      : attacked(indices, progress);
    if (result) result->seconds = secondsSince(begin);
    return result;
}

std::string namesOfSmallest()
{
    std::vector<std::string> names;
    for (const AttackDescription &attack : attacks()) {
        if (attack.smallest) names.push_back(attack.name);
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

} // namespace

Result<AttackResult> attackSamples(const Subject &subject, const data::Samples &samples,
                                   const std::vector<std::int64_t> &indices,
                                   const AttackOptions &options, const Progress &progress,
                                   std::stop_token stop)
{
    return attackAll(subject, samples, indices, options, progress, std::move(stop));
}

Result<AttackResult> smallestPerturbations(const Subject &subject, const data::Samples &samples,
                                           const std::vector<std::int64_t> &indices,
                                           const AttackOptions &options, const Progress &progress,
                                           std::stop_token stop)
{
    const AttackDescription *attack = describedAttack(options.attack);
    if (attack && !attack->smallest)
        return Error{"attack",
                     {"attack.not_smallest", {options.attack}},
                     {"attack.unknown_hint", {namesOfSmallest()}}};
    return attackAll(subject, samples, indices, options, progress, std::move(stop),
                     Lab::Goal::Smallest);
}

Result<AttackResult> attackPicture(const Subject &subject, const Array &x,
                                   std::optional<std::int64_t> label, const AttackOptions &options,
                                   std::stop_token stop, const AttackWatcher &watcher)
{
    if (auto error = objection(subject, options, x.shape)) return *error;
    if (auto error = objection(subject.facts, label)) return *error;
    const auto begin = std::chrono::steady_clock::now();
    Lab lab(subject, options, x.shape.size() == 3, stop, Lab::Goal::WithinEpsilon, watcher);
    std::optional<Error> failure;
    const auto ran =
        engine::guarded("attack", [&] { failure = lab.add(batched(x), asList(label)); });
    if (!ran) return ran.error();
    if (failure) return *failure;
    AttackResult result = lab.finish();
    result.seconds = secondsSince(begin);
    return result;
}

Result<std::vector<SweepPoint>> sweep(const Subject &subject, const data::Samples &samples,
                                      const std::vector<std::int64_t> &indices,
                                      const AttackOptions &options,
                                      const std::vector<double> &epsilons,
                                      const std::function<void(const SweepPoint &)> &onPoint,
                                      const Progress &progress, std::stop_token stop)
{
    std::vector<SweepPoint> points;
    for (const double epsilon : epsilons) {
        AttackOptions here = options;
        here.epsilon = epsilon;
        here.untilFooled = true;
        const Progress part = [&](double fraction) {
            report(progress, (static_cast<double>(points.size()) + fraction)
                                 / static_cast<double>(epsilons.size()));
        };
        const auto result = attackAll(subject, samples, indices, here, part, stop);
        if (!result) return result.error();
        points.push_back({epsilon, result->robust_accuracy, result->noise_accuracy});
        if (onPoint) onPoint(points.back());
    }
    return points;
}

Result<std::optional<double>> flipEpsilon(const Subject &subject, const Array &x,
                                          std::optional<std::int64_t> label,
                                          const AttackOptions &options, double largest,
                                          double resolution, std::stop_token stop)
{
    AttackOptions tried = options;
    tried.epsilon = largest;
    tried.steps =
        std::min(stepsOf(options),
                 describedAttack(options.attack)->usesGradient ? kFlipSteps : kFlipQueries);
    tried.untilFooled = true;
    if (auto error = objection(subject, tried, x.shape)) return *error;
    if (auto error = objection(subject.facts, label)) return *error;
    if (!(resolution > 0.0)) return Error{"resolution", {"attack.bad_resolution", {}}, {}};
    std::optional<double> flips;
    const auto search = [&] {
        const Lab lab(subject, tried, x.shape.size() == 3, stop);
        AttackBatch batch = lab.batch(batched(x), asList(label), tried);
        const at::Tensor before = logitsOf(batch, batch.x);
        const at::Tensor said = at::argmax(before, 1);
        if (tried.target == said.item<std::int64_t>()) return; // it has nowhere to flip to
        if (!label) batch.y = said;
        const std::uint64_t seed = batch.generator.current_seed();
        // The norm of what was found within `epsilon`, which may well be shorter.
        const auto reach = [&](double epsilon) -> std::optional<double> {
            tried.epsilon = epsilon;
            batch.generator.set_current_seed(seed);
            const at::Tensor found = project(findAttack(tried.attack)->run(batch), batch.x,
                                             tried.norm, epsilon, batch.boxed);
            if (!fooled(batch, logitsOf(batch, found)).item<bool>()) return std::nullopt;
            return std::min(epsilon, norms(found - batch.x, tried.norm).item<double>());
        };
        flips = fooled(batch, before).item<bool>() ? 0.0 : reach(largest);
        double low = 0.0;
        while (flips && *flips - low > resolution && !stop.stop_requested()) {
            const double middle = (low + *flips) / 2.0;
            const auto reached = reach(middle);
            if (reached)
                flips = reached;
            else
                low = middle;
        }
    };
    const auto ran = engine::guarded("attack", search);
    if (!ran) return ran.error();
    if (stop.stop_requested()) return cancelled();
    return flips;
}

} // namespace ostrich::attack
