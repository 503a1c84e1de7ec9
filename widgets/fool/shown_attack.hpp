// What a page shows of an attack: its step at hand while it goes on, then its result.
#pragma once

#include "attack/threat.hpp"

#include <optional>
#include <vector>

namespace ostrich::ui {

class LiveAttack;

struct ShownAttack {
    std::vector<float> attacked;      // the sample's values; empty: not attacked yet
    std::vector<float> before, after; // probabilities; empty: not known yet
    std::vector<float> noise;         // under random noise
    bool isWrong = false;
};

/// A step is shown while the attack goes on, and where it was stopped on the way.
ShownAttack shownAttack(const LiveAttack &live, const std::optional<attack::AttackResult> &result);

} // namespace ostrich::ui
