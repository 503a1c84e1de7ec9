// A network made to fit other data than it was drawn for, by the repairs that its own blocks
// propose.
#pragma once

#include "graph/analysis.hpp"

namespace ostrich::project {

struct Fitted {
    graph::Network network;
    std::vector<Message> changes; // the repairs made, in order: "Insert Embedding"
    graph::Edit edit;             // all of them as one; empty where there are none
};

/// Makes the repair of the first problem that has one, again and again, until nothing is wrong. A
/// network that cannot be mended so, needs no mending, or holds a block that is wrong whatever the
/// data, comes back as it was, without changes.
Fitted fitted(const graph::Network &network, const graph::KindSet &kinds,
              const graph::DataFacts &facts);

} // namespace ostrich::project
