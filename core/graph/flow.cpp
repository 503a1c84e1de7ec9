// Indexing a network, and Kahn's topological order (1962) made stable by a heap.
#include "graph/flow.hpp"

#include <functional>
#include <queue>

namespace ostrich::graph {

namespace {

void sortTopologically(Flow &flow)
{
    const std::size_t count = flow.in.size();
    std::vector<std::size_t> waiting(count);
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t block = 0; block < count; ++block) {
        waiting[block] = flow.in[block].size();
        if (waiting[block] == 0) ready.push(block);
    }
    flow.order.reserve(count);
    while (!ready.empty()) {
        const std::size_t block = ready.top();
        ready.pop();
        flow.order.push_back(block);
        for (const Link &link : flow.out[block]) {
            if (--waiting[link.block] == 0) ready.push(link.block);
        }
    }
    flow.acyclic = flow.order.size() == count;
    for (std::size_t block = 0; block < count && flow.order.size() < count; ++block) {
        if (waiting[block] > 0) flow.order.push_back(block);
    }
}

} // namespace

std::vector<bool> Flow::reachable(std::size_t start,
                                  const std::vector<std::vector<Link>> &links) const
{
    std::vector<bool> seen(links.size(), false);
    std::vector<std::size_t> open{start};
    seen[start] = true;
    while (!open.empty()) {
        const std::size_t block = open.back();
        open.pop_back();
        for (const Link &link : links[block]) {
            if (!seen[link.block]) {
                seen[link.block] = true;
                open.push_back(link.block);
            }
        }
    }
    return seen;
}

Flow flowOf(const Network &network)
{
    Flow flow;
    const std::size_t count = network.blocks.size();
    flow.index.reserve(count);
    for (std::size_t i = 0; i < count; ++i) flow.index.emplace(network.blocks[i].id, i);
    flow.in.resize(count);
    flow.out.resize(count);
    for (const Wire &wire : network.wires) {
        const auto from = flow.index.find(wire.from.block);
        const auto to = flow.index.find(wire.to.block);
        if (from == flow.index.end() || to == flow.index.end()) continue;
        flow.out[from->second].push_back({to->second, &wire});
        flow.in[to->second].push_back({from->second, &wire});
    }
    sortTopologically(flow);
    return flow;
}

} // namespace ostrich::graph
