// A group back into its blocks, each repetition behind the one before.
#include "graph/edit.hpp"
#include "graph/group.hpp"
#include "graph/layout.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace ostrich::graph {

namespace {

constexpr double kGap = 24.0; // between repetitions

class Unfolding {
public:
    Unfolding(const Network &network, const Block &group, const KindSet &kinds)
        : m_network(network),
          m_group(group),
          m_inside(*group.inside),
          m_kinds(kinds),
          m_inputs(portsOf(m_inside, Role::GroupInput, kinds)),
          m_outputs(portsOf(m_inside, Role::GroupOutput, kinds)),
          m_repeat(static_cast<std::size_t>(repeatOf(group))),
          m_names(m_repeat)
    {
    }

    Edit edit()
    {
        Edit edit{{"graph.edit_unfold", {titleOf(m_group)}}, {}};
        const auto index = static_cast<std::size_t>(&m_group - m_network.blocks.data());
        const std::vector<Wire> wires = m_network.wiresOf(m_group.id);
        for (const Wire &wire : wires) edit.changes.emplace_back(RemoveWire{wire});
        edit.changes.emplace_back(RemoveBlock{m_group, index});
        addBlocks(index, edit);
        makeRoom(edit);
        addWires(wires, edit);
        nameOwners(edit);
        return edit;
    }

private:
    bool isPort(const std::string &id) const
    {
        return std::ranges::find(m_inputs, id) != m_inputs.end()
               || std::ranges::find(m_outputs, id) != m_outputs.end();
    }

    void addBlocks(std::size_t index, Edit &edit)
    {
        measure();
        Network grown = m_network; // so that each free id sees the ones given before
        std::erase_if(grown.blocks, [this](const Block &each) { return each.id == m_group.id; });
        for (std::size_t i = 0; i < m_repeat; ++i) {
            for (const Block &inner : m_inside.blocks) {
                if (isPort(inner.id)) continue;
                Block block = inner;
                if (grown.find(block.id) != nullptr) block.id = grown.freeId(stemOf(block.id));
                m_names[i][inner.id] = block.id;
                block.position = {m_group.position.x + inner.position.x - m_left
                                      + static_cast<double>(i) * (m_width + kGap),
                                  m_group.position.y + inner.position.y - m_top};
                grown.blocks.push_back(block);
                m_added.push_back({i, std::move(block)});
            }
        }
        for (auto &[repetition, block] : m_added) {
            const auto &names = m_names[repetition];
            renameOwners(block, [&](const std::string &owner) {
                return holds(m_inside, owner) ? renamedPath(owner, names) : outOfGroup(owner);
            });
            if (block.weightsOf == block.id) block.weightsOf.clear(); // all shared the first one's
            edit.changes.emplace_back(AddBlock{block, index++});
        }
    }

    /// "group.1.block.0.more" -> "block_2.0.more"; as it is where there is no such block.
    std::string outOfGroup(const std::string &owner) const
    {
        for (std::size_t i = 0; i < m_repeat; ++i) {
            const std::string head = m_group.id + '.' + std::to_string(i) + '.';
            if (!owner.starts_with(head)) continue;
            const std::string rest = owner.substr(head.size());
            const std::size_t dot = std::min(rest.find('.'), rest.size());
            const auto name = m_names[i].find(rest.substr(0, dot));
            if (name != m_names[i].end()) return name->second + rest.substr(dot);
        }
        return owner;
    }

    void measure()
    {
        bool first = true;
        double right = 0.0, bottom = 0.0;
        for (const Block &inner : m_inside.blocks) {
            if (isPort(inner.id)) continue;
            const Size size = blockSize(inner, m_kinds);
            const Position &at = inner.position;
            m_left = first ? at.x : std::min(m_left, at.x);
            m_top = first ? at.y : std::min(m_top, at.y);
            right = first ? at.x + size.width : std::max(right, at.x + size.width);
            bottom = first ? at.y + size.height : std::max(bottom, at.y + size.height);
            first = false;
        }
        m_width = right - m_left;
        m_height = bottom - m_top;
    }

