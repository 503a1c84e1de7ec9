// ostrich-cli export: a network with its weights, written for another program.
#include "cli/answer.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "cli/verb.hpp"
#include "data/option.hpp"
#include "data/source.hpp"
#include "export/exporter.hpp"
#include "train/run_files.hpp"

#include <CLI/Option.hpp>

#include <algorithm>
#include <memory>

namespace ostrich::cli {

namespace {

namespace fs = std::filesystem;
using exporting::Subject;

struct Options {
    std::string from;
    std::string to;
    std::string folder;
    bool force = false;
    bool withData = false;
};

std::string exporterNames()
{
    std::vector<std::string> names;
    for (const auto &exporter : exporting::exporters())
        names.push_back(exporter->description().name);
    return data::joined(names);
}

/// "lenet" of lenet.ostrich and of a run in lenet.runs; else the folder's own name.
std::string nameOf(const fs::path &from)
{
    const fs::path whole = fs::absolute(from).lexically_normal();
    const fs::path path = whole.has_filename() ? whole : whole.parent_path();
    const bool inRuns = path.parent_path().extension() == ".runs";
    return (inRuns ? path.parent_path() : path).stem().string();
}

Result<Subject> trainedSubject(const train::Run &run, const Options &options)
{
    auto subject = exporting::subjectOf(run, nameOf(options.from));
    if (!subject || !options.withData) return subject;
    auto dataset = train::loadData(run, {}, interruption());
    if (!dataset) return dataset.error();
    subject->dataset = std::move(*dataset);
    return subject;
}

/// A project that was never trained.
Result<Subject> initialSubject(const project::Project &project, const Options &options)
{
    const auto dataset = data::load(project.data, project.recipe.seed, {}, interruption());
    if (!dataset) return dataset.error();
    auto subject = exporting::subjectOf(project, **dataset, nameOf(options.from));
    if (subject && options.withData) subject->dataset = *dataset;
    return subject;
}

Result<Subject> subjectFrom(const Options &options)
{
    std::error_code ignored;
    if (fs::is_regular_file(options.from, ignored)) {
        const auto project = openProject(options.from);
        if (!project) return project.error();
        const auto runs = train::listRuns(project::runsFolder(options.from));
        if (std::ranges::none_of(runs, train::hasWeights)) return initialSubject(*project, options);
    }
    const auto run = openRunOf(options.from);
    if (!run) return run.error();
    return trainedSubject(*run, options);
}

void tell(const Options &options, const Subject &subject, const std::vector<std::string> &files,
          const Context &context)
{
    if (context.json)
        return printLine({{"to", options.to},
                          {"folder", options.folder},
                          {"files", files},
                          {"parameters", subject.parameters},
                          {"trained", !subject.run.empty()},
                          {"run", subject.run}});
    const bool trained = !subject.run.empty();
    print(text(context, trained ? "cli.exported" : "cli.exported_initial",
               {options.folder, data::joined(files), grouped(subject.parameters), subject.run}));
}

int exportWith(const Options &options, const Context &context)
{
    const exporting::Exporter *exporter = exporting::findExporter(options.to);
    if (!exporter)
        return fail(context, {"--to " + options.to,
                              {"cli.no_such_export", {}},
                              {"cli.no_such_export_hint", {exporterNames()}}});
    const auto subject = subjectFrom(options);
    if (!subject) return fail(context, subject.error());
    if (const auto ready = exporting::prepareFolder(options.folder, options.force); !ready)
        return fail(context, ready.error());
    const auto files = exporter->write(*subject, options.folder);
    if (!files) return fail(context, files.error());
    tell(options, *subject, *files, context);
    return kDone;
}

} // namespace

Work declareExport(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    const auto help = [&](const char *id, std::vector<std::string> arguments = {}) {
        return text(context, std::string("cli.help_") + id, std::move(arguments));
    };
    app.add_option("run", options->from, help("export_from"))->required();
    app.add_option("--to", options->to, help("export_to", {exporterNames()}))->required();
    app.add_option("-o,--out", options->folder, help("export_out"))->required();
    app.add_flag("--with-data", options->withData, help("with_data"));
    app.add_flag("--force", options->force, help("force_folder"));
    return [options, &context] { return exportWith(*options, context); };
}

} // namespace ostrich::cli
