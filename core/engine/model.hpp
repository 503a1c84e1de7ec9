// A compiled network as seen from outside LibTorch: opaque, shared, immutable weights in snapshots.
#pragma once

#include "base/array.hpp"
#include "base/result.hpp"
#include "data/dataset.hpp"
#include "graph/analysis.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ostrich::engine {

class Model;    // engine/model_torch.hpp
class Snapshot; // immutable copy of all parameters and buffers, engine/model_torch.hpp

using ModelHandle = std::shared_ptr<Model>;
using SnapshotHandle = std::shared_ptr<const Snapshot>;

struct CompileOptions {
    graph::DataFacts facts;
    data::Statistics statistics;  // empty: no normalisation
    std::uint64_t seed = 1;       // initial weights: block by block from hash(seed, block id)
    std::string device = "cpu";   // "cpu", "cuda", "cuda:1"; "auto": cuda where there is one
    bool doublePrecision = false; // for exact checks
    /// Whatever can be computed, for thumbnails: every block with known shapes, no Output needed,
    /// problems left out.
    bool partial = false;
};

/// Builds only the blocks that feed an Output, groups unfolded: blocks have the ids that
/// graph::expand() gives them. A block with `weightsOf` uses its owner's tensors. Errors: the
/// analysis' first problem at its block; LibTorch's words about memory or the device.
Result<ModelHandle> compile(const graph::Network &network, const CompileOptions &options);

/// A parameter that is another's: "linear_1.weight" is "embedding_1.weight".
struct Tie {
    std::string user, owner;
    bool operator==(const Tie &) const = default;
};
/// In the order in which the users run. An owner has its tensor to itself.
std::vector<Tie> tiesOf(const ModelHandle &model);

SnapshotHandle snapshotOf(const ModelHandle &model);
/// Error when names or shapes differ (a snapshot of another network).
Result<void> restore(const ModelHandle &model, const SnapshotHandle &snapshot);

Result<void> saveWeights(const SnapshotHandle &snapshot, const std::string &file); // safetensors
/// A safetensors file or a PyTorch state dict (.pt, .pth), told apart by content; runs no code.
Result<SnapshotHandle> loadWeights(const std::string &file);
/// Tensors under new names: `names` maps new to old. Error: one of the old ones is missing.
Result<SnapshotHandle> renamed(const SnapshotHandle &snapshot,
                               const std::map<std::string, std::string> &names);

/// The largest batch, at most `wanted` and at least 1, that goes through `model` with no more than
/// 256 MB of activations; `withGradients`: their gradients counted too. The same on every machine.
std::int64_t boundedBatch(const Model &model, std::int64_t wanted, bool withGradients);

/// Evaluation mode, `x` (N, ...) in data units. Class probabilities (N, K) of the first output.
Result<Array> probabilities(const ModelHandle &model, const Array &x);
/// Plain path: outputs of the named blocks for `x` (N, ...), each with the batch axis; an Output
/// gives its probabilities. Blocks that the model does not hold are left out.
Result<std::map<std::string, Array>> trace(const ModelHandle &model, const Array &x,
                                           const std::vector<std::string> &blockIds);

} // namespace ostrich::engine
