// The list of exporters, what they are given, and the folder that they write into.
#include "export/exporter.hpp"

#include "engine/model_torch.hpp"

#include <algorithm>

namespace ostrich::exporting {

namespace fs = std::filesystem;

namespace {

std::shared_ptr<const data::Tokenizer> shared(const std::optional<data::Tokenizer> &tokenizer)
{
    return tokenizer ? std::make_shared<const data::Tokenizer>(*tokenizer) : nullptr;
}

} // namespace

Result<Subject> subjectOf(const train::Run &run, const std::string &name)
{
    const train::Manifest &manifest = run.manifest;
    const auto trained = train::loadModel(run);
    if (!trained) return trained.error();
    const auto initial =
        engine::compile(manifest.project.network, {.facts = manifest.facts,
                                                   .statistics = manifest.statistics,
                                                   .seed = manifest.project.recipe.seed});
    if (!initial) return initial.error();
    return Subject{.name = name,
                   .project = manifest.project,
                   .facts = manifest.facts,
                   .parameters = (*trained)->parameterCount(),
                   .weights = engine::snapshotOf(*trained),
                   .initial = engine::snapshotOf(*initial),
                   .run = fs::absolute(run.folder).lexically_normal().filename().string(),
                   .summary = manifest.summary,
                   .tokenizer = shared(manifest.tokenizer),
                   .targetTokenizer = shared(manifest.targetTokenizer),
                   .dataset = nullptr};
}

Result<Subject> subjectOf(const project::Project &project, const data::Dataset &dataset,
                          const std::string &name)
{
    const auto model = engine::compile(
        project.network,
        {.facts = dataset.facts, .statistics = dataset.statistics, .seed = project.recipe.seed});
    if (!model) return model.error();
    return Subject{.name = name,
                   .project = project,
                   .facts = dataset.facts,
                   .parameters = (*model)->parameterCount(),
                   .weights = engine::snapshotOf(*model),
                   .initial = nullptr,
                   .run = {},
                   .summary = {},
                   .tokenizer = dataset.tokenizer,
                   .targetTokenizer = dataset.targetTokenizer,
                   .dataset = nullptr};
}

const std::vector<std::unique_ptr<Exporter>> &exporters()
{
    static const std::vector<std::unique_ptr<Exporter>> all = [] {
        auto made = createAllExporters();
        std::ranges::sort(made, {}, [](const auto &one) { return one->description().name; });
        return made;
    }();
    return all;
}

const Exporter *findExporter(std::string_view name)
{
    const auto found = std::ranges::find_if(
        exporters(), [&](const auto &one) { return one->description().name == name; });
    return found == exporters().end() ? nullptr : found->get();
}

Result<void> prepareFolder(const fs::path &folder, bool force)
{
    const std::string where = folder.string();
    std::error_code code;
    if (fs::exists(folder, code)) {
        if (!fs::is_directory(folder, code))
            return Error{where, {"export.no_folder", {}}, {"export.no_folder_hint", {}}};
        const bool isEmpty = fs::is_empty(folder, code);
        if (code)
            return Error{
                where, {"export.folder_failed", {code.message()}}, {"export.folder_hint", {}}};
        if (!isEmpty && !force)
            return Error{where, {"export.folder_exists", {}}, {"export.folder_exists_hint", {}}};
        return {};
    }
    fs::create_directories(folder, code);
    if (code)
        return Error{where, {"export.folder_failed", {code.message()}}, {"export.folder_hint", {}}};
    return {};
}

} // namespace ostrich::exporting
