// ostrich-cli new: a starter project from a template, with its run where it brings weights.
#include "cli/answer.hpp"
#include "cli/verb.hpp"
#include "project/project.hpp"
#include "project/templates.hpp"
#include "train/imported_run.hpp"

#include <CLI/Option.hpp>

#include <filesystem>
#include <memory>
#include <optional>

namespace ostrich::cli {

namespace {

struct Options {
    std::string name;
    std::string file;
    bool force = false;
    bool untrained = false;
};

/// What the template brings beside the project; nothing where it brings none or none is wanted.
/// Asked for before anything is written: without them there is no project to go on with.
Result<std::optional<train::ForeignWeights>> weightsFor(const Options &options)
{
    const project::Template *known = project::findTemplate(options.name);
    if (options.untrained || known == nullptr || !known->weights)
        return std::optional<train::ForeignWeights>();
    auto weights = train::publishedWeights(*known->weights);
    if (!weights && weights.error().what.id == "train.weights_not_here")
        return Error{weights.error().where, weights.error().what, {"cli.untrained_hint", {}}};
    if (!weights) return weights.error();
    return std::optional(*std::move(weights));
}

int makeProject(const Options &options, const Context &context)
{
    const auto project = project::newProject(options.name);
    if (!project) return fail(context, project.error());
    std::error_code ignored;
    if (!options.force && std::filesystem::exists(options.file, ignored))
        return fail(context, {options.file, {"cli.file_exists", {}}, {"cli.file_exists_hint", {}}});
    const auto weights = weightsFor(options);
    if (!weights) return fail(context, weights.error());
    if (const auto saved = project::saveProject(*project, options.file); !saved)
        return fail(context, saved.error());
    const std::size_t blocks = project->network.blocks.size();
    nlohmann::json answer{{"file", options.file},
                          {"template", options.name},
                          {"blocks", blocks},
                          {"data", project->data}};
    std::string words =
        text(context, "cli.made", {options.file, std::to_string(blocks), project->data});
    if (*weights) {
        const auto run =
            train::importPublished(*project, *project::findTemplate(options.name)->weights,
                                   **weights, project::runsFolder(options.file));
        if (!run) return fail(context, run.error());
        answer["run"] = run->folder.string();
        words += '\n' + text(context, "cli.made_trained", {run->folder.string()});
    }
    context.json ? printLine(answer) : print(words);
    return kDone;
}

} // namespace

Work declareNew(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    std::string names;
    for (const project::Template &known : project::templates())
        names += (names.empty() ? "" : ", ") + known.name;
    app.add_option("template", options->name, text(context, "cli.help_template", {names}))
        ->required();
    app.add_option("-o,--out", options->file, text(context, "cli.help_project_out"))->required();
    app.add_flag("--force", options->force, text(context, "cli.help_force"));
    app.add_flag("--untrained", options->untrained, text(context, "cli.help_untrained"));
    return [options, &context] { return makeProject(*options, context); };
}

} // namespace ostrich::cli
