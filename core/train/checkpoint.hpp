// last.safetensors: all that a run needs to go on as if it had never been interrupted.
#pragma once

#include "engine/model.hpp"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>

namespace ostrich::train {

/// Where a run stands.
struct Position {
    std::int64_t epochs = 0;     // trained and evaluated
    std::int64_t batch = 0;      // batches trained in the epoch at hand
    std::int64_t step = 0;       // optimizer steps in all
    std::int64_t best_epoch = 0; // 0: none yet
    double best_val_loss = std::numeric_limits<double>::infinity();
    double seconds = 0.0;          // at work, pauses left out
    double training_seconds = 0.0; // of these, in training steps
    std::int64_t training_samples = 0;
    std::int64_t batch_size = 0; // that `batch` counts in

    bool operator==(const Position &) const = default;
};

struct Checkpoint {
    Position position;
    double recipe_rate = 0.0;        // the recipe's learning rate
    double learning_rate = 0.0;      // the one in force, where it was changed live
    std::optional<double> last_rate; // of the last step; older files lack it
    engine::SnapshotHandle weights;
    engine::SnapshotHandle best;      // null: none yet
    engine::SnapshotHandle optimizer; // Optimizer::state()
};

/// Written atomically. In the file the weights have their own names ("conv_1.weight"), so that it
/// reads as a file of weights too; the rest stands under "best/", "optimizer/" and "position/".
Result<void> saveCheckpoint(const Checkpoint &checkpoint, const std::filesystem::path &file);
/// Errors: unreadable, or not a checkpoint.
Result<Checkpoint> loadCheckpoint(const std::filesystem::path &file);
/// Only the weights of a checkpoint.
Result<engine::SnapshotHandle> lastWeights(const std::filesystem::path &file);

} // namespace ostrich::train
