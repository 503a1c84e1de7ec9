// Groups: a block that holds a network, seen as a kind from outside and as its blocks from inside.
#pragma once

#include "graph/kind.hpp"
#include "graph/network.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ostrich::graph {

/// What a group's block says in the file; no kind of the registry has this name.
inline constexpr std::string_view kGroupKind = "Group";
inline constexpr std::int64_t kMostRepeats = 64;
/// Blocks of a network with all its groups unfolded; beyond, it is not looked into.
inline constexpr std::int64_t kMostBlocks = 20'000;

/// The kind of a block: one of `kinds`, or for a group one made of the network within. It has a
/// port for each block of role GroupInput or GroupOutput, named by its id, and the parameters
/// "title" and "repeat". Null: no such kind. Keeps what it needs of the block.
std::shared_ptr<const Kind> kindOf(const Block &block, const KindSet &kinds);

/// Blocks of role GroupInput (or GroupOutput) of a network, in its order.
std::vector<std::string> portsOf(const Network &inside, Role role, const KindSet &kinds);

/// "title" of a group, or its id where it has none; of another block its kind.
std::string titleOf(const Block &block);
/// How often the group's network is gone through, each time with weights of its own: the k-th
/// output feeds the k-th input of the next; further inputs are the same for all. At least 1.
std::int64_t repeatOf(const Block &group);

/// Where a block of an unfolded network comes from.
struct Place {
    std::vector<std::string> within;  // ids of the groups around it, outermost first
    const Network *network = nullptr; // the innermost that holds it; lives while the original does
    std::string id;                   // in that network
};

/// A network without groups. Blocks of a group have ids "group.0.block" (the number counts the
/// repetitions), and their `weightsOf` is such an id too where the block is there.
struct Expansion {
    Network network;
    std::vector<Place> places; // beside network.blocks
    bool tooLarge = false;     // more than kMostBlocks: the network is empty then
};
Expansion expand(const Network &network, const KindSet &kinds);

/// The network within the groups `path`; null: no such group. Lives while `network` does.
const Network *networkWithin(const Network &network, const std::vector<std::string> &path);

/// Every block at the origin, within groups too: what is left when only looks differ.
Network withoutPositions(Network network);
/// Whether two networks compute the same: wherever their blocks stand, in whatever order they were
/// added.
bool sameNetwork(const Network &a, const Network &b);

/// "layer_1.0." for the path {"layer_1"}: what ids of its first repetition begin with.
std::string prefixOf(const std::vector<std::string> &path);

} // namespace ostrich::graph
