// Weights taken out of a model, put back into one, and kept in files.
#include "engine/model_torch.hpp"
#include "engine/tensor_file_torch.hpp"

#include <ATen/core/grad_mode.h>

namespace ostrich::engine {

namespace {

std::vector<blocks::NamedTensor> allTensors(const Model &model)
{
    std::vector<blocks::NamedTensor> all = model.parameters();
    for (blocks::NamedTensor &buffer : model.buffers()) all.push_back(std::move(buffer));
    return all;
}

std::string sizesText(const at::Tensor &tensor)
{
    std::string text;
    for (const std::int64_t size : tensor.sizes())
        text += (text.empty() ? "" : "×") + std::to_string(size);
    return text.empty() ? "1" : text;
}

std::optional<Error> objection(const std::vector<blocks::NamedTensor> &wanted,
                               const Snapshot &snapshot)
{
    const Message hint{"engine.snapshot_hint", {}};
    for (const auto &[name, tensor] : wanted) {
        const auto found = snapshot.tensors.find(name);
        if (found == snapshot.tensors.end())
            return Error{name, {"engine.snapshot_missing", {name}}, hint};
        if (found->second.sizes() != tensor.sizes())
            return Error{
                name,
                {"engine.snapshot_shape", {name, sizesText(found->second), sizesText(tensor)}},
                hint};
    }
    if (snapshot.tensors.size() == wanted.size()) return std::nullopt;
    for (const auto &[name, tensor] : snapshot.tensors) {
        const bool known =
            std::ranges::any_of(wanted, [&](const auto &one) { return one.name == name; });
        if (!known) return Error{name, {"engine.snapshot_extra", {name}}, hint};
    }
    return std::nullopt;
}

} // namespace

SnapshotHandle snapshotOf(const ModelHandle &model)
{
    const at::NoGradGuard noGradient;
    auto snapshot = std::make_shared<Snapshot>();
    for (const auto &[name, tensor] : allTensors(*model))
        snapshot->tensors[name] =
            tensor.detach().to(at::TensorOptions().device(at::kCPU), /*non_blocking=*/false,
                               /*copy=*/true, at::MemoryFormat::Contiguous);
    return snapshot;
}

Result<void> restore(const ModelHandle &model, const SnapshotHandle &snapshot)
{
    const std::vector<blocks::NamedTensor> wanted = allTensors(*model);
    if (const auto wrong = objection(wanted, *snapshot)) return *wrong;
    return guarded("restore", [&] {
        const at::NoGradGuard noGradient;
        // In place: optimizers and whoever else holds these tensors keep seeing them.
        for (const auto &[name, tensor] : wanted) tensor.copy_(snapshot->tensors.at(name));
    });
}

Result<void> saveWeights(const SnapshotHandle &snapshot, const std::string &file)
{
    return writeSafetensors(file, {snapshot->tensors, {{"format", "pt"}}});
}

Result<SnapshotHandle> loadWeights(const std::string &file)
{
    Result<TensorFile> read = readTensorFile(file);
    if (!read) return read.error();
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->tensors = std::move(read->tensors);
    return SnapshotHandle(std::move(snapshot));
}

Result<SnapshotHandle> renamed(const SnapshotHandle &snapshot,
                               const std::map<std::string, std::string> &names)
{
    auto answer = std::make_shared<Snapshot>();
    for (const auto &[now, before] : names) {
        const auto found = snapshot->tensors.find(before);
        if (found == snapshot->tensors.end())
            return Error{before, {"engine.renamed_missing", {before}}, {}};
        answer->tensors[now] = found->second;
    }
    return SnapshotHandle(std::move(answer));
}

} // namespace ostrich::engine
