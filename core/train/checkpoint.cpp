// A checkpoint as one set of named tensors.
#include "train/checkpoint.hpp"

#include "engine/model_torch.hpp"
#include "engine/safetensors_torch.hpp"

#include <ATen/ops/full.h>

namespace ostrich::train {

namespace {

using Tensors = std::map<std::string, at::Tensor>;

constexpr char kBest[] = "best/";
constexpr char kOptimizer[] = "optimizer/";
constexpr char kPosition[] = "position/";
constexpr char kLastRate[] = "position/last_rate";

/// Doubles hold every count exactly up to 2^53.
void forEachNumber(Checkpoint &checkpoint, const auto &visit)
{
    Position &position = checkpoint.position;
    visit("epochs", position.epochs);
    visit("batch", position.batch);
    visit("step", position.step);
    visit("best_epoch", position.best_epoch);
    visit("best_val_loss", position.best_val_loss);
    visit("seconds", position.seconds);
    visit("training_seconds", position.training_seconds);
    visit("training_samples", position.training_samples);
    visit("batch_size", position.batch_size);
    visit("recipe_rate", checkpoint.recipe_rate);
    visit("learning_rate", checkpoint.learning_rate);
}

void put(const engine::SnapshotHandle &snapshot, const std::string &prefix, Tensors &tensors)
{
    if (!snapshot) return;
    for (const auto &[name, tensor] : snapshot->tensors) tensors[prefix + name] = tensor;
}

/// The tensors under `prefix` without it; null when there are none. An empty prefix: those without
/// one.
engine::SnapshotHandle take(const Tensors &tensors, const std::string &prefix)
{
    auto snapshot = std::make_shared<engine::Snapshot>();
    for (const auto &[name, tensor] : tensors) {
        const bool belongs =
            prefix.empty() ? name.find('/') == std::string::npos : name.starts_with(prefix);
        if (belongs) snapshot->tensors[name.substr(prefix.size())] = tensor;
    }
    if (snapshot->tensors.empty() && !prefix.empty()) return nullptr;
    return snapshot;
}

} // namespace

Result<void> saveCheckpoint(const Checkpoint &checkpoint, const std::filesystem::path &file)
{
    auto all = std::make_shared<engine::Snapshot>();
    put(checkpoint.weights, "", all->tensors);
    put(checkpoint.best, kBest, all->tensors);
    put(checkpoint.optimizer, kOptimizer, all->tensors);
    const auto putNumber = [&all](const std::string &name, double number) {
        all->tensors[name] = at::full({1}, number, at::kDouble);
    };
    Checkpoint numbers = checkpoint;
    forEachNumber(numbers, [&](const char *name, auto &number) {
        putNumber(std::string(kPosition) + name, static_cast<double>(number));
    });
    if (checkpoint.last_rate) putNumber(kLastRate, *checkpoint.last_rate);
    return engine::saveWeights(all, file.string());
}

Result<Checkpoint> loadCheckpoint(const std::filesystem::path &file)
{
    const auto all = engine::loadWeights(file.string());
    if (!all) return all.error();
    const Tensors &tensors = (*all)->tensors;
    Checkpoint checkpoint;
    const auto numberAt = [&tensors](const std::string &name) -> std::optional<double> {
        const auto found = tensors.find(name);
        const bool fits = found != tensors.end() && found->second.numel() == 1
                          && found->second.scalar_type() == at::kDouble;
        return fits ? std::optional(*found->second.const_data_ptr<double>()) : std::nullopt;
    };
    bool complete = true;
    forEachNumber(checkpoint, [&](const char *name, auto &number) {
        const auto found = numberAt(std::string(kPosition) + name);
        complete = complete && found;
        if (found) number = static_cast<std::decay_t<decltype(number)>>(*found);
    });
    checkpoint.last_rate = numberAt(kLastRate);
    if (!complete)
        return Error{
            file.string(), {"train.checkpoint_broken", {}}, {"train.checkpoint_broken_hint", {}}};
    checkpoint.weights = take(tensors, "");
    checkpoint.best = take(tensors, kBest);
    checkpoint.optimizer = take(tensors, kOptimizer);
    return checkpoint;
}

Result<engine::SnapshotHandle> lastWeights(const std::filesystem::path &file)
{
    const auto isWeight = [](const std::string &name) {
        return name.find('/') == std::string::npos;
    };
    auto read = engine::readSafetensors(file.string(), isWeight);
    if (!read) return read.error();
    auto weights = std::make_shared<engine::Snapshot>();
    weights->tensors = std::move(read->tensors);
    return engine::SnapshotHandle(std::move(weights));
}

} // namespace ostrich::train
