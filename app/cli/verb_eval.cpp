// ostrich-cli eval: accuracy, loss, calibration and confusion of a run's best weights.
#include "cli/answer.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "cli/verb.hpp"
#include "train/evaluation.hpp"
#include "train/forecast_figures.hpp"
#include "train/translation.hpp"

#include <CLI/Option.hpp>
#include <fmt/format.h>

#include <memory>

namespace ostrich::cli {

namespace {

struct Options {
    std::string run;
    std::string split = "test";
    std::string device = "auto";
};

void printTable(const train::Evaluation &evaluation, const graph::DataFacts &facts,
                const Context &context)
{
    print(text(context, "cli.eval_line",
               {grouped(static_cast<std::int64_t>(evaluation.answers.size())),
                percent(evaluation.accuracy), decimals(evaluation.loss), percent(evaluation.ece)}));
    constexpr std::size_t kLargestMatrix = 12; // more classes don't fit a terminal
    const bool showsMatrix = evaluation.confusion.size() <= kLargestMatrix;
    std::vector<std::vector<std::string>> rows{
        {text(context, "cli.class"), text(context, "cli.samples"), text(context, "cli.accuracy")}};
    if (showsMatrix) {
        for (std::size_t k = 0; k < evaluation.confusion.size(); ++k)
            rows[0].push_back(std::to_string(k));
    }
    for (std::size_t truth = 0; truth < evaluation.confusion.size(); ++truth) {
        const auto &row = evaluation.confusion[truth];
        std::int64_t count = 0;
        for (const std::int64_t cell : row) count += cell;
        const double share =
            count > 0 ? static_cast<double>(row[truth]) / static_cast<double>(count) : 0.0;
        rows.push_back(
            {fmt::format("{} {}", truth, className(facts, static_cast<std::int64_t>(truth))),
             grouped(count), count > 0 ? percent(share) : "-"});
        if (showsMatrix) {
            for (const std::int64_t cell : row) rows.back().push_back(std::to_string(cell));
        }
    }
    print(table(rows));
}

/// What the task has besides accuracy, called as `train` calls it: test_mae, test_exact.
Result<std::map<std::string, double>> taskFigures(const Trained &trained, data::Split split,
                                                  const train::Evaluation &evaluation)
{
    const std::string prefix =
        split == data::Split::Validation ? "val_" : std::string(data::name(split)) + "_";
    std::map<std::string, double> figures = train::named(prefix, evaluation.figures);
    if (trained.dataset->facts.task != graph::Task::Translate) return figures;
    const auto exact =
        train::exactShare(trained.model, *trained.dataset, split, {}, interruption());
    if (!exact) return exact.error();
    figures[prefix + "exact"] = *exact;
    return figures;
}

int evaluate(const Options &options, const Context &context)
{
    const auto split = splitFrom(options.split);
    if (!split) return fail(context, split.error());
    const auto trained = openTrained(options.run, options.device);
    if (!trained) return fail(context, trained.error());
    const auto evaluation =
        train::evaluate(trained->model, *trained->dataset, *split, 0, {}, interruption());
    if (!evaluation) return fail(context, evaluation.error(), kAnswerIsNo);
    const auto figures = taskFigures(*trained, *split, *evaluation);
    if (!figures) return fail(context, figures.error(), kAnswerIsNo);
    const graph::DataFacts &facts = trained->dataset->facts;
    if (!context.json) {
        if (!evaluation->answers.empty()) printTable(*evaluation, facts, context);
        if (!figures->empty()) print(figuresTable(*figures));
        return kDone;
    }
    nlohmann::json answer{{"run", trained->run.folder.string()},
                          {"split", options.split},
                          {"samples", evaluation->samples},
                          {"loss", evaluation->loss}};
    if (!evaluation->answers.empty())
        answer.update({{"accuracy", evaluation->accuracy},
                       {"ece", evaluation->ece},
                       {"classes", facts.classNames},
                       {"confusion", evaluation->confusion}});
    for (const auto &[name, value] : *figures) answer[name] = value;
    printLine(answer);
    return kDone;
}

} // namespace

Work declareEval(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    app.add_option("run", options->run, text(context, "cli.help_run"))->required();
    app.add_option("--split", options->split, text(context, "cli.help_split"));
    app.add_option("--device", options->device, text(context, "cli.help_device"));
    return [options, &context] { return evaluate(*options, context); };
}

} // namespace ostrich::cli
