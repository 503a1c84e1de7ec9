// weights.pt: a state dict in the format of torch.save, written without Python.
#pragma once

#include "base/result.hpp"
#include "engine/model.hpp"
#include "export/pytorch_names.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ostrich::exporting {

struct PickledTensor {
    std::string name;
    std::vector<std::int64_t> sizes; // C order
    std::size_t storage = 0;         // it fills that of this number; tied ones share theirs
};

/// The pickle (protocol 2) of an OrderedDict of float32 tensors.
std::string stateDictPickle(const std::vector<PickledTensor> &tensors);

/// All of `weights` as float32, "block.param" under the block's name in Python, and those that are
/// another's under both names. It holds nothing but what torch.load(weights_only=True) takes.
/// Errors: as writeFile; no memory for the archive.
Result<void> savePytorchWeights(const engine::SnapshotHandle &weights, const NameOfBlock &names,
                                const std::filesystem::path &file,
                                const std::vector<engine::Tie> &ties = {});

} // namespace ostrich::exporting
