// One attack over batches: the noise beside it, the check of ball and range, and the figures.
#include "attack/lab_torch.hpp"

#include "attack/rows.hpp"
#include "base/random.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/isnan.h>
#include <ATen/ops/where.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ostrich::attack {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// How far beyond its ball or range, as a share, an attack's own arithmetic may carry a point.
constexpr double kRounding = 1e-4;

at::Generator generatorFor(const AttackOptions &options, std::string_view purpose,
                           std::int64_t batch)
{
    return at::make_generator<at::CPUGeneratorImpl>(
        hashSeed(options.seed, fmt::format("{}/{}", purpose, batch)));
}

void append(Array &all, const at::Tensor &part)
{
    appendRows(all, engine::toArray(part));
}

void append(std::vector<std::int64_t> &all, const at::Tensor &classes)
{
    const at::Tensor here = classes.to(at::kCPU).to(at::kLong).contiguous();
    const auto *values = here.data_ptr<std::int64_t>();
    all.insert(all.end(), values, values + here.numel());
}

double share(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// The answers to `x`, as many at a time as memory has room for: some attacks take all samples as
/// one batch.
at::Tensor inParts(const AttackBatch &batch, const at::Tensor &x)
{
    const std::int64_t largest = batch.classifier.largestBatch(kAttackBatch);
    if (x.size(0) <= largest) return logitsOf(batch, x);
    std::vector<at::Tensor> parts;
    for (const at::Tensor &part : x.split(largest)) parts.push_back(logitsOf(batch, part));
    return at::cat(parts);
}

Error notFinite()
{
    return {"attack", {"attack.not_finite", {}}, {"attack.not_finite_hint", {}}};
}

/// It was finite before.
Error notFiniteAttacked()
{
    return {"attack", {"attack.not_finite_attacked", {}}, {"attack.not_finite_hint", {}}};
}

/// Held by no ball (see AttackDescription::norms): only by the valid range.
bool isFree(const Attack &attack)
{
    return attack.description().norms.empty();
}

} // namespace

Array gathered(const data::Samples &samples, std::span<const std::int64_t> indices)
{
    const auto count = static_cast<std::int64_t>(indices.size());
    Array x{.shape = samples.sampleShape, .values = {}};
    if (samples.sequences()) {
        x.shape.insert(x.shape.begin(), {count, samples.steps(indices.front())});
        for (const std::int64_t index : indices) {
            const Array sample = samples.sample(index);
            x.values.insert(x.values.end(), sample.values.begin(), sample.values.end());
        }
        return x;
    }
    x.shape.insert(x.shape.begin(), count);
    x.values.resize(static_cast<std::size_t>(count * samples.valuesPerSample()));
    samples.gather(indices, x.values.data());
    return x;
}

std::vector<std::int64_t> labelsOf(const data::Samples &samples,
                                   std::span<const std::int64_t> indices)
{
    std::vector<std::int64_t> labels;
    for (const std::int64_t index : indices)
        labels.push_back(samples.labels[static_cast<std::size_t>(index)]);
    return labels;
}

Array batched(const Array &x)
{
    Array batch = x;
    batch.shape.insert(batch.shape.begin(), 1);
    return batch;
}

Error cancelled()
{
    return {"attack", {"attack.cancelled", {}}, {}};
}

Lab::Lab(const Subject &subject, const AttackOptions &options, bool pictures, std::stop_token stop,
         Goal goal, AttackWatcher watcher)
    : Lab(*findAttack(options.attack), subject, options, pictures, std::move(stop), goal,
          std::move(watcher))
{
}

Lab::Lab(const Attack &attack, const Subject &subject, const AttackOptions &options, bool pictures,
         std::stop_token stop, Goal goal, AttackWatcher watcher)
    : m_classifier(*subject.classifier),
      m_surrogate(subject.surrogate.get()),
      m_options(options),
      m_attack(attack),
      m_goal(goal),
      m_boxed(pictures),
      m_stop(std::move(stop)),
      m_watcher(std::move(watcher)),
      m_scale(m_classifier.scale())
{
}

