// Study "curves": accuracy against epsilon, for several attacks and networks over one another.
#include "data/option.hpp"
#include "robustness/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ostrich::robustness::curves {

namespace {

/// How far a curve goes where nothing else is asked for: within it an undefended network falls to
/// 0.
double usualLargest(const data::Samples &samples, attack::Norm norm)
{
    if (norm == attack::Norm::Linf) {
        if (!samples.pictures()) return 1.0;
        // Grey pictures of strokes take large steps, photographs small ones.
        return samples.sampleShape[0] == 1 ? 0.3 : 16.0 / 255.0;
    }
    const double grey = samples.pictures() && samples.sampleShape[0] == 1 ? 4.0 : 2.0;
    return grey * attack::usualEpsilon(norm);
}

/// From 0 on, evenly; L0 counts whole pixels.
std::vector<double> epsilonsUpTo(double largest, std::int64_t points, attack::Norm norm)
{
    std::vector<double> all{0.0};
    for (std::int64_t i = 1; i <= points; ++i) {
        double epsilon = largest * static_cast<double>(i) / static_cast<double>(points);
        if (norm == attack::Norm::L0) epsilon = std::round(epsilon);
        if (epsilon > all.back()) all.push_back(epsilon);
    }
    return all;
}

/// One line in the making.
struct Line {
    attack::AttackOptions options;
    std::size_t subject = 0;
    std::vector<std::int64_t> left; // still right so far
    Curve curve = {};
};

/// Where a falling line crosses one half; not a number: it does not, or was never above.
double crossesHalf(const Curve &curve)
{
    for (std::size_t i = 1; i < curve.y.size(); ++i) {
        if (curve.y[i] > 0.5 || curve.y[i - 1] <= 0.5) continue;
        const double part = (curve.y[i - 1] - 0.5) / (curve.y[i - 1] - curve.y[i]);
        return curve.x[i - 1] + part * (curve.x[i] - curve.x[i - 1]);
    }
    return std::nan("");
}

class Curves : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "curves",
            .label = {"Accuracy against epsilon", "Exactitude selon epsilon"},
            .help =
                {"How accuracy falls as the perturbation grows, for each attack and each "
                 "network, beside noise of the same size.",
                 "Comment l'exactitude chute quand la perturbation grandit, pour chaque attaque "
                 "et chaque réseau, à côté d'un bruit de même taille."},
            .source = "Carlini et al. 2019, On evaluating adversarial robustness; intervals: "
                      "Clopper and Pearson 1934",
            .several = true,
            .isEvaluation = true,
            .heeds = Heeds::Norm,
            .parameters = {attacksOption(
                               "fgsm,pgd", false,
                               {"Their names, separated by commas; noise is always beside them.",
                                "Leurs noms, séparés par des virgules ; le bruit les accompagne "
                                "toujours."}),
                           data::integerOption("points", 8, 1, 100, {"Points", "Points"},
                                               {"How many epsilons above 0.",
                                                "Combien d'epsilons au-dessus de 0."}),
                           data::realOption(
                               "largest", 0.0, 0.0, 1e6, {"Largest epsilon", "Plus grand epsilon"},
                               {"Where the curves end; 0: by norm and kind of data. For "
                                "Linf on pictures from 0 to 1: 16/255 is 0.0627.",
                                "Où finissent les courbes ; 0 : selon la norme et les "
                                "données. Pour Linf sur des images de 0 à 1 : 16/255 "
                                "vaut 0.0627."})},
        };
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        const data::Samples &samples = samplesOf(request);
        const attack::Norm norm = request.attack.norm;
        double largest = graph::real(request.parameters, "largest");
        if (largest > 1.0 && areLevels(norm, samples)) // 16 would be 4080/255
            return Error{"largest",
                         {"robustness.beyond_pixels", {fmt::format("{:g}", largest)}},
                         {"robustness.beyond_pixels_hint", {}}};
        if (largest == 0.0) largest = usualLargest(samples, norm);
        const auto names = attacksFrom(graph::text(request.parameters, "attacks"));
        if (!names) return names.error();
        const auto fit = fitting(request, *names);
        if (!fit) return fit.error();
        auto lines = linesOf(request, fit->names, stop);
        if (!lines) return lines.error();
        const auto known = [&] {
            Findings found = findings(request, *lines);
            found.sentences.insert(found.sentences.end(), fit->leftOut.begin(), fit->leftOut.end());
            return found;
        };
        const auto epsilons =
            epsilonsUpTo(largest, graph::integer(request.parameters, "points"), norm);
        const std::size_t parts = (epsilons.size() - 1) * lines->size();
        std::size_t part = 0;
        for (std::size_t i = 1; i < epsilons.size(); ++i) {
            for (Line &line : *lines) {
                const Progress progress = partOf(watcher.progress, part++, parts);
                if (auto error = advance(request, line, epsilons[i], progress, stop)) return *error;
            }
            if (watcher.partial) watcher.partial(known());
        }
        return known();
    }

