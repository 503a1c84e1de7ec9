// What a run needs in memory, before it starts.
#pragma once

#include "graph/analysis.hpp"
#include "train/trainer.hpp"

namespace ostrich::train {

struct Footprint {
    std::int64_t training =
        0; // parameters, gradients, moments, activations, batches: still to be had
    std::int64_t dataset = 0; // in memory already
};
Footprint footprintOf(const TrainerSetup &setup, const graph::Analysis &analysis);

/// Error, with the estimate: `needed` bytes are more than are free on `device`.
Result<void> checkMemory(std::int64_t needed, const std::string &device);

/// "61 GB", "940 MB": two or three significant digits.
std::string readableBytes(std::int64_t bytes);

} // namespace ostrich::train
