// What a study found, on the command line: as JSON or to be read.
#pragma once

#include "cli/answer.hpp"
#include "robustness/findings.hpp"

namespace ostrich::cli {

/// {"study", "sentences", "figures": {KEY: {"label", "value", "low", "high"}}, "plots", "matrices",
/// "maps", "tables", "checks": [{"key", "verdict", "question", "evidence", "meaning"}], "seconds"},
/// where a number that is none is null. Sentences are in `language`. Pictures are told by caption
/// and size alone.
nlohmann::json toJson(const robustness::Findings &findings, Language language);

/// The same as lines and tables.
void printFindings(const robustness::Findings &findings, const Context &context);

} // namespace ostrich::cli
