// Blocks into a group, a group into its blocks, and edits within a group seen from outside.
#include "graph/edit.hpp"
#include "graph/flow.hpp"
#include "graph/group.hpp"
#include "graph/layout.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ostrich::graph {

namespace {

constexpr double kMargin = 24.0;   // of a group's network, and between repetitions
constexpr double kPortRoom = 72.0; // beside the ports: their wires' shape labels
constexpr double kPortPitch = 48.0;

const Kind *kindWithRole(Role role, const KindSet &kinds)
{
    const std::vector<const Kind *> all = kinds.all();
    const auto found = std::ranges::find_if(
        all, [role](const Kind *kind) { return kind->description().role == role; });
    return found == all.end() ? nullptr : *found;
}

struct Bounds {
    double left = 0.0, top = 0.0, right = 0.0, bottom = 0.0;
};

Bounds boundsOf(const std::vector<Block> &blocks, const KindSet &kinds)
{
    Bounds bounds;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const Size size = blockSize(blocks[i], kinds);
        const Position &at = blocks[i].position;
        const Bounds own{at.x, at.y, at.x + size.width, at.y + size.height};
        if (i == 0) bounds = own;
        bounds = {std::min(bounds.left, own.left), std::min(bounds.top, own.top),
                  std::max(bounds.right, own.right), std::max(bounds.bottom, own.bottom)};
    }
    return bounds;
}

/// Takes blocks off with all their wires, from the back, so that each index is right when its turn
/// comes.
void takeOff(const Network &network, const std::set<std::string> &ids, Edit &edit)
{
    for (const Wire &wire : network.wires) {
        if (ids.contains(wire.from.block) || ids.contains(wire.to.block))
            edit.changes.emplace_back(RemoveWire{wire});
    }
    for (std::size_t i = network.blocks.size(); i-- > 0;) {
        if (ids.contains(network.blocks[i].id))
            edit.changes.emplace_back(RemoveBlock{network.blocks[i], i});
    }
}

/// One fold.
class Folding {
public:
    Folding(const Network &network, const std::vector<std::string> &ids, const KindSet &kinds)
        : m_network(network),
          m_kinds(kinds),
          m_input(kindWithRole(Role::GroupInput, kinds)),
          m_output(kindWithRole(Role::GroupOutput, kinds))
    {
        for (const Block &block : network.blocks) {
            const auto kind = kindOf(block, kinds);
            const bool within = !kind || kind->description().role == Role::Hidden;
            if (within && std::ranges::find(ids, block.id) != ids.end()) {
                m_chosen.insert(block.id);
                m_inside.blocks.push_back(block);
            }
        }
    }

    bool possible() const
    {
        if (m_chosen.empty() || m_input == nullptr || m_output == nullptr) return false;
        const Flow flow = flowOf(m_network);
        std::vector<bool> above(m_network.blocks.size(), false), below = above;
        for (const std::string &id : m_chosen) {
            const auto from = flow.reachable(flow.index.at(id), flow.out);
            const auto into = flow.reachable(flow.index.at(id), flow.in);
            for (std::size_t i = 0; i < above.size(); ++i) {
                below[i] = below[i] || from[i];
                above[i] = above[i] || into[i];
            }
        }
        for (std::size_t i = 0; i < above.size(); ++i) {
            if (above[i] && below[i] && !m_chosen.contains(m_network.blocks[i].id)) return false;
        }
        return true;
    }

    Edit edit(const std::string &title, std::string *id)
    {
        m_bounds = boundsOf(m_inside.blocks, m_kinds);
        for (Block &block : m_inside.blocks) {
            block.position.x += kMargin + kPortRoom * 2.0 - m_bounds.left;
            block.position.y += kMargin - m_bounds.top;
        }
        m_group.id = m_network.freeId("group");
        m_group.kind = kGroupKind;
        m_group.parameters["title"] = title;
        wireUp();
        std::sort(m_inside.wires.begin(), m_inside.wires.end());
        m_group.inside = std::make_shared<const Network>(std::move(m_inside));
        const Size size = blockSize(m_group, m_kinds);
        m_group.position = {m_bounds.left, (m_bounds.top + m_bounds.bottom - size.height) / 2.0};
        if (id != nullptr) *id = m_group.id;

        Edit edit{{"graph.edit_fold", {title}}, {}};
        takeOff(m_network, m_chosen, edit);
        const auto first = std::ranges::find_if(
            m_network.blocks, [this](const Block &block) { return m_chosen.contains(block.id); });
        edit.changes.emplace_back(
            AddBlock{m_group, static_cast<std::size_t>(first - m_network.blocks.begin())});
        for (const Wire &wire : m_outer) edit.changes.emplace_back(AddWire{wire});
        nameOwners(edit);
        return edit;
    }

private:
    /// Blocks outside, and within other groups, that use weights of a block that is now within.
    void nameOwners(Edit &edit) const
    {
        std::map<std::string, std::string> names;
        for (const std::string &id : m_chosen) names[id] = m_group.id + ".0." + id;
        for (const Block &block : m_network.blocks) {
            if (m_chosen.contains(block.id)) continue;
            Block user = block;
            renameOwners(user, [&](const std::string &owner) { return renamedPath(owner, names); });
            if (user.weightsOf != block.weightsOf)
                edit.changes.emplace_back(SetWeightsOf{user.id, block.weightsOf, user.weightsOf});
            if (user.inside != block.inside)
                edit.changes.emplace_back(SetInside{user.id, block.inside, user.inside});
        }
    }

