// How one choice in a threat model changes the others.
#pragma once

#include "attack/threat.hpp"
#include "graph/kind.hpp"

#include <string>

namespace ostrich::ui {

/// `options` for another attack: as it was published, without a target where it knows none.
attack::AttackOptions withMethod(attack::AttackOptions options, const std::string &method);

/// Norm, epsilon and seed alone, of the usual attack.
attack::AttackOptions ballOf(const attack::AttackOptions &options);

/// `options` in the attack's first norm, where it does not know theirs.
attack::AttackOptions withKnownNorm(attack::AttackOptions options);

/// `wanted` after `before`: in a norm that its attack knows, and with the usual epsilon where the
/// norm has become another one, or the attack one with an epsilon of its own, or of before.
attack::AttackOptions wantedAfter(const attack::AttackOptions &before, attack::AttackOptions wanted,
                                  const graph::DataFacts &facts);

/// Whether epsilon holds the attack; else it knows only limits of its own.
bool isHeld(const attack::AttackOptions &options);

/// Whether they are alike in all but epsilon.
bool sameButEpsilon(attack::AttackOptions one, const attack::AttackOptions &other);

} // namespace ostrich::ui
