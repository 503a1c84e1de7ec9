// Questions to a network: who is there, what is wired to what.
#include "graph/network.hpp"

#include "graph/flow.hpp"

#include <algorithm>

namespace ostrich::graph {

bool Block::operator==(const Block &other) const
{
    const bool sameInside =
        inside == other.inside || (inside && other.inside && *inside == *other.inside);
    return id == other.id && kind == other.kind && parameters == other.parameters
           && position == other.position && weightsOf == other.weightsOf && sameInside;
}

const Block *Network::find(std::string_view id) const
{
    const auto found = std::find_if(blocks.begin(), blocks.end(),
                                    [id](const Block &block) { return block.id == id; });
    return found == blocks.end() ? nullptr : &*found;
}

Block *Network::find(std::string_view id)
{
    return const_cast<Block *>(std::as_const(*this).find(id));
}

const Wire *Network::wireInto(const Endpoint &input) const
{
    const auto found = std::find_if(wires.begin(), wires.end(),
                                    [&input](const Wire &wire) { return wire.to == input; });
    return found == wires.end() ? nullptr : &*found;
}

std::vector<Wire> Network::wiresOf(std::string_view blockId) const
{
    std::vector<Wire> found;
    std::copy_if(wires.begin(), wires.end(), std::back_inserter(found),
                 [blockId](const Wire &wire) {
                     return wire.from.block == blockId || wire.to.block == blockId;
                 });
    return found;
}

std::string Network::freeId(std::string_view stem) const
{
    const std::string prefix = std::string(stem) + "_";
    // Of n blocks at most n numbers are taken: one of 1 .. n + 1 is free.
    std::vector<bool> taken(blocks.size() + 2, false);
    for (const Block &block : blocks) {
        if (!block.id.starts_with(prefix)) continue;
        const std::string number = block.id.substr(prefix.size());
        const bool isNumber =
            !number.empty() && number.size() < 10 && number.front() != '0'
            && std::all_of(
                number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
        const std::size_t value = isNumber ? std::stoul(number) : 0;
        if (value < taken.size()) taken[value] = true;
    }
    const auto free = std::find(taken.begin() + 1, taken.end(), false);
    return prefix + std::to_string(free - taken.begin());
}

std::string stemOf(const std::string &id)
{
    const std::size_t last = id.find_last_not_of("0123456789");
    const bool numbered =
        last != std::string::npos && last > 0 && last + 1 < id.size() && id[last] == '_';
    return numbered ? id.substr(0, last) : id;
}

bool Network::reaches(std::string_view ancestor, std::string_view block) const
{
    if (ancestor == block) return true;
    const Flow flow = flowOf(*this);
    const auto from = flow.index.find(ancestor);
    const auto to = flow.index.find(block);
    if (from == flow.index.end() || to == flow.index.end()) return false;
    return flow.reachable(from->second, flow.out)[to->second];
}

} // namespace ostrich::graph
