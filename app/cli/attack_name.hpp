// A network as `ostrich-cli attack` names it, with the filter in front of it.
#pragma once

#include "attack/filter.hpp"

#include <optional>
#include <string>

namespace ostrich::cli {

struct AttackedName {
    std::string network;                        // a run, a project, "torchscript:FILE"
    std::optional<attack::FilterChoice> filter; // empty: none
    std::string filterText;                     // as written: "jpeg?quality=50"
};

/// "lenet.runs/001@jpeg?quality=50". Only the last @ counts, and only before the name of a filter:
/// paths may hold some. Errors: what attack::filterFromText() tells; no such filter, where what
/// stands before the @ is there and the whole is not.
Result<AttackedName> attackedName(const std::string &text);

} // namespace ostrich::cli
