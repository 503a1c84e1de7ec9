// Batches prepared ahead on a thread of their own, in an order that depends on (seed, epoch) alone.
#pragma once

#include "data/dataset.hpp"

#include <memory>
#include <optional>

namespace ostrich::data {

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

/// `order` with samples of about the same length brought together, so that batches of `batchSize`
/// hold little padding: sorted within pools of 50 batches, the batches then in an order by (seed,
/// epoch). Samples that are no sequences, or all of one length, keep their order.
std::vector<std::int64_t> bucketed(std::vector<std::int64_t> order, const Samples &samples,
                                   std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch);

} // namespace ostrich::data
