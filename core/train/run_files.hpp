// The files inside a run's folder: their names, and the writing of metrics.jsonl.
#pragma once

#include "train/run.hpp"

#include <span>

namespace ostrich::train {

inline constexpr char kManifestFile[] = "manifest.json";
inline constexpr char kMetricsFile[] = "metrics.jsonl";
inline constexpr char kBestFile[] = "best.safetensors"; // weights and buffers of the best epoch
inline constexpr char kLastFile[] = "last.safetensors"; // everything to go on from

nlohmann::json toJson(const Manifest &manifest);
/// `where` names the file in errors.
Result<Manifest> manifestFromJson(const nlohmann::json &json, const std::string &where);

/// Errors: not a run's folder, a newer version, broken JSON.
Result<Manifest> loadManifest(const std::filesystem::path &folder);

/// One more line. Errors: disk full, no permission.
Result<void> appendMetrics(const EpochMetrics &metrics, const std::filesystem::path &folder);
/// The whole file anew, atomically.
Result<void> rewriteMetrics(std::span<const EpochMetrics> epochs,
                            const std::filesystem::path &folder);
/// All whole lines; a last line that a crash cut off is left out. A missing file: no epochs yet.
Result<std::vector<EpochMetrics>> loadMetrics(const std::filesystem::path &folder);

/// Whether loadModel finds weights: of the best epoch, or the last ones of a training that has not
/// come to the end of one yet.
bool hasWeights(const Run &run);

/// Now, as manifests tell it: ISO 8601, UTC.
std::string timeStamp();

/// Makes `folder` where it is missing. Error: it holds a run already, or it cannot be made.
Result<void> prepareRunFolder(const std::filesystem::path &folder);

} // namespace ostrich::train
