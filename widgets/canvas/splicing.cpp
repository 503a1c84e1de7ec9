// Splices ask the rule that makes room for a repair's block: one way to give way, everywhere.
#include "canvas/splicing.hpp"

#include "canvas/canvas_geometry.hpp"
#include "graph/group.hpp"
#include "graph/layout.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

bool passesOn(const graph::Kind &kind, const graph::Parameters &given)
{
    const auto parameters = graph::withDefaults(given, kind.description().parameters);
    return !kind.inputs(parameters).empty() && !kind.outputs(parameters).empty();
}

graph::Edit insertion(const graph::Network &network, const graph::Wire &wire,
                      const std::string &kind, const graph::Parameters &parameters,
                      const graph::KindSet &kinds)
{
    return graph::repairEdit(network, wire.to.block,
                             graph::InsertBefore{wire.to.port, kind, parameters}, kinds);
}

/// A kind whose block takes the room that a group does: for a group there is none to insert.
std::string ofSameSize(const graph::Block &group, const graph::KindSet &kinds)
{
    for (const graph::Kind *kind : kinds.all()) {
        graph::Block other;
        other.kind = kind->description().name;
        if (passesOn(*kind, {}) && graph::blockSize(other, kinds) == graph::blockSize(group, kinds))
            return other.kind;
    }
    return {};
}

} // namespace

graph::Edit spliceNew(const graph::Network &network, const graph::Wire &wire,
                      const graph::Kind &kind, const graph::KindSet &kinds)
{
    if (!passesOn(kind, {})) return {};
    return insertion(network, wire, kind.description().name, {}, kinds);
}

graph::Edit spliceLoose(const graph::Network &network, const graph::Wire &wire,
                        const std::string &id, const graph::KindSet &kinds)
{
    const graph::Block *block = network.find(id);
    const auto kind = block ? graph::kindOf(*block, kinds) : nullptr;
    if (!kind || !passesOn(*kind, block->parameters)) return {};
    graph::Edit edit = graph::spliceExisting(network, wire, id, kinds);
    if (edit.empty()) return {};
    // Where a new one would stand, were this one not there to be in its own way.
    graph::Network rest = network;
    std::erase_if(rest.blocks, [&](const graph::Block &other) { return other.id == id; });
    const graph::Edit likewise = block->inside
                                     ? insertion(rest, wire, ofSameSize(*block, kinds), {}, kinds)
                                     : insertion(rest, wire, block->kind, block->parameters, kinds);
    for (const graph::Change &change : likewise.changes) {
        if (const auto *added = std::get_if<graph::AddBlock>(&change))
            edit.changes.emplace_back(graph::MoveBlock{id, block->position, added->block.position});
        else if (const auto *moved = std::get_if<graph::MoveBlock>(&change))
            edit.changes.emplace_back(*moved);
    }
    return edit;
}

graph::Position uncovered(const graph::Network &network, const graph::Network &fragment,
                          graph::Position offset)
{
    const auto covers = [&](const graph::Block &block) {
        const graph::Position at{block.position.x + offset.x, block.position.y + offset.y};
        return std::any_of(network.blocks.begin(), network.blocks.end(),
                           [&](const graph::Block &other) { return other.position == at; });
    };
    while (std::any_of(fragment.blocks.begin(), fragment.blocks.end(), covers)) {
        offset.x += kGrid;
        offset.y += kGrid;
    }
    return offset;
}

} // namespace ostrich::ui
