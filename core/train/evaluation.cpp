// Running a split through the network in evaluation mode, batch by batch, and counting.
#include "train/evaluation.hpp"

#include "engine/model_torch.hpp"

#include <ATen/ops/from_blob.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ostrich::train {

namespace {

/// Fewer than kEvaluationBatch where a sample is large: no more than 4 million input values at
/// once, and no more activations than boundedBatch() allows.
std::int64_t evaluationBatch(const engine::Model &model, const data::Samples &samples)
{
    constexpr std::int64_t kInputValues = std::int64_t{1} << 22;
    const std::int64_t byInput = std::clamp<std::int64_t>(
        kInputValues / std::max<std::int64_t>(samples.valuesPerSample(), 1), 8,
        graph::kEvaluationBatch);
    return engine::boundedBatch(model, byInput, false);
}

Array gather(const data::Samples &samples, std::span<const std::int64_t> indices)
{
    Array x;
    x.shape = samples.sampleShape;
    x.shape.insert(x.shape.begin(), static_cast<std::int64_t>(indices.size()));
    x.values.resize(indices.size() * static_cast<std::size_t>(samples.valuesPerSample()));
    samples.gather(indices, x.values.data());
    return x;
}

std::vector<Answer> answersOf(const at::Tensor &logits, const at::Tensor &probabilities,
                              std::span<const std::int64_t> labels)
{
    const Array scores = engine::toArray(logits);
    const Array shares = engine::toArray(probabilities);
    const auto classes = static_cast<std::size_t>(scores.dim(1));
    std::vector<Answer> answers(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const float *row = &scores.values[i * classes];
        const auto best = static_cast<std::size_t>(std::max_element(row, row + classes) - row);
        const auto truth = static_cast<std::size_t>(labels[i]);
        answers[i] = {.label = static_cast<std::int32_t>(truth),
                      .predicted = static_cast<std::int32_t>(best),
                      .confidence = shares.values[i * classes + best],
                      .labelProbability = shares.values[i * classes + truth]};
    }
    return answers;
}

/// One batch: its summed loss, and its answers added to `evaluation`.
double evaluateBatch(const engine::Model &model, const data::Samples &samples,
                     std::span<const std::int64_t> indices, Evaluation &evaluation)
{
    std::vector<std::int64_t> labels;
    labels.reserve(indices.size());
    for (const std::int64_t index : indices)
        labels.push_back(samples.labels[static_cast<std::size_t>(index)]);
    const auto count = static_cast<std::int64_t>(labels.size());
    const at::Tensor x = model.tensor(gather(samples, indices));
    const at::Tensor y = at::from_blob(labels.data(), {count}, at::kLong).to(model.device());
    const auto outputs = model.forward(x, {});
    const at::Tensor &logits = outputs.front().logits;
    const double loss = model.loss(outputs, y, 0.0).item<double>();
    auto answers = answersOf(logits, model.probabilities(logits), labels);
    evaluation.answers.insert(evaluation.answers.end(), answers.begin(), answers.end());
    return loss * static_cast<double>(count);
}

void summarise(Evaluation &evaluation, std::size_t classes)
{
    std::int64_t right = 0;
    for (const Answer &answer : evaluation.answers) // an Output may have more values than classes
        classes = std::max(classes, static_cast<std::size_t>(answer.predicted) + 1);
    evaluation.confusion.assign(classes, std::vector<std::int64_t>(classes, 0));
    for (const Answer &answer : evaluation.answers) {
        right += answer.label == answer.predicted ? 1 : 0;
        ++evaluation.confusion[static_cast<std::size_t>(answer.label)]
                              [static_cast<std::size_t>(answer.predicted)];
    }
    if (!evaluation.answers.empty())
        evaluation.accuracy =
            static_cast<double>(right) / static_cast<double>(evaluation.answers.size());
    evaluation.ece = calibrationError(evaluation.answers);
}

} // namespace

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
    Evaluation evaluation;
    double loss = 0.0;
    for (std::size_t done = 0; done < indices.size(); done += batch) {
        if (stop.stop_requested()) return Error{where, {"train.cancelled", {}}, {}};
        const auto part = indices.subspan(done, std::min(batch, indices.size() - done));
        const auto ran = engine::guarded(where, [&] {
            const c10::NoGradGuard noGrad;
            loss += evaluateBatch(*model, samples, part, evaluation);
        });
        if (!ran) return ran.error();
        report(progress,
               static_cast<double>(done + part.size()) / static_cast<double>(indices.size()));
    }
    if (!indices.empty()) evaluation.loss = loss / static_cast<double>(indices.size());
    summarise(evaluation, static_cast<std::size_t>(dataset.facts.classes));
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
