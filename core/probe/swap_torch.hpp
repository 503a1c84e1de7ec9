// The plain experiment beside the slope: one step of the input is another, and the answer is asked
// again.
#pragma once

#include "engine/model_torch.hpp"
#include "probe/probe.hpp"

#include <optional>

namespace ostrich::probe {

/// What stands in for token `id` of `vocabulary`: up to three other words, evenly far from it in
/// the vocabulary, always the same. Ids that stand for no text are left out where there is text.
std::vector<std::int64_t> standIns(std::int64_t id, std::int64_t vocabulary);

/// How many rows swapChanges() asks for in all for a sample of so many steps.
std::int64_t swapRows(const engine::Model &model, std::int64_t steps);

/// By how much the answer to the one sample in `batch` changes when step t of its input is swapped:
/// (T), the norm of the difference of the probabilities (of a forecast: in deviations of the
/// training split). Numbers become that split's mean; for tokens it is the mean over their
/// standIns(). Empty: stopped. Throws LibTorch's exceptions.
std::optional<std::vector<double>> swapChanges(const engine::Model &model,
                                               const data::Statistics &fitted,
                                               const data::Batch &batch,
                                               const std::stop_token &stop);

} // namespace ostrich::probe
