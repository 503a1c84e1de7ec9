// From a file of tensors to a run's folder: every tensor of the network finds its counterpart.
#include "train/imported_run.hpp"

#include "base/sha256.hpp"
#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "engine/machine.hpp"
#include "engine/model_torch.hpp"
#include "graph/group.hpp"
#include "train/run_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <optional>
#include <set>

namespace ostrich::train {

namespace fs = std::filesystem;

namespace {

using Names = std::map<std::string, std::string>; // ours -> theirs
using Tensors = std::map<std::string, at::Tensor>;

/// What stands together under one name: "conv_1" with "weight" and "bias".
struct Unit {
    std::string name;
    std::map<std::string, at::Tensor> tensors;
};

std::pair<std::string, std::string> splitName(const std::string &name)
{
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos) return {"", name};
    return {name.substr(0, dot), name.substr(dot + 1)};
}

/// Parameters and buffers. What an Input or an Output holds is its data's statistics, no weights.
std::vector<blocks::NamedTensor> weightsOf(const engine::Model &model,
                                           const std::set<std::string> &ends)
{
    std::vector<blocks::NamedTensor> all = model.parameters();
    for (blocks::NamedTensor &buffer : model.buffers()) all.push_back(std::move(buffer));
    std::erase_if(all, [&](const blocks::NamedTensor &each) {
        return ends.contains(splitName(each.name).first);
    });
    return all;
}

std::string shapeText(const at::Tensor &tensor)
{
    return tensor.dim() == 0 ? "1" : fmt::format("{}", fmt::join(tensor.sizes().vec(), "×"));
}

/// PyTorch's batch norms count their batches; nothing reads it in evaluation.
bool isCounter(const std::string &name)
{
    return splitName(name).second == "num_batches_tracked";
}

/// "layer2.9" before "layer2.10": figures of one length.
std::string sortable(const std::string &name)
{
    std::string key, figures;
    const auto takeFigures = [&] {
        if (!figures.empty()) key += fmt::format("{:0>20}", figures);
        figures.clear();
    };
    for (const char c : name) {
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            figures += c;
            continue;
        }
        takeFigures();
        key += c;
    }
    takeFigures();
    return key;
}

bool alike(const Unit &a, const Unit &b)
{
    return std::ranges::equal(a.tensors, b.tensors, [](const auto &one, const auto &other) {
        return one.first == other.first && one.second.sizes() == other.second.sizes();
    });
}

/// In the order in which the blocks run.
std::vector<Unit> unitsOf(const std::vector<blocks::NamedTensor> &tensors)
{
    std::vector<Unit> units;
    for (const auto &[name, tensor] : tensors) {
        const auto [block, own] = splitName(name);
        auto known = std::ranges::find(units, block, &Unit::name);
        if (known == units.end()) known = units.insert(units.end(), Unit{block, {}});
        known->tensors[own] = tensor;
    }
    return units;
}

/// In the order of their names.
std::vector<Unit> unitsOf(const Tensors &tensors)
{
    std::map<std::string, Unit> byName;
    for (const auto &[name, tensor] : tensors) {
        if (isCounter(name)) continue;
        const auto [unit, own] = splitName(name);
        byName[unit].name = unit;
        byName[unit].tensors[own] = tensor;
    }
    std::vector<Unit> units;
    for (auto &[name, unit] : byName) units.push_back(std::move(unit));
    std::ranges::sort(units, {}, [](const Unit &unit) { return sortable(unit.name); });
    return units;
}

std::string joinedName(const std::string &unit, const std::string &own)
{
    return unit.empty() ? own : unit + "." + own;
}

/// The first tensor of `ours` that `theirs` lacks or has in another shape, in a sentence.
Message differenceOf(const Unit &ours, const Unit &theirs)
{
    for (const auto &[own, tensor] : ours.tensors) {
        const std::string name = joinedName(ours.name, own);
        const auto other = theirs.tensors.find(own);
        if (other == theirs.tensors.end())
            return {"train.import_missing", {name, shapeText(tensor), theirs.name}};
        if (other->second.sizes() != tensor.sizes())
            return {
                "train.import_shape",
                {name, shapeText(tensor), joinedName(theirs.name, own), shapeText(other->second)}};
    }
    for (const auto &[own, tensor] : theirs.tensors) {
        if (!ours.tensors.contains(own))
            return {"train.import_extra",
                    {joinedName(theirs.name, own), shapeText(tensor), ours.name}};
    }
    return {};
}

