// Study "certificates": within which radius can no attack change the smoothed network's answer?
#include "attack/objection.hpp"
#include "base/random.hpp"
#include "data/option.hpp"
#include "robustness/smoothing.hpp"
#include "robustness/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ostrich::robustness::certificates {

namespace {

/// "0.12, 0.25" -> {0.12, 0.25}. Error: none, or one that is no number above 0.
Result<std::vector<double>> sigmasFrom(const std::string &text)
{
    const Error wrong{"sigma", {"robustness.bad_sigma", {text}}, {"robustness.bad_sigma_hint", {}}};
    std::vector<double> sigmas;
    const char *const end = text.data() + text.size();
    for (const char *at = text.data();; ++at) {
        while (at != end && *at == ' ') ++at;
        double sigma = 0.0;
        const auto [stopped, code] = std::from_chars(at, end, sigma);
        if (code != std::errc{} || !std::isfinite(sigma) || sigma <= 0.0) return wrong;
        sigmas.push_back(sigma);
        at = stopped;
        while (at != end && *at == ' ') ++at;
        if (at == end) return sigmas;
        if (*at != ',') return wrong;
    }
}

/// One network smoothed with one sigma.
struct Line {
    std::size_t subject = 0;
    Smoothing smoothing;
    std::vector<double> radii = {}; // of each sample certified for its own class
    std::int64_t abstained = 0;
    std::int64_t total = 0;

