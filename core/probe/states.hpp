// Looking into a recurrent block: what `gates` and `states` have in common.
#pragma once

#include "probe/probe.hpp"

namespace ostrich::probe {

/// A probe of the blocks that tell some of `needed`, names as Module::inside() gives them; a name
/// that ends in '_' stands for all that begin with it. It gives these and those of `shown` as
/// arrays (T, F), of the sample's real steps.
std::unique_ptr<Probe> statesProbe(ProbeDescription description, std::vector<std::string> needed,
                                   std::vector<std::string> shown);

} // namespace ostrich::probe
