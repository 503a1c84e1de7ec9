// From a typed sample to an answer in words and numbers.
#include "train/prediction.hpp"

#include "base/random.hpp"
#include "engine/model_torch.hpp"
#include "train/evaluation.hpp"
#include "train/typed_input.hpp"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ostrich::train {

namespace {

using data::Tokenizer;

ClassShare shareOf(const graph::DataFacts &facts, std::span<const float> probabilities,
                   std::size_t index)
{
    const bool named = index < facts.classNames.size();
    return {static_cast<std::int64_t>(index),
            named ? facts.classNames[index] : std::to_string(index),
            static_cast<double>(probabilities[index])};
}

std::vector<ClassShare> topOf(const graph::DataFacts &facts, std::span<const float> probabilities,
                              std::int64_t count)
{
    std::vector<std::size_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{},
                             [&](std::size_t index) { return probabilities[index]; });
    if (std::ssize(order) > count) order.resize(static_cast<std::size_t>(count));
    std::vector<ClassShare> top;
    for (const std::size_t index : order) top.push_back(shareOf(facts, probabilities, index));
    return top;
}

/// Logits of one sample: (K), (T, K) or (V).
at::Tensor logitsOf(const engine::Model &model, const Array &x)
{
    return model.forward({{"x", {model.tensor(x), {}}}}, {}).front().logits;
}

/// The levels that were taken off the series are given back to their forecasts.
void addLevel(const graph::DataFacts &facts, const TypedInput &typed, std::vector<float> &numbers)
{
    if (typed.level.empty() || facts.targets.empty()) return;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] +=
            typed.level.at(static_cast<std::size_t>(facts.targets[i % facts.targets.size()]));
}

void answerNumbers(const engine::Model &model, const TypedInput &typed, Prediction &prediction)
{
    const at::Tensor logits = logitsOf(model, typed.x);
    prediction.forecast = engine::toArray(model.probabilities(logits)).values;
    Band band = bandOf(model, engine::toArray(logits));
    prediction.low = std::move(band.low);
    prediction.high = std::move(band.high);
    for (std::vector<float> *numbers : {&prediction.forecast, &prediction.low, &prediction.high})
        addLevel(model.facts(), typed, *numbers);
}

void answerSteps(const engine::Model &model, const TypedInput &typed, Prediction &prediction)
{
    const Array shares =
        engine::toArray(model.probabilities(logitsOf(model, typed.x)).select(0, 0));
    const auto classes = static_cast<std::size_t>(shares.dim(1));
    for (std::size_t step = 0; step < static_cast<std::size_t>(shares.dim(0)); ++step) {
        const auto row = std::span(shares.values).subspan(step * classes, classes);
        prediction.steps.push_back(
            {step < typed.steps.size() ? typed.steps[step] : std::to_string(step),
             topOf(model.facts(), row, 1).front()});
    }
}

/// `logits` (1, K) or (1, T, K), of which the last step counts.
void answerClasses(const engine::Model &model, const at::Tensor &logits, std::int64_t top,
                   Prediction &prediction)
{
    const at::Tensor last = logits.dim() == 3 ? logits.select(1, logits.size(1) - 1) : logits;
    prediction.logits = engine::toArray(last).values;
    const Array shares = engine::toArray(model.probabilities(last));
    prediction.top = topOf(model.facts(), shares.values, top);
}

/// Logits (K) of the token behind `ids`, cut to the window that the network sees.
std::vector<float> logitsBehind(const engine::Model &model, std::span<const std::int32_t> ids)
{
    const auto window = static_cast<std::size_t>(std::max<std::int64_t>(model.facts().longest, 1));
    ids = ids.last(std::min(window, ids.size()));
    const Array x{{1, std::ssize(ids)}, {ids.begin(), ids.end()}};
    const at::Tensor logits = logitsOf(model, x);
    return engine::toArray(logits.select(1, logits.size(1) - 1)).values;
}

std::int32_t drawn(std::span<const float> logits, double temperature, RandomStream &random)
{
    const std::vector<double> shares = tokenShares(logits, temperature);
    double left = random.uniform();
    for (std::size_t id = 0; id < shares.size(); ++id) {
        left -= shares[id];
        if (left < 0.0) return static_cast<std::int32_t>(id);
    }
    const auto best = std::ranges::max_element(shares); // all but impossible: rounding
    return static_cast<std::int32_t>(best - shares.begin());
}

