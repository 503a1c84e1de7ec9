// How `ostrich-cli attack` tells what came of an attack.
#pragma once

#include "attack/threat.hpp"
#include "cli/answer.hpp"
#include "robustness/findings.hpp"

namespace ostrich::cli {

bool isCancelled(const Error &error);
/// fail(), but an attack that was stopped is no bad input: kAnswerIsNo.
int failAttack(const Context &context, const Error &error);

/// What was tried: {"attack", "norm", "eps", "steps", "restarts", "target"}.
nlohmann::json attackHeader(const attack::AttackOptions &options);

/// `honesty` is the checklist that was gone through afterwards; null: none.
void printSamples(const attack::AttackOptions &options, const attack::AttackResult &result,
                  const robustness::Findings *honesty, const Context &context);

/// Of one photograph, `photo` by name.
void printPhoto(const std::string &photo, const attack::AttackOptions &options,
                const graph::DataFacts &facts, const attack::AttackResult &result,
                const Context &context);

/// Every attack, filter and study, with their papers and parameters.
void printAttacks(const Context &context);

} // namespace ostrich::cli