    void wireUp()
    {
        std::vector<Endpoint> sources, sinks; // what a port stands for: outside, and inside
        for (const Wire &wire : m_network.wires) {
            const bool from = m_chosen.contains(wire.from.block);
            const bool to = m_chosen.contains(wire.to.block);
            if (from && to) m_inside.wires.push_back(wire);
            if (!from && to && std::ranges::find(sources, wire.from) == sources.end())
                sources.push_back(wire.from);
            if (from && !to && std::ranges::find(sinks, wire.from) == sinks.end())
                sinks.push_back(wire.from);
        }
        sources.empty() ? addOpenInputs() : addInputs(sources);
        if (sinks.empty()) sinks = openOutputs();
        addOutputs(sinks);
    }

    void addInputs(const std::vector<Endpoint> &sources)
    {
        for (std::size_t i = 0; i < sources.size(); ++i) {
            const std::string port = addPort(*m_input, "x", i, sources.size());
            m_outer.push_back({sources[i], {m_group.id, port}});
            for (const Wire &wire : m_network.wires) {
                if (wire.from == sources[i] && m_chosen.contains(wire.to.block))
                    m_inside.wires.push_back({{port, "y"}, wire.to});
            }
        }
    }

    void addOpenInputs()
    {
        std::vector<Endpoint> open;
        for (const std::string &id : m_chosen)
            for (const std::string &port : portsOfBlock(id, true))
                if (m_network.wireInto({id, port}) == nullptr) open.push_back({id, port});
        for (std::size_t i = 0; i < open.size(); ++i)
            m_inside.wires.push_back({{addPort(*m_input, "x", i, open.size()), "y"}, open[i]});
    }

    std::vector<Endpoint> openOutputs() const
    {
        std::vector<Endpoint> open;
        for (const std::string &id : m_chosen) {
            for (const std::string &port : portsOfBlock(id, false)) {
                const Endpoint end{id, port};
                if (std::ranges::none_of(m_network.wires,
                                         [&](const Wire &wire) { return wire.from == end; }))
                    open.push_back(end);
            }
        }
        return open;
    }

    void addOutputs(const std::vector<Endpoint> &sinks)
    {
        for (std::size_t i = 0; i < sinks.size(); ++i) {
            const std::string port = addPort(*m_output, "y", i, sinks.size());
            m_inside.wires.push_back({sinks[i], {port, "x"}});
            for (const Wire &wire : m_network.wires) {
                if (wire.from == sinks[i] && !m_chosen.contains(wire.to.block))
                    m_outer.push_back({{m_group.id, port}, wire.to});
            }
        }
    }

    std::vector<std::string> portsOfBlock(const std::string &id, bool inputs) const
    {
        const Block &block = *m_network.find(id);
        const auto kind = kindOf(block, m_kinds);
        if (!kind) return {};
        const Parameters parameters =
            soundParameters(block.parameters, kind->description().parameters);
        return inputs ? kind->inputs(parameters) : kind->outputs(parameters);
    }

    /// The group's port: a block at the edge of its network, named "x", or "x_1", "x_2" ...
    std::string addPort(const Kind &kind, const std::string &stem, std::size_t index,
                        std::size_t count)
    {
        Block port;
        port.id = count == 1 && m_inside.find(stem) == nullptr ? stem : m_inside.freeId(stem);
        port.kind = kind.description().name;
        const double height = blockSize(port, m_kinds).height;
        const double middle = (m_bounds.bottom - m_bounds.top) / 2.0 + kMargin;
        const double place = static_cast<double>(index) - static_cast<double>(count - 1) / 2.0;
        const bool left = kind.description().role == Role::GroupInput;
        const double width = m_bounds.right - m_bounds.left;
        port.position = {left ? kMargin : kMargin + kPortRoom * 3.0 + width,
                         middle + place * kPortPitch - height / 2.0};
        m_inside.blocks.push_back(port);
        return port.id;
    }

    const Network &m_network;
    const KindSet &m_kinds;
    const Kind *m_input, *m_output;
    std::set<std::string> m_chosen;
    Bounds m_bounds;
    Network m_inside;
    Block m_group;
    std::vector<Wire> m_outer;
};

} // namespace

Edit fold(const Network &network, const std::vector<std::string> &ids, const std::string &title,
          const KindSet &kinds, std::string *id)
{
    Folding folding(network, ids, kinds);
    return folding.possible() ? folding.edit(title, id) : Edit();
}

Edit becomeGroup(const Network &network, const std::string &id, const std::string &title,
                 Network inside)
{
    const Block *block = network.find(id);
    if (block == nullptr) return {};
    Block group = *block;
    group.kind = kGroupKind;
    group.parameters = {{"title", title}};
    group.weightsOf.clear();
    group.inside = std::make_shared<const Network>(std::move(inside));
    Edit edit{{"graph.edit_open_up", {block->kind}}, {}};
    takeOff(network, {id}, edit);
    edit.changes.emplace_back(
        AddBlock{std::move(group), static_cast<std::size_t>(block - network.blocks.data())});
    for (const Wire &wire : network.wiresOf(id)) edit.changes.emplace_back(AddWire{wire});
    return edit;
}

Result<Edit> inGroup(const Network &network, const std::vector<std::string> &path, const Edit &edit)
{
    if (path.empty() || edit.empty()) return edit;
    const Block *group = network.find(path.front());
    if (group == nullptr || !group->inside)
        return Error{path.front(), {"graph.edit_no_block", {}}, {}};
    const auto deeper = inGroup(*group->inside, {path.begin() + 1, path.end()}, edit);
    if (!deeper) return deeper.error();
    Network inside = *group->inside;
    if (const auto done = apply(*deeper, inside); !done) return done.error();
    return Edit{
        edit.name,
        {SetInside{group->id, group->inside, std::make_shared<const Network>(std::move(inside))}}};
}

} // namespace ostrich::graph
