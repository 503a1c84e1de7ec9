// Networks written as chains of blocks, and cases made of them.
#pragma once

#include "network_reference.hpp"

#include "graph/group.hpp"

namespace small_networks {

using ostrich::graph::Network;
using ostrich::graph::Parameters;
using ostrich::graph::Shape;
using ostrich::graph::Task;

/// Blocks one behind the other, each wired to the first port of the one before.
class Chain {
public:
    Chain &add(const std::string &id, const std::string &kind, Parameters parameters = {},
               const std::string &from = "y", const std::string &into = "x")
    {
        wire(m_last, id, from, into);
        m_network.blocks.push_back({id, kind, std::move(parameters), {}});
        m_last = id;
        return *this;
    }
    Chain &group(const std::string &id, const std::string &title, std::int64_t repeat,
                 const Network &inside)
    {
        add(id, std::string(ostrich::graph::kGroupKind), {{"title", title}, {"repeat", repeat}});
        m_network.blocks.back().inside = std::make_shared<const Network>(inside);
        return *this;
    }
    /// Of the last block.
    Chain &weightsOf(const std::string &owner)
    {
        m_network.blocks.back().weightsOf = owner;
        return *this;
    }
    /// Goes on from another block; an empty id: from none.
    Chain &backTo(const std::string &id)
    {
        m_last = id;
        return *this;
    }
    /// One more wire.
    Chain &wire(const std::string &block, const std::string &to, const std::string &from,
                const std::string &into)
    {
        if (!block.empty()) m_network.wires.push_back({{block, from}, {to, into}});
        return *this;
    }
    Network network()
    {
        std::ranges::sort(m_network.wires);
        return m_network;
    }

private:
    Network m_network;
    std::string m_last;
};

inline NetworkCase made(const std::string &title, Network network, ostrich::graph::DataFacts facts)
{
    ostrich::project::Project project;
    project.network = std::move(network);
    project.data = "random";
    facts.longest = 9;
    return {title, std::move(project), std::move(facts)};
}

} // namespace small_networks
