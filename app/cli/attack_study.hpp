// ostrich-cli attack --study: questions to the robustness of one or several networks.
#pragma once

#include "cli/attack_subject.hpp"

namespace ostrich::cli {

/// Runs the request's studies one after the other and prints what each found: a JSON object a line,
/// or text. `options` are the attack's, target and all. kAnswerIsNo: a question of a checklist
/// failed, or it was stopped.
int studyNetworks(const AttackRequest &request, const attack::AttackOptions &options,
                  const AttackedNetworks &networks, const std::vector<std::int64_t> &indices,
                  const Context &context);

} // namespace ostrich::cli
