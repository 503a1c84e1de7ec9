// ostrich-cli check: shapes, parameters, multiply-adds, memory, problems.
#include "blocks/block_kind.hpp"
#include "cli/answer.hpp"
#include "cli/opening.hpp"
#include "cli/verb.hpp"
#include "data/source.hpp"
#include "graph/analysis.hpp"
#include "graph/group.hpp"

#include <CLI/Option.hpp>

#include <memory>

namespace ostrich::cli {

namespace {

struct Options {
    std::string file;
    std::string data;
    std::vector<std::string> settings;
};

std::string outputShape(const graph::BlockFacts *facts)
{
    if (!facts || facts->outputs.empty() || !facts->outputs.front()) return "";
    return graph::toString(*facts->outputs.front());
}

/// All blocks, those of groups too.
graph::Network unfolded(const project::Project &project)
{
    return graph::expand(project.network, blocks::Registry::instance()).network;
}

void printJson(const project::Project &project, const graph::Analysis &analysis,
               const Context &context)
{
    const graph::Network network = unfolded(project);
    auto blocks = nlohmann::json::array();
    for (const std::string &id : analysis.order) {
        const graph::Block *block = network.find(id);
        const graph::BlockFacts *facts = analysis.find(id);
        if (!block) continue;
        blocks.push_back({{"id", id},
                          {"kind", block->kind},
                          {"output", outputShape(facts)},
                          {"parameters", facts ? facts->cost.parameters : 0},
                          {"multiply_adds", facts ? facts->cost.multiplyAdds : 0}});
    }
    auto problems = nlohmann::json::array();
    for (const graph::Problem &problem : analysis.problems)
        problems.push_back({{"block", problem.block},
                            {"message", sentence(problem.message, context.language)},
                            {"hint", sentence(problem.hint, context.language)}});
    printLine({{"ok", analysis.ok()},
               {"data", project.data},
               {"parameters", analysis.parameters},
               {"multiply_adds", analysis.multiplyAdds},
               {"flops", 2 * analysis.multiplyAdds},
               {"memory_bytes", graph::trainingBytes(analysis, project.recipe.batch_size)},
               {"blocks", blocks},
               {"problems", problems}});
}

void printTable(const project::Project &project, const graph::Analysis &analysis,
                const Context &context)
{
    std::vector<std::vector<std::string>> rows{
        {text(context, "cli.block"), text(context, "cli.kind"), text(context, "cli.output"),
         text(context, "cli.parameters"), text(context, "cli.multiply_adds")}};
    const graph::Network network = unfolded(project);
    for (const std::string &id : analysis.order) {
        const graph::Block *block = network.find(id);
        const graph::BlockFacts *facts = analysis.find(id);
        if (!block) continue;
        const graph::Cost cost = facts ? facts->cost : graph::Cost{};
        rows.push_back({id, block->kind, outputShape(facts), grouped(cost.parameters),
                        grouped(cost.multiplyAdds)});
    }
    print(table(rows));
    print(text(context, "cli.check_totals",
               {grouped(analysis.parameters), grouped(analysis.multiplyAdds),
                bytes(graph::trainingBytes(analysis, project.recipe.batch_size)),
                std::to_string(project.recipe.batch_size)}));
    for (const graph::Problem &problem : analysis.problems) {
        std::string line = problem.block.empty() ? "" : problem.block + ": ";
        line += sentence(problem.message, context.language);
        if (!problem.hint.empty()) line += " " + sentence(problem.hint, context.language);
        print(line);
    }
    if (analysis.ok()) print(text(context, "cli.check_ok"));
}

int check(const Options &options, const Context &context)
{
    auto project = openProject(options.file);
    if (!project) return fail(context, project.error());
    if (!options.data.empty()) setData(*project, options.data);
    if (const auto set = applySettings(*project, options.settings); !set)
        return fail(context, set.error());
    const auto facts = data::factsOf(project->data);
    if (!facts) return fail(context, facts.error());
    const auto analysis = graph::analyse(project->network, blocks::Registry::instance(), *facts);
    if (context.json)
        printJson(*project, analysis, context);
    else
        printTable(*project, analysis, context);
    return analysis.ok() ? kDone : kAnswerIsNo;
}

} // namespace

Work declareCheck(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    app.add_option("project", options->file, text(context, "cli.help_project"))->required();
    app.add_option("--data", options->data, text(context, "cli.help_data"));
    app.add_option("--set", options->settings, text(context, "cli.help_set"))
        ->allow_extra_args(false);
    return [options, &context] { return check(*options, context); };
}

} // namespace ostrich::cli
