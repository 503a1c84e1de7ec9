// Grouping, naming and weighing the runs of a comparison.
#include "train/compare_groups.hpp"

#include "blocks/block_kind.hpp"
#include "curves/run_figures.hpp"
#include "graph/group.hpp"
#include "model/compare_model.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::CompareView)
};

using Counts = std::vector<std::pair<QString, std::int64_t>>;

/// Adds what stands in the network and in its groups, all of it `times` over.
void countKinds(const graph::Network &network, graph::Category category, std::int64_t times,
                Counts &found)
{
    for (const graph::Block &block : network.blocks) {
        if (block.inside)
            countKinds(*block.inside, category,
                       std::min(times * graph::repeatOf(block), graph::kMostBlocks), found);
        const graph::Kind *kind = blocks::Registry::instance().find(block.kind);
        if (!kind || kind->description().category != category) continue;
        const QString name = words(kind->description().label);
        const auto at = std::ranges::find(found, name, &Counts::value_type::first);
        if (at == found.end())
            found.emplace_back(name, times);
        else
            at->second += times;
    }
}

/// How often each kind of `category` is gone through, in the order of their first blocks.
Counts kindsOf(const graph::Network &network, graph::Category category)
{
    Counts found;
    countKinds(network, category, 1, found);
    return found;
}

QString folderName(const train::Run &run)
{
    return QString::fromStdString(run.folder.filename().string());
}

QString noteOf(const std::vector<train::Run> &runs)
{
    if (runs.empty()) return Texts::tr("in training");
    QStringList names;
    for (const train::Run &run : runs) names << folderName(run);
    return names.size() == 1 ? Texts::tr("run %1").arg(names.front())
                             : Texts::tr("runs %1").arg(names.join(QStringLiteral(", ")));
}

CompareGroup groupOf(std::vector<train::Run> runs, std::optional<train::Run> live)
{
    CompareGroup group;
    group.runs = std::move(runs);
    group.live = std::move(live);
    group.name =
        networkSummary((group.live ? *group.live : group.runs.front()).manifest.project.network);
    group.note = noteOf(group.runs);
    std::vector<train::Outcome> outcomes;
    for (const train::Run &run : group.runs) {
        const auto last = static_cast<std::int64_t>(run.epochs.size());
        group.fewestEpochs = group.mostEpochs == 0 ? last : std::min(group.fewestEpochs, last);
        group.mostEpochs = std::max(group.mostEpochs, last);
        if (auto outcome = train::outcomeOf(run)) outcomes.push_back(std::move(*outcome));
    }
    group.standing = train::standingOf(outcomes);
    return group;
}

/// Networks of the same name are told apart by their size, else by their runs.
void tellApart(std::vector<CompareGroup> &groups)
{
    const auto counted = [&groups] {
        std::map<QString, int> names;
        for (const CompareGroup &group : groups) ++names[group.name];
        return names;
    };
    const QString dot = QStringLiteral(" · ");
    const auto once = counted();
    for (CompareGroup &group : groups)
        if (once.at(group.name) > 1 && group.standing.parameters > 0)
            group.name += dot + count(group.standing.parameters, true);
    const auto twice = counted();
    for (CompareGroup &group : groups)
        if (twice.at(group.name) > 1) group.name += dot + group.note;
}

bool differentData(const std::vector<CompareGroup> &groups)
{
    std::set<std::string> sources;
    for (const CompareGroup &group : groups)
        sources.insert((group.live ? *group.live : group.runs.front()).manifest.project.data);
    return sources.size() > 1;
}

/// Of the networks with a figure, who is ahead, and whether that can be said.
QString ranking(const std::vector<CompareGroup> &groups, const Measure &measure)
{
    struct Place {
        QString name;
        train::Interval interval;
    };
    std::vector<Place> places;
    for (const CompareGroup &group : groups)
        if (const auto interval = figureOf(group, measure.key))
            places.push_back({group.name, *interval});
    if (places.size() < 2) return {};
    std::ranges::stable_sort(places, [&measure](const Place &a, const Place &b) {
        return measure.isBetter(a.interval.mean, b.interval.mean);
    });
    const auto few = [](const Place &place) { return place.interval.count < 2; };
    if (std::ranges::any_of(places, few))
        return Texts::tr("One seed says little: another may turn the order round. With more of "
                         "them each figure gets its interval.");
    const train::Interval &best = places.front().interval;
    const auto reached = [&](const Place &place) {
        return measure.isShare ? place.interval.high >= best.low : place.interval.low <= best.high;
    };
    const auto rival = std::find_if(places.begin() + 1, places.end(), reached);
    if (rival == places.end())
        return Texts::tr("%1 is ahead: no other interval reaches its own.")
            .arg(places.front().name);
    if (rival->interval == best)
        return Texts::tr("%1 and %2 are level: these seeds do not tell them apart.")
            .arg(places.front().name, rival->name);
    return Texts::tr("%1 and %2: their intervals overlap, so these seeds do not settle which is "
                     "better.")
        .arg(places.front().name, rival->name);
}

} // namespace

