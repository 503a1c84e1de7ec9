// The weights of a block as plain numbers, for whoever draws them. No LibTorch.
#pragma once

#include "engine/model.hpp"

namespace ostrich::probe {

/// Parameter `name` ("conv_1.weight": (K, C, H, W)) as the model holds it now; empty: it has none
/// of that name.
Array weightsOf(const engine::ModelHandle &model, const std::string &name);

} // namespace ostrich::probe
