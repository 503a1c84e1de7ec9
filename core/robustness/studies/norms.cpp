// Study "norms": how small the smallest perturbations are that fool the network.
#include "data/option.hpp"
#include "robustness/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ostrich::robustness::norms {

namespace {

constexpr std::size_t kBars = 20;

/// What one attack found on one subject, of the samples that it gets right.
struct Found {
    std::string attack;
    std::size_t subject = 0;
    std::int64_t total = 0;         // samples that were right
    std::vector<double> found = {}; // sorted norms of those that it flipped
};

/// The middle of all samples, those that were never flipped being farthest; not a number: more than
/// half were not.
double median(const Found &found)
{
    const auto middle = static_cast<std::size_t>(found.total / 2);
    return middle < found.found.size() ? found.found[middle] : std::nan("");
}

std::string keyOf(const StudyRequest &request, const Found &found)
{
    return request.subjects.size() == 1 ? found.attack
                                        : found.attack + "@" + nameOf(request, found.subject);
}

/// The share of samples that a perturbation no longer than x fools.
Curve cumulative(const StudyRequest &request, const Found &found)
{
    Curve curve{.key = keyOf(request, found),
                .label = curveLabel(request, found.attack, found.subject),
                .x = {0.0},
                .y = {0.0}};
    for (std::size_t i = 0; i < found.found.size(); ++i) {
        curve.x.push_back(found.found[i]);
        curve.y.push_back(static_cast<double>(i + 1) / static_cast<double>(found.total));
    }
    return curve;
}

Curve bars(const StudyRequest &request, const Found &found, double largest)
{
    Curve curve{.key = keyOf(request, found),
                .label = curveLabel(request, found.attack, found.subject),
                .x = {},
                .y = std::vector<double>(kBars, 0.0)};
    for (std::size_t i = 0; i < kBars; ++i) curve.x.push_back(static_cast<double>(i));
    for (const double norm : found.found) {
        const auto bar = static_cast<std::size_t>(norm / largest * static_cast<double>(kBars));
        curve.y[std::min(bar, kBars - 1)] += 1.0 / static_cast<double>(found.total);
    }
    return curve;
}

class Norms : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "norms",
            .label = {"Smallest perturbations", "Plus petites perturbations"},
            .help = {"How little is needed to fool the network, sample by sample: a histogram and "
                     "the share fooled by each size.",
                     "Le peu qui suffit à tromper le réseau, échantillon par échantillon : un "
                     "histogramme et la part trompée par chaque taille."},
            .source = "Moosavi-Dezfooli et al. 2016, DeepFool; Carlini and Wagner 2017; Croce and "
                      "Hein 2020, FAB",
            .several = true,
            .heeds = Heeds::Norm,
            .parameters =
                {attacksOption("deepfool,cw,fab-t", true,
                               {"Names of attacks that look for the smallest perturbation, "
                                "separated by commas.",
                                "Noms d'attaques qui cherchent la plus petite perturbation, "
                                "séparés par des virgules."}),
                 data::integerOption("samples", 200, 1, 100'000, {"Samples", "Échantillons"},
                                     {"At most so many: these attacks take their time.",
                                      "Pas plus que cela : ces attaques prennent leur temps."})},
        };
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        auto names = attacksFrom(graph::text(request.parameters, "attacks"));
        if (!names) return names.error();
        const auto fit = fitting(request, *names, true);
        if (!fit) return fit.error();
        std::vector<Found> all;
        const std::size_t parts = fit->names.size() * request.subjects.size();
        for (std::size_t subject = 0; subject < request.subjects.size(); ++subject) {
            for (const std::string &name : fit->names) {
                const Progress progress = partOf(watcher.progress, all.size(), parts);
                auto found = search(request, name, subject, progress, stop);
                if (!found) return found.error();
                all.push_back(std::move(*found));
                if (watcher.partial) watcher.partial(findings(request, all, fit->leftOut));
            }
        }
        return findings(request, all, fit->leftOut);
    }

