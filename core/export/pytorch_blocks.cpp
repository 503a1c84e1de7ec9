// From the analysis to the blocks that are written, and their texts.
#include "export/pytorch_blocks.hpp"

#include "graph/group.hpp"

#include <algorithm>

namespace ostrich::exporting {

namespace {

using graph::Shape;

std::vector<Shape> plain(const std::vector<std::optional<Shape>> &shapes)
{
    std::vector<Shape> all;
    for (const auto &shape : shapes) all.push_back(shape.value());
    return all;
}

/// Ids of the blocks that feed an Output.
std::set<std::string> wantedBlocks(const graph::Network &unfolded, const graph::Analysis &analysis)
{
    std::multimap<std::string_view, std::string_view> sources; // of each block
    for (const graph::Wire &wire : unfolded.wires) sources.emplace(wire.to.block, wire.from.block);
    std::set<std::string> wanted(analysis.outputs.begin(), analysis.outputs.end());
    for (auto id = analysis.order.rbegin(); id != analysis.order.rend(); ++id) {
        if (!wanted.contains(*id)) continue;
        const auto [first, last] = sources.equal_range(*id);
        for (auto source = first; source != last; ++source) wanted.emplace(source->second);
    }
    return wanted;
}

/// "a.0.b.1.conv": "a" and "a.0", "a.0.b" and "a.0.b.1".
void addGroupsAround(const std::string &id, std::set<std::string> &groups)
{
    for (std::size_t dot = id.find('.'); dot != std::string::npos; dot = id.find('.', dot + 1))
        groups.insert(id.substr(0, dot));
}

/// Whether of each group that is needed all repetitions are.
bool needsAllRepetitions(const graph::Network &network, const std::string &prefix,
                         const std::set<std::string> &groups)
{
    return std::ranges::all_of(network.blocks, [&](const graph::Block &block) {
        const std::string group = prefix + block.id;
        if (!block.inside || !groups.contains(group)) return true;
        for (std::int64_t i = 0; i < graph::repeatOf(block); ++i) {
            const std::string one = group + '.' + std::to_string(i);
            if (!groups.contains(one) || !needsAllRepetitions(*block.inside, one + '.', groups))
                return false;
        }
        return true;
    });
}

} // namespace

PytorchBlocks pytorchBlocks(const graph::Network &network, const graph::DataFacts &facts)
{
    const blocks::Registry &registry = blocks::Registry::instance();
    const graph::Expansion expansion = graph::expand(network, registry);
    const graph::Analysis analysis = graph::analyse(network, registry, facts);
    const std::set<std::string> wanted = wantedBlocks(expansion.network, analysis);
    std::map<std::string_view, const graph::Block *> byId;
    for (const graph::Block &block : expansion.network.blocks) byId[block.id] = &block;

    bool groupsStandAlone = true;
    PytorchBlocks all{.network = network, .order = {}, .blocks = {}, .groups = {}, .support = {}};
    for (const std::string &id : analysis.order) {
        if (!wanted.contains(id)) continue;
        const graph::BlockFacts &known = *analysis.find(id);
        PytorchBlock block{.kind = registry.find(byId.at(id)->kind),
                           .parameters = known.parameters,
                           .inputs = plain(known.inputs),
                           .outputs = plain(known.outputs),
                           .text = {}};
        block.text = block.kind->pytorch({block.parameters, block.inputs, block.outputs, facts});
        if (!block.text.support.empty()
            && std::ranges::find(all.support, block.text.support) == all.support.end())
            all.support.push_back(block.text.support);
        addGroupsAround(id, all.groups);
        const graph::Role role = block.role();
        if (role == graph::Role::Input || role == graph::Role::Output)
            groupsStandAlone = groupsStandAlone && id.find('.') == std::string::npos;
        all.order.push_back(id);
        all.blocks.emplace(id, std::move(block));
    }
    if (!groupsStandAlone || !needsAllRepetitions(network, {}, all.groups))
        all.network = expansion.network;
    return all;
}

} // namespace ostrich::exporting
