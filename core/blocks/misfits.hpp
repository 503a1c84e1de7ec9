// What several kinds say when shapes do not fit, and the sizes beyond which a block is refused.
#pragma once

#include "graph/kind.hpp"

#include <optional>

namespace ostrich::blocks {

/// "Linear expects a flat vector, it gets 32×7×7.", with a Flatten before it as the repair where
/// maps come.
graph::Misfit expectsVector(const std::string &kind, const graph::Shape &got,
                            const std::string &port = "x");
/// "Conv2d expects maps, it gets 1568 features."
graph::Misfit expectsMaps(const std::string &kind, const graph::Shape &got,
                          const std::string &port = "x");
/// "LSTM expects a sequence, it gets 32×7×7."; where token ids come, an Embedding before it is the
/// repair.
graph::Misfit expectsSequence(const std::string &kind, const graph::Shape &got,
                              const std::string &port = "x");
graph::Misfit misfit(Message message, Message reason, std::string expected, std::string port,
                     graph::Repair repair);

/// Sizes of one block: weights, values put out per sample, multiply-adds per sample. As doubles:
/// exact enough for a limit, and no product of theirs overflows.
struct Extent {
    double weights = 0.0;
    double values = 0.0;
    double multiplyAdds = 0.0;
};

/// A misfit where the block is so large that no machine would take it (2^40 weights or values, 2^50
/// multiply-adds): below these limits sums over thousands of blocks stay in 64 bits.
std::optional<graph::Misfit> tooLarge(const std::string &kind, const Extent &extent);

} // namespace ostrich::blocks
