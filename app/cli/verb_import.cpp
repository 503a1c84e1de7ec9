// ostrich-cli import: a run from weights that another program trained.
#include "blocks/block_kind.hpp"
#include "cli/answer.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "cli/verb.hpp"
#include "data/source.hpp"
#include "data/tokenizer.hpp"
#include "engine/machine.hpp"
#include "export/pytorch_model.hpp"
#include "train/imported_run.hpp"

#include <CLI/Option.hpp>

#include <algorithm>
#include <memory>
#include <optional>

namespace ostrich::cli {

namespace {

struct Options {
    std::string project;
    std::string weights;
    std::string out;
    std::vector<float> mean;
    std::vector<float> deviation;
};

/// A number for each channel or feature, or one for all of them.
Result<std::vector<float>> spread(std::vector<float> values, std::int64_t wanted,
                                  const std::string &argument)
{
    const auto count = static_cast<std::size_t>(wanted);
    if (values.size() == 1) values.resize(count, values.front());
    if (values.size() == count) return values;
    return Error{argument,
                 {"cli.import_counts", {std::to_string(values.size()), std::to_string(wanted)}},
                 {}};
}

/// As the arguments say; nothing where they are silent.
Result<std::optional<data::Statistics>> statisticsFrom(const Options &options,
                                                       const graph::DataFacts &facts)
{
    if (options.mean.empty() && options.deviation.empty()) return std::optional<data::Statistics>();
    const bool isMaps = facts.input.isMaps();
    const auto axis = isMaps ? graph::Axis::C : graph::Axis::F;
    const std::int64_t wanted = facts.input.size(axis).value_or(1);
    auto mean = spread(options.mean.empty() ? std::vector{0.0f} : options.mean, wanted, "--mean");
    if (!mean) return mean.error();
    auto deviation = spread(options.deviation.empty() ? std::vector{1.0f} : options.deviation,
                            wanted, "--deviation");
    if (!deviation) return deviation.error();
    if (!std::ranges::all_of(*deviation, [](float each) { return each > 0.0f; }))
        return Error{"--deviation", {"cli.import_deviation", {}}, {}};
    data::Statistics statistics;
    statistics.mean = *std::move(mean);
    statistics.deviation = *std::move(deviation);
    return std::optional(std::move(statistics));
}

/// What belongs to the run beside its weights. Without a normalisation named, the data are loaded
/// to fit one.
Result<train::Manifest> manifestFor(const project::Project &project, const Options &options)
{
    const auto facts = data::factsOf(project.data);
    if (!facts) return facts.error();
    const auto named = statisticsFrom(options, *facts);
    if (!named) return named.error();
    train::Manifest manifest;
    manifest.project = project;
    manifest.facts = *facts;
    if (*named && !facts->input.isTokens()) {
        manifest.statistics = **named;
        return manifest;
    }
    const auto dataset = data::load(project.data, project.recipe.seed, {}, interruption());
    if (!dataset) return dataset.error();
    manifest.facts = (*dataset)->facts;
    manifest.statistics = (*dataset)->statistics;
    if ((*dataset)->tokenizer) manifest.tokenizer = *(*dataset)->tokenizer;
    if ((*dataset)->targetTokenizer) manifest.targetTokenizer = *(*dataset)->targetTokenizer;
    return manifest;
}

int importWeights(const Options &options, const Context &context)
{
    engine::setThreadCount(engine::machineFacts().cores);
    const auto project = openProject(options.project);
    if (!project) return fail(context, project.error());
    auto tensors = engine::loadWeights(options.weights);
    if (!tensors) return fail(context, tensors.error());
    auto manifest = manifestFor(*project, options);
    if (!manifest) return fail(context, manifest.error());
    train::ForeignWeights weights{options.weights, *std::move(tensors), {}};
    const auto analysis =
        graph::analyse(project->network, blocks::Registry::instance(), manifest->facts);
    if (analysis.ok()) // else the import tells the problem
        weights.blocks =
            exporting::pytorchModel(project->network, manifest->facts, options.project).names;
    const auto folder = options.out.empty()
                            ? train::newRunFolder(project::runsFolder(options.project))
                            : Result(std::filesystem::path(options.out));
    if (!folder) return fail(context, folder.error());
    const auto run = train::importRun(*std::move(manifest), weights, *folder);
    if (!run) {
        std::error_code isInUse; // then it stays
        if (options.out.empty() && std::filesystem::remove(*folder, isInUse))
            std::filesystem::remove(folder->parent_path(), isInUse);
        return fail(context, run.error());
    }
    const std::int64_t parameters = run->manifest.summary->parameters;
    if (context.json)
        printLine({{"run", run->folder.string()}, {"parameters", parameters}});
    else
        print(text(context, "cli.imported", {run->folder.string(), grouped(parameters)}));
    return kDone;
}

} // namespace

Work declareImport(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    const auto help = [&](const char *id) { return text(context, std::string("cli.help_") + id); };
    app.add_option("project", options->project, help("import_project"))->required();
    app.add_option("weights", options->weights, help("import_weights"))->required();
    app.add_option("--out", options->out, help("run_out"));
    app.add_option("--mean", options->mean, help("import_mean"))->delimiter(',');
    app.add_option("--deviation", options->deviation, help("import_deviation"))->delimiter(',');
    return [options, &context] { return importWeights(*options, context); };
}

} // namespace ostrich::cli
