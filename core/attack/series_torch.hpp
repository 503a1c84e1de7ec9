// Series of different lengths under attack: those of one length at a time, brought together again.
#pragma once

#include "attack/lab_torch.hpp"

#include <functional>
#include <span>
#include <vector>

namespace ostrich::attack {

/// Places among `indices` of the samples of each length, the longest first; one group where they
/// are no series.
std::vector<std::vector<std::size_t>> placesByLength(const data::Samples &samples,
                                                     std::span<const std::int64_t> indices);
/// Those of `indices` at `places`.
std::vector<std::int64_t> at(std::span<const std::int64_t> indices,
                             std::span<const std::size_t> places);
/// Rows `places` of `moved` (N, ...), which stand for samples of one length: cut to that length
/// what attackByLength() has filled up.
Array alike(const data::Samples &samples, std::span<const std::int64_t> indices, const Array &moved,
            std::span<const std::size_t> places);

using AlikeAttack =
    std::function<Result<AttackResult>(std::span<const std::int64_t> indices, const Progress &)>;

/// Calls `attacked` for the series of each length. The result has all of them in the order of
/// `indices`; x and x_adv are (N, T, F) with T the most steps, zeros behind the shorter ones.
Result<AttackResult> attackByLength(const data::Samples &samples,
                                    std::span<const std::int64_t> indices,
                                    std::optional<std::int64_t> target, const AlikeAttack &attacked,
                                    const Progress &progress);

} // namespace ostrich::attack
