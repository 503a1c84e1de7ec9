// The gestures of the canvas as edits: add, wire, splice, set, move, copy and paste.
#include "graph/edit.hpp"
#include "graph/flow.hpp"
#include "graph/group.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace ostrich::graph {

namespace {

std::string idStem(const Kind &kind)
{
    const Description &description = kind.description();
    if (!description.idStem.empty()) return description.idStem;
    std::string stem;
    for (const char c : description.name)
        stem += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return stem.empty() ? "block" : stem;
}

bool hasPort(const std::vector<std::string> &ports, const std::string &port)
{
    return std::find(ports.begin(), ports.end(), port) != ports.end();
}

Parameters completeParameters(const Block &block, const Kind &kind)
{
    return soundParameters(block.parameters, kind.description().parameters);
}

bool contains(const Network &network, const Wire &wire)
{
    return std::find(network.wires.begin(), network.wires.end(), wire) != network.wires.end();
}

/// `wire` cut, and both ends wired to `block`'s first input and output. Empty when it has none.
std::vector<Change> throughBlock(const Wire &wire, const Block &block, const Kind &kind)
{
    const Parameters parameters = completeParameters(block, kind);
    const auto inputs = kind.inputs(parameters);
    const auto outputs = kind.outputs(parameters);
    if (inputs.empty() || outputs.empty()) return {};
    return {RemoveWire{wire}, AddWire{{wire.from, {block.id, inputs.front()}}},
            AddWire{{{block.id, outputs.front()}, wire.to}}};
}

} // namespace

Edit addBlock(const Network &network, const Kind &kind, Position position)
{
    const Description &description = kind.description();
    Block block{network.freeId(idStem(kind)), description.name, {}, position};
    return {{"graph.edit_add", {description.label.en}}, {AddBlock{std::move(block)}}};
}

Edit removeWires(const Network &network, const std::vector<Wire> &wires)
{
    Edit edit{{"graph.edit_remove_wire", {}}, {}};
    std::set<Wire> unique;
    for (const Wire &wire : wires) {
        if (contains(network, wire) && unique.insert(wire).second)
            edit.changes.emplace_back(RemoveWire{wire});
    }
    if (edit.changes.size() > 1)
        edit.name = {"graph.edit_remove_wires", {std::to_string(edit.changes.size())}};
    return edit;
}

bool mayConnect(const Network &network, const Endpoint &from, const Endpoint &to,
                const KindSet &kinds)
{
    const Block *source = network.find(from.block);
    const Block *target = network.find(to.block);
    if (source == nullptr || target == nullptr) return false;
    const auto sourceKind = kindOf(*source, kinds);
    const auto targetKind = kindOf(*target, kinds);
    if (sourceKind == nullptr || targetKind == nullptr) return false;
    // These sides of a group's ports belong to the network around it.
    if (targetKind->description().role == Role::GroupInput
        || sourceKind->description().role == Role::GroupOutput)
        return false;
    return hasPort(sourceKind->outputs(completeParameters(*source, *sourceKind)), from.port)
           && hasPort(targetKind->inputs(completeParameters(*target, *targetKind)), to.port)
           && !network.reaches(to.block, from.block);
}

Edit connect(const Network &network, const Endpoint &from, const Endpoint &to, const KindSet &kinds)
{
    const Wire wire{from, to};
    if (!mayConnect(network, from, to, kinds) || contains(network, wire)) return {};
    Edit edit{{"graph.edit_connect", {}}, {}};
    if (const Wire *old = network.wireInto(to)) edit.changes.emplace_back(RemoveWire{*old});
    edit.changes.emplace_back(AddWire{wire});
    return edit;
}

Edit splice(const Network &network, const Wire &wire, const Kind &kind, Position position)
{
    if (!contains(network, wire)) return {};
    const Edit added = addBlock(network, kind, position);
    const Block &block = std::get<AddBlock>(added.changes.front()).block;
    const std::vector<Change> wiring = throughBlock(wire, block, kind);
    if (wiring.empty()) return {};
    Edit edit{{"graph.edit_insert", {kind.description().label.en}}, added.changes};
    edit.changes.insert(edit.changes.end(), wiring.begin(), wiring.end());
    return edit;
}

