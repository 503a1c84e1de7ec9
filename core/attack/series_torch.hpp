// Series of different lengths under attack: those of one length at a time, brought together again.
#pragma once

#include "attack/lab_torch.hpp"

#include <functional>
#include <span>

namespace ostrich::attack {

using AlikeAttack =
    std::function<Result<AttackResult>(std::span<const std::int64_t> indices, const Progress &)>;

/// Calls `attacked` for the series of each length. The result has all of them in the order of
/// `indices`; x and x_adv are (N, T, F) with T the most steps, zeros behind the shorter ones.
Result<AttackResult> attackByLength(const data::Samples &samples,
                                    std::span<const std::int64_t> indices,
                                    std::optional<std::int64_t> target, const AlikeAttack &attacked,
                                    const Progress &progress);

} // namespace ostrich::attack
