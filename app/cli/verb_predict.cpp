// ostrich-cli predict: a trained network's answer to pictures, texts and series that it has never
// seen.
#include "cli/answer.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "cli/verb.hpp"
#include "train/prediction.hpp"

#include <CLI/Option.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

namespace ostrich::cli {

namespace {

struct Options {
    std::string run;
    std::vector<std::string> inputs;
    std::string device = "cpu";
    train::PredictionOptions prediction;
};

nlohmann::json toJson(const std::string &input, const train::Prediction &prediction)
{
    nlohmann::json answer{{"input", input}};
    for (const train::ClassShare &share : prediction.top)
        answer["top"].push_back(
            {{"class", share.name}, {"index", share.index}, {"probability", share.probability}});
    if (!prediction.logits.empty()) answer["logits"] = prediction.logits;
    for (const train::Prediction::Step &step : prediction.steps)
        answer["steps"].push_back({{"step", step.step},
                                   {"class", step.best.name},
                                   {"probability", step.best.probability}});
    if (!prediction.forecast.empty()) answer["forecast"] = prediction.forecast;
    if (!prediction.low.empty()) {
        answer["low"] = prediction.low;
        answer["high"] = prediction.high;
    }
    if (!prediction.text.empty()) answer["text"] = prediction.text;
    if (prediction.translation) {
        answer["translation"] = prediction.translation->text;
        answer["score"] = prediction.translation->score;
    }
    if (prediction.greedy) answer["greedy"] = prediction.greedy->text;
    return answer;
}

/// A forecast with its interval, a row for each number.
std::string intervalTable(const train::Prediction &prediction, const Context &context)
{
    std::vector<std::vector<std::string>> rows{{text(context, "cli.interval_low"),
                                                text(context, "cli.forecast"),
                                                text(context, "cli.interval_high")}};
    for (std::size_t i = 0; i < prediction.forecast.size(); ++i)
        rows.push_back({fmt::format("{:.5g}", prediction.low[i]),
                        fmt::format("{:.5g}", prediction.forecast[i]),
                        fmt::format("{:.5g}", prediction.high[i])});
    return table(rows);
}

std::string inWords(const train::Prediction &prediction, const Context &context)
{
    if (prediction.translation) {
        const bool same =
            prediction.greedy && prediction.greedy->text == prediction.translation->text;
        return text(context, same ? "cli.translation" : "cli.translation_greedy",
                    {prediction.translation->text,
                     fmt::format("{:.3f}", prediction.translation->score),
                     prediction.greedy ? prediction.greedy->text : ""});
    }
    if (!prediction.low.empty()) return intervalTable(prediction, context);
    if (!prediction.forecast.empty())
        return fmt::format("{:.5g}", fmt::join(prediction.forecast, "  "));
    std::vector<std::vector<std::string>> rows;
    if (!prediction.steps.empty()) {
        rows.push_back({text(context, "cli.step"), text(context, "cli.class"),
                        text(context, "cli.probability")});
        for (const train::Prediction::Step &step : prediction.steps)
            rows.push_back({step.step, step.best.name, percent(step.best.probability)});
        return table(rows);
    }
    rows.push_back({text(context, "cli.class"), text(context, "cli.probability")});
    for (const train::ClassShare &share : prediction.top)
        rows.push_back({share.name, percent(share.probability)});
    const std::string written = prediction.text.empty() ? "" : prediction.text + '\n';
    return written + table(rows);
}

int predictAll(const Options &options, const Context &context)
{
    if (options.prediction.top < 1 || options.prediction.sample < 0 || options.prediction.beam < 1)
        return fail(context, {"predict", {"cli.predict_counts", {}}, {}});
    const auto loaded = openNetwork(options.run, options.device);
    if (!loaded) return fail(context, loaded.error());
    for (const std::string &input : options.inputs) {
        const auto prediction = train::predict(loaded->run.manifest, loaded->model, input,
                                               options.prediction, interruption());
        if (!prediction) {
            const bool stopped = prediction.error().what.id == "train.cancelled";
            return fail(context, prediction.error(), stopped ? kAnswerIsNo : kBadInput);
        }
        if (context.json) {
            printLine(toJson(input, *prediction));
            continue;
        }
        if (options.inputs.size() > 1) print(input);
        print(inWords(*prediction, context));
    }
    return kDone;
}

} // namespace

Work declarePredict(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    const auto help = [&](const char *id) { return text(context, std::string("cli.help_") + id); };
    app.add_option("run", options->run, help("run"))->required();
    app.add_option("input", options->inputs, help("predict_input"))->required();
    app.add_option("--top", options->prediction.top, help("top"));
    app.add_option("--sample", options->prediction.sample, help("predict_sample"));
    app.add_option("--temperature", options->prediction.temperature, help("temperature"));
    app.add_option("--seed", options->prediction.seed, help("predict_seed"));
    app.add_option("--beam", options->prediction.beam, help("beam"));
    app.add_option("--device", options->device, help("device"));
    return [options, &context] { return predictAll(*options, context); };
}

} // namespace ostrich::cli
