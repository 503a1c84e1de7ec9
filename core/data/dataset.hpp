// Samples and labels in memory, in three splits, with what they mean. No LibTorch.
#pragma once

#include "base/array.hpp"
#include "base/message.hpp"
#include "graph/kind.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ostrich::data {

enum class Split { Train, Validation, Test };
std::string_view name(Split split); // "train", "validation", "test"

/// Samples of one split. Pictures are kept as bytes (C, H, W per sample, RGB or grey planes),
/// points as floats.
struct Samples {
    std::vector<std::int64_t> sampleShape; // {C, H, W} or {F}
    std::vector<std::uint8_t> bytes;       // pictures: 0..255
    std::vector<float> values;             // points
    std::vector<std::int32_t> labels;      // class indices

    std::int64_t count() const { return static_cast<std::int64_t>(labels.size()); }
    std::int64_t valuesPerSample() const;
    bool pictures() const { return sampleShape.size() == 3; }
    /// Sample `index` as floats: pictures in [0, 1], points as they are. Shape sampleShape.
    Array sample(std::int64_t index) const;
    /// Samples `indices` into `out` (N × valuesPerSample floats, the same units).
    void gather(std::span<const std::int64_t> indices, float *out) const;
};

/// Mean and deviation per channel or feature in the units of Samples::sample.
struct Statistics {
    std::vector<float> mean;
    std::vector<float> deviation; // never 0
    bool operator==(const Statistics &) const = default;
};

/// Immutable once loaded; shared between threads as shared_ptr<const Dataset>.
struct Dataset {
    std::string source;     // the SourceSpec it came from, as text
    graph::DataFacts facts; // input shape, classes, names, title
    std::array<Samples, 3> splits;
    Statistics statistics;         // of the training split alone
    std::vector<Message> warnings; // "3 files were skipped: ..."
    std::uint64_t checksum = 0;    // over all samples and labels

    const Samples &split(Split which) const { return splits[static_cast<std::size_t>(which)]; }
};

/// Fits mean and deviation on `train`.
Statistics fitStatistics(const Samples &train);
std::uint64_t checksumOf(const Dataset &dataset);

} // namespace ostrich::data
