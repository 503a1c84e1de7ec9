// A network kept compiled, working parts only, so that one request after another costs a forward
// pass and no more.
#pragma once

#include "probe/thumbnails.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ostrich::probe {

/// Whether a network of so many parameters is drawn at all: its weights and their untrained copy
/// take at most a quarter of the memory at hand (0: unknown), else there would be none to train in.
bool worthDrawing(std::int64_t parameters, std::int64_t availableBytes);

/// One thread. Compiles anew when network, facts, statistics or seed change (positions on the
/// canvas do not count).
class LookingGlass {
public:
    /// Errors: the sample does not fit the data's shape; too large to draw; LibTorch's.
    Result<Thumbnails> look(const ThumbnailRequest &request);

private:
    struct Subject { // what the compiled model belongs to
        graph::Network network;
        graph::DataFacts facts;
        data::Statistics statistics;
        std::uint64_t seed = 0;
        bool operator==(const Subject &) const = default;
    };

    Result<void> compile(const ThumbnailRequest &request);
    void useWeights(const engine::SnapshotHandle &snapshot);

    std::optional<Subject> m_subject;
    std::vector<graph::Block> m_blocks; // of the unfolded network
    std::set<std::string> m_lookups;    // those in which tokens are looked up
    engine::ModelHandle m_model;
    engine::SnapshotHandle m_initial;
    engine::SnapshotHandle m_used; // the weights that the model holds
};

} // namespace ostrich::probe
