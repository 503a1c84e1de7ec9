// Running a split through the network in evaluation mode, batch by batch, and counting.
#include "train/evaluation.hpp"

#include "blocks/output_losses_torch.hpp"
#include "engine/model_torch.hpp"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ostrich::train {

namespace {

/// Beyond this a matrix is more than anyone reads.
constexpr std::int64_t kMostClasses = 1000;

/// Fewer than kEvaluationBatch where a sample is large: no more than 4 million input values at
/// once, and no more activations than boundedBatch() allows.
std::int64_t evaluationBatch(const engine::Model &model, const data::Samples &samples)
{
    constexpr std::int64_t kInputValues = std::int64_t{1} << 22;
    const std::int64_t perSample =
        samples.valuesPerSample() * std::max<std::int64_t>(model.facts().longest, 1);
    const std::int64_t byInput = std::clamp<std::int64_t>(
        kInputValues / std::max<std::int64_t>(perSample, 1), 8, graph::kEvaluationBatch);
    return engine::boundedBatch(model, byInput, false);
}

/// The places of `indices` in an order that brings sequences of about the same length together.
std::vector<std::size_t> byLength(const data::Samples &samples,
                                  std::span<const std::int64_t> indices)
{
    std::vector<std::size_t> order(indices.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (samples.sequences())
        std::ranges::stable_sort(order, {},
                                 [&](std::size_t place) { return samples.steps(indices[place]); });
    return order;
}

/// A running sum over batches.
struct Tally {
    Evaluation evaluation;
    double loss = 0.0;
    std::int64_t questions = 0;
};

/// Probability and class of the answers to all labelled steps (or samples).
void addAnswers(const at::Tensor &logits, const at::Tensor &probabilities, const at::Tensor &labels,
                std::span<const std::size_t> places, Tally &tally)
{
    const std::int64_t classes = logits.size(-1);
    const at::Tensor best = logits.reshape({-1, classes}).argmax(1).to(at::kCPU).contiguous();
    const Array shares = engine::toArray(probabilities);
    const at::Tensor truths = labels.reshape({-1}).to(at::kCPU).contiguous();
    const auto *predicted = best.const_data_ptr<std::int64_t>();
    const auto *truth = truths.const_data_ptr<std::int64_t>();
    const std::int64_t steps = truths.numel() / std::max<std::int64_t>(std::ssize(places), 1);
    for (std::int64_t i = 0; i < truths.numel(); ++i) {
        if (truth[i] == blocks::kNoLabel) continue;
        const auto row = static_cast<std::size_t>(i * classes);
        ++tally.questions;
        tally.evaluation.answers.push_back(
            {.label = static_cast<std::int32_t>(truth[i]),
             .predicted = static_cast<std::int32_t>(predicted[i]),
             .confidence = shares.values[row + static_cast<std::size_t>(predicted[i])],
             .labelProbability = shares.values[row + static_cast<std::size_t>(truth[i])],
             .sample = static_cast<std::int32_t>(places[static_cast<std::size_t>(i / steps)]),
             .step = static_cast<std::int32_t>(i % steps)});
    }
}

/// Rows of V numbers to their places among all samples.
void putRows(std::span<const float> rows, std::span<const std::size_t> places, std::int64_t samples,
             std::vector<float> &all)
{
    const std::size_t width = rows.size() / places.size();
    all.resize(static_cast<std::size_t>(samples) * width);
    for (std::size_t i = 0; i < places.size(); ++i)
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(i * width), width,
                    all.begin() + static_cast<std::ptrdiff_t>(places[i] * width));
}

void addPredictions(const engine::Model &model, const at::Tensor &logits,
                    std::span<const std::size_t> places, Tally &tally)
{
    Evaluation &evaluation = tally.evaluation;
    putRows(engine::toArray(model.probabilities(logits)).values, places, evaluation.samples,
            evaluation.predictions);
    const Band band = bandOf(model, engine::toArray(logits));
    if (!band.empty()) {
        putRows(band.low, places, evaluation.samples, evaluation.band.low);
        putRows(band.high, places, evaluation.samples, evaluation.band.high);
    }
    tally.questions += std::ssize(places);
}

/// One batch: its loss, and its answers at their places.
void evaluateBatch(const engine::Model &model, const data::Samples &samples,
                   std::span<const std::int64_t> indices, std::span<const std::size_t> places,
                   Tally &tally)
{
    std::vector<std::int64_t> chosen;
    for (const std::size_t place : places) chosen.push_back(indices[place]);
    const data::Batch batch = data::batchOf(samples, chosen);
    const at::Tensor target = model.target(batch);
    const auto outputs = model.forward(model.feeds(batch), {});
    const at::Tensor &logits = outputs.front().logits;
    const double loss = model.loss(outputs, target, 0.0).item<double>();
    const std::int64_t before = tally.questions;
    if (model.facts().task == graph::Task::Regress)
        addPredictions(model, logits, places, tally);
    else
        addAnswers(logits, model.probabilities(logits), target, places, tally);
    const std::int64_t asked = tally.questions - before;
    if (asked > 0) tally.loss += loss * static_cast<double>(asked);
}

void summarise(Evaluation &evaluation, std::int64_t classes)
{
    std::int64_t right = 0;
    for (const Answer &answer : evaluation.answers) { // an Output may have more values than classes
        classes = std::max<std::int64_t>(classes, std::int64_t{1} + answer.predicted);
        right += answer.label == answer.predicted ? 1 : 0;
    }
    evaluation.accuracy =
        evaluation.answers.empty()
            ? 0.0
            : static_cast<double>(right) / static_cast<double>(evaluation.answers.size());
    evaluation.ece = calibrationError(evaluation.answers);
    if (classes > kMostClasses) return;
    const auto side = static_cast<std::size_t>(classes);
    evaluation.confusion.assign(side, std::vector<std::int64_t>(side, 0));
    for (const Answer &answer : evaluation.answers)
        ++evaluation.confusion[static_cast<std::size_t>(answer.label)]
                              [static_cast<std::size_t>(answer.predicted)];
}

} // namespace

