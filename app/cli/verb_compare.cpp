// ostrich-cli compare: several networks, several seeds each, and what their figures are worth.
#include "blocks/block_kind.hpp"
#include "cli/answer.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "cli/verb.hpp"
#include "data/source.hpp"
#include "project/variants.hpp"
#include "train/comparison.hpp"

#include <CLI/Option.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

namespace ostrich::cli {

namespace {

struct Options {
    std::string file;
    bool variants = false;
    std::vector<std::string> others;
    std::int64_t seeds = 3;
    std::string data;
    std::vector<std::string> settings;
    std::string device = "auto";
    std::string out;
};

/// A project with what the command line changes, and its data's facts.
struct Opened {
    project::Project project;
    graph::DataFacts facts;
};

/// A network that was drawn for other data is made to fit them, and what was changed is told.
Result<Opened> opened(const std::string &file, const Options &options, const Context &context)
{
    auto project = openProject(file);
    if (!project) return project.error();
    const std::string ownData = project->data;
    if (!options.data.empty()) setData(*project, options.data);
    if (auto set = applySettings(*project, options.settings); !set) return set.error();
    auto facts = data::factsOf(project->data);
    if (!facts) return facts.error();
    if (project->data != ownData) fitNetwork(*project, *facts, context);
    return Opened{std::move(*project), std::move(*facts)};
}

/// The file's name without folder and ending, or all of it where another has that name.
std::string nameFor(const std::string &file, const std::vector<train::Entry> &taken)
{
    std::string name = std::filesystem::path(file).stem().string();
    const bool isTaken = std::ranges::find(taken, name, &train::Entry::name) != taken.end();
    return isTaken ? file : name;
}

Result<train::Plan> planOf(const Options &options, const Context &context)
{
    constexpr std::int64_t kMostSeeds = 1000;
    if (options.seeds < 1 || options.seeds > kMostSeeds)
        return Error{fmt::format("--seeds {}", options.seeds),
                     {"cli.seeds_range", {std::to_string(kMostSeeds)}},
                     {}};
    train::Plan plan{.device = options.device, .runsFolder = options.out};
    plan.seeds.clear();
    auto own = opened(options.file, options, context);
    if (!own) return own.error();
    for (std::int64_t i = 0; i < options.seeds; ++i)
        plan.seeds.push_back(own->project.recipe.seed + static_cast<std::uint64_t>(i));
    if (options.variants) {
        auto variants =
            project::equalVariants(own->project, own->facts, blocks::Registry::instance());
        if (!variants) return variants.error();
        for (project::Variant &variant : *variants)
            plan.entries.push_back({variant.name, std::move(variant.project)});
    } else {
        plan.entries.push_back({nameFor(options.file, {}), std::move(own->project)});
    }
    for (const std::string &file : options.others) {
        auto other = opened(file, options, context);
        if (!other) return other.error();
        plan.entries.push_back({nameFor(file, plan.entries), std::move(other->project)});
    }
    return plan;
}

/// As `train` tells it, with whose it is.
nlohmann::json toJson(const train::Outcome &outcome, const std::string &name)
{
    nlohmann::json line = train::toJson(outcome.summary);
    line["event"] = "run";
    line["name"] = name;
    line["seed"] = outcome.seed;
    line["seconds_per_epoch"] = outcome.seconds_per_epoch;
    line["parameters"] = outcome.parameters;
    if (outcome.folder.empty()) line.erase("run");
    return line;
}

nlohmann::json toJson(const train::Standing &standing, const std::string &name)
{
    nlohmann::json entry{{"name", name},
                         {"parameters", standing.parameters},
                         {"seeds", standing.runs},
                         {"left_out", standing.left_out}};
    for (const auto &[figure, interval] : standing.figures)
        entry[figure] = {{"mean", interval.mean},
                         {"low", interval.low},
                         {"high", interval.high},
                         {"count", interval.count}};
    return entry;
}

/// A figure that the table shows: as a number of `unit`s, `scale` to one.
struct Column {
    const char *figure;
    const char *label; // of resources/messages/cli.json
    double scale;
    int digits; // behind the point
    const char *unit;
};
constexpr std::array kColumns{
    Column{"test_accuracy", "cli.compare_accuracy", 100.0, 1, " %"},
    Column{"test_exact", "cli.compare_exact", 100.0, 1, " %"},
    Column{"test_mae", "cli.compare_mae", 1.0, 4, ""},
    Column{"test_mase", "cli.compare_mase", 1.0, 4, ""},
    Column{"val_loss", "cli.compare_val_loss", 1.0, 4, ""},
    Column{"seconds_per_epoch", "cli.compare_seconds", 1.0, 3, " s"},
};

/// "98.7 ± 1.2 %"; of one value: "98.7 %".
std::string formatted(const train::Interval &interval, const Column &column)
{
    const std::string mean = fmt::format("{:.{}f}", interval.mean * column.scale, column.digits);
    if (interval.count < 2) return mean + column.unit;
    return fmt::format("{} ± {:.{}f}{}", mean, (interval.high - interval.mean) * column.scale,
                       column.digits, column.unit);
}

/// Those of the columns that somebody has a figure for.
std::string standingsTable(const train::Plan &plan, const std::vector<train::Standing> &standings,
                           const Context &context)
{
    std::vector<std::vector<std::string>> rows{
        {text(context, "cli.network"), text(context, "cli.parameters")}};
    for (std::size_t i = 0; i < standings.size(); ++i)
        rows.push_back({plan.entries[i].name, grouped(standings[i].parameters)});
    for (const Column &column : kColumns) {
        const bool isKnown = std::ranges::any_of(
            standings, [&](const auto &one) { return one.figures.contains(column.figure); });
        if (!isKnown) continue;
        rows[0].push_back(text(context, column.label));
        for (std::size_t i = 0; i < standings.size(); ++i) {
            const auto figure = standings[i].figures.find(column.figure);
            rows[i + 1].push_back(
                figure == standings[i].figures.end() ? "-" : formatted(figure->second, column));
        }
    }
    return table(rows);
}

/// What a run reached, in the one figure that says most.
std::string mainFigure(const train::Outcome &outcome, const Context &context)
{
    const train::Standing alone = train::standingOf({&outcome, 1});
    for (const Column &column : kColumns) {
        const auto figure = alone.figures.find(column.figure);
        if (figure != alone.figures.end())
            return fmt::format("{} {}", text(context, column.label),
                               formatted(figure->second, column));
    }
    return text(context, "cli.compare_stopped",
                {text(context, "cli.stopped_by_" + outcome.summary.stopped_by)});
}

void printStandings(const train::Plan &plan, const std::vector<train::Outcome> &outcomes,
                    const Context &context)
{
    const auto standings = train::standings(outcomes, plan.entries.size());
    if (context.json) {
        auto entries = nlohmann::json::array();
        for (std::size_t i = 0; i < standings.size(); ++i)
            entries.push_back(toJson(standings[i], plan.entries[i].name));
        printLine({{"event", "done"}, {"entries", entries}});
        return;
    }
    print(standingsTable(plan, standings, context));
    std::int64_t leftOut = 0;
    for (const train::Standing &standing : standings) leftOut += standing.left_out;
    print(plan.seeds.size() == 1
              ? text(context, "cli.compare_one_seed")
              : text(context, "cli.compare_meaning", {std::to_string(plan.seeds.size())}));
    if (leftOut > 0) print(text(context, "cli.compare_left_out", {std::to_string(leftOut)}));
}

int compare(const Options &options, const Context &context)
{
    const auto plan = planOf(options, context);
    if (!plan) return fail(context, plan.error());
    std::size_t ended = 0;
    bool hasFailed = false;
    const train::Watcher watcher{
        .event =
            [&](const train::Running &running, const train::Event &event) {
                const auto *failed = std::get_if<train::Failed>(&event);
                if (!failed) return;
                hasFailed = true;
                Error error = failed->error;
                error.where =
                    fmt::format("{}, {}", plan->entries[running.entry].name,
                                text(context, "cli.compare_seed", {std::to_string(running.seed)}));
                if (context.json)
                    printLine(
                        {{"event", "error"}, {"error", cli::toJson(error, context.language)}});
                fail(context, error);
            },
        .outcome =
            [&](const train::Outcome &outcome) {
                ++ended;
                const std::string &name = plan->entries[outcome.entry].name;
                if (context.json) printLine(toJson(outcome, name));
                note(context, {"cli.compare_run",
                               {std::to_string(ended),
                                std::to_string(plan->entries.size() * plan->seeds.size()), name,
                                std::to_string(outcome.seed), mainFigure(outcome, context),
                                fmt::format("{:.3f} s", outcome.seconds_per_epoch)}});
            }};
    const auto outcomes = train::compare(*plan, watcher, interruption());
    if (!outcomes) return fail(context, outcomes.error());
    printStandings(*plan, *outcomes, context);
    return hasFailed ? kAnswerIsNo : kDone;
}

} // namespace

Work declareCompare(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    app.add_option("project", options->file, text(context, "cli.help_project"))->required();
    app.add_flag("--variants", options->variants, text(context, "cli.help_variants"));
    app.add_option("--with", options->others, text(context, "cli.help_with"));
    app.add_option("--seeds", options->seeds, text(context, "cli.help_seeds"));
    app.add_option("--data", options->data, text(context, "cli.help_data"));
    app.add_option("--set", options->settings, text(context, "cli.help_set"))
        ->allow_extra_args(false);
    app.add_option("--device", options->device, text(context, "cli.help_device"));
    app.add_option("--out", options->out, text(context, "cli.help_compare_out"));
    return [options, &context] { return compare(*options, context); };
}

} // namespace ostrich::cli