Result<Prediction> translated(const Manifest &manifest, const engine::ModelHandle &model,
                              const TypedInput &typed, const PredictionOptions &options,
                              const std::stop_token &stop)
{
    if (!manifest.targetTokenizer)
        return Error{"network", {"train.no_tokenizer", {}}, {"train.no_tokenizer_hint", {}}};
    Prediction prediction;
    for (const auto &[place, width] : {std::pair(&prediction.greedy, std::int64_t{1}),
                                       {&prediction.translation, options.beam}}) {
        const auto search = beamSearch(model, typed.ids, width, stop);
        if (!search) return search.error();
        const Translation &best = search->found.front();
        *place = {manifest.targetTokenizer->decode(best.ids), best.score};
    }
    return prediction;
}

} // namespace

Result<Prediction> predict(const Manifest &manifest, const engine::ModelHandle &model,
                           const std::string &input, const PredictionOptions &options,
                           std::stop_token stop)
{
    if (!std::isfinite(options.temperature) || options.temperature < 0.0)
        return Error{"temperature", {"train.bad_temperature", {}}, {}};
    const auto typed = typedInput(manifest, input);
    if (!typed) return typed.error();
    const graph::Task task = manifest.facts.task;
    const bool writes =
        writesText(manifest.facts, manifest.tokenizer ? &*manifest.tokenizer : nullptr);
    if (task == graph::Task::Translate) return translated(manifest, model, *typed, options, stop);
    Prediction prediction;
    const auto ran = engine::guarded("predict", [&] {
        const c10::NoGradGuard noGrad;
        if (task == graph::Task::Regress) {
            answerNumbers(*model, *typed, prediction);
        } else if (task == graph::Task::LabelSteps && !writes) {
            answerSteps(*model, *typed, prediction);
        } else {
            answerClasses(*model, logitsOf(*model, typed->x), options.top, prediction);
        }
    });
    if (!ran) return ran.error();
    if (writes && options.sample > 0) {
        const auto written = writeOn(model, typed->ids,
                                     {options.sample, options.temperature, options.seed}, {}, stop);
        if (!written) return written.error();
        prediction.text = manifest.tokenizer->decode(*written);
    }
    if (stop.stop_requested()) return Error{"predict", {"train.cancelled", {}}, {}};
    return prediction;
}

bool writesText(const graph::DataFacts &facts, const data::Tokenizer *tokenizer)
{
    return facts.task == graph::Task::LabelSteps && tokenizer && facts.classes == tokenizer->size();
}

Result<std::vector<float>> nextToken(const engine::ModelHandle &model,
                                     std::span<const std::int32_t> ids)
{
    std::vector<float> logits;
    const auto ran = engine::guarded("predict", [&] {
        const c10::NoGradGuard noGrad;
        logits = logitsBehind(*model, ids);
    });
    if (!ran) return ran.error();
    return logits;
}

std::vector<double> tokenShares(std::span<const float> logits, double temperature)
{
    std::vector<double> shares(logits.begin(), logits.end());
    for (const std::int32_t special : {Tokenizer::kPad, Tokenizer::kUnknown, Tokenizer::kBegin})
        shares.at(static_cast<std::size_t>(special)) = -INFINITY;
    const auto best = std::ranges::max_element(shares);
    if (temperature <= 0.0) {
        const auto likeliest = best - shares.begin();
        std::ranges::fill(shares, 0.0);
        shares[static_cast<std::size_t>(likeliest)] = 1.0;
        return shares;
    }
    const double most = *best;
    for (double &share : shares) share = std::exp((share - most) / temperature);
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double &share : shares) share /= sum;
    return shares;
}

Result<std::vector<std::int32_t>> writeOn(const engine::ModelHandle &model,
                                          std::vector<std::int32_t> ids,
                                          const WritingOptions &options,
                                          const TokenWritten &written, std::stop_token stop)
{
    RandomStream random(options.seed, "sample");
    std::vector<std::int32_t> all;
    while (std::ssize(all) < options.count && !stop.stop_requested()) {
        const auto logits = nextToken(model, ids);
        if (!logits) return logits.error();
        const std::int32_t next = drawn(*logits, options.temperature, random);
        if (next == Tokenizer::kEnd) break;
        all.push_back(next);
        ids.push_back(next);
        if (written) written(next, *logits);
    }
    return all;
}

} // namespace ostrich::train
