// What can be wrong with a request to attack, told before any work.
#pragma once

#include "attack/threat.hpp"

#include <optional>

namespace ostrich::attack {

/// The options by themselves and against the model: attack's name, epsilon, steps, restarts,
/// target, the sample's shape (without batch axis). Empty: nothing to object to.
std::optional<Error> objection(const graph::DataFacts &facts, const AttackOptions &options,
                               const std::vector<std::int64_t> &sampleShape);
/// The same of a whole subject: a transfer attack needs its second network too.
std::optional<Error> objection(const Subject &subject, const AttackOptions &options,
                               const std::vector<std::int64_t> &sampleShape);
/// The samples: at least one, each in the split, with a label that the model knows.
std::optional<Error> objection(const graph::DataFacts &facts, const data::Samples &samples,
                               const std::vector<std::int64_t> &indices);
/// A label given by hand.
std::optional<Error> objection(const graph::DataFacts &facts, std::optional<std::int64_t> label);

} // namespace ostrich::attack
