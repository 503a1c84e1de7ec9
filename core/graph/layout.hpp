// Where blocks stand: the "Tidy" layout and the sizes of what is drawn, in canvas pixels. Pure
// geometry, no pixels.
#pragma once

#include "graph/analysis.hpp"
#include "graph/edit.hpp"
#include "graph/kind.hpp"

namespace ostrich::graph {

struct Size {
    double width = 0.0;
    double height = 0.0;
    bool operator==(const Size &) const = default;
};

/// The card's or pill's size (design: card 168×96, Input 144, Output 124, pill 32 high, two inputs
/// 40 high).
Size blockSize(const Block &block, const KindSet &kinds);

/// Moves every block: flow in reading order, wrapped into rows no wider than `viewWidth`; within a
/// row neighbours in rank order (longest path) with gaps wide enough for their shape label;
/// parallel branches stacked above each other; row pitch 160-168 (more where branches stack).
/// Deterministic. Returns one edit named "Tidy". `analysis` tells how long the shape labels are: of
/// a network within a group, its view (inView()).
Edit tidy(const Network &network, const KindSet &kinds, const Analysis &analysis, double viewWidth);
Edit tidy(const Network &network, const KindSet &kinds, const DataFacts &facts, double viewWidth);

} // namespace ostrich::graph
