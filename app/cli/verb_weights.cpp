// ostrich-cli weights: what a file of weights holds, whoever wrote it.
#include "cli/answer.hpp"
#include "cli/verb.hpp"
#include "engine/weight_file.hpp"

#include <CLI/Option.hpp>

#include <memory>

namespace ostrich::cli {

namespace {

struct Totals {
    std::int64_t values = 0, bytes = 0;
};
Totals totalsOf(const engine::WeightFileFacts &facts)
{
    Totals totals;
    for (const engine::WeightFacts &one : facts.weights) {
        totals.values += one.count;
        totals.bytes += one.bytes;
    }
    return totals;
}

/// "64 × 3 × 3"; "-": a single value.
std::string shapeText(const std::vector<std::int64_t> &sizes)
{
    std::string words;
    for (const std::int64_t size : sizes)
        words += (words.empty() ? "" : " × ") + std::to_string(size);
    return words.empty() ? "-" : words;
}

void printJson(const std::string &file, const engine::WeightFileFacts &facts)
{
    auto list = nlohmann::json::array();
    for (const engine::WeightFacts &one : facts.weights)
        list.push_back(
            {{"name", one.name}, {"shape", one.sizes}, {"dtype", one.type}, {"values", one.count}});
    const Totals totals = totalsOf(facts);
    printLine({{"file", file},
               {"format", facts.format},
               {"taken_from", facts.taken},
               {"count", facts.weights.size()},
               {"values", totals.values},
               {"bytes", totals.bytes},
               {"tensors", list}});
}

int weights(const std::string &file, const Context &context)
{
    const auto facts = engine::weightFileFacts(file);
    if (!facts) return fail(context, facts.error());
    if (context.json) {
        printJson(file, *facts);
        return kDone;
    }
    std::vector<std::vector<std::string>> rows{
        {text(context, "cli.weights_name"), text(context, "cli.weights_shape"),
         text(context, "cli.weights_type"), text(context, "cli.weights_values")}};
    for (const engine::WeightFacts &one : facts->weights)
        rows.push_back({one.name, shapeText(one.sizes), one.type, grouped(one.count)});
    print(table(rows));
    const Totals totals = totalsOf(*facts);
    print(text(context, "cli.weights_total",
               {std::to_string(facts->weights.size()), grouped(totals.values), bytes(totals.bytes),
                facts->format}));
    if (!facts->taken.empty()) print(text(context, "cli.weights_taken", {facts->taken}));
    return kDone;
}

} // namespace

Work declareWeights(CLI::App &app, const Context &context)
{
    const auto file = std::make_shared<std::string>();
    app.add_option("file", *file, text(context, "cli.weights_file"))->required();
    return [file, &context] { return weights(*file, context); };
}

} // namespace ostrich::cli
