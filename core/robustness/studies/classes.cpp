// Study "classes": which classes fall first, and what they become.
#include "data/option.hpp"
#include "robustness/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace ostrich::robustness::classes {

namespace {

/// More rows or columns than this are no longer read as a matrix.
constexpr std::size_t kMostInMatrix = 60;

/// One class of the samples.
struct Tally {
    std::int64_t total = 0, right = 0, robust = 0;
    std::map<std::int64_t, std::int64_t> before, after, becomes; // answers; of those that fell
    std::vector<double> norms;                                   // smallest ones, sorted

    /// What most of those that fell became, and how many; -1: none fell.
    std::pair<std::int64_t, std::int64_t> favourite() const
    {
        const auto most =
            std::ranges::max_element(becomes, {}, [](const auto &e) { return e.second; });
        if (most == becomes.end()) return {-1, 0};
        return *most;
    }
    double share(std::int64_t count) const
    {
        return static_cast<double>(count) / static_cast<double>(total);
    }
    double median() const { return norms.empty() ? std::nan("") : norms[norms.size() / 2]; }
};
using Tallies = std::map<std::int64_t, Tally>; // by class

Tallies tallied(const attack::AttackResult &result)
{
    Tallies tallies;
    for (std::size_t i = 0; i < result.y.size(); ++i) {
        const std::int64_t truth = result.y[i], before = result.y_pred[i], after = result.y_adv[i];
        Tally &tally = tallies[truth];
        ++tally.total;
        ++tally.before[before];
        ++tally.after[after];
        tally.right += before == truth;
        tally.robust += before == truth && after == truth;
        if (before == truth && after != truth) ++tally.becomes[after];
    }
    return tallies;
}

/// Rows: truth; columns: answers; each row adds up to 1.
Matrix confusion(const StudyRequest &request, const Tallies &tallies,
                 const std::set<std::int64_t> &answers, bool after)
{
    const graph::DataFacts &facts = request.subjects.front().facts;
    Matrix matrix{
        .key = after ? "confusion_after" : "confusion_before",
        .title = {after ? "robustness.confusion_after" : "robustness.confusion_before", {}},
        .rowLabel = {"robustness.truth", {}},
        .columnLabel = {"robustness.answer", {}},
        .rows = {},
        .columns = {},
        .values = {},
        .isShare = true};
    for (const std::int64_t answer : answers) matrix.columns.push_back(className(facts, answer));
    for (const auto &[truth, tally] : tallies) {
        matrix.rows.push_back(className(facts, truth));
        const auto &counts = after ? tally.after : tally.before;
        for (const std::int64_t answer : answers) {
            const auto count = counts.find(answer);
            matrix.values.push_back(count == counts.end() ? 0.0 : tally.share(count->second));
        }
    }
    return matrix;
}

/// One of the attacks that look for the smallest perturbation, or none.
graph::ParameterSpec nearestOption()
{
    std::vector<std::string> names;
    std::vector<Words> labels;
    for (const attack::AttackDescription &attack : attack::attacks()) {
        if (!attack.smallest) continue;
        names.push_back(attack.name);
        labels.push_back(attack.label);
    }
    names.emplace_back();
    labels.push_back({"none", "aucune"});
    return data::choiceOption(
        "nearest", "deepfool", std::move(names), std::move(labels),
        {"Smallest by", "Plus petites selon"},
        {"The attack that tells how little is needed (the median of each class); empty: none.",
         "L'attaque qui dit le peu qu'il faut (la médiane de chaque classe) ; vide : aucune."});
}

class Classes : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "classes",
            .label = {"Class by class", "Classe par classe"},
            .help = {"Which classes fall first, how little it takes, and what they become.",
                     "Quelles classes tombent d'abord, le peu qu'il faut, et ce qu'elles "
                     "deviennent."},
            .source = "",
            .parameters = {nearestOption()},
        };
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        const std::string &nearest = graph::text(request.parameters, "nearest");
        const attack::AttackDescription *known = attack::describedAttack(nearest);
        const bool measured =
            known && std::ranges::find(known->norms, request.attack.norm) != known->norms.end();
        const auto result = attack::attackSamples(
            request.subjects.front(), samplesOf(request), request.indices,
            optionsFor(request, request.attack.attack),
            measured ? partOf(watcher.progress, 0, 2) : watcher.progress, stop);
        if (!result) return result.error();
        Tallies tallies = tallied(*result);
        if (measured) {
            if (watcher.partial) watcher.partial(findings(request, tallies));
            if (auto error =
                    measure(request, nearest, tallies, partOf(watcher.progress, 1, 2), stop))
                return *error;
        }
        return findings(request, tallies);
    }