Edit spliceExisting(const Network &network, const Wire &wire, const std::string &id,
                    const KindSet &kinds)
{
    const Block *block = network.find(id);
    const auto kind = block == nullptr ? nullptr : kindOf(*block, kinds);
    if (kind == nullptr || !contains(network, wire) || !network.wiresOf(id).empty()) return {};
    std::vector<Change> wiring = throughBlock(wire, *block, *kind);
    if (wiring.empty()) return {};
    return {{"graph.edit_insert", {kind->description().label.en}}, std::move(wiring)};
}

Edit setParameter(const Network &network, const std::string &id, const std::string &parameter,
                  const ParameterValue &value)
{
    const Block *block = network.find(id);
    if (block == nullptr) return {};
    std::optional<ParameterValue> before;
    if (const auto found = block->parameters.find(parameter); found != block->parameters.end())
        before = found->second;
    if (before == value) return {};
    return {{"graph.edit_set", {parameter, toString(value)}},
            {SetParameter{id, parameter, std::move(before), value}}};
}

Edit setWeightsOf(const Network &network, const std::string &id, const std::string &owner)
{
    const Block *block = network.find(id);
    if (block == nullptr || block->weightsOf == owner) return {};
    if (owner.empty())
        return {{"graph.edit_own_weights", {id}}, {SetWeightsOf{id, block->weightsOf, owner}}};
    return {{"graph.edit_weights_of", {owner}}, {SetWeightsOf{id, block->weightsOf, owner}}};
}

Edit moveBlocks(const Network &network,
                const std::vector<std::pair<std::string, Position>> &targets)
{
    const Flow flow = flowOf(network);
    Edit edit;
    std::map<std::string, Position> last;
    for (const auto &[id, position] : targets) last[id] = position;
    for (const auto &[id, position] : last) {
        const auto found = flow.index.find(id);
        if (found == flow.index.end() || network.blocks[found->second].position == position)
            continue;
        edit.changes.emplace_back(MoveBlock{id, network.blocks[found->second].position, position});
    }
    if (edit.changes.size() == 1)
        edit.name = {"graph.edit_move", {std::get<MoveBlock>(edit.changes.front()).id}};
    else if (!edit.empty())
        edit.name = {"graph.edit_move_many", {std::to_string(edit.changes.size())}};
    return edit;
}

Edit paste(const Network &network, const Network &fragment, Position offset,
           std::vector<std::string> *newIds)
{
    if (newIds != nullptr) newIds->clear();
    Edit edit;
    Network grown = network; // so that each free id sees the ones given before
    std::map<std::string, std::string> renamed;
    for (const Block &original : fragment.blocks) {
        Block block = original;
        block.id = grown.freeId(stemOf(original.id));
        block.position = {original.position.x + offset.x, original.position.y + offset.y};
        renamed[original.id] = block.id;
        if (newIds != nullptr) newIds->push_back(block.id);
        grown.blocks.push_back(block);
        edit.changes.emplace_back(AddBlock{std::move(block)});
    }
    for (const Wire &wire : fragment.wires) {
        const auto from = renamed.find(wire.from.block);
        const auto to = renamed.find(wire.to.block);
        if (from != renamed.end() && to != renamed.end())
            edit.changes.emplace_back(
                AddWire{{{from->second, wire.from.port}, {to->second, wire.to.port}}});
    }
    // A copy uses the copy's weights where that was copied too.
    for (Change &change : edit.changes)
        if (auto *added = std::get_if<AddBlock>(&change))
            renameOwners(added->block,
                         [&](const std::string &owner) { return renamedPath(owner, renamed); });
    const std::size_t count = fragment.blocks.size();
    if (count == 1)
        edit.name = {"graph.edit_paste", {titleOf(fragment.blocks.front())}};
    else if (count > 1)
        edit.name = {"graph.edit_paste_many", {std::to_string(count)}};
    return edit;
}

Network fragment(const Network &network, const std::vector<std::string> &ids)
{
    const std::set<std::string> chosen(ids.begin(), ids.end());
    Network part;
    for (const Block &block : network.blocks) {
        if (chosen.contains(block.id)) part.blocks.push_back(block);
    }
    for (const Wire &wire : network.wires) {
        if (chosen.contains(wire.from.block) && chosen.contains(wire.to.block))
            part.wires.push_back(wire);
    }
    return part;
}

} // namespace ostrich::graph
