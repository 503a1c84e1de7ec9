// Asking a network without attacking it.
#include "attack/answers.hpp"

#include "attack/lab_torch.hpp"
#include "attack/objection.hpp"
#include "attack/rows.hpp"
#include "attack/series_torch.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/isfinite.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace ostrich::attack {

namespace {

constexpr std::int64_t kLargestBatch = 256;

/// Rows `first` .. `first + count` of a C-order array.
Array rows(const Array &all, std::int64_t first, std::int64_t count)
{
    const auto perRow = static_cast<std::ptrdiff_t>(all.values.size())
                        / static_cast<std::ptrdiff_t>(std::max<std::int64_t>(all.shape[0], 1));
    Array part{.shape = all.shape, .values = {}};
    part.shape[0] = count;
    const auto begin = all.values.begin() + first * perRow;
    part.values.assign(begin, begin + count * perRow);
    return part;
}

std::vector<std::int64_t> sampleShape(const Array &x)
{
    return x.shape.empty() ? x.shape
                           : std::vector<std::int64_t>(x.shape.begin() + 1, x.shape.end());
}

/// The answers to one batch, put behind `answers`; false: they are not finite.
bool ask(const Classifier &classifier, const Array &x, Answers &answers)
{
    const at::NoGradGuard noGradient;
    const at::Tensor read = at::from_blob(const_cast<float *>(x.values.data()), x.shape, at::kFloat)
                                .to(classifier.device(), classifier.dtype(), false, true);
    const at::Tensor scale = classifier.scale();
    const at::Tensor logits = classifier.logits(scale.defined() ? read / scale : read);
    if (!at::isfinite(logits).all().item<bool>()) return false;
    const at::Tensor best = at::argmax(logits, 1).to(at::kCPU).contiguous();
    const auto *classes = best.data_ptr<std::int64_t>();
    answers.classes.insert(answers.classes.end(), classes, classes + best.numel());
    appendRows(answers.probabilities, engine::toArray(classifier.probabilities(logits)));
    return true;
}

/// `batch(first, count)` gives the samples from `first` on.
template <typename Batch>
Result<Answers> askAll(const Subject &subject, std::int64_t count, const Batch &batch,
                       const std::stop_token &stop)
{
    Answers answers;
    const std::int64_t largest = subject.classifier->largestBatch(kLargestBatch);
    for (std::int64_t first = 0; first < count; first += largest) {
        if (stop.stop_requested()) return cancelled();
        bool isFinite = true;
        const auto ran = engine::guarded("attack", [&] {
            isFinite =
                ask(*subject.classifier, batch(first, std::min(largest, count - first)), answers);
        });
        if (!ran) return ran.error();
        if (!isFinite)
            return Error{"attack", {"attack.not_finite", {}}, {"attack.not_finite_hint", {}}};
    }
    return answers;
}

/// The options by which a sample's shape is checked: any attack that fits every norm.
std::optional<Error> unfit(const Subject &subject, const std::vector<std::int64_t> &shape)
{
    AttackOptions any;
    any.attack = "noise";
    return objection(subject.facts, any, shape);
}

/// Answers of the samples at `places` to where they belong among `count`.
void put(Answers &all, const Answers &some, const std::vector<std::size_t> &places,
         std::size_t count)
{
    putRows(all.classes, some.classes, places, count);
    putRows(all.probabilities, some.probabilities, places, count);
}

double distance(std::span<const float> x, std::span<const float> moved, Norm norm,
                std::size_t channels)
{
    const std::size_t places = x.size() / channels;
    double largest = 0.0, sum = 0.0, squares = 0.0;
    std::size_t changed = 0;
    for (std::size_t place = 0; place < places; ++place) {
        bool isMoved = false;
        for (std::size_t channel = 0; channel < channels; ++channel) {
            const std::size_t i = channel * places + place;
            const double move = std::abs(static_cast<double>(moved[i]) - static_cast<double>(x[i]));
            largest = std::max(largest, move);
            sum += move;
            squares += move * move;
            isMoved = isMoved || move != 0.0;
        }
        changed += isMoved;
    }
    switch (norm) {
    case Norm::Linf:
        return largest;
    case Norm::L2:
        return std::sqrt(squares);
    case Norm::L1:
        return sum;
    case Norm::L0:
        return static_cast<double>(changed);
    }
    return 0.0;
}

bool inUnitRange(const Array &x)
{
    return std::ranges::all_of(x.values,
                               [](float value) { return value >= 0.0F && value <= 1.0F; });
}

} // namespace

