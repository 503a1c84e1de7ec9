// Cutting windows behind forecast.hpp.
#include "data/forecast.hpp"

#include "data/option.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ostrich::data {

namespace {

constexpr std::int64_t kMaxBytes = std::int64_t{1} << 31;

/// Answers of one split: the first ones begin at `first`, the last ones end before `end`.
struct Stretch {
    std::int64_t first = 0;
    std::int64_t end = 0;
};

std::array<Stretch, 3> stretches(const ForecastPlan &plan, std::int64_t steps)
{
    const TimeSplit split = splitByTime(steps, plan.horizon);
    return {Stretch{plan.window, split.trainEnd}, Stretch{split.trainEnd, split.validationEnd},
            Stretch{split.validationEnd, steps}};
}

std::int64_t windowsIn(const Stretch &stretch, const ForecastPlan &plan)
{
    const std::int64_t room = stretch.end - stretch.first - plan.horizon;
    return room < 0 ? 0 : room / plan.stride + 1;
}

/// Cuts the windows of one split.
class Cutter {
public:
    Cutter(const Series &series, const ForecastPlan &plan) : m_series(series), m_plan(plan) {}

    Samples emptySamples(std::int64_t windows) const
    {
        const auto width = std::ssize(m_series.columns);
        Samples samples;
        samples.sampleShape = {width};
        samples.starts.push_back(0);
        samples.values.reserve(static_cast<std::size_t>(windows * m_plan.window * width));
        return samples;
    }

    /// The window that ends before step `now`, and all that is asked of it.
    void add(std::int64_t now, bool seasonal, Samples &samples) const
    {
        for (std::int64_t step = now - m_plan.window; step < now; ++step) {
            for (std::size_t column = 0; column < m_series.columns.size(); ++column)
                samples.values.push_back(value(column, step, now));
        }
        samples.starts.push_back(samples.starts.back() + m_plan.window);
        for (std::int64_t ahead = 0; ahead < m_plan.horizon; ++ahead) {
            for (const std::size_t target : m_plan.targets) {
                samples.answers.push_back(value(target, now + ahead, now));
                samples.naive.push_back(value(target, now - 1, now));
                if (seasonal)
                    samples.seasonalNaive.push_back(value(target, seasonBefore(now, ahead), now));
            }
        }
    }

private:
    float value(std::size_t column, std::int64_t step, std::int64_t now) const
    {
        const std::vector<double> &values = m_series.columns[column];
        const double level = m_plan.relative ? values[static_cast<std::size_t>(now - 1)] : 0.0;
        return static_cast<float>(values[static_cast<std::size_t>(step)] - level);
    }

    /// The last step before `now` that lies whole seasons before `now` + `ahead`.
    std::int64_t seasonBefore(std::int64_t now, std::int64_t ahead) const
    {
        const std::int64_t step = now + ahead - (ahead / m_plan.season + 1) * m_plan.season;
        return step < 0 ? now - 1 : step;
    }

    const Series &m_series;
    const ForecastPlan &m_plan;
};

} // namespace

std::int64_t fillMissing(std::vector<double> &values)
{
    const auto known = [](double value) { return !std::isnan(value); };
    const std::int64_t missing = std::ranges::count_if(values, std::not_fn(known));
    if (missing == std::ssize(values)) return missing;
    auto before = values.end();
    for (auto at = values.begin(); at != values.end();) {
        if (known(*at)) {
            before = at++;
            continue;
        }
        const auto after = std::find_if(at, values.end(), known);
        const double last = after != values.end() ? *after : *before;
        const double first = before != values.end() ? *before : last;
        const auto gap = static_cast<double>(after - at + 1);
        for (auto place = 1.0; at != after; ++at, ++place)
            *at = first + (last - first) * place / gap;
    }
    return missing;
}

