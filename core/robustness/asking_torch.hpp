// A subject asked for its answers to many samples, batch by batch.
#pragma once

#include "attack/classifier_torch.hpp"
#include "data/dataset.hpp"

#include <ATen/core/Tensor.h>

#include <span>
#include <stop_token>
#include <vector>

namespace ostrich::robustness {

/// (N, ...) as attacks see them: epsilon's units, on the subject's device and in its precision.
at::Tensor inputOf(const attack::Subject &subject, const Array &x);

/// Logits (N, K) on the CPU in double precision of `x` (N, ...) in data units. No gradient; what is
/// done so far (fewer rows) when `stop` is asked for. Throws LibTorch's exceptions.
at::Tensor answersTo(const attack::Subject &subject, const Array &x, std::stop_token stop);
/// The same of samples of a split.
at::Tensor answersTo(const attack::Subject &subject, const data::Samples &samples,
                     std::span<const std::int64_t> indices, std::stop_token stop);
/// The same of `moved` (N, ...), what an attack made of those samples.
at::Tensor answersTo(const attack::Subject &subject, const data::Samples &samples,
                     std::span<const std::int64_t> indices, const Array &moved,
                     std::stop_token stop);

/// (N) of samples that are labelled.
at::Tensor labelsOf(const data::Samples &samples, std::span<const std::int64_t> indices);
/// The share of `logits` (N, K) whose largest is at `labels` (N); 0 of none.
double accuracyOf(const at::Tensor &logits, const at::Tensor &labels);

} // namespace ostrich::robustness
