// What NVIDIA's driver says of its cards, asked through the driver's own libraries: no CUDA
// headers, and no context (hundreds of megabytes on the card) only to read a name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace ostrich::engine {

struct NvidiaCard {
    std::string title; // "NVIDIA H100 80GB HBM3"
    std::int64_t totalBytes = 0;
    std::int64_t freeBytes = 0;
    int capability = 0; // the compute capability's major number; 0: the driver does not tell
};

/// Card `index` in CUDA's order (CUDA_VISIBLE_DEVICES respected). Nothing without a driver.
std::optional<NvidiaCard> nvidiaCard(int index);

} // namespace ostrich::engine
