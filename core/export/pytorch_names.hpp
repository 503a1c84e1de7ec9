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

private:
    std::set<std::string> m_taken;
};

/// Block id to name.
using NameOfBlock = std::map<std::string, std::string>;

} // namespace ostrich::exporting
