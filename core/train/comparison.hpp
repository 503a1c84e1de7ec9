// Several networks trained with several seeds each, one after the other, and what their figures
// are worth: means with 95 % intervals.
#pragma once

#include "train/run.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace ostrich::train {

/// One of those that are compared.
struct Entry {
    std::string name = {}; // "lstm"
    project::Project project = {};

    bool operator==(const Entry &) const = default;
};

/// Every entry is trained once with every seed, which takes the place of recipe.seed. A seed
/// changes the initial weights, the shuffles and the dropout; the split into training, validation
/// and test samples where the data's source draws it by the seed; and, where data are generated,
/// the samples themselves. Entries with the same data and seed see the same samples.
struct Plan {
    std::vector<Entry> entries = {};
    std::vector<std::uint64_t> seeds = {1, 2, 3};
    std::string device = "auto";
    std::filesystem::path runsFolder = {}; // for a folder of each run; empty: nothing is written

    bool operator==(const Plan &) const = default;
};

/// How one training ended.
struct Outcome {
    std::size_t entry = 0; // in Plan::entries
    std::uint64_t seed = 0;
    std::filesystem::path folder = {}; // empty: not written
    Summary summary = {};
    double seconds_per_epoch = 0.0; // median, each epoch with its evaluation; not a number: none
    std::int64_t parameters = 0;
    std::vector<EpochMetrics> epochs = {};

    bool operator==(const Outcome &) const = default;
};

/// Where a comparison stands.
struct Running {
    std::size_t entry = 0;
    std::uint64_t seed = 0;
    std::size_t index = 0; // of this training, from 0
    std::size_t count = 0; // trainings in all
    /// Of the whole comparison, 0 to 1; a training that ends early jumps ahead.
    double fraction = 0.0;
    std::filesystem::path folder = {};

    bool operator==(const Running &) const = default;
};

/// Who looks on; both are called on the thread that compares, and either may be empty.
struct Watcher {
    std::function<void(const Running &running, const Event &event)> event = {};
    std::function<void(const Outcome &outcome)> outcome = {}; // each training, as it ends
};

/// Trains all of it on the calling thread, which waits while a Trainer works: first each entry with
/// the first seed, then with the second, so that what is there after a while compares. On a CPU the
/// same plan gives the same figures bit for bit, times aside.
/// When `stop` is requested the training at hand ends as Trainer::stop ends it, and no other
/// begins; those that have ended come back, the last with stopped_by "user". So do those that broke
/// down, with stopped_by "error".
/// Errors, before anything is trained: no entry, no seed, a network's first problem (the entry
/// is named), the device. On the way: as data::load and Trainer::create tell.
Result<std::vector<Outcome>> compare(const Plan &plan, const Watcher &watcher = {},
                                     std::stop_token stop = {});

/// A run on disk as an outcome (entry 0); nothing where it has not ended.
std::optional<Outcome> outcomeOf(const Run &run);

/// A mean and where the true one lies with 95 % confidence.
struct Interval {
    double mean = 0.0; // not a number: no values
    double low = 0.0;
    double high = 0.0;
    std::int64_t count = 0;

    bool operator==(const Interval &) const = default;
};

/// Student's t interval of the mean of `values`, those that are no finite numbers left out:
/// mean ± t(0.975, n - 1) s / sqrt(n). One value: low = high = mean.
Interval interval95(std::span<const double> values);

/// What several seeds say of one entry.
struct Standing {
    std::int64_t parameters = 0;
    std::int64_t runs = 0;     // that count
    std::int64_t left_out = 0; // stopped by hand or broken down: they say nothing of the network
    /// By the names of `done`: "test_accuracy", "val_accuracy", "train_accuracy" or "test_mae",
    /// "test_rmse", "test_mase"; "test_loss", "val_loss", "train_loss", "seconds_per_epoch". Only
    /// those that the task has.
    std::map<std::string, Interval> figures = {};

    bool operator==(const Standing &) const = default;
};

/// Of outcomes that differ in their seed alone.
Standing standingOf(std::span<const Outcome> outcomes);
/// Of every entry of a plan with `entries` entries, in its order.
std::vector<Standing> standings(std::span<const Outcome> outcomes, std::size_t entries);

/// Which runs differ in nothing but their seed (and in where the blocks stand on the canvas, the
/// notes, the device): groups of indices into `runs`, in the order of their first runs. Their data
/// may differ, as Plan tells.
std::vector<std::vector<std::size_t>> groupRuns(const std::vector<Run> &runs);

} // namespace ostrich::train