AttackBatch Lab::batch(const Array &x, const std::vector<std::int64_t> &labels,
                       const AttackOptions &options) const
{
    const at::Tensor read = tensor(x);
    at::Tensor y = at::empty({static_cast<std::int64_t>(labels.size())}, at::kLong);
    std::ranges::copy(labels, y.data_ptr<std::int64_t>());
    return {.classifier = m_classifier,
            .x = m_scale.defined() ? read / m_scale : read,
            .y = y.to(m_classifier.device()),
            .boxed = m_boxed,
            .options = options,
            .generator = generatorFor(options, "attack", m_batches),
            .stop = m_stop,
            .surrogate = m_surrogate};
}

std::optional<Error> Lab::add(const Array &x, const std::vector<std::int64_t> &labels)
{
    AttackBatch batch = this->batch(x, labels, m_options);
    const at::Tensor before = inParts(batch, batch.x);
    if (!at::isfinite(before).all().item<bool>()) return notFinite();
    const at::Tensor predicted = at::argmax(before, 1);
    if (labels.empty()) batch.y = predicted;
    if (m_watcher) batch.watch = watch(batch);
    const at::Tensor raw =
        m_goal == Goal::Smallest ? m_attack.smallest(batch) : m_attack.run(batch);
    batch.watch = {};
    if (m_stop.stop_requested()) return cancelled();
    if (at::isnan(raw).any().item<bool>()) return notFiniteAttacked();
    if (auto left = outside(batch, raw, kRounding)) return left;
    const at::Tensor found = inside(m_attack, batch, raw);
    if (auto left = outside(batch, found, 0.0)) return left;
    at::Tensor length = lengths(batch, found);
    const at::Tensor after = inParts(batch, found);
    if (at::isnan(after).any().item<bool>()) return notFiniteAttacked();
    if (m_goal == Goal::Smallest)
        length = at::where(fooled(batch, after), length, at::full_like(length, kNaN));
    else
        recordNoise(batch);
    append(m_result.before, m_classifier.probabilities(before));
    append(m_result.y_pred, predicted);
    record(batch, found, after);
    const Array measured = engine::toArray(length);
    m_result.norms.insert(m_result.norms.end(), measured.values.begin(), measured.values.end());
    ++m_batches;
    return std::nullopt;
}

at::Tensor Lab::tensor(const Array &array) const
{
    return at::from_blob(const_cast<float *>(array.values.data()), array.shape, at::kFloat)
        .to(m_classifier.device(), m_classifier.dtype(), false, true);
}

at::Tensor Lab::inDataUnits(const at::Tensor &x) const
{
    return m_scale.defined() ? x * m_scale : x;
}

at::Tensor Lab::inRange(const at::Tensor &x) const
{
    return m_boxed ? at::clamp(x, 0.0, 1.0) : x;
}

/// What `attack` found, its rounding taken away.
at::Tensor Lab::inside(const Attack &attack, const AttackBatch &batch,
                       const at::Tensor &found) const
{
    if (m_goal == Goal::Smallest || isFree(attack)) return inRange(found);
    return project(found, batch.x, m_options.norm, m_options.epsilon, m_boxed);
}

/// (N) in double.
at::Tensor Lab::lengths(const AttackBatch &batch, const at::Tensor &found) const
{
    return norms(found.to(at::kDouble) - batch.x.to(at::kDouble), m_options.norm);
}

/// Turns what an attack tells of its one sample into plain values.
decltype(AttackBatch::watch) Lab::watch(const AttackBatch &batch) const
{
    return [this, y = batch.y,
            target = m_options.target](std::int64_t step, std::int64_t steps, const at::Tensor &x,
                                       const at::Tensor &logits, const at::Tensor &loss) {
        const auto predicted = at::argmax(logits, 1).item<std::int64_t>();
        AttackStep seen{.step = step,
                        .steps = steps,
                        .loss = loss.item<double>(),
                        .fooled =
                            target ? predicted == *target : predicted != y.item<std::int64_t>(),
                        .x_adv = engine::toArray(inDataUnits(x)),
                        .probabilities = engine::toArray(m_classifier.probabilities(logits))};
        seen.x_adv.shape.erase(seen.x_adv.shape.begin());
        seen.probabilities.shape.erase(seen.probabilities.shape.begin());
        m_watcher(seen);
    };
}

