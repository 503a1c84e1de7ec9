// Running an attack over samples: batches, the noise beside it, the check of ball and range, and
// the figures.
#include "attack/attack_torch.hpp"
#include "attack/objection.hpp"
#include "base/random.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/isfinite.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <string>

namespace ostrich::attack {

namespace {

// Small enough to stay in a CPU's caches and to hear a stop soon, large enough for a GPU not to
// idle.
constexpr std::int64_t kLargestBatch = 128;

// flipEpsilon answers while a slider is being dragged: few steps each.
constexpr std::int64_t kFlipSteps = 10;

at::Generator generatorFor(const AttackOptions &options, std::string_view purpose,
                           std::int64_t batch)
{
    return at::make_generator<at::CPUGeneratorImpl>(
        hashSeed(options.seed, fmt::format("{}/{}", purpose, batch)));
}

/// Data units per training standard deviation, (F), where the model's input normalises points;
/// undefined: it does not.
at::Tensor deviationOf(const engine::Model &model)
{
    for (const blocks::NamedTensor &buffer : model.buffers()) {
        if (buffer.name.ends_with(".deviation")) return buffer.tensor.reshape({1, -1});
    }
    return {};
}

void append(Array &all, const at::Tensor &part)
{
    const Array array = engine::toArray(part);
    if (all.shape.empty())
        all.shape = array.shape;
    else
        all.shape[0] += array.shape[0];
    all.values.insert(all.values.end(), array.values.begin(), array.values.end());
}

std::vector<std::int64_t> append(std::vector<std::int64_t> &all, const at::Tensor &classes)
{
    const at::Tensor here = classes.to(at::kCPU).to(at::kLong).contiguous();
    const auto *values = here.data_ptr<std::int64_t>();
    all.insert(all.end(), values, values + here.numel());
    return all;
}

Error cancelled()
{
    return {"attack", {"attack.cancelled", {}}, {}};
}

/// One attack on one model: takes batches, gathers a result.
class Lab {
public:
    Lab(const engine::Model &model, const AttackOptions &options, bool pictures,
        std::stop_token stop, bool untilFooled = false)
        : m_model(model),
          m_options(options),
          m_attack(*findAttack(options.attack)),
          m_boxed(pictures),
          m_stop(std::move(stop)),
          m_untilFooled(untilFooled)
    {
        if (!pictures) m_scale = deviationOf(model);
    }

    AttackBatch batch(const Array &x, const std::vector<std::int64_t> &labels,
                      const AttackOptions &options) const
    {
        const at::Tensor read = m_model.tensor(x);
        at::Tensor y = at::empty({static_cast<std::int64_t>(labels.size())}, at::kLong);
        std::ranges::copy(labels, y.data_ptr<std::int64_t>());
        return {.model = m_model,
                .x = m_scale.defined() ? read / m_scale : read,
                .y = y.to(m_model.device()),
                .boxed = m_boxed,
                .options = options,
                .generator = generatorFor(options, "attack", m_batches),
                .stop = m_stop,
                .scale = m_scale,
                .untilFooled = m_untilFooled};
    }

    /// An empty `labels` stands for the network's own answers.
    std::optional<Error> add(const Array &x, const std::vector<std::int64_t> &labels)
    {
        AttackBatch batch = this->batch(x, labels, m_options);
        const at::Tensor before = logitsOf(batch, batch.x);
        if (!at::isfinite(before).all().item<bool>())
            return Error{"attack", {"attack.not_finite", {}}, {"attack.not_finite_hint", {}}};
        const at::Tensor predicted = at::argmax(before, 1);
        if (labels.empty()) batch.y = predicted;
        const at::Tensor found = perturbed(m_attack, batch);
        batch.generator = generatorFor(m_options, "noise", m_batches);
        const at::Tensor noisy = perturbed(*findAttack("noise"), batch);
        if (m_stop.stop_requested()) return cancelled();
        const at::Tensor length =
            norms(found.to(at::kDouble) - batch.x.to(at::kDouble), m_options.norm);
        if (auto left = outside(found, length)) return left;
        record(batch, found, noisy, before, predicted);
        const Array lengths = engine::toArray(length);
        m_norms.insert(m_norms.end(), lengths.values.begin(), lengths.values.end());
        ++m_batches;
        return std::nullopt;
    }

