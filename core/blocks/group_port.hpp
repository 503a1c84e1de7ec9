// The ways into a group and out of it: blocks that pass on what they get.
#pragma once

#include "blocks/block_kind.hpp"

namespace ostrich::blocks {

/// A kind that hands on signals of every shape as they are, lengths and vocabulary included.
std::unique_ptr<BlockKind> groupPortKind(graph::Description description);

} // namespace ostrich::blocks
