// Groups from the inside out: the shapes at their ports, and the sums of their costs.
#include "graph/group_facts.hpp"

#include "graph/group.hpp"
#include "graph/problem_words.hpp"
#include "graph/saturating.hpp"

#include <algorithm>
#include <unordered_set>

namespace ostrich::graph {

namespace {

class GroupWalk {
public:
    GroupWalk(const KindSet &kinds, Analysis &analysis) : m_kinds(kinds), m_analysis(analysis) {}

    void visit(const Network &network, const std::string &prefix,
               const std::vector<std::string> &within)
    {
        for (const Block &block : network.blocks) {
            if (!block.inside) continue;
            const std::string id = prefix + block.id;
            std::vector<std::string> deeper = within;
            deeper.push_back(block.id);
            for (std::int64_t i = 0; i < repeatOf(block); ++i)
                visit(*block.inside, id + '.' + std::to_string(i) + '.', deeper);
            const auto kind = kindOf(block, m_kinds);
            addFacts(block, id, *kind);
            if (prefix != prefixOf(within)) continue; // told once for all repetitions
            tellProblems(network, block, id, *kind, within);
            tellOutwardWires(*block.inside, id, deeper);
        }
    }

    std::vector<GroupProblem> problems() && { return std::move(m_problems); }

private:
    void addFacts(const Block &block, const std::string &id, const Kind &kind)
    {
        BlockFacts facts;
        const auto &specs = kind.description().parameters;
        facts.parameters = withDefaults(soundParameters(block.parameters, specs), specs);
        const std::string first = id + ".0.";
        const std::string last = id + '.' + std::to_string(repeatOf(block) - 1) + '.';
        for (const std::string &port : kind.inputs({}))
            facts.inputs.push_back(shapeAt(first + port));
        for (const std::string &port : kind.outputs({}))
            facts.outputs.push_back(shapeAt(last + port));
        const std::string head = id + '.';
        for (auto inner = m_analysis.blocks.lower_bound(head);
             inner != m_analysis.blocks.end() && inner->first.starts_with(head); ++inner) {
            if (isGroup(inner->first)) continue; // its blocks are counted themselves
            facts.cost.parameters = plus(facts.cost.parameters, inner->second.cost.parameters);
            facts.cost.multiplyAdds =
                plus(facts.cost.multiplyAdds, inner->second.cost.multiplyAdds);
        }
        m_groups.insert(id);
        m_analysis.blocks.insert_or_assign(id, std::move(facts));
    }

    /// Ports pass on what comes in.
    std::optional<Shape> shapeAt(const std::string &port) const
    {
        const BlockFacts *facts = m_analysis.find(port);
        return facts && !facts->outputs.empty() ? facts->outputs.front() : std::nullopt;
    }

    bool isGroup(const std::string &id) const { return m_groups.contains(id); }

    void tellProblems(const Network &network, const Block &block, const std::string &id,
                      const Kind &kind, const std::vector<std::string> &within)
    {
        const auto &specs = kind.description().parameters;
        if (const auto objection = checkParameters(block.parameters, specs))
            tell(badParameter(block, *objection, specs), id, within);
        for (const Wire &wire : network.wiresOf(block.id)) {
            for (const Endpoint *end : {&wire.from, &wire.to}) {
                if (end->block != block.id) continue;
                const auto ports = end == &wire.to ? kind.inputs({}) : kind.outputs({});
                if (std::ranges::find(ports, end->port) == ports.end())
                    tell(wireWithoutPort(kind, wire, *end), id, within);
            }
        }
    }

    /// Of the network within a group: wires to those sides of its ports that are not its own.
    void tellOutwardWires(const Network &inside, const std::string &id,
                          const std::vector<std::string> &deeper)
    {
        for (const Wire &wire : inside.wires) {
            if (!isOutward(inside, wire, m_kinds)) continue;
            const Block &target = *inside.find(wire.to.block);
            const auto kind = kindOf(target, m_kinds);
            const bool enters = kind && kind->description().role == Role::GroupInput;
            const Endpoint &end = enters ? wire.to : wire.from;
            if (const auto port = kindOf(*inside.find(end.block), m_kinds))
                tell(wireWithoutPort(*port, wire, end), id + ".0." + end.block, deeper);
        }
    }

    void tell(Problem problem, const std::string &id, const std::vector<std::string> &within)
    {
        problem.block = id;
        m_problems.push_back({within, std::move(problem)});
    }

    const KindSet &m_kinds;
    Analysis &m_analysis;
    std::unordered_set<std::string> m_groups;
    std::vector<GroupProblem> m_problems;
};

} // namespace

std::vector<GroupProblem> addGroupFacts(const Network &network, const KindSet &kinds,
                                        Analysis &analysis)
{
    GroupWalk walk(kinds, analysis);
    walk.visit(network, {}, {});
    return std::move(walk).problems();
}

} // namespace ostrich::graph
