// How steep the loss is where an attack begins. No LibTorch.
#pragma once

#include "attack/threat.hpp"

namespace ostrich::robustness {

/// (N) of the samples `indices`: the largest entry, in size, of the slope of the cross-entropy at
/// the sample, as the subject gives it in its own precision. Errors: as attack::attackSamples
/// tells.
Result<std::vector<double>> gradientSizes(const attack::Subject &subject,
                                          const data::Samples &samples,
                                          const std::vector<std::int64_t> &indices,
                                          std::stop_token stop = {});

} // namespace ostrich::robustness
