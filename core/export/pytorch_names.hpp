// What blocks are called in Python.
#pragma once

#include <map>
#include <set>
#include <string>

namespace ostrich::exporting {

/// Hands out names that Python takes for a variable and PyTorch for a module's member, none of them
/// twice. An id that serves as it is stays as it is.
class PythonNames {
public:
    /// `taken`: names that the text around uses itself.
    explicit PythonNames(const std::set<std::string> &taken);

    /// A new name like `wish`: with "_" behind it, as often as needed; "block_" in front of a
    /// figure.
    std::string unique(const std::string &wish);
    /// A new name for a class: "Residual block" is ResidualBlock, a second one ResidualBlock2.
    std::string uniqueClass(const std::string &title);

private:
    std::set<std::string> m_taken;
};

/// Id of a block as graph::expand() gives it, to what its tensors' names begin with: "conv_1",
/// "layer_1.0.linear_2".
using NameOfBlock = std::map<std::string, std::string>;

/// "layer_1.0.linear_2.weight" with the block's name in Python; as it is where none is known.
std::string nameInPython(const std::string &tensor, const NameOfBlock &names);

} // namespace ostrich::exporting
