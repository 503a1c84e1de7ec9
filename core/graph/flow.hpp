// A network by numbers: who feeds whom, and in which order. What walks over the graph starts here.
#pragma once

#include "graph/network.hpp"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace ostrich::graph {

/// One end of a wire as seen from the block at its other end.
struct Link {
    std::size_t block = 0;      // index in Network::blocks
    const Wire *wire = nullptr; // of the network
};

/// Views into a network: valid while the network lives and is not changed.
struct Flow {
    std::unordered_map<std::string_view, std::size_t> index; // id -> place in Network::blocks
    std::vector<std::vector<Link>> in;                       // per block, in the order of the wires
    std::vector<std::vector<Link>> out;
    std::vector<std::size_t>
        order; // inputs first; among equals the older block first; cycles' blocks last
    bool acyclic = true;

    /// `start` and every block that it feeds (`out`) or that feeds it (`in`), as flags per block.
    std::vector<bool> reachable(std::size_t start,
                                const std::vector<std::vector<Link>> &links) const;
};

/// Wires to blocks that are not there are left out. O((blocks + wires) log blocks).
Flow flowOf(const Network &network);

} // namespace ostrich::graph
