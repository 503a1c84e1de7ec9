// ostrich-cli attack --study: questions to the robustness of one or several networks; and
// --honesty, the one that is asked after an attack.
#pragma once

#include "cli/attack_task.hpp"

namespace ostrich::cli {

/// Runs the request's studies one after the other and prints what each found: a JSON object a line,
/// or text. kAnswerIsNo: a question of a checklist failed, or it was stopped.
int studyNetworks(const AttackTask &task, const Context &context);

/// The honesty checklist at this epsilon, on the same networks and samples.
Result<robustness::Findings> honestyOf(const AttackTask &task, double epsilon,
                                       const Context &context);
/// {"passed", "failed", "unknown"}: how many of its questions.
nlohmann::json honestyJson(const robustness::Findings &findings);
bool hasFailed(const robustness::Findings &findings);

} // namespace ostrich::cli
