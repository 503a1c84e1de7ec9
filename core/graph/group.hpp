// Groups: a block that holds a network, seen as a kind from outside and as its blocks from inside.
#pragma once

#include "graph/kind.hpp"
#include "graph/network.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ostrich::graph {

/// What a group's block says in the file; no kind of the registry has this name.
inline constexpr std::string_view kGroupKind = "Group";
inline constexpr std::int64_t kMostRepeats = 64;
/// Groups within groups: a file with more would only exhaust the stack.
inline constexpr int kDeepest = 16;
/// How deep the groups of a network are nested; 0: it has none.
int depthOf(const Network &network);
/// Blocks of a network with all its groups unfolded; beyond, it is not looked into.
inline constexpr std::int64_t kMostBlocks = 20'000;

/// The kind of a block: one of `kinds`, or for a group one made of the network within. It has a
/// port for each block of role GroupInput or GroupOutput, named by its id, and the parameters
/// "title" and "repeat". Null: no such kind. Keeps what it needs of the block.
std::shared_ptr<const Kind> kindOf(const Block &block, const KindSet &kinds);

/// Blocks of role GroupInput (or GroupOutput) of a network, in its order.
std::vector<std::string> portsOf(const Network &inside, Role role, const KindSet &kinds);

/// Whether `wire` ends at a side of a port that belongs to the network around `inside`: what comes
/// into a GroupInput, what leaves a GroupOutput.
bool isOutward(const Network &inside, const Wire &wire, const KindSet &kinds);

/// "title" of a group, or its id where it has none; of another block its kind.
std::string titleOf(const Block &block);
/// How often the group's network is gone through, each time with weights of its own: the k-th
/// output feeds the k-th input of the next; further inputs are the same for all. At least 1.
std::int64_t repeatOf(const Block &group);

/// Whether the block "block" or "group.0.block" is there.
bool holds(const Network &network, const std::string &path);
/// Gives every owner of weights that `block`, and what is within it, names outside of itself the
/// name that `rename` makes of it.
void renameOwners(Block &block, const std::function<std::string(const std::string &)> &rename);
/// `path` with its first id replaced by what `names` has for it ("a.0.b" -> "c.0.b").
std::string renamedPath(const std::string &path, const std::map<std::string, std::string> &names);

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

/// Every block at the origin and no group with a name, within groups too: what is left when only
/// looks differ.
Network withoutLooks(Network network);
/// Whether two networks compute the same: wherever their blocks stand, in whatever order they were
/// added.
bool sameNetwork(const Network &a, const Network &b);

/// "layer_1.0." for the path {"layer_1"}: what ids of its first repetition begin with.
std::string prefixOf(const std::vector<std::string> &path);

} // namespace ostrich::graph