/// Each of our blocks gets the first of theirs that is left and alike.
Result<Names> namesByShape(const std::vector<blocks::NamedTensor> &wanted, const Tensors &tensors,
                           const std::string &where)
{
    const Message hint{"train.import_hint", {}};
    std::vector<Unit> theirs = unitsOf(tensors);
    Names names;
    for (const Unit &ours : unitsOf(wanted)) {
        const auto found =
            std::ranges::find_if(theirs, [&](const Unit &unit) { return alike(ours, unit); });
        if (found == theirs.end()) {
            const auto &[own, tensor] = *ours.tensors.begin();
            if (theirs.empty())
                return Error{
                    where,
                    {"train.import_none_left", {joinedName(ours.name, own), shapeText(tensor)}},
                    hint};
            return Error{where, differenceOf(ours, theirs.front()), hint};
        }
        for (const auto &[own, tensor] : ours.tensors)
            names[joinedName(ours.name, own)] = joinedName(found->name, own);
        theirs.erase(found);
    }
    if (theirs.empty()) return names;
    const auto &[own, tensor] = *theirs.front().tensors.begin();
    return Error{where,
                 {"train.import_left", {joinedName(theirs.front().name, own), shapeText(tensor)}},
                 hint};
}

/// Our names as they are, or as `blocks` says. Nothing where those are not the file's names at all:
/// it has no more than half of them.
std::optional<Result<Names>> namesBy(const std::map<std::string, std::string> &blocks,
                                     const std::vector<blocks::NamedTensor> &wanted,
                                     const Tensors &tensors, const std::string &where)
{
    const Message hint{"train.import_hint", {}};
    Names names;
    std::set<std::string> used;
    std::optional<Error> missing;
    for (const auto &[name, tensor] : wanted) {
        const auto [block, own] = splitName(name);
        const auto other = blocks.find(block);
        const std::string theirs = other == blocks.end() ? name : other->second + "." + own;
        if (tensors.contains(theirs))
            used.insert(names[name] = theirs);
        else if (!missing)
            missing = Error{where, {"train.import_none_left", {name, shapeText(tensor)}}, hint};
    }
    if (2 * names.size() <= wanted.size()) return {};
    if (missing) return *missing;
    for (const auto &[name, tensor] : tensors) {
        if (!used.contains(name) && !isCounter(name))
            return Error{where, {"train.import_left", {name, shapeText(tensor)}}, hint};
    }
    return names;
}

Result<Names> counterparts(const std::vector<blocks::NamedTensor> &wanted,
                           const ForeignWeights &weights)
{
    const Tensors &tensors = weights.tensors->tensors;
    if (auto names = namesBy({}, wanted, tensors, weights.where)) return *std::move(names);
    if (auto names = namesBy(weights.blocks, wanted, tensors, weights.where))
        return *std::move(names);
    return namesByShape(wanted, tensors, weights.where);
}

/// Inputs and Outputs of the unfolded network.
std::set<std::string> endsOf(const graph::Network &network)
{
    const auto &kinds = blocks::Registry::instance();
    std::set<std::string> ends;
    for (const graph::Block &block : graph::expand(network, kinds).network.blocks) {
        const graph::Role role = kinds.find(block.kind)->description().role;
        if (role == graph::Role::Input || role == graph::Role::Output) ends.insert(block.id);
    }
    return ends;
}

/// `weights` without what they say of Inputs and Outputs.
ForeignWeights withoutEnds(ForeignWeights weights, const std::set<std::string> &ends)
{
    auto rest = std::make_shared<engine::Snapshot>(*weights.tensors);
    std::erase_if(rest->tensors, [&](const auto &entry) {
        const std::string block = splitName(entry.first).first;
        return std::ranges::any_of(ends, [&](const std::string &end) {
            const auto other = weights.blocks.find(end);
            return block == end || (other != weights.blocks.end() && block == other->second);
        });
    });
    weights.tensors = std::move(rest);
    return weights;
}

