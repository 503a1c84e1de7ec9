// ostrich-cli kinds: the block kinds and their schemas.
#include "blocks/block_kind.hpp"
#include "cli/answer.hpp"
#include "cli/schema.hpp"
#include "cli/verb.hpp"

namespace ostrich::cli {

namespace {

nlohmann::json toJson(const graph::Kind &kind)
{
    const graph::Description &description = kind.description();
    const graph::Parameters defaults = graph::withDefaults({}, description.parameters);
    return {{"name", description.name},
            {"category", graph::name(description.category)},
            {"label", cli::toJson(description.label)},
            {"help", cli::toJson(description.help)},
            {"inputs", kind.inputs(defaults)},
            {"outputs", kind.outputs(defaults)},
            {"parameters", schema(description.parameters)}};
}

int kinds(const Context &context)
{
    const auto all = blocks::Registry::instance().all();
    if (context.json) {
        auto list = nlohmann::json::array();
        for (const graph::Kind *kind : all) list.push_back(toJson(*kind));
        printLine({{"kinds", list}});
        return kDone;
    }
    std::vector<std::vector<std::string>> rows{{text(context, "cli.kind"),
                                                text(context, "cli.category"),
                                                text(context, "cli.parameters")}};
    for (const graph::Kind *kind : all) {
        const graph::Description &description = kind->description();
        rows.push_back({description.name, graph::label(description.category).in(context.language),
                        shortSchema(description.parameters)});
    }
    print(table(rows));
    return kDone;
}

} // namespace

Work declareKinds(CLI::App &, const Context &context)
{
    return [&context] { return kinds(context); };
}

} // namespace ostrich::cli
