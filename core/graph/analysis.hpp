// What follows from a network and its data: shapes on every wire, sizes, problems with their
// repairs.
#pragma once

#include "graph/edit.hpp"
#include "graph/kind.hpp"
#include "graph/network.hpp"

#include <map>
#include <optional>

namespace ostrich::graph {

struct Problem {
    std::string block; // empty: the network as a whole; "group.0.block" within a group
    std::string port;
    Message message; // one sentence
    Message hint;    // what to do, one sentence: "Put a Flatten before it."
    Message reason;  // for the inspector; may be empty
    std::string expected;
    Message repairName; // the button: "Insert Flatten"; empty: no repair
    Edit repair;        // of the whole network; may be empty; always so from the 51st misfit on

    bool operator==(const Problem &) const = default;
};

struct BlockFacts {
    std::vector<std::optional<Shape>> inputs; // in the order of Kind::inputs(); empty: unknown
    std::vector<std::optional<Shape>> outputs;
    Cost cost;
    Parameters parameters; // complete, symbols resolved ("classes" -> 10)
    bool operator==(const BlockFacts &) const = default;
};

struct Analysis {
    /// Every block as expand() names it, and every group under its own id ("group", and
    /// "group.0.inner" for a group within): what goes in and comes out, and the sum of its costs.
    std::map<std::string, BlockFacts> blocks;
    std::vector<Problem> problems;  // in flow order; first the ones that block others
    std::vector<std::string> order; // topological: every block but the groups, inputs first; stable
    std::int64_t parameters = 0;
    std::int64_t multiplyAdds = 0;         // per sample, forward
    std::int64_t activationsPerSample = 0; // values put out by all blocks, for the memory estimate
    std::vector<std::string> outputs;      // ids of blocks with Role::Output
    bool operator==(const Analysis &) const = default;

    bool ok() const { return problems.empty(); }
    const BlockFacts *find(const std::string &id) const;
    std::optional<Shape> shapeOf(const Endpoint &output, const Network &network,
                                 const KindSet &kinds) const;
};

/// Never fails: an incomplete network is a normal state. Only blocks that feed an Output must be
/// complete; loose blocks are a problem only if half-connected towards an Output. Under a
/// millisecond for 200 blocks. Problems found: unknown kind, bad parameter, input not connected (on
/// the path to an output), misfit, no Input, no Output, an Output nothing reaches. A block behind a
/// problem has unknown shapes and no problem of its own.
Analysis analyse(const Network &network, const KindSet &kinds, const DataFacts &facts);

/// What of `analysis` concerns the network within the groups `path`, of the first repetition, under
/// the ids of that network: `order` has its groups too, and a problem inside one of them stands at
/// it. The sums are those of the part. An empty path: the whole, so seen.
Analysis inView(const Analysis &analysis, const std::vector<std::string> &path);

/// The number of parameters that `user` takes from `owner` when it uses its weights: all where both
/// are of one kind and size, "weight" alone where that has the same sizes in both; empty: they do
/// not fit.
std::optional<std::int64_t> sharedParameters(const Kind &owner, const BlockFacts &ownerFacts,
                                             const Kind &user, const BlockFacts &userFacts);

/// Samples that an evaluation takes at once, where they fit: see boundedBatch().
inline constexpr std::int64_t kEvaluationBatch = 256;

/// The largest batch, at most `wanted` and at least 1, whose activations take no more than 256 MB
/// in float32. `copies`: how often they lie in memory, 1 in a forward pass, 2 with their gradients.
std::int64_t boundedBatch(std::int64_t activationsPerSample, std::int64_t wanted, int copies);

/// Copies of all weights that a trainer keeps beside those it trains: the best epoch's, the
/// published ones, and the next to be published while readers still hold these.
inline constexpr std::int64_t kWeightCopies = 3;

/// Bytes for training with `batch` samples: parameters, gradients, two optimizer moments, the
/// trainer's copies; activations and their gradients, or an evaluation's activations where those
/// are more.
std::int64_t trainingBytes(const Analysis &analysis, std::int64_t batch);

} // namespace ostrich::graph
