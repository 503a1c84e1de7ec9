// A network with its groups unfolded: what is analysed, compiled and exported.
#include "graph/group.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace ostrich::graph {

namespace {

/// Blocks of the unfolded network, and its groups, so that empty ones count too; kMostBlocks + 1
/// stands for all that is more.
std::int64_t unfoldedCount(const Network &network)
{
    std::int64_t count = 0;
    for (const Block &block : network.blocks) {
        count += block.inside ? repeatOf(block) * (1 + unfoldedCount(*block.inside)) : 1;
        if (count > kMostBlocks) return kMostBlocks + 1;
    }
    return count;
}

class Unfolder {
public:
    explicit Unfolder(const KindSet &kinds) : m_kinds(kinds) {}

    Expansion run(const Network &network) &&
    {
        if (unfoldedCount(network) > kMostBlocks) {
            m_expansion.tooLarge = true;
            return std::move(m_expansion);
        }
        add(network, {}, {});
        std::sort(m_expansion.network.wires.begin(), m_expansion.network.wires.end());
        findOwners();
        return std::move(m_expansion);
    }

private:
    using Groups = std::unordered_map<std::string_view, const Block *>;

    void add(const Network &network, const std::string &prefix,
             const std::vector<std::string> &within)
    {
        for (const Block &block : network.blocks) {
            if (!block.inside) {
                m_expansion.network.blocks.push_back(block);
                m_expansion.network.blocks.back().id = prefix + block.id;
                m_expansion.places.push_back({within, &network, block.id});
                continue;
            }
            std::vector<std::string> deeper = within;
            deeper.push_back(block.id);
            for (std::int64_t i = 0; i < repeatOf(block); ++i)
                add(*block.inside, repetition(prefix + block.id, i), deeper);
            chain(block, prefix);
        }
        Groups groups;
        for (const Block &block : network.blocks)
            if (block.inside) groups.emplace(block.id, &block);
        for (const Wire &wire : network.wires)
            if (within.empty() || !isOutward(network, wire, m_kinds)) addWire(groups, wire, prefix);
    }

    static std::string repetition(const std::string &group, std::int64_t index)
    {
        return group + '.' + std::to_string(index) + '.';
    }

    /// Each repetition's outputs into the inputs of the next.
    void chain(const Block &group, const std::string &prefix)
    {
        const auto inputs = portsOf(*group.inside, Role::GroupInput, m_kinds);
        const auto outputs = portsOf(*group.inside, Role::GroupOutput, m_kinds);
        for (std::int64_t i = 1; i < repeatOf(group); ++i) {
            for (std::size_t k = 0; k < std::min(inputs.size(), outputs.size()); ++k)
                m_expansion.network.wires.push_back(
                    {{repetition(prefix + group.id, i - 1) + outputs[k], "y"},
                     {repetition(prefix + group.id, i) + inputs[k], "x"}});
        }
    }

    /// Ends at a group become ends at the port within.
    void addWire(const Groups &groups, const Wire &wire, const std::string &prefix)
    {
        Endpoint from{prefix + wire.from.block, wire.from.port};
        if (const auto source = groups.find(wire.from.block); source != groups.end()) {
            if (!hasPort(*source->second, Role::GroupOutput, wire.from.port)) return;
            from = {repetition(from.block, repeatOf(*source->second) - 1) + wire.from.port, "y"};
        }
        const std::string to = prefix + wire.to.block;
        const auto target = groups.find(wire.to.block);
        if (target == groups.end()) {
            m_expansion.network.wires.push_back({from, {to, wire.to.port}});
            return;
        }
        const Block &group = *target->second;
        const auto inputs = portsOf(*group.inside, Role::GroupInput, m_kinds);
        const auto outputs = portsOf(*group.inside, Role::GroupOutput, m_kinds);
        const auto port = std::find(inputs.begin(), inputs.end(), wire.to.port);
        if (port == inputs.end()) return;
        const bool chained = port - inputs.begin() < std::ssize(outputs);
        for (std::int64_t i = 0; i < (chained ? 1 : repeatOf(group)); ++i)
            m_expansion.network.wires.push_back({from, {repetition(to, i) + wire.to.port, "x"}});
    }

    bool hasPort(const Block &group, Role role, const std::string &port) const
    {
        const auto ports = portsOf(*group.inside, role, m_kinds);
        return std::find(ports.begin(), ports.end(), port) != ports.end();
    }

    /// Names the owners of weights as the unfolded network does: the nearest with that name.
    void findOwners()
    {
        std::unordered_set<std::string> ids;
        for (const Block &block : m_expansion.network.blocks) ids.insert(block.id);
        for (std::size_t i = 0; i < m_expansion.network.blocks.size(); ++i) {
            Block &block = m_expansion.network.blocks[i];
            if (block.weightsOf.empty()) continue;
            std::string around = block.id;
            for (std::size_t level = 0; level <= m_expansion.places[i].within.size(); ++level) {
                around = enclosing(around);
                if (!ids.contains(around + block.weightsOf)) continue;
                block.weightsOf.insert(0, around);
                break;
            }
            // What all repetitions share is the first one's own.
            if (block.weightsOf == block.id && !m_expansion.places[i].within.empty())
                block.weightsOf.clear();
        }
    }

    /// "a.0.b.1.conv" -> "a.0.b.1.", "a.0.b.1." -> "a.0.", "conv" -> "".
    static std::string enclosing(const std::string &id)
    {
        if (!id.ends_with('.')) return id.substr(0, id.rfind('.') + 1);
        const std::size_t number = id.rfind('.', id.size() - 2); // in front of the repetition
        const std::size_t group = number == std::string::npos ? number : id.rfind('.', number - 1);
        return group == std::string::npos ? std::string() : id.substr(0, group + 1);
    }

    const KindSet &m_kinds;
    Expansion m_expansion;
};

} // namespace

Expansion expand(const Network &network, const KindSet &kinds)
{
    return Unfolder(kinds).run(network);
}

} // namespace ostrich::graph