private:
    static Result<Found> search(const StudyRequest &request, const std::string &name,
                                std::size_t subject, const Progress &progress, std::stop_token stop)
    {
        const data::Samples &samples = samplesOf(request);
        const attack::Subject &network = request.subjects[subject];
        const auto right =
            rightOf(network, samples,
                    firstOf(request, graph::integer(request.parameters, "samples")), stop);
        if (!right) return right.error();
        Found found{.attack = name, .subject = subject, .total = std::ssize(*right)};
        if (right->empty()) return found;
        const auto result = attack::smallestPerturbations(
            network, samples, *right, optionsFor(request, name), progress, stop);
        if (!result) return result.error();
        for (const double norm : result->norms) {
            if (std::isfinite(norm)) found.found.push_back(norm);
        }
        std::ranges::sort(found.found);
        return found;
    }

    /// What is to be said of a subject for which no attack found enough.
    static std::optional<Message> remark(const StudyRequest &request, const std::vector<Found> &all,
                                         std::size_t subject)
    {
        bool isAsked = false, isHalved = false, isRight = false;
        for (const Found &found : all) {
            if (found.subject != subject) continue;
            isAsked = true;
            isRight = isRight || found.total > 0;
            isHalved = isHalved || std::isfinite(median(found));
        }
        if (!isAsked || isHalved) return std::nullopt;
        if (!isRight) return noneRight(request, subject);
        return Message{"robustness.norms_none", {nameOf(request, subject)}};
    }

    static Findings findings(const StudyRequest &request, const std::vector<Found> &all,
                             const std::vector<Message> &leftOut)
    {
        const data::Samples &samples = samplesOf(request);
        const attack::Norm norm = request.attack.norm;
        Findings findings;
        Plot shares{.key = "cumulative",
                    .title = {"robustness.norms_cumulative", {}},
                    .xLabel = {"robustness.norm_axis", epsilonLabel(norm).arguments},
                    .yLabel = {"robustness.share_fooled", {}},
                    .style = Plot::Style::Steps,
                    .yIsShare = true,
                    .xIsLevels = areLevels(norm, samples)};
        Plot histogram{.key = "histogram",
                       .title = {"robustness.norms_histogram", {}},
                       .xLabel = shares.xLabel,
                       .yLabel = {"robustness.share_of_samples", {}},
                       .style = Plot::Style::Bars,
                       .yIsShare = true};
        double largest = 0.0;
        for (const Found &found : all)
            if (!found.found.empty()) largest = std::max(largest, found.found.back());
        for (std::size_t i = 0; i < kBars; ++i)
            histogram.xNames.push_back(epsilonText(
                largest * static_cast<double>(i + 1) / static_cast<double>(kBars), norm, samples));
        for (const Found &found : all) {
            const std::string key = keyOf(request, found);
            const Message label = curveLabel(request, found.attack, found.subject);
            findings.figures.push_back(
                {.key = "median_" + key,
                 .label = {"robustness.norms_median",
                           {labelOf(found.attack), nameOf(request, found.subject)}},
                 .value = median(found),
                 .isLevels = shares.xIsLevels});
            findings.figures.push_back(shareFigure(
                "found_" + key,
                {"robustness.norms_found", {labelOf(found.attack), nameOf(request, found.subject)}},
                std::ssize(found.found), found.total));
            if (std::isfinite(median(found)))
                findings.sentences.push_back(
                    {"robustness.norms_half",
                     {nameOf(request, found.subject), epsilonText(median(found), norm, samples),
                      labelOf(found.attack)}});
            if (found.found.empty() || largest == 0.0) continue;
            shares.curves.push_back(cumulative(request, found));
            histogram.curves.push_back(bars(request, found, largest));
        }
        for (std::size_t subject = 0; subject < request.subjects.size(); ++subject)
            if (const auto said = remark(request, all, subject))
                findings.sentences.push_back(*said);
        findings.sentences.insert(findings.sentences.end(), leftOut.begin(), leftOut.end());
        findings.plots = {std::move(shares), std::move(histogram)};
        return findings;
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<Norms>();
}

} // namespace ostrich::robustness::norms