    std::int64_t within(double radius) const
    {
        return std::ranges::count_if(radii, [&](double own) { return own >= radius; });
    }
    /// With all draws on one class.
    double largest() const
    {
        return certifiedRadius(smoothing.sigma,
                               lowerBound(smoothing.n, smoothing.n, smoothing.alpha));
    }
    /// Over all samples, 0 where it is wrong or abstains (Zhai et al. 2020, MACER).
    double meanRadius() const
    {
        double sum = 0.0;
        for (const double radius : radii) sum += radius;
        return total == 0 ? 0.0 : sum / static_cast<double>(total);
    }
};

Message labelOf(const StudyRequest &request, const Line &line)
{
    const std::string sigma = fmt::format("{:g}", line.smoothing.sigma);
    if (request.subjects.size() == 1) return {"robustness.sigma_is", {sigma}};
    return {"robustness.sigma_on", {nameOf(request, line.subject), sigma}};
}

std::string keyOf(const StudyRequest &request, const Line &line)
{
    const std::string key = fmt::format("sigma_{:g}", line.smoothing.sigma);
    return request.subjects.size() == 1 ? key : key + "@" + nameOf(request, line.subject);
}

Curve curveOf(const StudyRequest &request, const Line &line, double upTo)
{
    constexpr int kPoints = 60;
    Curve curve{.key = keyOf(request, line), .label = labelOf(request, line), .x = {}, .y = {}};
    for (int i = 0; i <= kPoints; ++i) {
        const double radius = upTo * i / kPoints;
        const ShareInterval interval = clopperPearson(line.within(radius), line.total);
        curve.x.push_back(radius);
        curve.y.push_back(interval.share);
        curve.low.push_back(interval.low);
        curve.high.push_back(interval.high);
    }
    return curve;
}

Table tableOf(const StudyRequest &request, const std::vector<Line> &lines)
{
    Table table{.key = "certificates",
                .title = {"robustness.certificates_title", {}},
                .columns = {{"robustness.network", {}},
                            {"robustness.sigma", {}},
                            {"robustness.certified_right", {}},
                            {"robustness.abstained", {}},
                            {"robustness.mean_radius", {}},
                            {"robustness.largest_radius", {}}},
                .rows = {}};
    for (const Line &line : lines) {
        const auto total = static_cast<double>(line.total);
        table.rows.push_back(
            {nameOf(request, line.subject), fmt::format("{:g}", line.smoothing.sigma),
             percentText(static_cast<double>(line.within(0.0)) / total),
             percentText(static_cast<double>(line.abstained) / total),
             fmt::format("{:.3f}", line.meanRadius()), fmt::format("{:.3f}", line.largest())});
    }
    return table;
}

void addFigures(const StudyRequest &request, const Line &line, bool isOnly, Findings &found)
{
    const std::string at = isOnly ? std::string() : "@" + keyOf(request, line);
    const std::string sigma = fmt::format("{:g}", line.smoothing.sigma);
    const std::string before =
        request.subjects.size() == 1 ? "" : nameOf(request, line.subject) + ", ";
    found.figures.push_back(shareFigure("certified_accuracy" + at,
                                        {"robustness.certified_right_of", {before, sigma}},
                                        line.within(0.0), line.total));
    found.figures.push_back(shareFigure("certified_within_sigma" + at,
                                        {"robustness.certified_within_of", {before, sigma}},
                                        line.within(line.smoothing.sigma), line.total));
    found.figures.push_back(shareFigure("abstained" + at,
                                        {"robustness.abstained_of", {before, sigma}},
                                        line.abstained, line.total));
    found.figures.push_back({.key = "mean_radius" + at,
                             .label = {"robustness.mean_radius_of", {before, sigma}},
                             .value = line.meanRadius()});
}

Findings findingsOf(const StudyRequest &request, const std::vector<Line> &lines)
{
    Findings found;
    Plot plot{.key = "certified_accuracy",
              .title = {"robustness.certified_curve", {}},
              .xLabel = {"robustness.radius", {}},
              .yLabel = {"robustness.certified_accuracy", {}},
              .style = Plot::Style::Steps,
              .yIsShare = true};
    const double upTo = std::ranges::max_element(lines, {}, &Line::largest)->largest();
    for (const Line &line : lines) {
        const auto share = [&](std::int64_t count) {
            return percentText(static_cast<double>(count) / static_cast<double>(line.total));
        };
        plot.curves.push_back(curveOf(request, line, upTo));
        addFigures(request, line, lines.size() == 1, found);
        found.sentences.push_back(
            {"robustness.certificates_sentence",
             {nameOf(request, line.subject), fmt::format("{:g}", line.smoothing.sigma),
              share(line.within(0.0)), share(line.within(line.smoothing.sigma)),
              share(line.abstained)}});
    }
    const Line &last = lines.back();
    found.sentences.push_back({"robustness.certificates_draws",
                               {std::to_string(last.smoothing.n), fmt::format("{:.3g}", upTo),
                                fmt::format("{:g}", last.smoothing.alpha)}});
    found.plots.push_back(std::move(plot));
    found.tables.push_back(tableOf(request, lines));
    return found;
}

std::optional<Error> certifyAll(const StudyRequest &request, Line &line, const Progress &progress,
                                std::stop_token stop)
{
    const data::Samples &samples = samplesOf(request);
    for (const std::int64_t index : request.indices) {
        const auto certificate =
            certify(request.subjects[line.subject], samples.sample(index), line.smoothing,
                    hashSeed(request.attack.seed, fmt::format("certificate {}", index)), stop);
        if (!certificate) return certificate.error();
        ++line.total;
        if (!certificate->label)
            ++line.abstained;
        else if (*certificate->label == samples.labels[static_cast<std::size_t>(index)])
            line.radii.push_back(certificate->radius);
        report(progress,
               static_cast<double>(line.total) / static_cast<double>(request.indices.size()));
    }
    return std::nullopt;
}

std::optional<Error> objectionTo(const StudyRequest &request)
{
    attack::AttackOptions noise;
    noise.attack = "noise";
    noise.norm = attack::Norm::L2;
    const data::Samples &samples = samplesOf(request);
    for (const attack::Subject &subject : request.subjects) {
        if (auto error = attack::objection(subject.facts, noise, samples.sampleShape)) return error;
        if (auto error = attack::objection(subject.facts, samples, request.indices)) return error;
    }
    return std::nullopt;
}

class Certificates : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "certificates",
            .label = {"Certified radius", "Rayon certifié"},
            .help = {"Smooths the network with noise and proves, picture by picture, the radius "
                     "(L2) within which no attack can change its answer. Train with the Gaussian "
                     "defence of the same sigma.",
                     "Lisse le réseau par du bruit et prouve, image par image, le rayon (L2) dans "
                     "lequel aucune attaque ne peut changer sa réponse. Entraînez avec la défense "
                     "gaussienne du même sigma."},
            .source = "Cohen, Rosenfeld and Kolter 2019, Certified adversarial robustness via "
                      "randomized smoothing; bound: Clopper and Pearson 1934",
            .several = true,
            .heeds = Heeds::Nothing,
            .parameters = {data::textOption("sigma", "0.25", {"Sigma", "Sigma"},
                                            {"Standard deviation of the noise, 1 being black to "
                                             "white; several, separated by commas, give a curve "
                                             "each.",
                                             "Écart type du bruit, 1 allant du noir au blanc ; "
                                             "plusieurs, séparés par des virgules, donnent une "
                                             "courbe chacun."}),
                           data::integerOption("n0", 100, 1, 1'000'000,
                                               {"Draws to choose", "Tirages du choix"},
                                               {"Draws of noise that choose the class.",
                                                "Tirages de bruit qui choisissent la classe."}),
                           data::integerOption(
                               "n", 1000, 10, 10'000'000, {"Draws to prove", "Tirages de preuve"},
                               {"Draws of noise that bound its probability; the paper takes "
                                "100,000.",
                                "Tirages de bruit qui bornent sa probabilité ; l'article en prend "
                                "100 000."}),
                           data::realOption("alpha", 0.001, 1e-9, 0.5, {"Alpha", "Alpha"},
                                            {"The probability that a proof is wrong.",
                                             "La probabilité qu'une preuve soit fausse."})}};
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        if (auto error = objectionTo(request)) return *error;
        const auto sigmas = sigmasFrom(graph::text(request.parameters, "sigma"));
        if (!sigmas) return sigmas.error();
        std::vector<Line> lines;
        const std::size_t parts = request.subjects.size() * sigmas->size();
        for (std::size_t subject = 0; subject < request.subjects.size(); ++subject) {
            for (const double sigma : *sigmas) {
                Line line{.subject = subject,
                          .smoothing = {.sigma = sigma,
                                        .n0 = graph::integer(request.parameters, "n0"),
                                        .n = graph::integer(request.parameters, "n"),
                                        .alpha = graph::real(request.parameters, "alpha")}};
                const Progress progress = partOf(watcher.progress, lines.size(), parts);
                if (auto error = certifyAll(request, line, progress, stop)) return *error;
                lines.push_back(std::move(line));
                if (watcher.partial) watcher.partial(findingsOf(request, lines));
            }
        }
        return findingsOf(request, lines);
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<Certificates>();
}

} // namespace ostrich::robustness::certificates
