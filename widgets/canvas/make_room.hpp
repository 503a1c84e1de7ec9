// Putting a block into a wire where there is no room for it: what stands right of it in its row
// moves on.
#pragma once

#include "graph/edit.hpp"
#include "graph/kind.hpp"

namespace ostrich::ui {

/// `edit` with the moves added that give each block which it puts between two others a place in
/// line with its source, and push on the blocks of that row which it would cover. Edits that put
/// nothing between come back as they are.
graph::Edit withRoom(const graph::Network &network, graph::Edit edit, const graph::KindSet &kinds);

} // namespace ostrich::ui
