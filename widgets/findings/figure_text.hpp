// How the figures of a study are written, in words and in CSV.
#pragma once

#include "robustness/findings.hpp"

#include <QString>
#include <QStringList>

namespace ostrich::ui {

/// "91.4 %", "0.0123".
QString valueText(double value, bool isShare);
/// "91.4 %", "23.5/255", "0.0123": in the figure's unit.
QString valueText(const robustness::Figure &figure);
/// "88.1 % to 93.9 %"; empty: no interval.
QString intervalText(const robustness::Figure &figure);
/// A place on an axis: "4/255" where it has levels.
QString placeText(double x, bool isLevels);

/// A message that reads as it is, whatever the language.
Message said(const QString &words);

/// A line of CSV: dots in numbers, quotes where they are needed, nothing for what is no number.
QString csvLine(const QStringList &fields);
QString csvNumber(double value);

} // namespace ostrich::ui
