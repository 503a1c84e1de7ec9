// From a typed sample to an answer in words and numbers.
#include "train/prediction.hpp"

#include "base/random.hpp"
#include "engine/model_torch.hpp"
#include "train/typed_input.hpp"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ostrich::train {

namespace {

using data::Tokenizer;

/// Whether each step is asked for the token that comes next.
bool writesOn(const Manifest &manifest)
{
    const graph::DataFacts &facts = manifest.facts;
    return facts.task == graph::Task::LabelSteps && manifest.tokenizer
           && facts.classes == manifest.tokenizer->size();
}

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
std::vector<float> forecastOf(const engine::Model &model, const TypedInput &typed)
{
    const graph::DataFacts &facts = model.facts();
    std::vector<float> forecast =
        engine::toArray(model.probabilities(logitsOf(model, typed.x))).values;
    if (typed.level.empty() || facts.targets.empty()) return forecast;
    for (std::size_t i = 0; i < forecast.size(); ++i)
        forecast[i] +=
            typed.level.at(static_cast<std::size_t>(facts.targets[i % facts.targets.size()]));
    return forecast;
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

/// A token of softmax(logits / temperature) that stands for text.
std::int32_t drawn(std::vector<float> logits, double temperature, RandomStream &random)
{
    for (const std::int32_t special : {Tokenizer::kPad, Tokenizer::kUnknown, Tokenizer::kBegin})
        logits[static_cast<std::size_t>(special)] = -INFINITY;
    const auto best = std::ranges::max_element(logits);
    if (temperature <= 0.0) return static_cast<std::int32_t>(best - logits.begin());
    std::vector<double> shares;
    for (const float logit : logits)
        shares.push_back(
            std::exp((static_cast<double>(logit) - static_cast<double>(*best)) / temperature));
    double left = random.uniform() * std::accumulate(shares.begin(), shares.end(), 0.0);
    for (std::size_t id = 0; id < shares.size(); ++id) {
        left -= shares[id];
        if (left < 0.0) return static_cast<std::int32_t>(id);
    }
    return static_cast<std::int32_t>(best - logits.begin()); // all but impossible: rounding
}

/// Up to options.sample tokens behind those of `ids`; the network sees as many of them as in
/// training.
std::string writtenOn(const Manifest &manifest, const engine::Model &model,
                      std::vector<std::int32_t> ids, const PredictionOptions &options,
                      const std::stop_token &stop)
{
    RandomStream random(options.seed, "sample");
    const auto window = static_cast<std::size_t>(std::max<std::int64_t>(manifest.facts.longest, 1));
    std::vector<std::int32_t> written;
    while (std::ssize(written) < options.sample && !stop.stop_requested()) {
        if (ids.size() > window)
            ids.erase(ids.begin(), ids.end() - static_cast<std::ptrdiff_t>(window));
        Array x{{1, std::ssize(ids)}, {}};
        for (const std::int32_t id : ids) x.values.push_back(static_cast<float>(id));
        const at::Tensor logits = logitsOf(model, x);
        const Array last = engine::toArray(logits.select(1, logits.size(1) - 1));
        const std::int32_t next = drawn(last.values, options.temperature, random);
        if (next == Tokenizer::kEnd) break;
        written.push_back(next);
        ids.push_back(next);
    }
    return manifest.tokenizer->decode(written);
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
    if (task == graph::Task::Translate) return translated(manifest, model, *typed, options, stop);
    Prediction prediction;
    const auto ran = engine::guarded("predict", [&] {
        const c10::NoGradGuard noGrad;
        if (task == graph::Task::Regress) {
            prediction.forecast = forecastOf(*model, *typed);
        } else if (task == graph::Task::LabelSteps && !writesOn(manifest)) {
            answerSteps(*model, *typed, prediction);
        } else {
            answerClasses(*model, logitsOf(*model, typed->x), options.top, prediction);
            if (writesOn(manifest) && options.sample > 0)
                prediction.text = writtenOn(manifest, *model, typed->ids, options, stop);
        }
    });
    if (!ran) return ran.error();
    if (stop.stop_requested()) return Error{"predict", {"train.cancelled", {}}, {}};
    return prediction;
}

} // namespace ostrich::train
