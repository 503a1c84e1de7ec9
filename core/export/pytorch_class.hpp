// Classes of model.py: the network's own, and one for each group, or for each repetition that reads
// otherwise than the others.
#pragma once

#include "engine/model.hpp"
#include "export/pytorch_blocks.hpp"
#include "export/pytorch_names.hpp"
#include "export/pytorch_text.hpp"

#include <map>
#include <string>
#include <vector>

namespace ostrich::exporting {

struct PythonClass {
    std::string name;
    std::string title; // a line at its head, where the name is another; may be empty
    std::vector<std::string> constructor;
    std::vector<std::string> arguments; // of forward(), without self: "x", "lengths=None"
    std::vector<PythonLine> forward;

    std::string text() const;
};

/// How a network as a whole is called.
struct NetworkCall {
    std::map<std::string, PythonSignal> feeds; // what each Input takes, by its id
    std::vector<std::string> arguments;        // as PythonClass has them
    std::vector<std::string> outputs;          // ids of the Outputs, as they are answered
};

/// All classes, those within before those around; the last is the network's, named Network.
struct PythonClasses {
    std::vector<PythonClass> all;
    NameOfBlock names;
};

/// `ties`: parameters that are another's, by the names that the engine gives them.
PythonClasses pythonClasses(const PytorchBlocks &blocks, const NetworkCall &call,
                            const std::vector<engine::Tie> &ties);

} // namespace ostrich::exporting
