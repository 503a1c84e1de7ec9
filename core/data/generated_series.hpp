// What the built-in sources of series share: a long series from the seed, cut into windows
// (forecast.hpp).
#pragma once

#include "data/forecast.hpp"

namespace ostrich::data {

/// A source of one series, or of several side by side, to be forecast. A subclass draws it.
class GeneratedSeries : public Source {
public:
    const SourceDescription &description() const override { return m_description; }
    Result<graph::DataFacts> facts(const SourceSpec &spec,
                                   const graph::Parameters &options) const override;
    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override;

protected:
    struct Character {
        std::string name;
        std::string title; // id of the words on the Input card
        Words label;
        Words help;
        std::vector<graph::ParameterSpec> options; // beside those of a forecast and "count"
        ForecastPlan plan;                         // defaults
        std::int64_t columns = 1;
    };
    explicit GeneratedSeries(Character character);

    /// `count` steps of each column. `options` have passed check().
    virtual Series draw(std::int64_t count, const graph::Parameters &options,
                        std::uint64_t seed) const = 0;
    /// Whether the options fit each other.
    virtual Result<void> check(const graph::Parameters &) const { return {}; }
    /// Columns to forecast; the plan's, if not said otherwise.
    virtual std::vector<std::size_t> targets(const graph::Parameters &options) const;
    /// Steps after which the series looks the same; the plan's, if not said otherwise.
    virtual std::int64_t season(const graph::Parameters &options) const;

private:
    Result<ForecastPlan> checkedPlan(const SourceSpec &spec,
                                     const graph::Parameters &options) const;

    Character m_character;
    SourceDescription m_description;
};

} // namespace ostrich::data
