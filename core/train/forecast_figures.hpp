// How far numbers are from the truth, and from what the simplest forecasts say.
#pragma once

#include "data/dataset.hpp"

#include <map>
#include <span>
#include <string>

namespace ostrich::train {

/// "mae", "rmse" of `predictions` against asked.answers (count × V, data units); where `asked` has
/// a naive forecast also "mase" and "naive_mase", where it has a seasonal one
/// "seasonal_naive_mase". MASE (Hyndman and Koehler 2006): each of the V numbers' mean absolute
/// error over the naive forecast's own on `train`, then the mean over V.
std::map<std::string, double> forecastFigures(std::span<const float> predictions,
                                              const data::Samples &asked,
                                              const data::Samples &train);

/// "mae" as "test_mae" where `prefix` is "test_"; what the naive forecasts reach is no network's
/// and keeps its name.
std::map<std::string, double> named(const std::string &prefix,
                                    const std::map<std::string, double> &figures);

} // namespace ostrich::train