    AttackResult finish();

private:
    at::Tensor perturbed(const Attack &attack, const AttackBatch &batch) const
    {
        return project(attack.run(batch), batch.x, m_options.norm, m_options.epsilon, m_boxed);
    }

    std::optional<Error> outside(const at::Tensor &found, const at::Tensor &length) const
    {
        const double largest = length.max().item<double>();
        const bool inRange =
            !m_boxed || (found.min().item<double>() >= 0.0 && found.max().item<double>() <= 1.0);
        if (largest <= m_options.epsilon && inRange) return std::nullopt;
        return Error{"attack",
                     {"attack.left_ball",
                      {m_options.attack, fmt::format("{:.9g}", largest),
                       fmt::format("{:.9g}", m_options.epsilon)}},
                     {"attack.left_ball_hint", {}}};
    }

    void record(const AttackBatch &batch, const at::Tensor &found, const at::Tensor &noisy,
                const at::Tensor &before, const at::Tensor &predicted)
    {
        const at::Tensor after = logitsOf(batch, found);
        const at::Tensor underNoise = logitsOf(batch, noisy);
        const auto inDataUnits = [&](const at::Tensor &x) {
            return m_scale.defined() ? x * m_scale : x;
        };
        append(m_result.x, inDataUnits(batch.x));
        append(m_result.x_adv, inDataUnits(found));
        append(m_result.before, m_model.probabilities(before));
        append(m_result.after, m_model.probabilities(after));
        append(m_result.noise, m_model.probabilities(underNoise));
        append(m_result.y, batch.y);
        append(m_result.y_pred, predicted);
        append(m_result.y_adv, at::argmax(after, 1));
        append(m_result.y_noise, at::argmax(underNoise, 1));
    }

    const engine::Model &m_model;
    const AttackOptions &m_options;
    const Attack &m_attack;
    bool m_boxed;
    std::stop_token m_stop;
    bool m_untilFooled;
    at::Tensor m_scale;
    std::int64_t m_batches = 0;
    std::vector<float> m_norms; // of each sample, in epsilon's units
    AttackResult m_result;
};

AttackResult Lab::finish()
{
    AttackResult &result = m_result;
    std::int64_t clean = 0, robust = 0, underNoise = 0, attackable = 0, succeeded = 0;
    for (std::size_t i = 0; i < result.y.size(); ++i) {
        const std::int64_t truth = result.y[i];
        const bool rightBefore = result.y_pred[i] == truth;
        const bool rightAfter = result.y_adv[i] == truth;
        clean += rightBefore;
        underNoise += result.y_noise[i] == truth;
        robust += rightAfter && (rightBefore || m_options.target.has_value());
        if (!rightBefore || m_options.target == truth) continue;
        ++attackable;
        succeeded += m_options.target ? result.y_adv[i] == *m_options.target : !rightAfter;
    }
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
    };
    const auto count = static_cast<std::int64_t>(result.y.size());
    result.clean_accuracy = share(clean, count);
    result.robust_accuracy = share(robust, count);
    result.noise_accuracy = share(underNoise, count);
    result.success_rate = share(succeeded, attackable);
    result.max_norm = *std::ranges::max_element(m_norms);
    const auto middle = m_norms.begin() + static_cast<std::ptrdiff_t>(m_norms.size() / 2);
    std::ranges::nth_element(m_norms, middle);
    result.median_norm = *middle;
    return std::move(result);
}

Array batched(const Array &x)
{
    Array batch = x;
    batch.shape.insert(batch.shape.begin(), 1);
    return batch;
}

/// (N, ...)
Array gathered(const data::Samples &samples, std::span<const std::int64_t> indices)
{
    Array x{.shape = samples.sampleShape, .values = {}};
    const auto count = static_cast<std::int64_t>(indices.size());
    x.shape.insert(x.shape.begin(), count);
    x.values.resize(static_cast<std::size_t>(count * samples.valuesPerSample()));
    samples.gather(indices, x.values.data());
    return x;
}

std::vector<std::int64_t> asList(std::optional<std::int64_t> label)
{
    return label ? std::vector{*label} : std::vector<std::int64_t>();
}

double secondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Result<AttackResult> attackAll(const engine::ModelHandle &model, const data::Samples &samples,
                               const std::vector<std::int64_t> &indices,
                               const AttackOptions &options, const Progress &progress,
                               std::stop_token stop, bool untilFooled)
{
    if (auto error = objection(*model, options, samples.sampleShape)) return *error;
    if (auto error = objection(*model, samples, indices)) return *error;
    const auto begin = std::chrono::steady_clock::now();
    Lab lab(*model, options, samples.pictures(), stop, untilFooled);
    const std::span all(indices);
    const std::int64_t largest = engine::boundedBatch(*model, kLargestBatch, true);
    const auto count = static_cast<std::int64_t>(indices.size());
    for (std::int64_t first = 0; first < count; first += largest) {
        if (stop.stop_requested()) return cancelled();
        const std::int64_t size = std::min(largest, count - first);
        const auto here =
            all.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(size));
        const Array x = gathered(samples, here);
        std::vector<std::int64_t> labels;
        for (const std::int64_t index : here)
            labels.push_back(samples.labels[static_cast<std::size_t>(index)]);
        std::optional<Error> failure;
        const auto ran = engine::guarded("attack", [&] { failure = lab.add(x, labels); });
        if (!ran) return ran.error();
        if (failure) return *failure;
        report(progress, static_cast<double>(first + size) / static_cast<double>(count));
    }
    AttackResult result = lab.finish();
    result.seconds = secondsSince(begin);
    return result;
}

} // namespace

