// What was wrong with the arguments, in our own words.
#pragma once

#include "base/result.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace ostrich::cli {

/// CLI11's error as one sentence that names the argument, with what to do: the nearest verb or
/// option, or where to read on. `app` is the one that failed to parse.
Error usageError(const CLI::App &app, const CLI::ParseError &error);

} // namespace ostrich::cli
