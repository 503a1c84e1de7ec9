// What each block puts out for one sample, again and again while everything changes: on a thread of
// its own, newest request wins.
#pragma once

#include "data/dataset.hpp"
#include "engine/model.hpp"
#include "graph/network.hpp"

#include <functional>
#include <map>
#include <memory>

namespace ostrich::probe {

struct ThumbnailRequest {
    std::uint64_t serial = 0; // the asker's own count, handed back
    graph::Network network;
    graph::DataFacts facts;
    data::Statistics statistics;
    std::uint64_t seed = 1;
    Array sample;                    // one sample, no batch axis
    Array target;                    // a translation's ids that the decoder reads (S); else empty
    engine::SnapshotHandle snapshot; // null, or of another network: the untrained weights of `seed`
};

/// At most this many channels of a block are handed over: those with the largest mean absolute
/// value, strongest first.
inline constexpr int kThumbnailMaps = 4;

struct Thumbnail {
    /// Maps: (M, H, W), M <= kThumbnailMaps (M = C for the input). Sequences: one map (1, F, T), T
    /// to the right. Vector: (F). Tokens: (T).
    Array values;
    std::vector<int> channels;  // which channels the maps are
    bool isSigned = false;      // has negative values: signed colour map
    bool probabilities = false; // an Output's: sums to 1
    bool attention = false;     // maps (M, T, S): who looks at whom, head by head
    /// A block in which tokens are looked up: one of the sample's, and those whose vectors are
    /// nearest to its own; else empty.
    std::vector<std::int64_t> nearest;
    bool ofTarget = false; // those are tokens of a translation's target
};

struct Thumbnails {
    std::uint64_t serial = 0;
    /// Of every block of the unfolded network ("group_1.0.conv_1") that could be computed: a broken
    /// network gives the part that works.
    std::map<std::string, Thumbnail> blocks;
};

/// Owns one low-priority thread (1 LibTorch thread). `request` returns at once and replaces a
/// waiting request. A compiled model is kept and reused while network, facts and seed stay the
/// same. `ready` is called on the probe's thread after each result; take() gets it.
class ThumbnailProbe {
public:
    explicit ThumbnailProbe(std::function<void()> ready);
    ~ThumbnailProbe();
    void request(ThumbnailRequest request);
    std::shared_ptr<const Thumbnails> take(); // newest not yet taken; null: nothing new

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

/// The same once, on the calling thread.
Result<Thumbnails> thumbnails(const ThumbnailRequest &request);

} // namespace ostrich::probe
