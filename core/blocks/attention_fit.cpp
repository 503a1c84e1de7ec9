// When attention fits, what it costs, and the parameters that its blocks share.
#include "blocks/attention_fit.hpp"

#include "blocks/misfits.hpp"
#include "blocks/nearest_divisor.hpp"
#include "blocks/specs.hpp"

namespace ostrich::blocks {

using graph::Axis;
using graph::Shape;

std::optional<graph::Misfit> sequenceMissing(const std::string &kind, const Shape &got,
                                             const std::string &port)
{
    if (got.isSequence()) return std::nullopt;
    graph::Misfit missing = expectsSequence(kind, got, port);
    if (!got.isMaps()) return missing;
    missing.reason = {"blocks.attention_maps", {kind}};
    missing.repair = graph::InsertBefore{port, "Permute", {{"order", std::string("HW,C")}}};
    return missing;
}

std::optional<graph::Misfit> featuresDiffer(const std::string &kind, const Shape &query,
                                            const Shape &got, const std::string &port)
{
    const std::int64_t wanted = *query.size(Axis::F), features = *got.size(Axis::F);
    if (features == wanted) return std::nullopt;
    return misfit({"blocks.attention_features",
                   {kind, port, std::to_string(features), std::to_string(wanted)}},
                  {"blocks.attention_features_reason", {kind}},
                  graph::toString(Shape::sequence(got.size(Axis::T), wanted)), port,
                  graph::InsertBefore{port, "Linear", {{"out_features", wanted}}});
}

std::optional<graph::Misfit> headsUneven(const std::string &kind, const Shape &query,
                                         const graph::Parameters &parameters)
{
    const std::int64_t heads = graph::integer(parameters, "num_heads");
    const std::int64_t features = *query.size(Axis::F);
    if (features % heads == 0) return std::nullopt;
    return misfit({"blocks.heads", {kind, std::to_string(heads), std::to_string(features)}},
                  {"blocks.heads_reason", {std::to_string(heads)}}, "", "",
                  graph::ChangeParameter{"num_heads", nearestDivisor(features, heads)});
}

graph::Cost attentionCost(const Shape &query, const Shape &key, bool bias)
{
    const std::int64_t features = *query.size(Axis::F);
    return {4 * features * features + (bias ? 4 * features : 0),
            static_cast<std::int64_t>(attentionWork(query, key))};
}

double attentionWork(const Shape &query, const Shape &key)
{
    const auto features = static_cast<double>(*query.size(Axis::F));
    const auto steps = static_cast<double>(query.size(Axis::T).value_or(1));
    const auto keys = static_cast<double>(key.size(Axis::T).value_or(1));
    // Query and output are projected at each step, key and value at each key; then Q Kᵀ, and the
    // shares times V.
    return 2.0 * features * features * (steps + keys) + 2.0 * steps * keys * features;
}

graph::ParameterSpec headsSpec()
{
    return integerSpec({"num_heads",
                        {"Heads", "Têtes"},
                        {"How many attentions look side by side, each with its share of the "
                         "features.",
                         "Combien d'attentions regardent côte à côte, chacune avec sa part des "
                         "valeurs."}},
                       4, 1, 1024);
}

graph::ParameterSpec causalSpec()
{
    return booleanSpec({"causal",
                        {"Causal", "Causale"},
                        {"Each step sees itself and earlier ones only: what a model that writes "
                         "on needs.",
                         "Chaque pas ne voit que lui-même et les précédents : il le faut à un "
                         "modèle qui écrit la suite."}},
                       false);
}

graph::ParameterSpec dropoutSpec(double share, Words what)
{
    return realSpec({"dropout", {"Dropout", "Dropout"}, std::move(what)}, share, 0.0, 1.0);
}

} // namespace ostrich::blocks