private:
    /// A line a subject and attack, with the point at epsilon 0.
    static Result<std::vector<Line>> linesOf(const StudyRequest &request,
                                             std::vector<std::string> names, std::stop_token stop)
    {
        if (std::ranges::find(names, "noise") == names.end()) names.emplace_back("noise");
        std::vector<Line> lines;
        for (std::size_t subject = 0; subject < request.subjects.size(); ++subject) {
            const auto right =
                rightOf(request.subjects[subject], samplesOf(request), request.indices, stop);
            if (!right) return right.error();
            for (const std::string &name : names) {
                Line line{.options = optionsFor(request, name), .subject = subject, .left = *right};
                const bool one = request.subjects.size() == 1;
                line.curve.key = one ? name : name + "@" + nameOf(request, subject);
                line.curve.label = curveLabel(request, name, subject);
                line.curve.isReference = name == "noise";
                addShare(line.curve, 0.0, std::ssize(*right), std::ssize(request.indices));
                lines.push_back(std::move(line));
            }
        }
        return lines;
    }

    /// The line's next point. A perturbation that fooled within a smaller ball lies in this one
    /// too: those samples are fooled already. Noise searches for nothing and is drawn anew each
    /// time; one perturbation for all samples is another one at each epsilon.
    static std::optional<Error> advance(const StudyRequest &request, Line &line, double epsilon,
                                        const Progress &progress, std::stop_token stop)
    {
        line.options.epsilon = epsilon;
        const bool isNoise = line.options.attack == "noise";
        const bool isAnother = isNoise || attack::describedAttack(line.options.attack)->together;
        const auto left =
            standing(request.subjects[line.subject], samplesOf(request),
                     isNoise ? request.indices : line.left, line.options, progress, stop);
        if (!left) return left.error();
        addShare(line.curve, epsilon, std::ssize(*left), std::ssize(request.indices));
        if (!isAnother) line.left = *left;
        return std::nullopt;
    }

    /// What the lines of one subject say, beside where each of them crosses one half.
    static std::optional<Message> remark(const StudyRequest &request,
                                         const std::vector<Line> &lines, std::size_t subject)
    {
        double clean = 0.0;
        bool isHalved = false;
        for (const Line &line : lines) {
            if (line.subject != subject) continue;
            clean = line.curve.y.front();
            isHalved =
                isHalved || (!line.curve.isReference && std::isfinite(crossesHalf(line.curve)));
        }
        if (clean == 0.0) return noneRight(request, subject);
        if (clean <= 0.5)
            return Message{"robustness.curves_below",
                           {nameOf(request, subject), percentText(clean)}};
        if (!isHalved) return Message{"robustness.curves_never", {nameOf(request, subject)}};
        return std::nullopt;
    }

    static Findings findings(const StudyRequest &request, const std::vector<Line> &lines)
    {
        const data::Samples &samples = samplesOf(request);
        const attack::Norm norm = request.attack.norm;
        Findings found;
        Plot plot{.key = "accuracy",
                  .title = {"robustness.curves_title", {}},
                  .xLabel = epsilonLabel(norm),
                  .yLabel = {"robustness.accuracy", {}},
                  .yIsShare = true,
                  .xIsLevels = areLevels(norm, samples)};
        for (const Line &line : lines) {
            plot.curves.push_back(line.curve);
            if (line.curve.isReference) continue;
            const double half = crossesHalf(line.curve);
            if (!std::isfinite(half)) continue;
            found.figures.push_back(
                {.key = "half_at_" + line.curve.key,
                 .label = {"robustness.half_at",
                           {labelOf(line.options.attack), nameOf(request, line.subject)}},
                 .value = half,
                 .isLevels = plot.xIsLevels});
            found.sentences.push_back({"robustness.curves_half",
                                       {nameOf(request, line.subject), labelOf(line.options.attack),
                                        epsilonText(half, norm, samples)}});
        }
        for (std::size_t subject = 0; subject < request.subjects.size(); ++subject)
            if (const auto said = remark(request, lines, subject)) found.sentences.push_back(*said);
        found.plots.push_back(std::move(plot));
        return found;
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<Curves>();
}

} // namespace ostrich::robustness::curves
