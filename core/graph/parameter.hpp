// The parameters of a block: values, and what a kind says of each.
#pragma once

#include "base/message.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ostrich::graph {

/// A symbol such as "data" or "classes" is a string where a number is expected.
using ParameterValue = std::variant<bool, std::int64_t, double, std::string>;
using Parameters = std::map<std::string, ParameterValue, std::less<>>; // looked up by string_view

enum class ParameterType {
    Boolean,
    Integer,
    Real,
    Choice,
    Padding /* "same", "valid" or an integer */,
    Text
};

/// "integer", "choice" ...: as `ostrich-cli kinds` names it.
std::string_view name(ParameterType type);

struct ParameterSpec {
    std::string name; // the field's standard term: "out_channels"
    ParameterType type = ParameterType::Integer;
    ParameterValue defaultValue;
    double minimum = 0.0; // numbers only, both ends included
    double maximum = 0.0;
    std::vector<std::string> choices; // Choice: one of them. Text: a list of these, with commas
                                      // between them; none: any text
    std::vector<Words> choiceLabels;  // beside choices; may be empty
    std::vector<std::string> symbols = {}; // words allowed instead of a number: "classes", "data"
    std::string unit;                      // "pixels", "" ...
    Words label;
    Words help; // one line
};

/// Reads with the spec's default where the block has no such entry. Assert: the type fits (see
/// checkParameters).
std::int64_t integer(const Parameters &parameters, std::string_view name);
double real(const Parameters &parameters, std::string_view name);
bool boolean(const Parameters &parameters, std::string_view name);
const std::string &text(const Parameters &parameters, std::string_view name);

/// `parameters` with every missing entry filled from `specs`.
Parameters withDefaults(const Parameters &parameters, const std::vector<ParameterSpec> &specs);
/// As withDefaults(), but entries that checkParameters() objects to are replaced by their default
/// or left out: safe to read.
Parameters soundParameters(const Parameters &parameters, const std::vector<ParameterSpec> &specs);
/// Empty when every value has the right type and range and no name is unknown; else the first
/// objection, whose first argument is the parameter's name. A spec with minimum and maximum 0 sets
/// no limits.
std::optional<Message> checkParameters(const Parameters &parameters,
                                       const std::vector<ParameterSpec> &specs);
/// "16", "same", "0.5", "true": for summaries and messages.
std::string toString(const ParameterValue &value);

} // namespace ostrich::graph