    /// What stands to the right in its row goes right, what stands below goes down.
    void makeRoom(Edit &edit) const
    {
        const Size size = blockSize(m_group, m_kinds);
        const auto repeats = static_cast<double>(m_repeat);
        const double right = repeats * m_width + (repeats - 1.0) * kGap - size.width;
        const double down = m_height - size.height;
        for (const Block &block : m_network.blocks) {
            if (block.id == m_group.id) continue;
            const Position &at = block.position;
            const bool below = at.y >= m_group.position.y + size.height;
            const bool above = at.y + blockSize(block, m_kinds).height <= m_group.position.y;
            const bool beside = !below && !above && at.x >= m_group.position.x + size.width;
            Position to = at;
            if (beside) to.x += std::max(right, 0.0);
            if (below) to.y += std::max(down, 0.0);
            if (to != at) edit.changes.emplace_back(MoveBlock{block.id, at, to});
        }
    }

    /// What comes in at a port of the group in a repetition; nothing where no wire leads there.
    std::optional<Endpoint> feed(const std::string &port, std::size_t repetition) const
    {
        const auto place = std::ranges::find(m_inputs, port) - m_inputs.begin();
        if (repetition > 0 && place < std::ssize(m_outputs))
            return put(m_outputs[static_cast<std::size_t>(place)], repetition - 1);
        const Wire *wire = m_network.wireInto({m_group.id, port});
        return wire == nullptr ? std::nullopt : std::optional(wire->from);
    }

    /// What a port of the group puts out in a repetition.
    std::optional<Endpoint> put(const std::string &port, std::size_t repetition) const
    {
        const Wire *wire = m_inside.wireInto({port, "x"});
        return wire == nullptr ? std::nullopt : outside(wire->from, repetition);
    }

    std::optional<Endpoint> outside(const Endpoint &from, std::size_t repetition) const
    {
        if (std::ranges::find(m_inputs, from.block) != m_inputs.end())
            return feed(from.block, repetition);
        const auto name = m_names[repetition].find(from.block);
        if (name == m_names[repetition].end()) return {};
        return Endpoint{name->second, from.port};
    }

    void addWires(const std::vector<Wire> &outer, Edit &edit) const
    {
        for (std::size_t i = 0; i < m_repeat; ++i) {
            for (const Wire &wire : m_inside.wires) {
                const auto to = m_names[i].find(wire.to.block);
                const auto from = outside(wire.from, i);
                if (to != m_names[i].end() && from)
                    edit.changes.emplace_back(AddWire{{*from, {to->second, wire.to.port}}});
            }
        }
        for (const Wire &wire : outer) {
            if (wire.from.block != m_group.id) continue;
            if (const auto from = put(wire.from.port, m_repeat - 1))
                edit.changes.emplace_back(AddWire{{*from, wire.to}});
        }
    }

    /// Blocks outside, and within other groups, that use weights of a block within.
    void nameOwners(Edit &edit) const
    {
        for (const Block &block : m_network.blocks) {
            if (block.id == m_group.id) continue;
            Block user = block;
            renameOwners(user, [this](const std::string &owner) { return outOfGroup(owner); });
            if (user.weightsOf != block.weightsOf)
                edit.changes.emplace_back(SetWeightsOf{user.id, block.weightsOf, user.weightsOf});
            if (user.inside != block.inside)
                edit.changes.emplace_back(SetInside{user.id, block.inside, user.inside});
        }
    }

    const Network &m_network;
    const Block &m_group;
    const Network &m_inside;
    const KindSet &m_kinds;
    const std::vector<std::string> m_inputs, m_outputs;
    const std::size_t m_repeat;
    std::vector<std::map<std::string, std::string>> m_names; // by repetition: id within to new id
    struct Added {
        std::size_t repetition;
        Block block;
    };
    std::vector<Added> m_added;
    double m_left = 0.0, m_top = 0.0, m_width = 0.0, m_height = 0.0;
};

} // namespace

Edit unfold(const Network &network, const std::string &id, const KindSet &kinds)
{
    const Block *group = network.find(id);
    if (group == nullptr || !group->inside) return {};
    return Unfolding(network, *group, kinds).edit();
}

} // namespace ostrich::graph
