// What every part of the command line is told, and what it ends with.
#pragma once

#include "base/message.hpp"

namespace ostrich::cli {

/// What scripts may rely on.
enum ExitCode {
    kDone = 0,
    kAnswerIsNo = 1, // a check failed, a training broke down
    kBadInput = 2,
    kInternalError = 3,
};

/// What holds for every verb.
struct Context {
    bool json = false;
    Language language = Language::English;
};

} // namespace ostrich::cli
