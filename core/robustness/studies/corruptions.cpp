// corruptions: how a network bears noise, blur, weather and bad files, which nobody aimed at it,
// beside what a smaller perturbation does that somebody did aim.
#include "robustness/corruption.hpp"

#include "attack/lab_torch.hpp"
#include "base/random.hpp"
#include "engine/model_torch.hpp"
#include "robustness/asking_torch.hpp"
#include "robustness/trial.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>

namespace ostrich::robustness::corruptions {

namespace {

/// Pictures of the samples, and how far the corrupted ones lie from them.
struct Spoilt {
    Array x;         // (N, C, H, W)
    double l2 = 0.0; // mean L2 norm of the change
};

double meanOf(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

class Weathering {
public:
    Weathering(const StudyRequest &request, const StudyWatcher &watcher, std::stop_token stop)
        : m_request(request),
          m_watcher(watcher),
          m_stop(std::move(stop)),
          m_samples(request.dataset->split(request.split)),
          m_labels(labelsOf(m_samples, request.indices))
    {
    }

    Result<Findings> run();

private:
    Spoilt spoil(const Corruption &corruption, int severity) const;
    std::optional<Error> measure();
    std::optional<Error> measureAttack();
    void showPictures();
    Curve familyCurve(std::size_t subject, const std::string &family) const;
    void addFigures(Findings &found) const;
    Matrix matrix() const;
    std::vector<Message> sentences() const;
    Findings findings() const;

    const StudyRequest &m_request;
    const StudyWatcher &m_watcher;
    std::stop_token m_stop;
    const data::Samples &m_samples;
    at::Tensor m_labels;
    std::vector<double> m_clean;                 // by subject
    std::vector<std::vector<double>> m_accuracy; // by subject: corruption × severity
    std::vector<double> m_l2;                    // corruption × severity
    double m_robust = 0.0, m_attackL2 = 0.0;     // of the first subject
    std::vector<Picture> m_pictures;
};

Spoilt Weathering::spoil(const Corruption &corruption, int severity) const
{
    Spoilt spoilt;
    spoilt.x.shape = m_samples.sampleShape;
    spoilt.x.shape.insert(spoilt.x.shape.begin(), std::ssize(m_request.indices));
    for (const std::int64_t index : m_request.indices) {
        const Array picture = m_samples.sample(index);
        const Array changed =
            corrupted(picture, corruption, severity,
                      hashSeed(m_request.attack.seed, fmt::format("corruption {}", index)));
        double squares = 0.0;
        for (std::size_t i = 0; i < picture.values.size(); ++i) {
            const double step = double{changed.values[i]} - double{picture.values[i]};
            squares += step * step;
        }
        spoilt.l2 += std::sqrt(squares) / static_cast<double>(m_request.indices.size());
        spoilt.x.values.insert(spoilt.x.values.end(), changed.values.begin(), changed.values.end());
    }
    return spoilt;
}

std::optional<Error> Weathering::measure()
{
    const auto &kinds = corruptionKinds();
    const std::size_t places = kinds.size() * kSeverities;
    m_l2.resize(places);
    m_accuracy.assign(m_request.subjects.size(), std::vector<double>(places));
    for (const attack::Subject &subject : m_request.subjects) {
        const at::Tensor logits = answersTo(subject, m_samples, m_request.indices, m_stop);
        if (logits.size(0) != m_labels.size(0)) return attack::cancelled();
        m_clean.push_back(accuracyOf(logits, m_labels));
    }
    for (std::size_t place = 0; place < places; ++place) {
        if (m_stop.stop_requested()) return attack::cancelled();
        const int severity = static_cast<int>(place % kSeverities) + 1;
        const Spoilt spoilt = spoil(kinds[place / kSeverities], severity);
        m_l2[place] = spoilt.l2;
        for (std::size_t i = 0; i < m_request.subjects.size(); ++i) {
            const at::Tensor logits = answersTo(m_request.subjects[i], spoilt.x, m_stop);
            if (logits.size(0) != m_labels.size(0)) return attack::cancelled();
            m_accuracy[i][place] = accuracyOf(logits, m_labels);
        }
        report(m_watcher.progress,
               0.9 * static_cast<double>(place + 1) / static_cast<double>(places));
    }
    return std::nullopt;
}

std::optional<Error> Weathering::measureAttack()
{
    attack::AttackOptions options = m_request.attack;
    options.untilFooled = true;
    const auto result = attack::attackSamples(m_request.subjects.front(), m_samples,
                                              m_request.indices, options, {}, m_stop);
    if (!result) return result.error();
    m_robust = result->robust_accuracy;
    const std::size_t size = result->x.values.size() / result->y.size();
    for (std::size_t i = 0; i < result->y.size(); ++i) {
        double squares = 0.0;
        for (std::size_t j = i * size; j < (i + 1) * size; ++j) {
            const double step = double{result->x_adv.values[j]} - double{result->x.values[j]};
            squares += step * step;
        }
        m_attackL2 += std::sqrt(squares) / static_cast<double>(result->y.size());
    }
    return std::nullopt;
}

void Weathering::showPictures()
{
    constexpr int kShown = 3;
    const Array picture = m_samples.sample(m_request.indices.front());
    m_pictures.push_back({picture, {"robustness.as_it_is", {}}});
    for (const Corruption &kind : corruptionKinds())
        m_pictures.push_back(
            {corrupted(picture, kind, kShown, m_request.attack.seed), kind.label()});
}

Curve Weathering::familyCurve(std::size_t subject, const std::string &family) const
{
    const bool alone = m_request.subjects.size() == 1;
    const auto &kinds = corruptionKinds();
    Curve curve{.key = alone ? family : fmt::format("{}_{}", family, subject + 1),
                .label = {fmt::format("robustness.family_{}{}", alone ? "" : "of_", family),
                          {nameOf(m_request, subject)}},
                .x = {0.0},
                .y = {m_clean[subject]}};
    for (std::size_t severity = 0; severity < kSeverities; ++severity) {
        double total = 0.0;
        int members = 0;
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            if (kinds[kind].family != family) continue;
            total += m_accuracy[subject][kind * kSeverities + severity];
            ++members;
        }
        curve.x.push_back(static_cast<double>(severity + 1));
        curve.y.push_back(total / members);
    }
    return curve;
}

void Weathering::addFigures(Findings &found) const
{
    for (std::size_t i = 0; i < m_request.subjects.size(); ++i)
        found.figures.push_back(
            {.key = i == 0 ? "corruption_accuracy" : fmt::format("corruption_accuracy_{}", i + 1),
             .label = {"robustness.corruption_accuracy", {nameOf(m_request, i)}},
             .value = meanOf(m_accuracy[i]),
             .isShare = true});
    for (const std::string &family : corruptionFamilies()) {
        const std::vector<double> shares = familyCurve(0, family).y;
        found.figures.push_back({.key = "accuracy_" + family,
                                 .label = {"robustness.family_" + family, {}},
                                 .value = meanOf({shares.begin() + 1, shares.end()}),
                                 .isShare = true});
    }
    found.figures.push_back({.key = "clean_accuracy",
                             .label = {"robustness.clean_accuracy", {}},
                             .value = m_clean.front(),
                             .isShare = true});
    found.figures.push_back({.key = "robust_accuracy",
                             .label = {"robustness.robust_accuracy", {}},
                             .value = m_robust,
                             .isShare = true});
    found.figures.push_back(
        {.key = "attack_l2", .label = {"robustness.attack_l2", {}}, .value = m_attackL2});
}

Matrix Weathering::matrix() const
{
    Matrix matrix{.key = "accuracy",
                  .title = {"robustness.by_corruption", {}},
                  .rowLabel = {"robustness.corruption", {}},
                  .columnLabel = {"robustness.severity", {}},
                  .rows = {},
                  .columns = {"1", "2", "3", "4", "5"},
                  .values = m_accuracy.front(),
                  .isShare = true};
    for (const Corruption &kind : corruptionKinds()) {
        matrix.rows.push_back(kind.name);
        matrix.rowLabels.push_back(kind.label());
    }
    return matrix;
}

std::vector<Message> Weathering::sentences() const
{
    std::vector<Message> said{
        {"robustness.corruption_sentence",
         {percentText(m_clean.front()), percentText(meanOf(m_accuracy.front()))}}};
    // The corruption of at least the attack's size that harms least: what chance does with as much.
    std::optional<std::size_t> mildest;
    for (std::size_t place = 0; place < m_l2.size(); ++place) {
        if (m_l2[place] >= m_attackL2
            && (!mildest || m_accuracy.front()[place] > m_accuracy.front()[*mildest]))
            mildest = place;
    }
    if (mildest)
        said.push_back(
            {"robustness.aimed_sentence",
             {fmt::format("{:.2f}", m_attackL2), percentText(m_robust),
              fmt::format("{:.2f}", m_l2[*mildest]), percentText(m_accuracy.front()[*mildest])}});
    return said;
}

Findings Weathering::findings() const
{
    Findings found;
    found.sentences = sentences();
    addFigures(found);
    Plot plot{.key = "severity",
              .title = {"robustness.by_family", {}},
              .xLabel = {"robustness.severity", {}},
              .yLabel = {"robustness.accuracy", {}},
              .yIsShare = true};
    for (std::size_t i = 0; i < m_request.subjects.size(); ++i) {
        for (const std::string &family : corruptionFamilies())
            plot.curves.push_back(familyCurve(i, family));
    }
    found.plots = {std::move(plot)};
    found.matrices = {matrix()};
    found.pictures = m_pictures;
    return found;
}

Result<Findings> Weathering::run()
{
    std::optional<Error> failure;
    const auto ran = engine::guarded("corruptions", [&] {
        failure = measure();
        if (!failure) failure = measureAttack();
    });
    if (!ran) return ran.error();
    if (failure) return *failure;
    showPictures();
    return findings();
}

class CorruptionStudy final : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "corruptions",
            .label = {"Corruptions", "Dégradations"},
            .help = {"Noise, blur, weather and bad files: fragile is not the same as attacked.",
                     "Bruit, flou, météo et mauvais fichiers : fragile n'est pas attaqué."},
            .source = "Hendrycks and Dietterich 2019, Benchmarking neural network robustness to "
                      "common corruptions and perturbations",
            .several = true,
            .picturesOnly = true,
        };
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        return Weathering(request, watcher, std::move(stop)).run();
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<CorruptionStudy>();
}

} // namespace ostrich::robustness::corruptions
