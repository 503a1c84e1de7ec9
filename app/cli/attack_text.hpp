// `ostrich-cli attack RUN --attack words`: the fewest words whose exchange changes the answer.
#pragma once

#include "cli/answer.hpp"
#include "cli/attack_request.hpp"

namespace ostrich::cli {

/// On samples of the run's data, or on a text of one's own (--input). Exit code.
int attackTexts(const AttackArguments &arguments, const Context &context);

} // namespace ostrich::cli