Result<AttackResult> attackSamples(const engine::ModelHandle &model, const data::Samples &samples,
                                   const std::vector<std::int64_t> &indices,
                                   const AttackOptions &options, const Progress &progress,
                                   std::stop_token stop)
{
    return attackAll(model, samples, indices, options, progress, std::move(stop), false);
}

Result<AttackResult> attackPicture(const engine::ModelHandle &model, const Array &x,
                                   std::optional<std::int64_t> label, const AttackOptions &options,
                                   std::stop_token stop)
{
    if (auto error = objection(*model, options, x.shape)) return *error;
    if (auto error = objection(*model, label)) return *error;
    const auto begin = std::chrono::steady_clock::now();
    Lab lab(*model, options, x.shape.size() == 3, stop);
    std::optional<Error> failure;
    const auto ran =
        engine::guarded("attack", [&] { failure = lab.add(batched(x), asList(label)); });
    if (!ran) return ran.error();
    if (failure) return *failure;
    AttackResult result = lab.finish();
    result.seconds = secondsSince(begin);
    return result;
}

Result<std::vector<SweepPoint>> sweep(const engine::ModelHandle &model,
                                      const data::Samples &samples,
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
        const Progress part = [&](double fraction) {
            report(progress, (static_cast<double>(points.size()) + fraction)
                                 / static_cast<double>(epsilons.size()));
        };
        const auto result = attackAll(model, samples, indices, here, part, stop, true);
        if (!result) return result.error();
        points.push_back({epsilon, result->robust_accuracy, result->noise_accuracy});
        if (onPoint) onPoint(points.back());
    }
    return points;
}

Result<std::optional<double>> flipEpsilon(const engine::ModelHandle &model, const Array &x,
                                          std::optional<std::int64_t> label,
                                          const AttackOptions &options, double largest,
                                          double resolution, std::stop_token stop)
{
    AttackOptions tried = options;
    tried.epsilon = largest;
    tried.steps = std::min(options.steps, kFlipSteps);
    if (auto error = objection(*model, tried, x.shape)) return *error;
    if (auto error = objection(*model, label)) return *error;
    if (!(resolution > 0.0)) return Error{"resolution", {"attack.bad_resolution", {}}, {}};
    std::optional<double> flips;
    const auto search = [&] {
        const Lab lab(*model, tried, x.shape.size() == 3, stop, true);
        AttackBatch batch = lab.batch(batched(x), asList(label), tried);
        const at::Tensor before = logitsOf(batch, batch.x);
        if (!label) batch.y = at::argmax(before, 1);
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
