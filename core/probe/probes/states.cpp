// What a recurrent block remembers at each step.
#include "probe/states.hpp"

namespace ostrich::probe::states {

std::unique_ptr<Probe> create()
{
    return statesProbe({.name = "states",
                        .label = {"States", "États"},
                        .help = {"What a recurrent block remembers at each step.",
                                 "Ce qu'un bloc récurrent garde en mémoire à chaque pas."}},
                       {"hidden", "cell"}, {});
}

} // namespace ostrich::probe::states