QString networkSummary(const graph::Network &network)
{
    QStringList parts;
    for (const auto &[name, many] : kindsOf(network, graph::Category::Recurrent)) parts << name;
    if (!kindsOf(network, graph::Category::Attention).empty())
        parts << words(graph::label(graph::Category::Attention));
    if (!parts.isEmpty()) return parts.join(QStringLiteral(" + "));
    for (const auto category : {graph::Category::Convolution, graph::Category::Linear})
        for (const auto &[name, many] : kindsOf(network, category))
            return QStringLiteral("%1 × %2").arg(many).arg(name);
    return Texts::tr("%n block(s)", nullptr, static_cast<int>(network.blocks.size()));
}

QString runName(const train::Run &run)
{
    return Texts::tr("Run %1").arg(folderName(run)) + QStringLiteral(" · ")
           + networkSummary(run.manifest.project.network);
}

std::vector<CompareGroup> compareGroups(const CompareModel &model)
{
    std::vector<train::Run> runs = model.ticked();
    const std::size_t ended = runs.size();
    if (model.live() && !model.live()->epochs.empty()) runs.push_back(*model.live());
    std::vector<CompareGroup> groups;
    for (const auto &indices : train::groupRuns(runs)) {
        std::vector<train::Run> members;
        std::optional<train::Run> live;
        for (const std::size_t i : indices) {
            if (i < ended)
                members.push_back(runs[i]);
            else
                live = runs[i];
        }
        groups.push_back(groupOf(std::move(members), std::move(live)));
    }
    tellApart(groups);
    return groups;
}

QString Measure::valueText(double value) const
{
    return isShare ? percent(value) : figure(value);
}

QString Measure::text(const train::Interval &interval) const
{
    const QString mean = valueText(interval.mean);
    if (interval.count < 2) return mean;
    const double half = (interval.high - interval.low) / 2.0;
    if (isShare && half > 1.0) return mean + QStringLiteral(" ± > 100"); // two seeds, far apart
    return mean + QStringLiteral(" ± ")
           + (isShare ? QLocale().toString(half * 100.0, 'f', 1) : figure(half));
}

Measure measureOf(const std::vector<CompareGroup> &groups)
{
    const auto has = [&groups](const char *key) {
        return std::ranges::any_of(groups, [key](const CompareGroup &group) {
            return group.standing.figures.contains(key);
        });
    };
    const auto asksNumbers = [](const CompareGroup &group) {
        const train::Run &run = group.live ? *group.live : group.runs.front();
        return !run.epochs.empty() && forecasts(run.epochs.back());
    };
    const bool numbers = std::ranges::any_of(groups, asksNumbers);
    if (!numbers) return {"test_accuracy", Texts::tr("Test accuracy"), true};
    const QString name =
        has("test_mae") && !has("test_mase") ? QStringLiteral("MAE") : QStringLiteral("MASE");
    return {"test_" + name.toLower().toStdString(), Texts::tr("Test %1").arg(name), false};
}

std::optional<train::Interval> figureOf(const CompareGroup &group, const std::string &key)
{
    const auto found = group.standing.figures.find(key);
    if (found == group.standing.figures.end() || !std::isfinite(found->second.mean)) return {};
    return found->second;
}

Verdict verdictOf(const std::vector<CompareGroup> &groups, const Measure &measure)
{
    Verdict verdict;
    QStringList sentences;
    if (differentData(groups)) {
        verdict.warns = true;
        sentences << Texts::tr("These runs are of different data: their figures do not compare.");
    } else if (const QString order = ranking(groups, measure); !order.isEmpty()) {
        sentences << order;
    }
    int leftOut = 0;
    for (const CompareGroup &group : groups) leftOut += static_cast<int>(group.standing.left_out);
    if (leftOut > 0)
        sentences << Texts::tr("%n run(s) stopped or broken down: not counted.", nullptr, leftOut);
    verdict.text = sentences.join(QLatin1Char(' '));
    return verdict;
}

std::vector<OverlaySeries> overlaySeries(const std::vector<CompareGroup> &groups,
                                         CompareQuantity quantity)
{
    const auto valueOf = [quantity](const train::EpochMetrics &epoch) {
        if (quantity == CompareQuantity::Loss) return epoch.val_loss;
        if (quantity == CompareQuantity::Accuracy) return epoch.val_accuracy;
        return forecastError(epoch.figures, "val_").value_or(std::nan(""));
    };
    std::vector<OverlaySeries> series;
    for (const CompareGroup &group : groups) {
        OverlaySeries each{group.name, {}};
        const auto add = [&](const train::Run &run) {
            QList<QPointF> points;
            for (const train::EpochMetrics &epoch : run.epochs)
                if (const double value = valueOf(epoch); std::isfinite(value))
                    points << QPointF(static_cast<double>(epoch.epoch), value);
            if (!points.isEmpty()) each.curves.push_back(std::move(points));
        };
        for (const train::Run &run : group.runs) add(run);
        if (group.live) add(*group.live);
        series.push_back(std::move(each));
    }
    return series;
}

} // namespace ostrich::ui
