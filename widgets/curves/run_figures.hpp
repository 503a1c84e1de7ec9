// How the figures of a run are written: accuracies in percent, or, where numbers are forecast,
// errors beside those of the simplest forecast.
#pragma once

#include "train/run.hpp"

#include <QString>

#include <map>
#include <optional>
#include <string>

namespace ostrich::ui {

using Figures = std::map<std::string, double>;

std::optional<double> figureNamed(const Figures &figures, const std::string &name);

/// Whether numbers are asked for: such an epoch has no accuracy.
bool forecasts(const train::EpochMetrics &epoch);
/// The error that forecasts are told by, of the split "val_" or "test_": MASE, or MAE where there
/// is no forecast to compare with.
std::optional<double> forecastError(const Figures &figures, const std::string &split);
QString errorName(const Figures &figures, const std::string &split); // "MASE" or "MAE"
/// False: the error is no smaller than that of repeating the last value. True also where that is
/// not known.
bool beatsNaive(const Figures &figures, const std::string &split);

/// What the validation split says, in a few letters: "91.4 %", "MASE 0.52".
QString validationText(const train::EpochMetrics &epoch);
/// Of a run's best epoch, or the last one while it has not ended; empty: none yet.
QString validationText(const train::Run &run);

} // namespace ostrich::ui
