// Applying changes to a network, all or none, and turning them round.
#include "graph/edit.hpp"

#include "graph/flow.hpp"
#include "graph/group.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace ostrich::graph {

namespace {

std::string nameOf(const Endpoint &endpoint)
{
    return endpoint.block + "." + endpoint.port;
}

Error refused(std::string where, std::string id)
{
    return {std::move(where), {std::move(id), {}}, {}};
}

/// A copy of the network under change. Finds blocks and taken inputs without walking over all of
/// them each time.
class Workbench {
public:
    explicit Workbench(const Network &network) : m_network(network)
    {
        for (const Wire &wire : m_network.wires) m_taken.insert(wire.to);
        for (const Block &block : m_network.blocks) m_ids.insert(block.id);
    }

    Result<void> operator()(const AddBlock &change)
    {
        const auto &id = change.block.id;
        if (id.empty() || !m_ids.insert(id).second) return refused(id, "graph.edit_id_taken");
        auto &blocks = m_network.blocks;
        const std::size_t index = std::min(change.index, blocks.size());
        const bool atEnd = index == blocks.size();
        blocks.insert(blocks.begin() + static_cast<std::ptrdiff_t>(index), change.block);
        if (atEnd)
            m_index.emplace(id, index);
        else
            m_indexed = false;
        return {};
    }

    Result<void> operator()(const RemoveBlock &change)
    {
        const Block *block = find(change.block.id);
        if (block == nullptr) return refused(change.block.id, "graph.edit_no_block");
        if (*block != change.block) return refused(change.block.id, "graph.edit_stale");
        m_removed.insert(change.block.id);
        m_ids.erase(change.block.id);
        m_network.blocks.erase(m_network.blocks.begin() + (block - m_network.blocks.data()));
        m_indexed = false;
        return {};
    }

    Result<void> operator()(const MoveBlock &change)
    {
        Block *block = find(change.id);
        if (block == nullptr) return refused(change.id, "graph.edit_no_block");
        block->position = change.after;
        return {};
    }

    Result<void> operator()(const SetParameter &change)
    {
        Block *block = find(change.id);
        if (block == nullptr) return refused(change.id, "graph.edit_no_block");
        if (change.after)
            block->parameters.insert_or_assign(change.parameter, *change.after);
        else
            block->parameters.erase(change.parameter);
        return {};
    }

    Result<void> operator()(const AddWire &change)
    {
        const Wire &wire = change.wire;
        for (const Endpoint *end : {&wire.from, &wire.to}) {
            if (!m_ids.contains(end->block)) return refused(end->block, "graph.edit_no_block");
        }
        if (!m_taken.insert(wire.to).second)
            return refused(nameOf(wire.to), "graph.edit_input_taken");
        auto &wires = m_network.wires;
        wires.insert(std::lower_bound(wires.begin(), wires.end(), wire), wire);
        m_wiresAdded = true;
        return {};
    }

    Result<void> operator()(const RemoveWire &change)
    {
        auto &wires = m_network.wires;
        const auto found = std::find(wires.begin(), wires.end(), change.wire);
        if (found == wires.end()) return refused(nameOf(change.wire.to), "graph.edit_no_wire");
        wires.erase(found);
        m_taken.erase(change.wire.to);
        return {};
    }

    Result<void> operator()(const SetWeightsOf &change)
    {
        Block *block = find(change.id);
        if (block == nullptr) return refused(change.id, "graph.edit_no_block");
        block->weightsOf = change.after;
        return {};
    }

    Result<void> operator()(const SetInside &change)
    {
        Block *block = find(change.id);
        if (block == nullptr || !block->inside) return refused(change.id, "graph.edit_no_block");
        block->inside = change.after;
        return {};
    }

    /// The changed network, if it is sound as a whole.
    Result<Network> finish() &&
    {
        for (const Wire &wire : m_network.wires) {
            for (const Endpoint *end : {&wire.from, &wire.to}) {
                if (m_removed.contains(end->block) && !m_ids.contains(end->block))
                    return refused(end->block, "graph.edit_still_wired");
            }
        }
        if (m_wiresAdded && !flowOf(m_network).acyclic) return refused("", "graph.edit_cycle");
        if (depthOf(m_network) > kDeepest) return refused("", "graph.json_deep");
        return std::move(m_network);
    }

private:
    Block *find(const std::string &id)
    {
        if (!m_indexed) {
            m_index.clear();
            for (std::size_t i = 0; i < m_network.blocks.size(); ++i)
                m_index.emplace(m_network.blocks[i].id, i);
            m_indexed = true;
        }
        const auto found = m_index.find(id);
        return found == m_index.end() ? nullptr : &m_network.blocks[found->second];
    }

    Network m_network;
    std::unordered_set<std::string> m_ids;
    std::unordered_map<std::string, std::size_t> m_index;
    bool m_indexed = false;
    bool m_wiresAdded = false;
    std::set<Endpoint> m_taken;
    std::set<std::string> m_removed;
};

struct Inverse {
    Change operator()(const AddBlock &c) const { return RemoveBlock{c.block, c.index}; }
    Change operator()(const RemoveBlock &c) const { return AddBlock{c.block, c.index}; }
    Change operator()(const MoveBlock &c) const { return MoveBlock{c.id, c.after, c.before}; }
    Change operator()(const SetParameter &c) const
    {
        return SetParameter{c.id, c.parameter, c.after, c.before};
    }
    Change operator()(const AddWire &c) const { return RemoveWire{c.wire}; }
    Change operator()(const RemoveWire &c) const { return AddWire{c.wire}; }
    Change operator()(const SetWeightsOf &c) const { return SetWeightsOf{c.id, c.after, c.before}; }
    Change operator()(const SetInside &c) const { return SetInside{c.id, c.after, c.before}; }
};

} // namespace

Result<void> apply(const Edit &edit, Network &network)
{
    Workbench workbench(network);
    for (const Change &change : edit.changes) {
        const auto changed = std::visit(workbench, change);
        if (!changed) return changed.error();
    }
    auto result = std::move(workbench).finish();
    if (!result) return result.error();
    network = *std::move(result);
    return {};
}

Edit invert(const Edit &edit)
{
    Edit inverse{edit.name, {}};
    inverse.changes.reserve(edit.changes.size());
    for (auto change = edit.changes.rbegin(); change != edit.changes.rend(); ++change)
        inverse.changes.push_back(std::visit(Inverse{}, *change));
    return inverse;
}

} // namespace ostrich::graph
