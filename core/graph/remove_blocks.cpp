// Deleting blocks, and joining their neighbours again where shapes allow.
#include "graph/analysis.hpp"
#include "graph/edit.hpp"
#include "graph/flow.hpp"
#include "graph/group.hpp"

#include <algorithm>
#include <set>

namespace ostrich::graph {

namespace {

/// Blocks whose shapes or parameters are wrong; open ends are no fault of a wire.
std::set<std::string> wrongBlocks(const Network &network, const KindSet &kinds,
                                  const DataFacts &facts)
{
    static const std::set<std::string> openEnds{"graph.input_open", "graph.output_open"};
    std::set<std::string> wrong;
    for (const Problem &problem : analyse(network, kinds, facts).problems) {
        if (!problem.block.empty() && !openEnds.contains(problem.message.id))
            wrong.insert(problem.block);
    }
    return wrong;
}

/// Removed blocks that hang together, as one number per block (0: not removed).
std::vector<std::size_t> piecesOf(const Flow &flow, const std::vector<bool> &removed)
{
    std::vector<std::size_t> piece(removed.size(), 0);
    std::size_t count = 0;
    for (std::size_t start = 0; start < removed.size(); ++start) {
        if (!removed[start] || piece[start] != 0) continue;
        piece[start] = ++count;
        std::vector<std::size_t> open{start};
        while (!open.empty()) {
            const std::size_t block = open.back();
            open.pop_back();
            for (const auto *links : {&flow.in[block], &flow.out[block]}) {
                for (const Link &link : *links) {
                    if (removed[link.block] && piece[link.block] == 0) {
                        piece[link.block] = piece[start];
                        open.push_back(link.block);
                    }
                }
            }
        }
    }
    return piece;
}

/// The wires that would close the gaps: from the one output that fed a removed piece to the inputs
/// it fed.
std::vector<Wire> joins(const Network &network, const Flow &flow, const std::vector<bool> &removed)
{
    const std::vector<std::size_t> piece = piecesOf(flow, removed);
    const std::size_t count = piece.empty() ? 0 : *std::max_element(piece.begin(), piece.end());
    std::vector<std::set<Endpoint>> sources(count + 1);
    for (const Wire &wire : network.wires) {
        const std::size_t from = flow.index.at(wire.from.block);
        const std::size_t to = flow.index.at(wire.to.block);
        if (!removed[from] && removed[to]) sources[piece[to]].insert(wire.from);
    }
    std::vector<Wire> found;
    for (const Wire &wire : network.wires) {
        const std::size_t from = flow.index.at(wire.from.block);
        const std::size_t to = flow.index.at(wire.to.block);
        if (removed[from] && !removed[to] && sources[piece[from]].size() == 1)
            found.push_back({*sources[piece[from]].begin(), wire.to});
    }
    return found;
}

Message nameFor(const Network &network, const std::vector<std::size_t> &indices,
                const KindSet &kinds)
{
    if (indices.size() != 1) return {"graph.edit_delete_many", {std::to_string(indices.size())}};
    const Block &block = network.blocks[indices.front()];
    const auto kind = kindOf(block, kinds);
    return {"graph.edit_delete", {kind ? kind->description().label.en : block.kind}};
}

} // namespace

Edit removeBlocks(const Network &network, const std::vector<std::string> &ids, const KindSet &kinds,
                  const DataFacts &facts)
{
    const Flow flow = flowOf(network);
    std::vector<bool> removed(network.blocks.size(), false);
    for (const std::string &id : ids) {
        if (const auto found = flow.index.find(id); found != flow.index.end())
            removed[found->second] = true;
    }
    std::vector<std::size_t> indices;
    for (std::size_t i = removed.size(); i-- > 0;) {
        if (removed[i]) indices.push_back(i);
    }
    if (indices.empty()) return {};

    Edit edit{nameFor(network, indices, kinds), {}};
    for (const Wire &wire : network.wires) {
        if (removed[flow.index.at(wire.from.block)] || removed[flow.index.at(wire.to.block)])
            edit.changes.emplace_back(RemoveWire{wire});
    }
    for (std::size_t i = 0; i < removed.size(); ++i) {
        const Block &user = network.blocks[i];
        const auto owner = flow.index.find(user.weightsOf);
        if (!removed[i] && owner != flow.index.end() && removed[owner->second])
            edit.changes.emplace_back(SetWeightsOf{user.id, user.weightsOf, {}});
    }
    // From the back, so that each index is right when its turn comes, undoing included.
    for (const std::size_t index : indices)
        edit.changes.emplace_back(RemoveBlock{network.blocks[index], index});

    Network rest = network;
    const std::vector<Wire> candidates = joins(network, flow, removed);
    if (candidates.empty() || !apply(edit, rest)) return edit;
    const std::set<std::string> wrongBefore = wrongBlocks(network, kinds, facts);
    for (const Wire &wire : candidates) {
        Network joined = rest;
        if (!apply(Edit{{}, {AddWire{wire}}}, joined)) continue;
        const std::set<std::string> wrong = wrongBlocks(joined, kinds, facts);
        if (std::includes(wrongBefore.begin(), wrongBefore.end(), wrong.begin(), wrong.end())) {
            edit.changes.emplace_back(AddWire{wire});
            rest = std::move(joined);
        }
    }
    return edit;
}

} // namespace ostrich::graph
