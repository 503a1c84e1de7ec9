// Batches prepared ahead on a thread of their own, in an order that depends on (seed, epoch) alone.
#pragma once

#include "data/dataset.hpp"

#include <memory>
#include <optional>

namespace ostrich::data {

/// `x` is N × C × H × W or N × F floats in the units of Samples::sample, `y` (N) class indices.
struct Batch {
    Array x;
    std::vector<std::int64_t> y;
    std::vector<std::int64_t> indices; // of the samples in their split
};

/// One pass over a split. next() blocks until a batch is ready; empty at the end. One consumer
/// thread.
class Loader {
public:
    struct Options {
        std::int64_t batchSize = 64;
        bool shuffle = true;
        std::uint64_t seed = 0;
        std::int64_t epoch = 1;       // counts from 1
        std::int64_t skipBatches = 0; // start in the middle: a resumed epoch
        int prefetch = 4;
    };
    Loader(std::shared_ptr<const Dataset> dataset, Split split, Options options);
    ~Loader(); // joins its thread

    std::optional<Batch> next();
    std::int64_t batches() const; // of a whole pass

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The order of an epoch: a permutation of 0 .. count-1.
std::vector<std::int64_t> epochOrder(std::int64_t count, std::uint64_t seed, std::int64_t epoch);

} // namespace ostrich::data
