// Which known name a mistyped one may have meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ostrich::graph {

/// The name of `names` with the smallest edit distance (Levenshtein 1966; upper and lower case
/// alike), the first among equals. Empty when none is near: more than two letters and a third of
/// the name would have to change.
std::optional<std::string> nearestName(std::string_view typed,
                                       const std::vector<std::string> &names);

} // namespace ostrich::graph
