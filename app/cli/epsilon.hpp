// Epsilons as people write them: "8/255", "0.3", and lists of them.
#pragma once

#include "base/result.hpp"

#include <string>
#include <vector>

namespace ostrich::cli {

/// "8/255" or "0.3,0.5": at least one number, each finite and not negative. Errors name --eps.
Result<std::vector<double>> epsilonsFrom(const std::string &text);

} // namespace ostrich::cli
