// A run on disk: manifest.json, metrics.jsonl, best.safetensors, last.safetensors.
#pragma once

#include "base/progress.hpp"
#include "data/dataset.hpp"
#include "data/tokenizer.hpp"
#include "engine/model.hpp"
#include "project/project.hpp"
#include "train/metrics.hpp"

#include <filesystem>
#include <optional>
#include <stop_token>

namespace ostrich::train {

/// Everything needed to repeat a run.
struct Manifest {
    project::Project project;
    std::uint64_t data_checksum = 0; // 0: of an imported run, which no data belong to
    data::Statistics statistics;     // the normalisation fitted at play
    graph::DataFacts facts;
    std::optional<data::Tokenizer> tokenizer;       // of the input; nothing where it is numbers
    std::optional<data::Tokenizer> targetTokenizer; // Translate only
    std::string device;
    int threads = 0;
    std::string precision; // what auto became
    std::string torch_version;
    std::string ostrich_version;
    std::string started;            // ISO 8601, UTC
    std::optional<Summary> summary; // once it has ended

    bool operator==(const Manifest &) const = default;
};

struct Run {
    std::filesystem::path folder;
    Manifest manifest;
    std::vector<EpochMetrics> epochs;
};

Result<void> saveManifest(const Manifest &manifest, const std::filesystem::path &folder);
Result<Run> openRun(const std::filesystem::path &folder);
/// Runs in `runsFolder`, oldest first; unreadable ones are left out.
std::vector<Run> listRuns(const std::filesystem::path &runsFolder);
/// "001", "002": the first free number in `runsFolder` (made when missing).
Result<std::filesystem::path> newRunFolder(const std::filesystem::path &runsFolder);

struct MovedRun {
    std::filesystem::path from, to;
};
/// Moves all readable runs of one folder into another, behind the runs that are there. None of them
/// may be in use. Errors: one cannot be moved; those before it are moved, it and the rest are whole
/// where they were.
Result<std::vector<MovedRun>> moveRuns(const std::filesystem::path &from,
                                       const std::filesystem::path &to);
/// Whether the run can be gone on with: it has not ended, and its state was saved.
bool canResume(const Run &run);

/// The run's network with its best weights, ready to evaluate on `device`.
Result<engine::ModelHandle> loadModel(const Run &run, const std::string &device = "cpu");
/// The data set of the run, loaded with its seed; error when its checksum is another one than the
/// run's, where that has one.
Result<std::shared_ptr<const data::Dataset>> loadData(const Run &run, const Progress &progress = {},
                                                      std::stop_token stop = {});

} // namespace ostrich::train
