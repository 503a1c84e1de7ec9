// What a registry says of parameters, as JSON and in short.
#include "cli/schema.hpp"

#include "cli/answer.hpp"

namespace ostrich::cli {

nlohmann::json toJson(const graph::ParameterValue &value)
{
    return std::visit([](const auto &plain) { return nlohmann::json(plain); }, value);
}

nlohmann::json schema(const std::vector<graph::ParameterSpec> &specs)
{
    auto list = nlohmann::json::array();
    for (const graph::ParameterSpec &spec : specs) {
        nlohmann::json json{{"name", spec.name},
                            {"type", graph::name(spec.type)},
                            {"default", toJson(spec.defaultValue)},
                            {"unit", spec.unit},
                            {"label", toJson(spec.label)},
                            {"help", toJson(spec.help)}};
        const bool isNumber = spec.type == graph::ParameterType::Integer
                              || spec.type == graph::ParameterType::Real
                              || spec.type == graph::ParameterType::Padding;
        if (isNumber) {
            json["minimum"] = spec.minimum;
            json["maximum"] = spec.maximum;
        }
        if (!spec.choices.empty()) json["choices"] = spec.choices;
        if (!spec.symbols.empty()) json["symbols"] = spec.symbols;
        list.push_back(std::move(json));
    }
    return list;
}

std::string shortSchema(const std::vector<graph::ParameterSpec> &specs)
{
    std::string all;
    for (const graph::ParameterSpec &spec : specs)
        all += (all.empty() ? "" : " ") + spec.name + "=" + graph::toString(spec.defaultValue);
    return all;
}

} // namespace ostrich::cli
