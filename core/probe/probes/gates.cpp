// What a recurrent block lets in, keeps and lets out: its gates, with the states that they make.
#include "probe/states.hpp"

namespace ostrich::probe::gates {

std::unique_ptr<Probe> create()
{
    return statesProbe({.name = "gates",
                        .label = {"Gates", "Portes"},
                        .help = {"The gates of a recurrent block at each step: 1 lets through, 0 "
                                 "keeps shut.",
                                 "Les portes d'un bloc récurrent à chaque pas : 1 laisse passer, 0 "
                                 "ferme."}},
                       {"gate_"}, {"hidden", "cell"});
}

} // namespace ostrich::probe::gates
