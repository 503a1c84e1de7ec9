// How Fool writes sizes of perturbations: in 255ths for Linf, in pixels for L0, plain for the
// others.
#pragma once

#include "attack/threat.hpp"
#include "graph/kind.hpp"

#include <QString>

namespace ostrich::ui {

/// "4/255", "1.25/255"; L2: "1.5"; L0: "10 px".
QString epsilonText(double epsilon, attack::Norm norm);
/// "4", "1.25": the number of levels; the others: as above, without a unit.
QString epsilonNumber(double epsilon, attack::Norm norm);
/// " / 255", " L2", " L1", " px": what stands behind the large number.
QString epsilonUnit(attack::Norm norm);
/// To begin with: as attack::usualEpsilon(), but drawings in grey bear more than photographs.
double usualEpsilon(const attack::AttackOptions &options, const graph::DataFacts &facts);
/// Whether sizes in `norm` are 255ths: Linf on pictures.
bool areLevels(attack::Norm norm, const graph::DataFacts &facts);
QString normName(attack::Norm norm); // "L∞"
/// "PGD-40", "FGSM".
QString attackTitle(const attack::AttackOptions &options);

/// How the slider is divided.
struct EpsilonScale {
    double step = 0.0;  // of an arrow key and a tick
    int labelEvery = 4; // ticks
    double snap = 0.0;  // where the handle may rest: finer than a tick, coarse enough to be read
};
EpsilonScale epsilonScale(double largest, attack::Norm norm);

} // namespace ostrich::ui
