// What several runs say together: intervals, and which runs belong together.
#include "train/comparison.hpp"

#include "graph/group.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace ostrich::train {

namespace {

/// t(0.975, freedom): 95 % of Student's distribution lie within plus and minus this.
double studentQuantile95(std::int64_t freedom)
{
    const boost::math::students_t distribution(static_cast<double>(freedom));
    return boost::math::quantile(distribution, 0.975);
}

/// Stopped by hand or broken down, it was trained less than the others.
bool counts(const Outcome &outcome)
{
    return outcome.summary.stopped_by != "user" && outcome.summary.stopped_by != "error";
}

std::map<std::string, double> figuresOf(const Outcome &outcome)
{
    const Summary &summary = outcome.summary;
    std::map<std::string, double> figures = summary.figures;
    figures.insert({{"train_accuracy", summary.train_accuracy},
                    {"val_accuracy", summary.val_accuracy},
                    {"test_accuracy", summary.test_accuracy},
                    {"train_loss", summary.train_loss},
                    {"val_loss", summary.val_loss},
                    {"test_loss", summary.test_loss},
                    {"seconds_per_epoch", outcome.seconds_per_epoch}});
    return figures;
}

bool differInSeedAlone(const project::Project &a, const project::Project &b)
{
    project::Recipe recipe = a.recipe;
    recipe.seed = b.recipe.seed;
    return a.data == b.data && recipe == b.recipe && graph::sameNetwork(a.network, b.network);
}

} // namespace

Interval interval95(std::span<const double> values)
{
    std::vector<double> finite;
    std::ranges::copy_if(values, std::back_inserter(finite),
                         [](double value) { return std::isfinite(value); });
    if (finite.empty()) {
        constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
        return {kNone, kNone, kNone, 0};
    }
    const auto count = static_cast<double>(finite.size());
    double sum = 0.0, squares = 0.0;
    for (const double value : finite) sum += value;
    const double mean = sum / count;
    if (finite.size() == 1) return {mean, mean, mean, 1};
    for (const double value : finite) squares += (value - mean) * (value - mean);
    const double half =
        studentQuantile95(std::ssize(finite) - 1) * std::sqrt(squares / (count - 1.0) / count);
    return {mean, mean - half, mean + half, std::ssize(finite)};
}

Standing standingOf(std::span<const Outcome> outcomes)
{
    Standing standing;
    std::map<std::string, std::vector<double>> values;
    for (const Outcome &outcome : outcomes) {
        if (standing.parameters == 0) standing.parameters = outcome.parameters;
        if (!counts(outcome)) {
            ++standing.left_out;
            continue;
        }
        ++standing.runs;
        for (const auto &[name, value] : figuresOf(outcome)) values[name].push_back(value);
    }
    for (const auto &[name, several] : values) {
        const Interval interval = interval95(several);
        if (interval.count > 0) standing.figures[name] = interval;
    }
    return standing;
}

std::vector<Standing> standings(std::span<const Outcome> outcomes, std::size_t entries)
{
    std::vector<std::vector<Outcome>> sorted(entries);
    for (const Outcome &outcome : outcomes) sorted.at(outcome.entry).push_back(outcome);
    std::vector<Standing> all;
    for (const auto &own : sorted) all.push_back(standingOf(own));
    return all;
}

std::vector<std::vector<std::size_t>> groupRuns(const std::vector<Run> &runs)
{
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto own = std::ranges::find_if(groups, [&](const auto &group) {
            return differInSeedAlone(runs[group.front()].manifest.project,
                                     runs[i].manifest.project);
        });
        if (own != groups.end())
            own->push_back(i);
        else
            groups.push_back({i});
    }
    return groups;
}

} // namespace ostrich::train
