// Changes to a network as values: apply, invert. The window's undo commands and the repairs are
// made of these.
#pragma once

#include "graph/kind.hpp"
#include "graph/network.hpp"

#include <variant>

namespace ostrich::graph {

struct AddBlock {
    Block block;
    std::size_t index = SIZE_MAX; /* place in Network::blocks; SIZE_MAX: at the end */
    bool operator==(const AddBlock &) const = default;
};
struct RemoveBlock {
    Block block;
    std::size_t index = SIZE_MAX;
    bool operator==(const RemoveBlock &) const = default;
};
struct MoveBlock {
    std::string id;
    Position before, after;
    bool operator==(const MoveBlock &) const = default;
};
struct SetParameter { // an empty optional: the entry is missing
    std::string id, parameter;
    std::optional<ParameterValue> before, after;
    bool operator==(const SetParameter &) const = default;
};
struct AddWire {
    Wire wire;
    bool operator==(const AddWire &) const = default;
};
struct RemoveWire {
    Wire wire;
    bool operator==(const RemoveWire &) const = default;
};

struct SetWeightsOf {
    std::string id;
    std::string before, after; // empty: weights of its own
    bool operator==(const SetWeightsOf &) const = default;
};
/// Another network within the group: how edits inside a group look from outside (see inGroup()).
struct SetInside {
    std::string id;
    std::shared_ptr<const Network> before, after;
    bool operator==(const SetInside &) const = default;
};

using Change = std::variant<AddBlock, RemoveBlock, MoveBlock, SetParameter, AddWire, RemoveWire,
                            SetWeightsOf, SetInside>;

/// One gesture: its changes in order, and its name for the undo menu ("Insert Flatten").
struct Edit {
    Message name;
    std::vector<Change> changes;

    bool operator==(const Edit &) const = default;
    bool empty() const { return changes.empty(); }
};

/// All of it or nothing: on error (a block not there, an id or an input taken, a cycle) the network
/// is untouched.
Result<void> apply(const Edit &edit, Network &network);
/// The edit that takes `edit` back.
Edit invert(const Edit &edit);

// Gestures. Each returns the edit that does it on `network`; none applies it.

Edit addBlock(const Network &network, const Kind &kind, Position position);
/// Removes blocks with their wires. Where a removed chain had one wire in and its shapes allow
/// (`joinIsFine` says so), the neighbours are joined again.
Edit removeBlocks(const Network &network, const std::vector<std::string> &ids, const KindSet &kinds,
                  const DataFacts &facts);
Edit removeWires(const Network &network, const std::vector<Wire> &wires);
/// Replaces whatever wire the input had. Empty edit when it would close a cycle or ports do not
/// exist.
Edit connect(const Network &network, const Endpoint &from, const Endpoint &to,
             const KindSet &kinds);
bool mayConnect(const Network &network, const Endpoint &from, const Endpoint &to,
                const KindSet &kinds);
/// A new block of `kind` put into `wire` (uses its first input and output).
Edit splice(const Network &network, const Wire &wire, const Kind &kind, Position position);
/// An existing unconnected block dropped on `wire`.
Edit spliceExisting(const Network &network, const Wire &wire, const std::string &id,
                    const KindSet &kinds);
Edit setParameter(const Network &network, const std::string &id, const std::string &parameter,
                  const ParameterValue &value);
Edit moveBlocks(const Network &network,
                const std::vector<std::pair<std::string, Position>> &targets);
/// `fragment`'s blocks under fresh ids, shifted by `offset`; `newIds` (may be null) receives them.
Edit paste(const Network &network, const Network &fragment, Position offset,
           std::vector<std::string> *newIds = nullptr);
/// The selected blocks and the wires among them.
Network fragment(const Network &network, const std::vector<std::string> &ids);
/// `block` of `network` as one of another kind, at its place and with its wires.
Edit withKind(const Network &network, const Block &block, const std::string &kind,
              Parameters parameters);
/// Uses the weights of `owner`; empty: its own again.
Edit setWeightsOf(const Network &network, const std::string &id, const std::string &owner);

// Groups.

/// The blocks as one group named `title`, at their place: a port for each output that the chosen
/// blocks read from outside and each of theirs that is read outside (where there is none, for their
/// open ends). Inputs and Outputs stay where they are. Empty: fewer than one block left, or a way
/// leads out of the chosen blocks and back in. `id` (may be null) receives the group's.
Edit fold(const Network &network, const std::vector<std::string> &ids, const std::string &title,
          const KindSet &kinds, std::string *id = nullptr);
/// The group's blocks, once for each repetition, in its place; what stands to the right makes room.
Edit unfold(const Network &network, const std::string &id, const KindSet &kinds);
/// `block` becomes the group `inside`, at its place and with its wires: `inside` has a port for
/// each of the kind's.
Edit becomeGroup(const Network &network, const std::string &id, const std::string &title,
                 Network inside);
/// An edit of the network within the groups `path` (outermost first), as an edit of `network`
/// around them; an empty path gives `edit` itself. Errors: no such group; what apply() tells.
Result<Edit> inGroup(const Network &network, const std::vector<std::string> &path,
                     const Edit &edit);

/// The edit behind a misfit's repair; empty when there is none.
Edit repairEdit(const Network &network, const std::string &blockId, const Repair &repair,
                const KindSet &kinds);

} // namespace ostrich::graph
