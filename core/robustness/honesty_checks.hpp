// The questions of the honesty checklist, in the order in which they are asked. No LibTorch.
#pragma once

#include "robustness/honesty_trials.hpp"

#include <span>

namespace ostrich::robustness {

using Question = Result<Check> (*)(Trials &trials);
std::span<const Question> honestyQuestions();

} // namespace ostrich::robustness
