// ostrich-cli new: a starter project from a template.
#include "cli/answer.hpp"
#include "project/project.hpp"
#include "project/templates.hpp"

#include <CLI/Option.hpp>

#include <filesystem>
#include <memory>

namespace ostrich::cli {

namespace {

struct Options {
    std::string name;
    std::string file;
    bool force = false;
};

int makeProject(const Options &options, const Context &context)
{
    const auto project = project::newProject(options.name);
    if (!project) return fail(context, project.error());
    std::error_code ignored;
    if (!options.force && std::filesystem::exists(options.file, ignored))
        return fail(context, {options.file, {"cli.file_exists", {}}, {"cli.file_exists_hint", {}}});
    if (const auto saved = project::saveProject(*project, options.file); !saved)
        return fail(context, saved.error());
    const std::size_t blocks = project->network.blocks.size();
    if (context.json)
        printLine({{"file", options.file},
                   {"template", options.name},
                   {"blocks", blocks},
                   {"data", project->data}});
    else
        print(text(context, "cli.made", {options.file, std::to_string(blocks), project->data}));
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
    return [options, &context] { return makeProject(*options, context); };
}

} // namespace ostrich::cli
