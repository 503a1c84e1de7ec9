// What was found about one series, as plain values: for files and for the report.
#pragma once

#include "robustness/findings.hpp"

#include <vector>

namespace ostrich::ui {

class DataModel;
class SeriesModel;

/// Feature `feature` of the `attacked` values (empty: not attacked) over its steps, held against
/// that of `series` (T, F), both in data units.
robustness::Plot seriesPlot(const Array &series, const std::vector<float> &attacked,
                            std::size_t feature);

/// There is a result.
robustness::Findings seriesFindings(const DataModel &data, const SeriesModel &model);

} // namespace ostrich::ui