std::vector<graph::ParameterSpec> forecastOptions(const ForecastPlan &defaults)
{
    return {integerOption("window", defaults.window, 1, 10000, {"Window", "Fenêtre"},
                          {"Steps that the network sees.", "Nombre de pas que voit le réseau."}),
            integerOption("horizon", defaults.horizon, 1, 1000, {"Horizon", "Horizon"},
                          {"Steps to forecast.", "Nombre de pas à prévoir."}),
            integerOption("stride", defaults.stride, 1, 10000, {"Stride", "Pas"},
                          {"Steps from one window to the next.",
                           "Nombre de pas d'une fenêtre à la suivante."}),
            booleanOption("relative", defaults.relative, {"Relative", "Relatif"},
                          {"Take each window's last value off the window and its answers, so that "
                           "a trend is no trap.",
                           "Retirer de chaque fenêtre et de ses réponses la dernière valeur de la "
                           "fenêtre, pour qu'une tendance ne soit pas un piège."})};
}

ForecastPlan planFrom(const graph::Parameters &options)
{
    ForecastPlan plan;
    plan.window = graph::integer(options, "window");
    plan.horizon = graph::integer(options, "horizon");
    plan.stride = graph::integer(options, "stride");
    plan.relative = graph::boolean(options, "relative");
    return plan;
}

TimeSplit splitByTime(std::int64_t steps, std::int64_t horizon)
{
    TimeSplit split;
    split.validationEnd = std::min(steps * 9 / 10, steps - horizon);
    split.trainEnd = std::min(steps * 8 / 10, split.validationEnd - horizon);
    return split;
}

std::int64_t fittingWindow(std::int64_t window, std::int64_t steps, std::int64_t horizon)
{
    const std::int64_t most = (splitByTime(steps, horizon).trainEnd - horizon) / 2;
    return std::clamp<std::int64_t>(most, 1, window);
}

graph::DataFacts forecastFacts(const ForecastPlan &plan, std::int64_t columns, std::string title)
{
    graph::DataFacts facts;
    facts.input = graph::Shape::sequence(plan.window, columns);
    facts.task = graph::Task::Regress;
    facts.values = plan.horizon * std::ssize(plan.targets);
    facts.longest = plan.window;
    facts.relative = plan.relative;
    facts.targets.assign(plan.targets.begin(), plan.targets.end());
    facts.title = std::move(title);
    return facts;
}

Result<void> checkForecast(const ForecastPlan &plan, std::int64_t steps, std::int64_t columns,
                           const std::string &where)
{
    std::int64_t needed = plan.window + plan.horizon;
    const std::int64_t least = needed;
    while (splitByTime(needed, plan.horizon).trainEnd < least) ++needed;
    if (steps < needed)
        return Error{where,
                     {"data.series_short",
                      {std::to_string(steps), std::to_string(plan.window),
                       std::to_string(plan.horizon), std::to_string(needed)}},
                     {"data.series_short_hint", {}}};
    std::int64_t windows = 0;
    for (const Stretch &stretch : stretches(plan, steps)) windows += windowsIn(stretch, plan);
    const std::int64_t floats = plan.window * columns + 3 * plan.horizon * std::ssize(plan.targets);
    const std::int64_t bytes = windows * floats * static_cast<std::int64_t>(sizeof(float));
    if (bytes > kMaxBytes)
        return Error{where,
                     {"data.too_large", {std::to_string(bytes >> 20)}},
                     {"data.series_large_hint", {}}};
    return {};
}

Result<std::array<Samples, 3>> forecastWindows(const Series &series, const ForecastPlan &plan,
                                               const std::string &where, const Progress &progress,
                                               std::stop_token stop)
{
    const Cutter cutter(series, plan);
    std::array<Samples, 3> splits;
    const std::array<Stretch, 3> parts = stretches(plan, series.steps());
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const Stretch &stretch = parts[part];
        const std::int64_t windows = windowsIn(stretch, plan);
        const bool seasonal =
            plan.season > 0
            && (part == 0 ? plan.season < stretch.end : plan.season <= stretch.first);
        splits[part] = cutter.emptySamples(windows);
        for (std::int64_t i = 0; i < windows; ++i) {
            if (stop.stop_requested()) return Error{where, {"data.cancelled", {}}, {}};
            cutter.add(stretch.first + i * plan.stride, seasonal, splits[part]);
        }
        report(progress, static_cast<double>(part + 1) / 3.0);
    }
    return splits;
}

} // namespace ostrich::data
