// An analysis asked, and seen from inside a group.
#include "graph/analysis.hpp"
#include "graph/group.hpp"
#include "graph/saturating.hpp"

#include <algorithm>
#include <set>

namespace ostrich::graph {

namespace {

/// An id of the unfolded network as the groups `path` hold it.
struct Local {
    std::string id;
    bool first = true; // of the first repetitions
};

/// Nothing where the block is not within these groups.
std::optional<Local> localOf(const std::string &id, const std::vector<std::string> &path)
{
    Local local{id, true};
    for (const std::string &group : path) {
        const std::string head = group + '.';
        if (!local.id.starts_with(head)) return {};
        const std::size_t end = local.id.find('.', head.size());
        if (end == std::string::npos) return {};
        local.first = local.first && local.id.compare(head.size(), end - head.size(), "0") == 0;
        local.id.erase(0, end + 1);
    }
    return local;
}

/// "layer_1.0.linear_2" -> "layer_1".
std::string outermost(const std::string &id)
{
    return id.substr(0, id.find('.'));
}

} // namespace

const BlockFacts *Analysis::find(const std::string &id) const
{
    const auto found = blocks.find(id);
    return found == blocks.end() ? nullptr : &found->second;
}

std::optional<Shape> Analysis::shapeOf(const Endpoint &output, const Network &network,
                                       const KindSet &kinds) const
{
    const BlockFacts *facts = find(output.block);
    const Block *block = network.find(output.block);
    const auto kind = block == nullptr ? nullptr : kindOf(*block, kinds);
    if (facts == nullptr || kind == nullptr) return {};
    const auto ports = kind->outputs(facts->parameters);
    const auto port = std::find(ports.begin(), ports.end(), output.port);
    const auto place = static_cast<std::size_t>(port - ports.begin());
    return place < facts->outputs.size() && port != ports.end() ? facts->outputs[place]
                                                                : std::nullopt;
}

Analysis inView(const Analysis &analysis, const std::vector<std::string> &path)
{
    Analysis view;
    for (const auto &[id, facts] : analysis.blocks) {
        const auto local = localOf(id, path);
        if (!local || !local->first) continue;
        if (local->id.find('.') == std::string::npos) {
            view.parameters = plus(view.parameters, facts.cost.parameters);
            view.multiplyAdds = plus(view.multiplyAdds, facts.cost.multiplyAdds);
        }
        view.blocks.emplace(local->id, facts);
    }
    for (Problem problem : analysis.problems) {
        const auto local = problem.block.empty() ? std::nullopt : localOf(problem.block, path);
        if (!local && !(problem.block.empty() && path.empty())) continue;
        if (local) {
            problem.block = outermost(local->id);
            if (problem.block != local->id) problem.port.clear(); // of a block within
        }
        view.problems.push_back(std::move(problem));
    }
    std::set<std::string> seen;
    for (const std::string &id : analysis.order) {
        const auto local = localOf(id, path);
        if (local && seen.insert(outermost(local->id)).second)
            view.order.push_back(outermost(local->id));
    }
    for (const std::string &id : analysis.outputs)
        if (const auto local = localOf(id, path); local && local->first)
            view.outputs.push_back(local->id);
    view.activationsPerSample = analysis.activationsPerSample;
    return view;
}

} // namespace ostrich::graph
