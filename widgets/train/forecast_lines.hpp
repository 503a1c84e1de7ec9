// What a split's forecasts look like side by side in time: truth, network with its band, and
// the last value repeated.
#pragma once

#include "data/dataset.hpp"
#include "train/forecast_figures.hpp"

#include <span>
#include <vector>

namespace ostrich::ui {

/// One entry a window, in the order of time. Of each window the first step ahead, of the first
/// series that is asked for.
struct ForecastLines {
    std::vector<double> steps; // from the first window's answer
    std::vector<double> truth, prediction, naive;
    std::vector<double> low, high; // of the band; empty: the network tells none
    /// The data tell each window relative to its last value; here the levels are put back, from the
    /// first window's as zero.
    bool levelled = false;
};

/// `predictions` and `band` (count × V) of all windows of the split; else no lines.
ForecastLines forecastLines(const data::Dataset &dataset, data::Split split,
                            std::span<const float> predictions, const train::Band &band = {});

} // namespace ostrich::ui