/// Whether it left the ball or the valid range by more than `tolerance`, a share of epsilon (and of
/// the range). What single precision makes of a point far from the origin is no fault of an attack;
/// whole pixels have no rounding.
std::optional<Error> Lab::outside(const AttackBatch &batch, const at::Tensor &found,
                                  double tolerance) const
{
    const at::Tensor length = lengths(batch, found);
    at::Tensor excess = length - m_options.epsilon;
    if (tolerance > 0.0 && m_options.norm != Norm::L0) {
        constexpr double kSpacing = std::numeric_limits<float>::epsilon();
        excess = excess - tolerance * m_options.epsilon
                 - norms(batch.x.to(at::kDouble) * kSpacing, m_options.norm);
    }
    const double largest = length.max().item<double>();
    const bool inRange = !m_boxed
                         || (found.min().item<double>() >= -tolerance
                             && found.max().item<double>() <= 1.0 + tolerance);
    const bool inBall =
        m_goal == Goal::Smallest ? std::isfinite(largest) : excess.max().item<double>() <= 0.0;
    if ((isFree(m_attack) || inBall) && inRange) return std::nullopt;
    return Error{"attack",
                 {"attack.left_ball",
                  {m_options.attack, fmt::format("{:.9g}", largest),
                   fmt::format("{:.9g}", m_options.epsilon)}},
                 {"attack.left_ball_hint", {}}};
}

void Lab::record(const AttackBatch &batch, const at::Tensor &found, const at::Tensor &logits)
{
    append(m_result.x, inDataUnits(batch.x));
    append(m_result.x_adv, inDataUnits(found));
    append(m_result.after, m_classifier.probabilities(logits));
    append(m_result.y, batch.y);
    append(m_result.y_adv, at::argmax(logits, 1));
}

void Lab::recordNoise(const AttackBatch &batch)
{
    AttackBatch noised = batch;
    noised.generator = generatorFor(m_options, "noise", m_batches);
    const Attack &noise = *findAttack("noise");
    const at::Tensor logits = inParts(noised, inside(noise, noised, noise.run(noised)));
    append(m_result.noise, m_classifier.probabilities(logits));
    append(m_result.y_noise, at::argmax(logits, 1));
}

void summarise(AttackResult &result, std::optional<std::int64_t> target)
{
    std::int64_t clean = 0, robust = 0, attackable = 0, succeeded = 0;
    for (std::size_t i = 0; i < result.y.size(); ++i) {
        const std::int64_t truth = result.y[i];
        const bool rightBefore = result.y_pred[i] == truth;
        const bool rightAfter = result.y_adv[i] == truth;
        clean += rightBefore;
        robust += rightAfter && (rightBefore || target.has_value());
        if (!rightBefore || target == truth) continue;
        ++attackable;
        succeeded += target ? result.y_adv[i] == *target : !rightAfter;
    }
    std::int64_t underNoise = 0;
    for (std::size_t i = 0; i < result.y_noise.size(); ++i)
        underNoise += result.y_noise[i] == result.y[i];
    const auto count = static_cast<std::int64_t>(result.y.size());
    result.clean_accuracy = share(clean, count);
    result.robust_accuracy = share(robust, count);
    result.noise_accuracy = result.y_noise.empty() ? kNaN : share(underNoise, count);
    result.success_rate = share(succeeded, attackable);
    std::vector<double> known;
    for (const double length : result.norms) {
        if (std::isfinite(length)) known.push_back(length);
    }
    result.max_norm = known.empty() ? kNaN : *std::ranges::max_element(known);
    const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
    std::ranges::nth_element(known, middle);
    result.median_norm = known.empty() ? kNaN : *middle;
}

AttackResult Lab::finish()
{
    summarise(m_result, m_options.target);
    return std::move(m_result);
}

} // namespace ostrich::attack
