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

class Tokenizer; // data/tokenizer.hpp

enum class Split { Train, Validation, Test };
std::string_view name(Split split); // "train", "validation", "test"

/// A step without a label (blocks::kNoLabel, PyTorch's ignore_index).
inline constexpr std::int32_t kNoLabel = -100;

/// Rows of token ids, one behind the other: row i is ids[starts[i]] .. ids[starts[i + 1] - 1].
struct TokenRows {
    std::vector<std::int32_t> ids;
    std::vector<std::int64_t> starts; // one more than there are rows; empty: no rows at all

    std::span<const std::int32_t> row(std::int64_t index) const;
    void add(std::span<const std::int32_t> row);
};

/// Samples of one split. Pictures are kept as bytes (C, H, W per sample, RGB or grey planes),
/// points as floats, sequences step by step, one sample behind the other.
struct Samples {
    std::vector<std::int64_t> sampleShape; // {C, H, W} or {F}; sequences: of one step, {F} or, for
                                           // tokens, {}
    std::vector<std::uint8_t> bytes;       // pictures: 0..255
    std::vector<float> values;             // points and sequences of numbers
    std::vector<std::int32_t> tokens;      // sequences of tokens
    std::vector<std::int64_t> starts; // sequences: where each begins, in steps, and the end of the
                                      // last (count + 1); empty: there is no time axis

    // What is asked, one of these by DataFacts::task.
    std::vector<std::int32_t> labels;     // Classify: class indices
    std::vector<std::int32_t> stepLabels; // LabelSteps: a class for each step, or kNoLabel
    std::vector<float> answers;           // Regress: count × V, in data units
    TokenRows targets;                    // Translate: Tokenizer::kBegin, ids, Tokenizer::kEnd

    // Regress on series: what the two simplest forecasts say (count × V); empty where there is
    // none.
    std::vector<float> naive;         // the last value goes on
    std::vector<float> seasonalNaive; // the value one season earlier comes again

    std::int64_t count() const;
    bool pictures() const { return sampleShape.size() == 3; }
    bool sequences() const { return !starts.empty(); }
    /// Steps of sample `index`; sequences only.
    std::int64_t steps(std::int64_t index) const;
    /// Values of one sample; of one step where there are steps.
    std::int64_t valuesPerSample() const;
    /// Sample `index` as floats: pictures in [0, 1], points as they are: sampleShape. Sequences
    /// with T in front: {T, F}, tokens {T}.
    Array sample(std::int64_t index) const;
    /// Samples `indices` into `out` (N × valuesPerSample floats, the same units). Not sequences.
    void gather(std::span<const std::int64_t> indices, float *out) const;
    /// The samples `indices`, in this order, with all that is asked of them.
    Samples select(std::span<const std::int64_t> indices) const;
    /// Memory that all of it takes.
    std::int64_t byteCount() const;
};

/// Mean and deviation per channel or feature in the units of Samples::sample; none for tokens.
struct Statistics {
    std::vector<float> mean;
    std::vector<float> deviation;       // never 0
    std::vector<float> answerMean = {}; // Regress: of each number asked for (V)
    std::vector<float> answerDeviation = {};
    bool operator==(const Statistics &) const = default;
};

/// Immutable once loaded; shared between threads as shared_ptr<const Dataset>.
struct Dataset {
    std::string source;     // the SourceSpec it came from, as text
    graph::DataFacts facts; // input shape, classes, names, title
    std::array<Samples, 3> splits;
    Statistics statistics; // of the training split alone, unless the source has its own
    std::shared_ptr<const Tokenizer> tokenizer;       // of the input; null where it is numbers
    std::shared_ptr<const Tokenizer> targetTokenizer; // Translate only
    std::vector<Message> warnings;                    // "3 files were skipped: ..."
    std::uint64_t checksum = 0;                       // over all samples and labels

    const Samples &split(Split which) const { return splits[static_cast<std::size_t>(which)]; }
};

/// What a network takes in one go. N samples; sequences padded with 0 to the longest of them.
struct Batch {
    Array x; // N × C × H × W, N × F, N × T × F, or N × T token ids; units of Samples::sample
    std::vector<std::int64_t> lengths; // real steps of each sample; empty: all have the same
    Array target;                      // Translate: N × S ids that the decoder reads, kBegin first
    std::vector<std::int64_t> targetLengths;
    /// Classify: N class indices. LabelSteps: N × T, Translate: N × S (each the token to come),
    /// with kNoLabel in padding.
    std::vector<std::int64_t> y;
    std::vector<float> answers;        // Regress: N × V
    std::vector<std::int64_t> indices; // of the samples in their split
};

Batch batchOf(const Samples &samples, std::span<const std::int64_t> indices);

/// Fits mean and deviation on `train`.
Statistics fitStatistics(const Samples &train);
std::uint64_t checksumOf(const Dataset &dataset);

} // namespace ostrich::data
