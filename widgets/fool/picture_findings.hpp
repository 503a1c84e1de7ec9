// What was found about one picture and along the curve, as plain values: for the plots, for files
// and for the report.
#pragma once

#include "robustness/findings.hpp"

#include <QString>

namespace ostrich::ui {

class DataModel;
class FoolModel;
class LiveAttack;

/// Accuracy against epsilon, attacked and under noise, each with its exact 95 % band (Clopper and
/// Pearson 1934). There is a curve: FoolModel::sweep().
robustness::Plot sweepPlot(const FoolModel &model);
/// The loss by step, and where the answer changes. There is something to see: LiveAttack::seen().
robustness::Plot lossPlot(const LiveAttack &live);

/// They say in words, too, what is seen. There is a result, a curve, an attack that was seen.
robustness::Findings pictureFindings(const DataModel &data, const FoolModel &model);
robustness::Findings sweepFindings(const FoolModel &model);
/// `attack`: its title.
robustness::Findings lossFindings(const LiveAttack &live, const QString &attack);

} // namespace ostrich::ui
