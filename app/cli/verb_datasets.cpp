// ostrich-cli datasets: the data sources and their options.
#include "cli/answer.hpp"
#include "cli/schema.hpp"
#include "cli/verb.hpp"
#include "data/source.hpp"

namespace ostrich::cli {

namespace {

nlohmann::json toJson(const data::SourceDescription &source)
{
    nlohmann::json json{{"name", source.name},
                        {"label", cli::toJson(source.label)},
                        {"help", cli::toJson(source.help)},
                        {"needs_path", source.needsPath},
                        {"takes_path", source.takesPath()},
                        {"parameters", schema(source.parameters)}};
    if (source.takesPath()) json["path_help"] = cli::toJson(source.pathHelp);
    return json;
}

int datasets(const Context &context)
{
    if (context.json) {
        auto list = nlohmann::json::array();
        for (const auto &source : data::sources()) list.push_back(toJson(source->description()));
        printLine({{"datasets", list}});
        return kDone;
    }
    std::vector<std::vector<std::string>> rows{{text(context, "cli.source"),
                                                text(context, "cli.what_it_is"),
                                                text(context, "cli.options")}};
    for (const auto &source : data::sources()) {
        const data::SourceDescription &description = source->description();
        const char *path = description.needsPath        ? ":PATH"
                           : description.pathIsOptional ? "[:PATH]"
                                                        : "";
        rows.push_back({description.name + path, description.label.in(context.language),
                        shortSchema(description.parameters)});
    }
    print(table(rows));
    return kDone;
}

} // namespace

Work declareDatasets(CLI::App &, const Context &context)
{
    return [&context] { return datasets(context); };
}

} // namespace ostrich::cli
