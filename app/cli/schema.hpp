// What a registry says of parameters, as JSON and in short.
#pragma once

#include "graph/parameter.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace ostrich::cli {

/// [{"name", "type", "default", "unit", "label", "help", "minimum", "maximum" | "choices",
/// "symbols"}]
nlohmann::json schema(const std::vector<graph::ParameterSpec> &specs);
nlohmann::json toJson(const graph::ParameterValue &value);
/// "out_channels=16 kernel_size=3"
std::string shortSchema(const std::vector<graph::ParameterSpec> &specs);

} // namespace ostrich::cli