Band bandOf(const engine::Model &model, const Array &logits)
{
    constexpr std::int64_t kCount = blocks::kQuantileCount;
    const graph::DataFacts &facts = model.facts();
    if (facts.task != graph::Task::Regress || logits.shape.size() != 2
        || logits.dim(1) != kCount * facts.answers())
        return {};
    const at::Tensor quantiles =
        model.tensor(logits).reshape({logits.dim(0), kCount, facts.answers()});
    // The Output tells its middle part in data units: each quantile stands there in its turn.
    std::array<Array, kCount> told;
    for (std::int64_t q = 0; q < kCount; ++q)
        told[static_cast<std::size_t>(q)] =
            engine::toArray(model.probabilities(quantiles.select(1, q).repeat({1, kCount})));
    Band band;
    for (std::size_t i = 0; i < told.front().values.size(); ++i) {
        const auto [low, high] =
            std::minmax({told[0].values[i], told[1].values[i], told[2].values[i]});
        band.low.push_back(low);
        band.high.push_back(high);
    }
    return band;
}

double calibrationError(std::span<const Answer> answers)
{
    constexpr std::size_t kBins = 15;
    struct Bin {
        double right = 0.0;
        double confidence = 0.0;
    };
    std::array<Bin, kBins> bins;
    for (const Answer &answer : answers) {
        // A bin owns its upper end: (0, 1/15], (1/15, 2/15] ...
        const double place = std::ceil(static_cast<double>(answer.confidence) * kBins) - 1.0;
        Bin &bin = bins[static_cast<std::size_t>(std::clamp(place, 0.0, kBins - 1.0))];
        bin.right += answer.label == answer.predicted ? 1.0 : 0.0;
        bin.confidence += answer.confidence;
    }
    double distance = 0.0;
    for (const Bin &bin : bins) distance += std::abs(bin.right - bin.confidence);
    return answers.empty() ? 0.0 : distance / static_cast<double>(answers.size());
}

Result<Evaluation> evaluateSamples(const engine::ModelHandle &model, const data::Dataset &dataset,
                                   data::Split split, std::span<const std::int64_t> indices,
                                   const Progress &progress, std::stop_token stop)
{
    const data::Samples &samples = dataset.split(split);
    const std::string where(data::name(split));
    const auto batch = static_cast<std::size_t>(evaluationBatch(*model, samples));
    const std::vector<std::size_t> order = byLength(samples, indices);
    Tally tally;
    tally.evaluation.samples = std::ssize(indices);
    for (std::size_t done = 0; done < order.size(); done += batch) {
        if (stop.stop_requested()) return Error{where, {"train.cancelled", {}}, {}};
        const auto part = std::span(order).subspan(done, std::min(batch, order.size() - done));
        const auto ran = engine::guarded(where, [&] {
            const c10::NoGradGuard noGrad;
            evaluateBatch(*model, samples, indices, part, tally);
        });
        if (!ran) return ran.error();
        report(progress,
               static_cast<double>(done + part.size()) / static_cast<double>(indices.size()));
    }
    Evaluation &evaluation = tally.evaluation;
    if (tally.questions > 0) evaluation.loss = tally.loss / static_cast<double>(tally.questions);
    if (dataset.facts.task == graph::Task::Regress) {
        const data::Samples asked = samples.select(indices);
        evaluation.figures = forecastFigures(evaluation.predictions, evaluation.band, asked,
                                             dataset.split(data::Split::Train));
        return evaluation;
    }
    std::ranges::stable_sort(evaluation.answers, {}, [](const Answer &answer) {
        return std::pair(answer.sample, answer.step);
    });
    summarise(evaluation, dataset.facts.classes);
    return evaluation;
}

Result<Evaluation> evaluate(const engine::ModelHandle &model, const data::Dataset &dataset,
                            data::Split split, std::int64_t limit, const Progress &progress,
                            std::stop_token stop)
{
    const std::int64_t count = dataset.split(split).count();
    std::vector<std::int64_t> indices(
        static_cast<std::size_t>(limit > 0 ? std::min(limit, count) : count));
    std::iota(indices.begin(), indices.end(), 0);
    return evaluateSamples(model, dataset, split, indices, progress, std::move(stop));
}

} // namespace ostrich::train
