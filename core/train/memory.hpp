// What a run needs in memory, before it starts.
#pragma once

#include "graph/analysis.hpp"
#include "train/trainer.hpp"

namespace ostrich::train {

struct Footprint {
    std::int64_t training = 0; // weights, their copies, activations, batches: still to be had
    std::int64_t copies = 0;   // of these, in the CPU's memory wherever the network is
    std::int64_t dataset = 0;  // in memory already
};
Footprint footprintOf(const TrainerSetup &setup, const graph::Analysis &analysis);

/// Error, with the estimate: `needed` bytes are more than are free on `device`.
Result<void> checkMemory(std::int64_t needed, const std::string &device);

/// The same for each part where it will lie: all of it on the CPU, or the copies there and the rest
/// on the card.
Result<void> checkMemory(const Footprint &footprint, const std::string &device);

/// "61 GB", "940 MB": two or three significant digits.
std::string readableBytes(std::int64_t bytes);

} // namespace ostrich::train
