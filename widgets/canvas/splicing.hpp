// Putting a block into a wire, with room made for it.
#pragma once

#include "graph/edit.hpp"

namespace ostrich::ui {

/// A new block of `kind` in `wire`. Empty when it has no input or no output.
graph::Edit spliceNew(const graph::Network &network, const graph::Wire &wire,
                      const graph::Kind &kind, const graph::KindSet &kinds);

/// The block `id`, which has no wires, taken from where it stands into `wire`. Empty as above.
graph::Edit spliceLoose(const graph::Network &network, const graph::Wire &wire,
                        const std::string &id, const graph::KindSet &kinds);

} // namespace ostrich::ui
