// How Fool writes sizes of perturbations: in 255ths for Linf, plain for L2.
#pragma once

#include "attack/threat.hpp"

#include <QString>

namespace ostrich::ui {

/// "4/255", "1.25/255"; L2: "1.5".
QString epsilonText(double epsilon, attack::Norm norm);
/// "4", "1.25": the number of levels; L2: as above.
QString epsilonNumber(double epsilon, attack::Norm norm);
/// "PGD-40", "FGSM".
QString attackTitle(const attack::AttackOptions &options);

} // namespace ostrich::ui
