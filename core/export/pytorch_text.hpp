// Pieces of Python: lines, what runs along a wire in them, and what they speak of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ostrich::exporting {

/// Of lengths where all steps are real.
inline constexpr std::string_view kNone = "None";

/// A port's tensor and its lengths, as Python reads them.
struct PythonSignal {
    std::string tensor;            // empty: nothing that is needed
    std::string lengths{kNone};    // a variable, or kNone
    std::string freshLengths = {}; // the variable to keep them in, where the block changes them

    bool hasLengths() const { return lengths != kNone; }
};

/// A line of forward().
struct PythonLine {
    std::string code;
    std::string comment = {};
    std::string lengths = {}; // the variable that it alone is there for
};

void replaceAll(std::string &text, const std::string &what, const std::string &by);

/// Whether `text` may be a name, or what follows its first letter.
bool isPythonName(std::string_view text);
/// Whether `text`, or one of the lines, speaks of the variable `name`.
bool mentions(const std::string &text, const std::string &name);
bool mentions(const std::vector<PythonLine> &lines, const std::string &name);

/// What `support` defines: the names behind "def" and "class" at the beginning of a line.
std::vector<std::string> definitions(const std::string &support);

/// A title to stand between quotes.
std::string harmless(std::string title);

/// "layer_1.0.linear_2.weight" as what is behind "self": ".layer_1[0].linear_2.weight".
std::string asMember(const std::string &name);

} // namespace ostrich::exporting
