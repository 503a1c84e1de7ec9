// Which blocks may use each other's weights.
#include "graph/analysis.hpp"
#include "graph/saturating.hpp"

#include <algorithm>

namespace ostrich::graph {

namespace {

/// Time, height and width do not shape weights; the other axes do.
bool sameFeatures(const std::optional<Shape> &a, const std::optional<Shape> &b)
{
    return a && b && a->vocabulary == b->vocabulary && a->size(Axis::F) == b->size(Axis::F)
           && a->size(Axis::C) == b->size(Axis::C);
}

bool known(const std::vector<std::optional<Shape>> &shapes)
{
    return std::ranges::all_of(shapes, [](const auto &shape) { return shape.has_value(); });
}

std::vector<Shape> plain(const std::vector<std::optional<Shape>> &shapes)
{
    std::vector<Shape> all;
    for (const auto &shape : shapes) all.push_back(*shape);
    return all;
}

std::vector<std::int64_t> tableOf(const Kind &kind, const BlockFacts &facts)
{
    return kind.sharedWeight(plain(facts.inputs), plain(facts.outputs), facts.parameters);
}

/// Without what it may have from another block already.
std::int64_t parametersOf(const Kind &kind, const BlockFacts &facts)
{
    return kind.cost(plain(facts.inputs), plain(facts.outputs), facts.parameters).parameters;
}

} // namespace

std::optional<std::int64_t> sharedParameters(const Kind &owner, const BlockFacts &ownerFacts,
                                             const Kind &user, const BlockFacts &userFacts)
{
    const bool complete = known(ownerFacts.inputs) && known(ownerFacts.outputs)
                          && known(userFacts.inputs) && known(userFacts.outputs);
    if (!complete) return {};
    if (owner.description().name == user.description().name) {
        const std::int64_t count = parametersOf(user, userFacts);
        const bool fits = std::ranges::equal(ownerFacts.inputs, userFacts.inputs, sameFeatures)
                          && std::ranges::equal(ownerFacts.outputs, userFacts.outputs, sameFeatures)
                          && parametersOf(owner, ownerFacts) == count && count > 0;
        return fits ? std::optional(count) : std::nullopt;
    }
    const auto table = tableOf(owner, ownerFacts);
    if (table.empty() || table != tableOf(user, userFacts)) return {};
    std::int64_t count = 1;
    for (const std::int64_t size : table) count = times(count, size);
    return count;
}

} // namespace ostrich::graph
