// Putting blocks in: into a wire, with room made, or where nothing is covered exactly.
#pragma once

#include "graph/edit.hpp"

namespace ostrich::ui {

/// A new block of `kind` in `wire`. Empty when it has no input or no output.
graph::Edit spliceNew(const graph::Network &network, const graph::Wire &wire,
                      const graph::Kind &kind, const graph::KindSet &kinds);

/// The block `id`, which has no wires, taken from where it stands into `wire`. Empty as above.
graph::Edit spliceLoose(const graph::Network &network, const graph::Wire &wire,
                        const std::string &id, const graph::KindSet &kinds);

/// `offset`, moved on by steps of the grid until no block of `fragment` comes to stand exactly
/// where one of `network` does.
graph::Position uncovered(const graph::Network &network, const graph::Network &fragment,
                          graph::Position offset);

} // namespace ostrich::ui