Result<Answers> answersOf(const Subject &subject, const Array &x, std::stop_token stop)
{
    if (auto error = unfit(subject, sampleShape(x))) return *error;
    const auto part = [&](std::int64_t first, std::int64_t count) { return rows(x, first, count); };
    return askAll(subject, x.shape[0], part, stop);
}

Result<Answers> answersOf(const Subject &subject, const data::Samples &samples,
                          const std::vector<std::int64_t> &indices, std::stop_token stop)
{
    if (auto error = unfit(subject, samples.sampleShape)) return *error;
    if (auto error = objection(subject.facts, samples, indices)) return *error;
    Answers all;
    for (const auto &places : placesByLength(samples, indices)) {
        const std::vector<std::int64_t> some = at(indices, places);
        const auto part = [&](std::int64_t first, std::int64_t count) {
            return gathered(samples, std::span(some).subspan(static_cast<std::size_t>(first),
                                                             static_cast<std::size_t>(count)));
        };
        const auto said = askAll(subject, std::ssize(some), part, stop);
        if (!said) return said;
        put(all, *said, places, indices.size());
    }
    return all;
}

Result<Answers> answersToMoved(const Subject &subject, const data::Samples &samples,
                               const std::vector<std::int64_t> &indices, const Array &moved,
                               std::stop_token stop)
{
    Answers all;
    for (const auto &places : placesByLength(samples, indices)) {
        const auto said = answersOf(subject, alike(samples, indices, moved, places), stop);
        if (!said) return said;
        put(all, *said, places, indices.size());
    }
    return all;
}

Array quantised(const Array &pictures)
{
    Array levels = pictures;
    for (float &value : levels.values)
        value = std::round(std::clamp(value, 0.0F, 1.0F) * 255.0F) / 255.0F;
    return levels;
}

std::vector<double> distances(const Array &x, const Array &moved, Norm norm)
{
    const auto count = x.shape.empty() ? std::size_t{0} : static_cast<std::size_t>(x.shape[0]);
    const std::size_t channels = x.shape.size() == 4 ? static_cast<std::size_t>(x.shape[1]) : 1;
    std::vector<double> all;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t size = x.values.size() / count;
        all.push_back(distance(std::span(x.values).subspan(i * size, size),
                               std::span(moved.values).subspan(i * size, size), norm, channels));
    }
    return all;
}

Result<Verification> verified(const Subject &subject, const Array &x, const Array &x_adv,
                              const std::vector<std::int64_t> &y, Norm norm, std::stop_token stop)
{
    if (x.shape != x_adv.shape || x.shape.size() != 4 || x.shape[0] != std::ssize(y) || y.empty())
        return Error{"x_adv", {"attack.unlike_arrays", {}}, {"attack.unlike_arrays_hint", {}}};
    if (!inUnitRange(x) || !inUnitRange(x_adv))
        return Error{"x_adv", {"attack.out_of_range", {}}, {"attack.unlike_arrays_hint", {}}};
    const Array coarse = quantised(x_adv);
    Verification found;
    for (const auto &[pictures, answers] :
         {std::pair(&x, &found.before), {&x_adv, &found.after}, {&coarse, &found.quantised}}) {
        auto said = answersOf(subject, *pictures, stop);
        if (!said) return said.error();
        *answers = std::move(said->classes);
    }
    std::int64_t right = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        const bool wasRight = found.before[i] == y[i];
        found.fooled += wasRight && found.after[i] != y[i];
        found.fooled_quantised += wasRight && found.quantised[i] != y[i];
        right += wasRight && found.quantised[i] == y[i];
    }
    found.accuracy_quantised = static_cast<double>(right) / static_cast<double>(y.size());
    found.max_norm = std::ranges::max(distances(x, x_adv, norm));
    found.max_norm_quantised = std::ranges::max(distances(x, coarse, norm));
    return found;
}

} // namespace ostrich::attack
