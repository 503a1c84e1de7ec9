// Symbolic shapes with named axes. The batch axis N always comes first.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace ostrich::graph {

/// Batch, channels, height, width, time, features.
enum class Axis { N, C, H, W, T, F };

char letter(Axis axis);

/// One axis. `size` is empty where it is not fixed: always for N, for T where lengths differ.
struct Dimension {
    Axis axis = Axis::N;
    std::optional<std::int64_t> size;

    bool operator==(const Dimension &) const = default;
};

/// The shape on a wire, N first: N x C x H x W for maps, N x F for vectors, N x T x F for
/// sequences, N x T for sequences of token ids.
struct Shape {
    std::vector<Dimension> dimensions;
    std::int64_t vocabulary = 0; // tokens only: ids are below this

    bool operator==(const Shape &) const = default;

    static Shape maps(std::int64_t channels, std::int64_t height, std::int64_t width);
    static Shape vector(std::int64_t features);
    /// `steps` empty: T varies from sample to sample.
    static Shape sequence(std::optional<std::int64_t> steps, std::int64_t features);
    static Shape tokens(std::optional<std::int64_t> steps, std::int64_t vocabulary);

    bool isMaps() const;     // N C H W
    bool isVector() const;   // N F
    bool isSequence() const; // N T F
    bool isTokens() const;   // N T: ids to be looked up
    std::optional<std::int64_t> size(Axis axis) const;
    /// Values per sample: the product of all axes but N; empty when one is variable.
    std::optional<std::int64_t> valuesPerSample() const;
};

/// "N×32×7×7"; a variable T reads "T". `withBatch` false: "32×7×7".
std::string toString(const Shape &shape, bool withBatch = true);

} // namespace ostrich::graph
