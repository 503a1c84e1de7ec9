// model.py: a network in PyTorch's own words.
#pragma once

#include "engine/model.hpp"
#include "export/pytorch_names.hpp"
#include "graph/kind.hpp"
#include "graph/network.hpp"

#include <string>
#include <vector>

namespace ostrich::exporting {

struct PytorchModel {
    std::string text;                   // of model.py
    NameOfBlock names;                  // of the blocks that are in it
    std::vector<engine::Tie> ties;      // parameters that are another's
    std::vector<std::string> inputs;    // ids, in the order in which they run
    std::vector<std::string> outputs;   // ids, in the order in which forward() answers
    std::vector<std::string> arguments; // of forward(), without self: "x", "lengths"
};

/// Those blocks of `network` that feed an Output; groups as classes of their own. `network` has no
/// problem with these `facts`; `title` is its name, for the text's head.
PytorchModel pytorchModel(const graph::Network &network, const graph::DataFacts &facts,
                          const std::string &title);

/// `words` as a Python string, in quotes.
std::string pythonString(const std::string &words);

} // namespace ostrich::exporting
