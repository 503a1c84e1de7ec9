// A verb of the command line: what main.cpp's table holds, and what every verb is given.
#pragma once

#include "base/message.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <functional>

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

/// Does the verb's work and prints its answer. Returns an ExitCode.
using Work = std::function<int()>;

/// Declares the verb's arguments on `app`; what it returns runs once they are parsed. `context`
/// outlives both.
struct Verb {
    const char *name;
    Words help;
    Work (*declare)(CLI::App &app, const Context &context);
};

Work declareKinds(CLI::App &app, const Context &context);
Work declareDatasets(CLI::App &app, const Context &context);
Work declareNew(CLI::App &app, const Context &context);
Work declareImport(CLI::App &app, const Context &context);
Work declareCheck(CLI::App &app, const Context &context);
Work declareTrain(CLI::App &app, const Context &context);
Work declareEval(CLI::App &app, const Context &context);
Work declareCompare(CLI::App &app, const Context &context);
Work declareAttack(CLI::App &app, const Context &context);
Work declarePredict(CLI::App &app, const Context &context);
Work declareProbe(CLI::App &app, const Context &context);
Work declareExport(CLI::App &app, const Context &context);
Work declareWeights(CLI::App &app, const Context &context);
Work declareBench(CLI::App &app, const Context &context);
Work declareSelfcheck(CLI::App &app, const Context &context);
Work declareDoctor(CLI::App &app, const Context &context);

} // namespace ostrich::cli
