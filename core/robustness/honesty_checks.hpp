// The questions of the honesty checklist, in the order in which they are asked. No LibTorch.
#pragma once

#include "robustness/honesty_trials.hpp"

#include <span>

namespace ostrich::robustness {

struct Question {
    const char *key;
    bool isAboutPgd; // which some norms do not have
    Result<Check> (*answer)(Trials &trials, const char *key);
};
std::span<const Question> honestyQuestions();

/// Unknown where the question is about PGD and the request's norm has none.
Result<Check> answered(const Question &question, Trials &trials);

} // namespace ostrich::robustness
