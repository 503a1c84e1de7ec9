// How far numbers are from the truth, and from what the simplest forecasts say.
#pragma once

#include "data/dataset.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace ostrich::train {

/// Between which numbers 8 of 10 true values should lie: the 10 % and the 90 % quantile of each
/// forecast (count × V, data units). Empty: the network tells none.
struct Band {
    std::vector<float> low, high;

    bool empty() const { return low.empty(); }
    bool operator==(const Band &) const = default;
};

/// The share of `truths` inside, ends included, in [0, 1]; both are count × V.
double coverage(const Band &band, std::span<const float> truths);

/// "mae", "rmse" of `predictions` against asked.answers (count × V, data units), "coverage" of
/// `band` where there is one; where `asked` has a naive forecast also "mase" and "naive_mase",
/// where it has a seasonal one "seasonal_naive_mase". MASE (Hyndman and Koehler 2006): each of the
/// V numbers' mean absolute error over the naive forecast's own on `train`, then the mean over V.
std::map<std::string, double> forecastFigures(std::span<const float> predictions, const Band &band,
                                              const data::Samples &asked,
                                              const data::Samples &train);

/// "mae" as "test_mae" where `prefix` is "test_"; what the naive forecasts reach is no network's
/// and keeps its name.
std::map<std::string, double> named(const std::string &prefix,
                                    const std::map<std::string, double> &figures);

} // namespace ostrich::train