private:
    /// The norms of the smallest perturbations of the samples that are right.
    static std::optional<Error> measure(const StudyRequest &request, const std::string &nearest,
                                        Tallies &tallies, const Progress &progress,
                                        std::stop_token stop)
    {
        const data::Samples &samples = samplesOf(request);
        const attack::Subject &subject = request.subjects.front();
        const auto right = rightOf(subject, samples, request.indices, stop);
        if (!right) return right.error();
        if (right->empty()) return std::nullopt;
        const auto found = attack::smallestPerturbations(
            subject, samples, *right, optionsFor(request, nearest), progress, stop);
        if (!found) return found.error();
        for (std::size_t i = 0; i < found->norms.size(); ++i)
            if (std::isfinite(found->norms[i]))
                tallies[found->y[i]].norms.push_back(found->norms[i]);
        for (auto &[truth, tally] : tallies) std::ranges::sort(tally.norms);
        return std::nullopt;
    }

    static Table tableOf(const StudyRequest &request, const Tallies &tallies)
    {
        const graph::DataFacts &facts = request.subjects.front().facts;
        Table table{.key = "classes",
                    .title = {"robustness.classes_title", {}},
                    .columns = {{"robustness.class", {}},
                                {"robustness.samples", {}},
                                {"robustness.clean_accuracy", {}},
                                {"robustness.robust_accuracy", {}},
                                {"robustness.median_norm", {}},
                                {"robustness.becomes", {}},
                                {"robustness.becomes_share", {}}},
                    .rows = {}};
        for (const auto &[truth, tally] : tallies) {
            const auto [becomes, count] = tally.favourite();
            table.rows.push_back(
                {className(facts, truth), std::to_string(tally.total),
                 percentText(tally.share(tally.right)), percentText(tally.share(tally.robust)),
                 tally.norms.empty()
                     ? "–"
                     : epsilonText(tally.median(), request.attack.norm, samplesOf(request)),
                 count == 0 ? "–" : fmt::format("“{}”", className(facts, becomes)),
                 count == 0 ? "–" : percentText(tally.share(count))});
        }
        return table;
    }

    static Plot bars(const StudyRequest &request, const Tallies &tallies)
    {
        Plot plot{.key = "robust_accuracy_by_class",
                  .title = {"robustness.classes_plot", {}},
                  .xLabel = {"robustness.class", {}},
                  .yLabel = {"robustness.robust_accuracy", {}},
                  .style = Plot::Style::Bars,
                  .yIsShare = true};
        Curve clean{.key = "clean",
                    .label = {"robustness.clean_accuracy", {}},
                    .x = {},
                    .y = {},
                    .isReference = true};
        Curve robust{.key = request.attack.attack,
                     .label = {labelOf(request.attack.attack), {}},
                     .x = {},
                     .y = {}};
        for (const auto &[truth, tally] : tallies) {
            plot.xNames.push_back(className(request.subjects.front().facts, truth));
            for (const auto &[curve, count] :
                 {std::pair(&clean, tally.right), std::pair(&robust, tally.robust)}) {
                const ShareInterval interval = clopperPearson(count, tally.total);
                curve->x.push_back(static_cast<double>(curve->x.size()));
                curve->y.push_back(interval.share);
                curve->low.push_back(interval.low);
                curve->high.push_back(interval.high);
            }
        }
        plot.curves = {std::move(clean), std::move(robust)};
        return plot;
    }

    /// The most and the least fragile of the classes that there are to fall (some sample is right),
    /// and the commonest way to fall.
    static std::vector<Message> sentencesOf(const StudyRequest &request, Tallies tallies)
    {
        std::erase_if(tallies, [](const auto &entry) { return entry.second.right == 0; });
        if (tallies.empty()) return {noneRight(request, 0)};
        const graph::DataFacts &facts = request.subjects.front().facts;
        const auto robust = [](const auto &entry) {
            return entry.second.share(entry.second.robust);
        };
        const auto weakest = std::ranges::min_element(tallies, {}, robust);
        const auto toughest = std::ranges::max_element(tallies, {}, robust);
        std::vector<Message> sentences;
        if (robust(*weakest) < robust(*toughest))
            sentences.push_back(
                {"robustness.classes_extremes",
                 {className(facts, weakest->first), percentText(robust(*weakest)),
                  className(facts, toughest->first), percentText(robust(*toughest))}});
        else
            sentences.push_back({"robustness.classes_alike", {percentText(robust(*weakest))}});
        const auto common = std::ranges::max_element(tallies, {}, [](const auto &entry) {
            return entry.second.share(entry.second.favourite().second);
        });
        const auto [becomes, count] = common->second.favourite();
        if (count > 0)
            sentences.push_back({"robustness.classes_becomes",
                                 {className(facts, common->first), className(facts, becomes),
                                  percentText(common->second.share(count))}});
        return sentences;
    }

    static Findings findings(const StudyRequest &request, const Tallies &tallies)
    {
        Findings found;
        std::int64_t total = 0, right = 0, robust = 0;
        std::set<std::int64_t> answers;
        for (const auto &[truth, tally] : tallies) {
            total += tally.total;
            right += tally.right;
            robust += tally.robust;
            answers.insert(truth);
            for (const auto *counts : {&tally.before, &tally.after})
                for (const auto &[answer, count] : *counts) answers.insert(answer);
        }
        found.sentences = sentencesOf(request, tallies);
        found.figures = {
            shareFigure("clean_accuracy", {"robustness.clean_accuracy", {}}, right, total),
            shareFigure("robust_accuracy", {"robustness.robust_accuracy", {}}, robust, total)};
        found.tables.push_back(tableOf(request, tallies));
        if (tallies.size() <= kMostInMatrix) found.plots.push_back(bars(request, tallies));
        if (answers.size() <= kMostInMatrix)
            found.matrices = {confusion(request, tallies, answers, false),
                              confusion(request, tallies, answers, true)};
        return found;
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<Classes>();
}

} // namespace ostrich::robustness::classes
