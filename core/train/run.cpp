// A run's folder: opening, listing, numbering, and its model and data as they were.
#include "train/run.hpp"

#include "base/file.hpp"
#include "base/json.hpp"
#include "data/source.hpp"
#include "train/checkpoint.hpp"
#include "train/run_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <tuple>

namespace ostrich::train {

namespace fs = std::filesystem;

namespace {

Error folderError(const fs::path &folder, const std::error_code &code)
{
    return {folder.string(),
            {"train.folder_not_made", {code.message()}},
            {"train.folder_not_made_hint", {}}};
}

} // namespace

Result<void> appendMetrics(const EpochMetrics &metrics, const fs::path &folder)
{
    const fs::path file = folder / kMetricsFile;
    std::ofstream stream(file, std::ios::app | std::ios::binary);
    stream << jsonText(toJson(metrics)) << '\n' << std::flush;
    if (!stream)
        return Error{file.string(), {"train.metrics_not_written", {}}, {"train.disk_hint", {}}};
    return {};
}

Result<void> rewriteMetrics(std::span<const EpochMetrics> epochs, const fs::path &folder)
{
    std::string text;
    for (const EpochMetrics &metrics : epochs) text += jsonText(toJson(metrics)) + "\n";
    return writeFile(folder / kMetricsFile, text);
}

Result<std::vector<EpochMetrics>> loadMetrics(const fs::path &folder)
{
    const fs::path file = folder / kMetricsFile;
    std::error_code code;
    if (!fs::exists(file, code)) return std::vector<EpochMetrics>();
    const auto text = readFile(file);
    if (!text) return text.error();

    std::vector<EpochMetrics> epochs;
    std::size_t begin = 0;
    for (int line = 1; begin < text->size(); ++line) {
        const std::size_t end = text->find('\n', begin);
        if (end == std::string::npos) break; // a crash cut it off
        const std::string where = fmt::format("{}:{}", file.string(), line);
        const auto json = parseJson(std::string_view(*text).substr(begin, end - begin), where);
        if (!json) return json.error();
        auto metrics = epochFromJson(*json);
        if (!metrics) return Error{where, metrics.error().what, metrics.error().hint};
        epochs.push_back(*metrics);
        begin = end + 1;
    }
    return epochs;
}

Result<void> prepareRunFolder(const fs::path &folder)
{
    std::error_code code;
    for (const char *name : {kManifestFile, kMetricsFile, kBestFile, kLastFile}) {
        if (fs::exists(folder / name, code))
            return Error{
                folder.string(), {"train.folder_in_use", {}}, {"train.folder_in_use_hint", {}}};
    }
    fs::create_directories(folder, code);
    if (code) return folderError(folder, code);
    return {};
}

Result<Run> openRun(const fs::path &folder)
{
    auto manifest = loadManifest(folder);
    if (!manifest) return manifest.error();
    auto epochs = loadMetrics(folder);
    if (!epochs) return epochs.error();
    return Run{folder, std::move(*manifest), std::move(*epochs)};
}

std::vector<Run> listRuns(const fs::path &runsFolder)
{
    std::vector<Run> runs;
    std::error_code code;
    for (fs::directory_iterator entry(runsFolder, code), end; !code && entry != end;
         entry.increment(code)) {
        std::error_code ignored;
        if (!entry->is_directory(ignored)) continue;
        if (auto run = openRun(entry->path())) runs.push_back(std::move(*run));
    }
    std::sort(runs.begin(), runs.end(), [](const Run &a, const Run &b) {
        return std::tie(a.manifest.started, a.folder) < std::tie(b.manifest.started, b.folder);
    });
    return runs;
}

Result<fs::path> newRunFolder(const fs::path &runsFolder)
{
    std::error_code code;
    fs::create_directories(runsFolder, code);
    if (code) return folderError(runsFolder, code);
    for (int number = 1;; ++number) {
        const fs::path folder = runsFolder / fmt::format("{:03}", number);
        // Making the folder is what claims its number: two programs never get the same one.
        if (fs::create_directory(folder, code)) return folder;
        if (code && !fs::exists(folder)) return folderError(folder, code);
    }
}

bool hasWeights(const Run &run)
{
    std::error_code ignored;
    return fs::exists(run.folder / kBestFile, ignored)
           || fs::exists(run.folder / kLastFile, ignored);
}

bool canResume(const Run &run)
{
    std::error_code code;
    return !run.manifest.summary && fs::exists(run.folder / kLastFile, code);
}

Result<engine::ModelHandle> loadModel(const Run &run, const std::string &device)
{
    const Manifest &manifest = run.manifest;
    const engine::CompileOptions options{.facts = manifest.facts,
                                         .statistics = manifest.statistics,
                                         .seed = manifest.project.recipe.seed,
                                         .device = device};
    auto model = engine::compile(manifest.project.network, options);
    if (!model) return model.error();
    std::error_code code;
    const fs::path best = run.folder / kBestFile;
    const fs::path last = run.folder / kLastFile;
    // Without one whole epoch there is no best yet.
    const bool hasBest = fs::exists(best, code);
    if (!hasWeights(run))
        return Error{run.folder.string(), {"train.no_weights", {}}, {"train.no_weights_hint", {}}};
    const auto weights = hasBest ? engine::loadWeights(best.string()) : lastWeights(last);
    if (!weights) return weights.error();
    if (auto restored = engine::restore(*model, *weights); !restored)
        return Error{(hasBest ? best : last).string(), restored.error().what,
                     restored.error().hint};
    return model;
}

Result<std::shared_ptr<const data::Dataset>> loadData(const Run &run, const Progress &progress,
                                                      std::stop_token stop)
{
    const project::Project &project = run.manifest.project;
    // Older runs keep a path as the project's file has it, which lies beside the folder of its
    // runs.
    const fs::path file = run.folder / ".." / ".." / "project";
    const std::string source = project::dataSource(project, file);
    auto dataset = data::load(source, project.recipe.seed, progress, std::move(stop));
    if (!dataset) return dataset;
    const std::uint64_t known = run.manifest.data_checksum;
    if (known != 0 && (*dataset)->checksum != known)
        return Error{source, {"train.data_changed", {}}, {"train.data_changed_hint", {}}};
    return dataset;
}

} // namespace ostrich::train
