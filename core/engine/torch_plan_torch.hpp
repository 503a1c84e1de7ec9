// From a state dict's description to the tensors it describes: where the values of each one lie.
#pragma once

#include "engine/pickle.hpp"
#include "engine/safetensors_torch.hpp"

#include <c10/core/ScalarType.h>

#include <map>
#include <string>
#include <vector>

namespace ostrich::engine {

/// A stretch of numbers in the file, which tensors are views of.
struct TorchStorage {
    at::ScalarType type = at::kByte;
    std::uint64_t count = 0; // numbers of that type
    std::uint64_t bytes() const { return count * c10::elementSize(type); }
    bool operator==(const TorchStorage &) const = default;
};

/// A tensor as the description announces it: checked to lie inside its storage.
struct TorchTensor {
    at::ScalarType type = at::kFloat;
    std::string storage;                      // its key
    std::uint64_t begin = 0;                  // byte in the storage
    std::vector<std::int64_t> sizes, strides; // in numbers, none negative
    std::uint64_t count = 0;                  // numbers that it holds
    std::uint64_t extent = 0;                 // numbers from its first to its last in the storage
};

struct TorchPlan {
    std::map<std::string, TorchStorage> storages; // all that the file mentions, by key
    std::map<std::string, TorchTensor> tensors;   // those that are wanted, by name
    std::string taken;                            // the checkpoint's entry; empty: all of it
};

/// Finds the dict of tensors (see readTorchFile) and the tensors in it that `wanted` lets through.
/// Errors, about `where`: no such dict, or several; a description that does not fit its storage.
Result<TorchPlan> planTensors(const Pickle &pickle, const std::string &where, const Wanted &wanted);

} // namespace ostrich::engine
