// Settings that a user may type: how they are described, read from text and checked. Sources'
// options, recipes' fields.
#pragma once

#include "base/result.hpp"
#include "graph/parameter.hpp"

#include <string>
#include <vector>

namespace ostrich::data {

// Descriptions, one line each where they are listed.
graph::ParameterSpec integerOption(std::string name, std::int64_t value, std::int64_t minimum,
                                   std::int64_t maximum, Words label, Words help);
graph::ParameterSpec realOption(std::string name, double value, double minimum, double maximum,
                                Words label, Words help);
graph::ParameterSpec booleanOption(std::string name, bool value, Words label, Words help);
graph::ParameterSpec choiceOption(std::string name, std::string value,
                                  std::vector<std::string> choices, std::vector<Words> choiceLabels,
                                  Words label, Words help);
graph::ParameterSpec textOption(std::string name, std::string value, Words label, Words help);

/// `value` as the spec's type (an integer serves as a real number), in its range or among its
/// choices. Errors stand at `where`, the setting as the user calls it ("recipe.epochs").
Result<graph::ParameterValue> checkedValue(const graph::ParameterSpec &spec,
                                           const graph::ParameterValue &value,
                                           const std::string &where);

/// Reads the whole of `text`: "16", "1e-3", "true" ("1", "on", "yes" too), a choice. No blanks, no
/// leftovers.
Result<graph::ParameterValue> valueFromText(const graph::ParameterSpec &spec,
                                            const std::string &text, const std::string &where);

/// "a, b, c": for lists inside messages.
std::string joined(const std::vector<std::string> &items);

} // namespace ostrich::data
