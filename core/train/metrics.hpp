// What a training run says: plain values, the same in events, metrics.jsonl, the command line and
// the window.
#pragma once

#include "base/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace ostrich::train {

struct EpochMetrics {
    std::int64_t epoch = 0;  // from 1
    std::int64_t step = 0;   // optimizer steps done in all
    double train_loss = 0.0; // training split, evaluation mode, at the end of the epoch (at most
                             // 10,000 samples), so that the gap is honest
    double val_loss = 0.0;
    double train_accuracy = 0.0; // [0, 1]; not a number where numbers are asked for
    double val_accuracy = 0.0;
    double learning_rate = 0.0;
    double samples_per_second = 0.0;
    double seconds = 0.0;                  // since the run began
    std::map<std::string, double> figures; // what else the task has: "val_mae", "val_mase"

    bool operator==(const EpochMetrics &) const = default;
};

struct StepMetrics {
    std::int64_t epoch = 0;
    std::int64_t step = 0;
    std::int64_t stepsPerEpoch = 0;
    double loss = 0.0; // of the batch, training mode
    double learning_rate = 0.0;
    double samples_per_second = 0.0; // running
    double seconds_left = 0.0;       // estimate to the last epoch
};

/// How a run ended that was never trained here: its weights come from a file, and its figures are
/// not numbers.
inline constexpr char kImported[] = "imported";

struct Summary {
    std::string run; // folder
    std::int64_t epochs = 0;
    std::int64_t best_epoch = 0;
    double train_accuracy = 0.0, val_accuracy = 0.0, test_accuracy = 0.0; // as above
    double train_loss = 0.0, val_loss = 0.0, test_loss = 0.0;
    double samples_per_second = 0.0;
    double seconds = 0.0;
    /// epochs, early_stopping, steps, time, user, error; kImported.
    std::string stopped_by;
    std::int64_t parameters = 0;
    std::map<std::string, double> figures; // "test_mae", "test_mase", "naive_mase"; "test_exact"

    bool operator==(const Summary &) const = default;
};

nlohmann::json toJson(const EpochMetrics &metrics); // {"event":"epoch", ...}
Result<EpochMetrics> epochFromJson(const nlohmann::json &json);
nlohmann::json toJson(const Summary &summary); // {"event":"done", ...}
Result<Summary> summaryFromJson(const nlohmann::json &json);

enum class State { Ready, Running, Paused, Finished, Failed };

struct StateChanged {
    State state = State::Ready;
};
struct Failed {
    Error error;
};

/// In the order they happened. Steps are thinned to some 30 a second.
using Event = std::variant<StateChanged, StepMetrics, EpochMetrics, Summary, Failed>;

} // namespace ostrich::train
