// The blocks that an exported network has, and how each of them reads in PyTorch.
#pragma once

#include "blocks/block_kind.hpp"
#include "graph/analysis.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ostrich::exporting {

/// One block of the unfolded network.
struct PytorchBlock {
    const blocks::BlockKind *kind = nullptr;
    graph::Parameters parameters; // complete
    std::vector<graph::Shape> inputs, outputs;
    blocks::PytorchText text;

    graph::Role role() const { return kind->description().role; }
};

/// What of a network feeds its Outputs.
struct PytorchBlocks {
    /// To be written. Unfolded where no class of its own can stand for a group: it holds an Input
    /// or an Output, which belong to the whole, or a repetition of it feeds no Output.
    graph::Network network;
    std::vector<std::string> order;             // inputs first
    std::map<std::string, PytorchBlock> blocks; // by the id that graph::expand() gives
    std::set<std::string> groups;               // needed ones: "layer_1", "layer_1.0.part"
    std::vector<std::string> support;           // Python that several blocks may need, each once
};

/// `network` has no problem with these `facts`.
PytorchBlocks pytorchBlocks(const graph::Network &network, const graph::DataFacts &facts);

} // namespace ostrich::exporting
