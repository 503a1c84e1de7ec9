// The frame around every built-in source of series: options, facts, windows.
#include "data/generated_series.hpp"

#include "data/option.hpp"

#include <numeric>

namespace ostrich::data {

GeneratedSeries::GeneratedSeries(Character character) : m_character(std::move(character))
{
    ForecastPlan &plan = m_character.plan;
    if (plan.targets.empty()) {
        plan.targets.resize(static_cast<std::size_t>(m_character.columns));
        std::iota(plan.targets.begin(), plan.targets.end(), std::size_t{0});
    }
    m_description.name = m_character.name;
    m_description.label = m_character.label;
    m_description.help = m_character.help;
    m_description.parameters = forecastOptions(plan);
    m_description.parameters.push_back(
        integerOption("count", 4000, 30, 1000000, {"Steps", "Pas"},
                      {"Length of the series; its first 80 % train, then come validation and test.",
                       "Longueur de la série ; les premiers 80 % entraînent, puis viennent "
                       "validation et test."}));
    for (graph::ParameterSpec &option : m_character.options)
        m_description.parameters.push_back(std::move(option));
}

std::vector<std::size_t> GeneratedSeries::targets(const graph::Parameters &) const
{
    return m_character.plan.targets;
}

std::int64_t GeneratedSeries::season(const graph::Parameters &) const
{
    return m_character.plan.season;
}

Result<ForecastPlan> GeneratedSeries::checkedPlan(const SourceSpec &spec,
                                                  const graph::Parameters &options) const
{
    if (auto checked = check(options); !checked) return checked.error();
    ForecastPlan plan = planFrom(options);
    plan.targets = targets(options);
    plan.season = season(options);
    const std::int64_t count = graph::integer(options, "count");
    if (!spec.options.contains("window"))
        plan.window = fittingWindow(plan.window, count, plan.horizon);
    if (auto checked = checkForecast(plan, count, m_character.columns, toString(spec)); !checked)
        return checked.error();
    return plan;
}

Result<graph::DataFacts> GeneratedSeries::facts(const SourceSpec &spec,
                                                const graph::Parameters &options) const
{
    const Result<ForecastPlan> plan = checkedPlan(spec, options);
    if (!plan) return plan.error();
    return forecastFacts(*plan, m_character.columns, m_character.title);
}

Result<Dataset> GeneratedSeries::load(const SourceSpec &spec, const graph::Parameters &options,
                                      std::uint64_t seed, const Progress &progress,
                                      std::stop_token stop) const
{
    const Result<ForecastPlan> plan = checkedPlan(spec, options);
    if (!plan) return plan.error();
    Dataset dataset;
    dataset.facts = forecastFacts(*plan, m_character.columns, m_character.title);
    const Series series = draw(graph::integer(options, "count"), options, seed);
    auto splits = forecastWindows(series, *plan, toString(spec), progress, stop);
    if (!splits) return splits.error();
    dataset.splits = *std::move(splits);
    return dataset;
}

} // namespace ostrich::data