/// Puts the weights into `model`, whose statistics stay.
Result<void> take(const engine::ModelHandle &model, const graph::Network &network,
                  const ForeignWeights &foreign)
{
    const std::set<std::string> ends = endsOf(network);
    const ForeignWeights weights = withoutEnds(foreign, ends);
    const auto names = counterparts(weightsOf(*model, ends), weights);
    if (!names) return names.error();
    const auto mine = engine::renamed(weights.tensors, *names);
    if (!mine) return mine.error();
    auto whole = std::make_shared<engine::Snapshot>(*engine::snapshotOf(model));
    for (const auto &[name, tensor] : (*mine)->tensors) whole->tensors[name] = tensor;
    if (auto restored = engine::restore(model, whole); !restored)
        return Error{weights.where, restored.error().what, restored.error().hint};
    return {};
}

Summary summaryOf(const engine::Model &model, const fs::path &folder)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    Summary summary;
    summary.run = folder.string();
    for (double *figure :
         {&summary.train_accuracy, &summary.val_accuracy, &summary.test_accuracy,
          &summary.train_loss, &summary.val_loss, &summary.test_loss, &summary.samples_per_second})
        *figure = kNone;
    summary.stopped_by = kImported;
    summary.parameters = model.parameterCount();
    return summary;
}

/// The weights before the manifest: a folder without one is no run.
Result<void> write(const Run &run, const engine::ModelHandle &model)
{
    std::error_code ignored;
    const bool isNew = !fs::exists(run.folder, ignored) || fs::is_empty(run.folder, ignored);
    if (auto prepared = prepareRunFolder(run.folder); !prepared) return prepared;
    auto saved = engine::saveWeights(engine::snapshotOf(model), (run.folder / kBestFile).string());
    if (saved) saved = saveManifest(run.manifest, run.folder);
    if (!saved) {
        fs::remove(run.folder / kBestFile, ignored);
        if (isNew) fs::remove(run.folder, ignored);
    }
    return saved;
}

} // namespace

Result<Run> importRun(Manifest manifest, const ForeignWeights &weights, const fs::path &folder)
{
    const auto model =
        engine::compile(manifest.project.network, {.facts = manifest.facts,
                                                   .statistics = manifest.statistics,
                                                   .seed = manifest.project.recipe.seed});
    if (!model) return model.error();
    Result<void> taken;
    const auto ran = engine::guarded(
        weights.where, [&] { taken = take(*model, manifest.project.network, weights); });
    if (!ran) return ran.error();
    if (!taken) return taken.error();

    const engine::MachineFacts machine = engine::machineFacts();
    manifest.data_checksum = 0;
    manifest.device = "cpu";
    manifest.threads = std::max(machine.cores, 1);
    manifest.precision = "fp32";
    manifest.torch_version = machine.torchVersion;
    manifest.ostrich_version = OSTRICH_VERSION;
    manifest.started = timeStamp();
    manifest.summary = summaryOf(**model, folder);
    Run run{folder, std::move(manifest), {}};
    if (auto written = write(run, *model); !written) return written.error();
    return run;
}

Result<ForeignWeights> publishedWeights(const project::PublishedWeights &published)
{
    const fs::path file = project::weightsFolder() / published.file;
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return Error{
            file.string(), {"train.weights_not_here", {}}, {"train.weights_fetch_hint", {}}};
    const auto hash = sha256OfFile(file);
    if (!hash) return hash.error();
    if (*hash != published.sha256)
        return Error{
            file.string(), {"train.weights_others", {}}, {"train.weights_others_hint", {}}};
    auto tensors = engine::loadWeights(file.string());
    if (!tensors) return tensors.error();
    return ForeignWeights{file.string(), *std::move(tensors), published.blocks};
}

Result<Run> importPublished(const project::Project &project,
                            const project::PublishedWeights &published,
                            const ForeignWeights &weights, const fs::path &runsFolder)
{
    auto facts = data::factsOf(project.data);
    if (!facts) return facts.error();
    const auto folder = newRunFolder(runsFolder);
    if (!folder) return folder.error();
    Manifest manifest;
    manifest.project = project;
    manifest.facts = *std::move(facts);
    manifest.statistics = published.statistics;
    auto run = importRun(std::move(manifest), weights, *folder);
    std::error_code isInUse; // then it stays
    if (!run && fs::remove(*folder, isInUse)) fs::remove(runsFolder, isInUse);
    return run;
}

} // namespace ostrich::train
