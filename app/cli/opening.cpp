// What the verbs open: projects, runs, settings, classes.
#include "cli/opening.hpp"

#include "blocks/block_kind.hpp"
#include "cli/interrupt.hpp"
#include "engine/machine.hpp"
#include "project/fitting.hpp"
#include "train/run_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace ostrich::cli {

namespace {

/// `error` with the argument it came from in front, where it does not name it by itself.
Error located(Error error, const std::string &argument)
{
    if (error.where.empty())
        error.where = argument;
    else if (error.where.find(argument) == std::string::npos)
        error.where = argument + ": " + error.where;
    return error;
}

Error withoutWeights(const train::Run &run, const std::string &argument)
{
    if (run.manifest.summary && run.manifest.summary->stopped_by == "error")
        return {argument, {"cli.training_failed", {}}, {"cli.training_failed_hint", {}}};
    return {argument, {"train.no_weights", {}}, {"train.no_weights_hint", {}}};
}

} // namespace

Result<project::Project> openProject(const std::string &file)
{
    auto project = project::loadProject(file);
    if (!project) return located(project.error(), file);
    project->data = project::dataSource(*project, file);
    return project;
}

void setData(project::Project &project, const std::string &source)
{
    project.data = source;
    project.data = project::dataSource(project, {});
}

void fitNetwork(project::Project &project, const graph::DataFacts &facts, const Context &context)
{
    auto fitted = project::fitted(project.network, blocks::Registry::instance(), facts);
    if (fitted.changes.empty()) return;
    std::string changes;
    for (const Message &change : fitted.changes)
        changes += (changes.empty() ? "" : ", ") + sentence(change, context.language);
    note(context, {"cli.network_fitted", {changes}});
    project.network = std::move(fitted.network);
}

Result<void> applySettings(project::Project &project, const std::vector<std::string> &settings)
{
    for (const std::string &setting : settings) {
        const std::size_t equals = setting.find('=');
        const std::string key = setting.substr(0, equals);
        if (equals == std::string::npos)
            return Error{"--set " + setting, {"cli.set_form", {}}, {"cli.set_form_hint", {}}};
        const std::string value = setting.substr(equals + 1);
        if (key == "data") {
            setData(project, value);
        } else if (key.starts_with("recipe.")) {
            const std::string field = key.substr(std::string_view("recipe.").size());
            if (auto set = project::setRecipeText(project.recipe, field, value); !set)
                return located(set.error(), "--set " + key);
        } else {
            return Error{"--set " + key, {"cli.set_unknown", {}}, {"cli.set_form_hint", {}}};
        }
    }
    return {};
}

Result<train::Run> openRunOf(const std::string &runOrProject)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(runOrProject, ignored)) {
        auto run = train::openRun(runOrProject);
        if (!run) return located(run.error(), runOrProject);
        return run;
    }
    if (auto project = openProject(runOrProject); !project) return project.error();
    auto runs = train::listRuns(project::runsFolder(runOrProject));
    if (runs.empty())
        return Error{
            runOrProject, {"cli.not_trained", {}}, {"cli.not_trained_hint", {runOrProject}}};
    const auto newest = std::ranges::find_if(runs.rbegin(), runs.rend(), train::hasWeights);
    if (newest == runs.rend()) return withoutWeights(runs.back(), runOrProject);
    return std::move(*newest);
}

Result<TrainedNetwork> openNetwork(const std::string &runOrProject, const std::string &device)
{
    const auto resolved = engine::resolveDevice(device);
    if (!resolved) return located(resolved.error(), "--device");
    engine::setThreadCount(engine::machineFacts().cores);
    auto run = openRunOf(runOrProject);
    if (!run) return run.error();
    if (!train::hasWeights(*run)) return withoutWeights(*run, runOrProject);
    auto model = train::loadModel(*run, *resolved);
    if (!model) return located(model.error(), runOrProject);
    return TrainedNetwork{*std::move(run), *std::move(model)};
}

Result<Trained> openTrained(const std::string &runOrProject, const std::string &device)
{
    auto network = openNetwork(runOrProject, device);
    if (!network) return network.error();
    auto dataset = train::loadData(network->run, {}, interruption());
    if (!dataset) return located(dataset.error(), runOrProject);
    return Trained{std::move(network->run), *std::move(dataset), std::move(network->model)};
}

Result<std::int64_t> classFrom(const graph::DataFacts &facts, const std::string &argument,
                               const std::string &text)
{
    const auto named = std::ranges::find(facts.classNames, text);
    if (named != facts.classNames.end())
        return static_cast<std::int64_t>(named - facts.classNames.begin());
    std::int64_t index = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (problem == std::errc() && end == text.data() + text.size() && index >= 0
        && index < facts.classes)
        return index;
    constexpr std::size_t kShown = 20;
    std::vector<std::string> shown(
        facts.classNames.begin(),
        facts.classNames.begin()
            + static_cast<std::ptrdiff_t>(std::min(facts.classNames.size(), kShown)));
    if (facts.classNames.size() > kShown) shown.emplace_back("...");
    return Error{argument + " " + text,
                 {"cli.no_such_class", {}},
                 {"cli.no_such_class_hint", {fmt::format("{}", fmt::join(shown, ", "))}}};
}

Result<data::Split> splitFrom(const std::string &text)
{
    for (const data::Split split :
         {data::Split::Train, data::Split::Validation, data::Split::Test}) {
        if (text == data::name(split)) return split;
    }
    return Error{"--split " + text, {"cli.no_such_split", {}}, {"cli.no_such_split_hint", {}}};
}

std::string className(const graph::DataFacts &facts, std::int64_t index)
{
    const auto place = static_cast<std::size_t>(index);
    return place < facts.classNames.size() ? facts.classNames[place] : std::to_string(index);
}

} // namespace ostrich::cli
