// Reading and checking settings behind option.hpp.
#include "data/option.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace ostrich::data {

namespace {

using graph::ParameterSpec;
using graph::ParameterType;
using graph::ParameterValue;

ParameterSpec option(std::string name, ParameterType type, ParameterValue value, Words label,
                     Words help)
{
    ParameterSpec spec;
    spec.name = std::move(name);
    spec.type = type;
    spec.defaultValue = std::move(value);
    spec.label = std::move(label);
    spec.help = std::move(help);
    return spec;
}

/// The number that all of `text` is; nothing for anything else.
template <typename T>
std::optional<T> number(const std::string &text)
{
    T value{};
    const char *end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, value);
    if (code != std::errc() || stop != end || text.empty()) return {};
    return value;
}

std::optional<bool> truth(const std::string &text)
{
    if (text == "true" || text == "1" || text == "on" || text == "yes") return true;
    if (text == "false" || text == "0" || text == "off" || text == "no") return false;
    return {};
}

std::string bound(const ParameterSpec &spec, double value)
{
    return spec.type == ParameterType::Integer ? std::to_string(static_cast<std::int64_t>(value))
                                               : fmt::format("{}", value);
}

Error wrongType(const ParameterSpec &spec, const std::string &given, const std::string &where)
{
    Message hint;
    if (spec.type == ParameterType::Integer || spec.type == ParameterType::Real)
        hint = {"data.value_range_hint", {bound(spec, spec.minimum), bound(spec, spec.maximum)}};
    if (spec.type == ParameterType::Choice)
        return {where,
                {"data.value_choice", {given}},
                {"data.value_choice_hint", {joined(spec.choices)}}};
    if (spec.type == ParameterType::Integer) return {where, {"data.value_integer", {given}}, hint};
    if (spec.type == ParameterType::Real) return {where, {"data.value_real", {given}}, hint};
    if (spec.type == ParameterType::Boolean)
        return {where, {"data.value_boolean", {given}}, {"data.value_boolean_hint", {}}};
    return {where, {"data.value_text", {given}}, {}};
}

std::optional<double> numeric(const ParameterValue &value)
{
    if (const auto *integer = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*integer);
    if (const auto *real = std::get_if<double>(&value)) return *real;
    return {};
}

std::string shown(const ParameterValue &value)
{
    if (const auto *text = std::get_if<std::string>(&value)) return *text;
    if (const auto *flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto *integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    return fmt::format("{}", std::get<double>(value));
}

} // namespace

ParameterSpec integerOption(std::string name, std::int64_t value, std::int64_t minimum,
                            std::int64_t maximum, Words label, Words help)
{
    ParameterSpec spec =
        option(std::move(name), ParameterType::Integer, value, std::move(label), std::move(help));
    spec.minimum = static_cast<double>(minimum);
    spec.maximum = static_cast<double>(maximum);
    return spec;
}

ParameterSpec realOption(std::string name, double value, double minimum, double maximum,
                         Words label, Words help)
{
    ParameterSpec spec =
        option(std::move(name), ParameterType::Real, value, std::move(label), std::move(help));
    spec.minimum = minimum;
    spec.maximum = maximum;
    return spec;
}

ParameterSpec booleanOption(std::string name, bool value, Words label, Words help)
{
    return option(std::move(name), ParameterType::Boolean, value, std::move(label),
                  std::move(help));
}

ParameterSpec choiceOption(std::string name, std::string value, std::vector<std::string> choices,
                           std::vector<Words> choiceLabels, Words label, Words help)
{
    ParameterSpec spec = option(std::move(name), ParameterType::Choice, std::move(value),
                                std::move(label), std::move(help));
    spec.choices = std::move(choices);
    spec.choiceLabels = std::move(choiceLabels);
    return spec;
}

ParameterSpec textOption(std::string name, std::string value, Words label, Words help)
{
    return option(std::move(name), ParameterType::Text, std::move(value), std::move(label),
                  std::move(help));
}

Result<ParameterValue> checkedValue(const ParameterSpec &spec, const ParameterValue &value,
                                    const std::string &where)
{
    const Error misfit = wrongType(spec, shown(value), where);
    if (spec.type == ParameterType::Boolean)
        return std::holds_alternative<bool>(value) ? Result(value) : misfit;
    if (spec.type == ParameterType::Integer || spec.type == ParameterType::Real) {
        const std::optional<double> given = numeric(value);
        const bool integral = std::holds_alternative<std::int64_t>(value);
        if (!given || !std::isfinite(*given) || (spec.type == ParameterType::Integer && !integral))
            return misfit;
        if (*given < spec.minimum || *given > spec.maximum)
            return Error{
                where,
                {"data.value_range", {shown(value)}},
                {"data.value_range_hint", {bound(spec, spec.minimum), bound(spec, spec.maximum)}}};
        return spec.type == ParameterType::Real ? ParameterValue(*given) : value;
    }
    const auto *text = std::get_if<std::string>(&value);
    if (text == nullptr) return misfit;
    if (spec.type == ParameterType::Choice
        && std::ranges::find(spec.choices, *text) == spec.choices.end())
        return misfit;
    return value;
}

Result<ParameterValue> valueFromText(const ParameterSpec &spec, const std::string &text,
                                     const std::string &where)
{
    std::optional<ParameterValue> value;
    if (spec.type == ParameterType::Integer)
        value = number<std::int64_t>(text);
    else if (spec.type == ParameterType::Real)
        value = number<double>(text);
    else if (spec.type == ParameterType::Boolean)
        value = truth(text);
    else
        value = text;
    return value ? checkedValue(spec, *value, where) : wrongType(spec, text, where);
}

std::string joined(const std::vector<std::string> &items)
{
    return fmt::format("{}", fmt::join(items, ", "));
}

} // namespace ostrich::data
