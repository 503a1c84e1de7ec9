// What a file of weights holds, in plain values: for those who show it.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ostrich::engine {

struct WeightFacts {
    std::string name;
    std::string type; // "float32", "int64" ... as PyTorch says
    std::vector<std::int64_t> sizes;
    std::int64_t count = 0; // values
    std::int64_t bytes = 0;
};

struct WeightFileFacts {
    std::string format; // "safetensors", "pytorch-zip", "pytorch-legacy"
    std::string taken;  // the entry of a checkpoint that they stand in; empty: all of it
    std::vector<WeightFacts> weights; // by name
};

/// Reads the whole file, so that one that ends too early is found. Errors as of loadWeights().
Result<WeightFileFacts> weightFileFacts(const std::string &file);

} // namespace ostrich::engine
