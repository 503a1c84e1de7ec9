// From long series of numbers to windows and the values that follow them, split by time.
//
// The rule of the split: the last tenth of the steps is the test's stretch, the tenth before it the
// validation's, the rest the training's; with a long horizon the first two hold at least one
// horizon each. A window belongs to the split in whose stretch all of its answers lie, and is left
// out where they lie in two. It may look back into an earlier stretch, as a forecaster would; never
// ahead.
#pragma once

#include "base/progress.hpp"
#include "data/dataset.hpp"
#include "data/source.hpp"

#include <stop_token>
#include <string>
#include <vector>

namespace ostrich::data {

/// Several series side by side: columns[c][t], all of the same length.
struct Series {
    std::vector<std::vector<double>> columns;
    std::int64_t steps() const { return columns.empty() ? 0 : std::ssize(columns.front()); }
};

/// Replaces each NaN: on a straight line between the numbers before and after it, at the ends by
/// the nearest number. How many there were; a column of nothing else is left as it is.
std::int64_t fillMissing(std::vector<double> &values);

struct ForecastPlan {
    std::int64_t window = 24; // steps that the network sees
    std::int64_t horizon = 1; // steps that it is asked for
    std::int64_t stride = 1;  // steps from one window to the next
    std::int64_t season = 0;  // steps; 0: none
    /// Each column's last value in the window is taken off the window, that of a target off its
    /// answers: what is left holds no level, so that a trend leads nowhere new.
    bool relative = true;
    std::vector<std::size_t> targets; // columns asked for, in the order of the answers
};

/// The options "window", "horizon", "stride" and "relative", with these defaults.
std::vector<graph::ParameterSpec> forecastOptions(const ForecastPlan &defaults);
/// The same four read back; season and targets are the caller's.
ForecastPlan planFrom(const graph::Parameters &options);

/// Where the stretches of training and validation end, in steps.
struct TimeSplit {
    std::int64_t trainEnd = 0;
    std::int64_t validationEnd = 0;
};
TimeSplit splitByTime(std::int64_t steps, std::int64_t horizon);

/// At most `window`, and so short that half of the training's steps have a whole window before
/// them.
std::int64_t fittingWindow(std::int64_t window, std::int64_t steps, std::int64_t horizon);

/// What `plan` asks of `columns` series.
graph::DataFacts forecastFacts(const ForecastPlan &plan, std::int64_t columns, std::string title);

/// Whether each split gets a window. The error stands at `where`.
Result<void> checkForecast(const ForecastPlan &plan, std::int64_t steps, std::int64_t columns,
                           const std::string &where);

/// The windows of each split in the order of time: values (count × window × columns), answers,
/// naive and seasonalNaive (count × horizon × targets). Training windows that begin less than a
/// season into the series have the naive forecast for a seasonal one. `plan` has passed
/// checkForecast. Error: cancelled.
Result<std::array<Samples, 3>> forecastWindows(const Series &series, const ForecastPlan &plan,
                                               const std::string &where, const Progress &progress,
                                               std::stop_token stop);

} // namespace ostrich::data
