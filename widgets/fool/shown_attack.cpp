// Choosing between what is on its way and what has ended.
#include "fool/shown_attack.hpp"

#include "fool/live_attack.hpp"

namespace ostrich::ui {

ShownAttack shownAttack(const LiveAttack &live, const std::optional<attack::AttackResult> &result)
{
    ShownAttack shown;
    if (const auto &first = live.start() ? live.start() : result) {
        shown.before = first->before.values;
        shown.noise = first->noise.values;
    }
    if (live.step() && (live.running() || !result)) {
        shown.attacked = live.step()->x_adv.values;
        shown.after = live.step()->probabilities.values;
        shown.isWrong = live.step()->fooled;
    } else if (result && !result->y_pred.empty()) {
        shown.attacked = result->x_adv.values;
        shown.before = result->before.values;
        shown.after = result->after.values;
        shown.noise = result->noise.values;
        shown.isWrong = result->y_pred[0] != result->y_adv[0];
    }
    return shown;
}

} // namespace ostrich::ui
