// A network as a value: blocks, wires, positions. Nothing here knows what a kind means.
#pragma once

#include "base/result.hpp"
#include "graph/parameter.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <vector>

namespace ostrich::graph {

struct Position { // canvas pixels at zoom 1, the block's top left corner
    double x = 0.0;
    double y = 0.0;
    bool operator==(const Position &) const = default;
};

struct Network;

struct Block {
    std::string id; // "conv_2": unique, letters, digits and _
    std::string kind;
    Parameters parameters; // only what differs from nothing: entries may be missing (defaults)
    Position position;
    /// The block whose weights it uses instead of its own: "embedding_1", or "layer_1.0.linear_2"
    /// inside a group; looked for in its own network first, then in those around it. A block of a
    /// group that names itself in the first repetition is shared by all of them. Empty: none.
    std::string weightsOf = {};
    /// A group: the network within, shared and never changed in place. Null: an ordinary block.
    std::shared_ptr<const Network> inside = {};

    bool operator==(const Block &other) const; // networks within by value
};

struct Endpoint {
    std::string block;
    std::string port;
    auto operator<=>(const Endpoint &) const = default;
};

/// From an output to an input. An input has at most one wire, an output any number.
struct Wire {
    Endpoint from;
    Endpoint to;
    auto operator<=>(const Wire &) const = default;
};

struct Network {
    std::vector<Block> blocks; // in the order they were added
    std::vector<Wire> wires;   // sorted, as networkFromJson() and apply() leave them

    bool operator==(const Network &) const = default;
    const Block *find(std::string_view id) const;
    Block *find(std::string_view id);
    const Wire *wireInto(const Endpoint &input) const;
    std::vector<Wire> wiresOf(std::string_view blockId) const;
    /// "conv_3": the first free id with this stem.
    std::string freeId(std::string_view stem) const;
    /// Whether `ancestor` reaches `block` along wires (true for itself).
    bool reaches(std::string_view ancestor, std::string_view block) const;
};

/// "conv_12" -> "conv"; an id without a number is its own stem.
std::string stemOf(const std::string &id);

/// {"blocks":[{"id","kind","parameters":{..},"x","y"}],"wires":[{"from":"conv_1.y","to":"relu_1.x"}]},
/// keys sorted; a block may have "weights_of", a group has "network": the same again.
nlohmann::json toJson(const Network &network);
/// Errors name the place inside the JSON; unknown kinds are fine here (analysis tells them), broken
/// structure is not: duplicate ids, wires to blocks that are not there, two wires into one input,
/// cycles, non-finite positions.
Result<Network> networkFromJson(const nlohmann::json &json);

} // namespace ostrich::graph
