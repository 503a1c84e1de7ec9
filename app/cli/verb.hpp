// A verb of the command line: what main.cpp's table holds, and what every verb is given.
#pragma once

#include "cli/context.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <functional>

namespace ostrich::cli {

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
