// Reading parameters, filling defaults, and objecting to values that do not fit.
#include "graph/parameter.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

namespace ostrich::graph {

namespace {

const ParameterValue *valueOf(const Parameters &parameters, std::string_view name)
{
    const auto found = parameters.find(name);
    return found == parameters.end() ? nullptr : &found->second;
}

std::string numberText(double number)
{
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

bool contains(const std::vector<std::string> &words, const std::string &word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Both ends zero: the spec sets no limits.
bool inRange(double number, const ParameterSpec &spec)
{
    const bool limited = spec.minimum != 0.0 || spec.maximum != 0.0;
    return std::isfinite(number)
           && (!limited || (number >= spec.minimum && number <= spec.maximum));
}

bool isSymbol(const ParameterValue &value, const ParameterSpec &spec)
{
    const auto *word = std::get_if<std::string>(&value);
    return word != nullptr && contains(spec.symbols, *word);
}

bool integerFits(const ParameterValue &value, const ParameterSpec &spec)
{
    const auto *number = std::get_if<std::int64_t>(&value);
    return number != nullptr && inRange(static_cast<double>(*number), spec);
}

bool fits(const ParameterValue &value, const ParameterSpec &spec)
{
    const auto *word = std::get_if<std::string>(&value);
    switch (spec.type) {
    case ParameterType::Boolean:
        return std::holds_alternative<bool>(value);
    case ParameterType::Integer:
        return isSymbol(value, spec) || integerFits(value, spec);
    case ParameterType::Real:
        if (const auto *number = std::get_if<double>(&value)) return inRange(*number, spec);
        return isSymbol(value, spec) || integerFits(value, spec);
    case ParameterType::Choice:
        return word != nullptr && contains(spec.choices, *word);
    case ParameterType::Padding:
        if (word != nullptr) return *word == "same" || *word == "valid";
        return integerFits(value, spec);
    case ParameterType::Text:
        return word != nullptr;
    }
    return false;
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// What `spec` takes, with the name first and the refused value last.
Message objection(const ParameterSpec &spec, const ParameterValue &value)
{
    const std::string low = numberText(spec.minimum);
    const std::string high = numberText(spec.maximum);
    const std::string given = toString(value);
    const std::string symbols = joined(spec.symbols);
    switch (spec.type) {
    case ParameterType::Boolean:
        return {"graph.parameter_boolean", {spec.name, given}};
    case ParameterType::Integer:
        if (!symbols.empty())
            return {"graph.parameter_integer_or", {spec.name, low, high, symbols, given}};
        return {"graph.parameter_integer", {spec.name, low, high, given}};
    case ParameterType::Real:
        return {"graph.parameter_real", {spec.name, low, high, given}};
    case ParameterType::Choice:
        return {"graph.parameter_choice", {spec.name, joined(spec.choices), given}};
    case ParameterType::Padding:
        return {"graph.parameter_padding", {spec.name, low, high, given}};
    case ParameterType::Text:
        break;
    }
    return {"graph.parameter_text", {spec.name, given}};
}

} // namespace

std::string_view name(ParameterType type)
{
    switch (type) {
    case ParameterType::Boolean:
        return "boolean";
    case ParameterType::Integer:
        return "integer";
    case ParameterType::Real:
        return "real";
    case ParameterType::Choice:
        return "choice";
    case ParameterType::Padding:
        return "padding";
    case ParameterType::Text:
        return "text";
    }
    return "";
}

std::int64_t integer(const Parameters &parameters, std::string_view name)
{
    const ParameterValue *value = valueOf(parameters, name);
    assert(value != nullptr && std::holds_alternative<std::int64_t>(*value));
    const auto *number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
    return number == nullptr ? 0 : *number;
}

double real(const Parameters &parameters, std::string_view name)
{
    const ParameterValue *value = valueOf(parameters, name);
    assert(value != nullptr);
    if (value == nullptr) return 0.0;
    if (const auto *number = std::get_if<double>(value)) return *number;
    // "dropout: 0" in a file is as good as "0.0".
    return static_cast<double>(integer(parameters, name));
}

bool boolean(const Parameters &parameters, std::string_view name)
{
    const ParameterValue *value = valueOf(parameters, name);
    assert(value != nullptr && std::holds_alternative<bool>(*value));
    const auto *flag = value == nullptr ? nullptr : std::get_if<bool>(value);
    return flag != nullptr && *flag;
}

const std::string &text(const Parameters &parameters, std::string_view name)
{
    static const std::string nothing;
    const ParameterValue *value = valueOf(parameters, name);
    assert(value != nullptr && std::holds_alternative<std::string>(*value));
    const auto *word = value == nullptr ? nullptr : std::get_if<std::string>(value);
    return word == nullptr ? nothing : *word;
}

Parameters withDefaults(const Parameters &parameters, const std::vector<ParameterSpec> &specs)
{
    Parameters complete = parameters;
    for (const ParameterSpec &spec : specs) complete.try_emplace(spec.name, spec.defaultValue);
    return complete;
}

Parameters soundParameters(const Parameters &parameters, const std::vector<ParameterSpec> &specs)
{
    Parameters sound = parameters;
    while (const auto objected = checkParameters(sound, specs))
        sound.erase(objected->arguments.front());
    return withDefaults(sound, specs);
}

std::optional<Message> checkParameters(const Parameters &parameters,
                                       const std::vector<ParameterSpec> &specs)
{
    for (const auto &[name, value] : parameters) {
        const auto spec = std::find_if(specs.begin(), specs.end(), [&](const ParameterSpec &each) {
            return each.name == name;
        });
        if (spec == specs.end()) return Message{"graph.parameter_unknown", {name}};
        if (!fits(value, *spec)) return objection(*spec, value);
    }
    return {};
}

std::string toString(const ParameterValue &value)
{
    if (const auto *flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto *number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto *number = std::get_if<double>(&value)) return numberText(*number);
    return std::get<std::string>(value);
}

} // namespace ostrich::graph
