// confidence: can the figure beside an answer be believed? On test samples, under attack, on noise,
// and on data of another kind.
#include "attack/lab_torch.hpp"
#include "base/random.hpp"
#include "data/source.hpp"
#include "engine/model_torch.hpp"
#include "robustness/asking_torch.hpp"
#include "robustness/calibration_torch.hpp"
#include "robustness/trial.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/amax.h>
#include <ATen/ops/softmax.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace ostrich::robustness::confidence {

namespace {

/// One kind of input, and the network's answers to it.
struct Group {
    std::string key;
    Message label;
    at::Tensor logits;  // (N, K)
    bool known = false; // has labels of the network's classes
};

std::vector<double> confidences(const at::Tensor &logits)
{
    const at::Tensor largest = at::amax(at::softmax(logits, 1), {1}).contiguous();
    const auto *values = largest.const_data_ptr<double>();
    return {values, values + largest.numel()};
}

double mean(const std::vector<double> &values)
{
    return values.empty() ? std::numeric_limits<double>::quiet_NaN()
                          : std::accumulate(values.begin(), values.end(), 0.0)
                                / static_cast<double>(values.size());
}

/// As many samples of the same shape as `count`, of nothing: pictures of uniform noise, points and
/// series of normal noise in training deviations.
Array noise(const StudyRequest &request, std::int64_t count)
{
    const data::Samples &samples = request.dataset->split(request.split);
    Array x{.shape = samples.sampleShape, .values = {}};
    std::int64_t values = count * samples.valuesPerSample();
    if (samples.sequences()) { // as long as the first
        x.shape.insert(x.shape.begin(), samples.steps(request.indices.front()));
        values *= x.shape.front();
    }
    x.shape.insert(x.shape.begin(), count);
    x.values.resize(static_cast<std::size_t>(values));
    RandomStream random(request.attack.seed, "confidence noise");
    const data::Statistics &statistics = request.dataset->statistics;
    const std::size_t features = statistics.mean.size();
    for (std::size_t i = 0; i < x.values.size(); ++i) {
        x.values[i] = samples.pictures()
                          ? static_cast<float>(random.uniform())
                          : static_cast<float>(random.normal(statistics.mean[i % features],
                                                             statistics.deviation[i % features]));
    }
    return x;
}

/// The answers to test samples of another source, whose shape must be this one's.
Result<at::Tensor> fromElsewhere(const std::string &source, const StudyRequest &request,
                                 std::int64_t count, std::stop_token stop)
{
    const auto other = data::load(source, request.attack.seed, {}, stop);
    if (!other) return other.error();
    const data::Samples &samples = (*other)->split(data::Split::Test);
    if (samples.sampleShape != request.dataset->split(request.split).sampleShape)
        return Error{source, {"robustness.other_shape", {}}, {"robustness.other_shape_hint", {}}};
    std::vector<std::int64_t> indices(static_cast<std::size_t>(std::min(count, samples.count())));
    std::iota(indices.begin(), indices.end(), 0);
    return answersTo(request.subjects.front(), samples, indices, stop);
}

Curve reliabilityCurve(const std::string &key, Message label,
                       const std::vector<ReliabilityBin> &bins)
{
    Curve curve{.key = key, .label = std::move(label), .x = {}, .y = {}};
    for (const ReliabilityBin &bin : bins) {
        if (bin.count == 0) continue;
        curve.x.push_back(bin.confidence);
        curve.y.push_back(bin.accuracy);
        const auto interval = clopperPearson(
            static_cast<std::int64_t>(bin.accuracy * static_cast<double>(bin.count) + 0.5),
            bin.count);
        curve.low.push_back(interval.low);
        curve.high.push_back(interval.high);
    }
    return curve;
}

/// How many of a group have at most so much confidence.
Curve cumulative(const Group &group)
{
    std::vector<double> values = confidences(group.logits);
    std::ranges::sort(values);
    Curve curve{.key = group.key, .label = group.label, .x = {}, .y = {}};
    for (int step = 0; step <= 100; ++step) {
        const double at = step / 100.0;
        const auto below = std::ranges::upper_bound(values, at) - values.begin();
        curve.x.push_back(at);
        curve.y.push_back(static_cast<double>(below)
                          / static_cast<double>(std::max<std::size_t>(values.size(), 1)));
    }
    return curve;
}

/// All that is known of one subject.
class Inquiry {
public:
    Inquiry(const StudyRequest &request, std::stop_token stop)
        : m_request(request),
          m_subject(request.subjects.front()),
          m_samples(request.dataset->split(request.split)),
          m_stop(std::move(stop)),
          m_labels(labelsOf(m_samples, request.indices))
    {
    }

    std::optional<Error> ask(const Progress &progress);
    Findings findings() const;

private:
    std::optional<Error> underAttack(const Progress &progress);
    double fitTemperature() const;
    void addFigures(Findings &found) const;
    Plot diagram() const;
    Plot spread() const;
    std::vector<Message> sentences() const;

    const StudyRequest &m_request;
    const attack::Subject &m_subject;
    const data::Samples &m_samples;
    std::stop_token m_stop;
    at::Tensor m_labels;
    std::vector<Group> m_groups; // the test samples first, those under attack second
    double m_temperature = 1.0;
};

std::optional<Error> Inquiry::underAttack(const Progress &progress)
{
    const auto result = attack::attackSamples(m_subject, m_samples, m_request.indices,
                                              m_request.attack, progress, m_stop);
    if (!result) return result.error();
    m_groups.push_back({"attacked",
                        {"robustness.group_attacked", {labelOf(m_request.attack.attack)}},
                        answersTo(m_subject, m_samples, m_request.indices, result->x_adv, m_stop),
                        true});
    return std::nullopt;
}

double Inquiry::fitTemperature() const
{
    const data::Samples &validation = m_request.dataset->split(data::Split::Validation);
    std::vector<std::int64_t> indices(
        static_cast<std::size_t>(std::min<std::int64_t>(validation.count(), 2000)));
    if (indices.empty()) return 1.0;
    std::iota(indices.begin(), indices.end(), 0);
    const at::Tensor logits = answersTo(m_subject, validation, indices, m_stop);
    if (m_stop.stop_requested()) return 1.0;
    return fittedTemperature(logits, labelsOf(validation, indices));
}

std::optional<Error> Inquiry::ask(const Progress &progress)
{
    std::optional<Error> failure;
    const auto ran = engine::guarded("confidence", [&] {
        const std::int64_t count = std::ssize(m_request.indices);
        m_groups.push_back({"test",
                            {"robustness.group_test", {}},
                            answersTo(m_subject, m_samples, m_request.indices, m_stop),
                            true});
        failure = underAttack(progress);
        if (failure) return;
        m_groups.push_back({"noise",
                            {"robustness.group_noise", {}},
                            answersTo(m_subject, noise(m_request, count), m_stop)});
        const std::string &other = graph::text(m_request.parameters, "other");
        if (!other.empty()) {
            const auto said = fromElsewhere(other, m_request, count, m_stop);
            if (!said) {
                failure = said.error();
                return;
            }
            m_groups.push_back({"other", {"robustness.group_other", {other}}, *said});
        }
        m_temperature = fitTemperature();
    });
    if (!ran) return ran.error();
    if (!failure && m_stop.stop_requested()) return attack::cancelled();
    return failure;
}

void Inquiry::addFigures(Findings &found) const
{
    const auto add = [&](std::string key, Message label, double value, bool isShare = true) {
        found.figures.push_back(
            {.key = std::move(key), .label = std::move(label), .value = value, .isShare = isShare});
    };
    const auto error = [&](const at::Tensor &logits) {
        return expectedCalibrationError(reliability(logits, m_labels));
    };
    const at::Tensor &test = m_groups[0].logits, &attacked = m_groups[1].logits;
    add("ece", {"robustness.ece", {}}, error(test));
    add("ece_attacked", {"robustness.ece_attacked", {}}, error(attacked));
    add("temperature", {"robustness.temperature", {}}, m_temperature, false);
    add("ece_scaled", {"robustness.ece_scaled", {}}, error(test / m_temperature));
    add("ece_attacked_scaled", {"robustness.ece_attacked_scaled", {}},
        error(attacked / m_temperature));
    add("nll", {"robustness.nll", {}}, negativeLogLikelihood(test, m_labels, 1.0), false);
    add("nll_scaled", {"robustness.nll_scaled", {}},
        negativeLogLikelihood(test, m_labels, m_temperature), false);
    const std::vector<double> known = confidences(test);
    for (const Group &group : m_groups) {
        const std::vector<double> here = confidences(group.logits);
        add("confidence_" + group.key, {"robustness.confidence_" + group.key, {}}, mean(here));
        if (group.key != m_groups[0].key)
            add("auroc_" + group.key, {"robustness.auroc_" + group.key, {}}, auroc(known, here));
    }
}

Plot Inquiry::diagram() const
{
    Plot plot{.key = "reliability",
              .title = {"robustness.reliability", {}},
              .xLabel = {"robustness.confidence", {}},
              .yLabel = {"robustness.accuracy", {}},
              .yIsShare = true,
              .hasDiagonal = true};
    for (const Group &group : {m_groups[0], m_groups[1]})
        plot.curves.push_back(
            reliabilityCurve(group.key, group.label, reliability(group.logits, m_labels)));
    plot.curves.push_back(
        reliabilityCurve("scaled", {"robustness.group_scaled", {}},
                         reliability(m_groups[0].logits / m_temperature, m_labels)));
    return plot;
}

Plot Inquiry::spread() const
{
    Plot plot{.key = "confidence",
              .title = {"robustness.confidence_spread", {}},
              .xLabel = {"robustness.confidence", {}},
              .yLabel = {"robustness.share_below", {}},
              .yIsShare = true};
    for (const Group &group : m_groups) plot.curves.push_back(cumulative(group));
    plot.curves.front().isReference = true;
    return plot;
}

std::vector<Message> Inquiry::sentences() const
{
    const at::Tensor &test = m_groups[0].logits, &attacked = m_groups[1].logits;
    const std::vector<double> known = confidences(test), turned = confidences(attacked);
    const auto error = [&](const at::Tensor &logits) {
        return percentText(expectedCalibrationError(reliability(logits, m_labels)));
    };
    // Told apart in 3 of 4 pairs or more: what a student would call a warning.
    const bool warns = auroc(known, turned) >= 0.75;
    return {{"robustness.ece_sentence",
             {error(test), fmt::format("{:.2f}", m_temperature), error(test / m_temperature)}},
            {warns ? "robustness.trap_warns" : "robustness.trap_holds",
             {percentText(mean(turned)), percentText(accuracyOf(attacked, m_labels)),
              percentText(mean(known))}},
            {"robustness.noise_sentence", {percentText(mean(confidences(m_groups[2].logits)))}}};
}

Findings Inquiry::findings() const
{
    Findings found;
    found.sentences = sentences();
    addFigures(found);
    found.plots = {diagram(), spread()};
    return found;
}

class Confidence final : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "confidence",
            .label = {"Confidence", "Confiance"},
            .help = {"When it says 90 %, is it right nine times in ten? Under attack, on noise?",
                     "Quand il dit 90 %, a-t-il raison neuf fois sur dix ? Sous attaque, sur du "
                     "bruit ?"},
            .source = "Guo et al. 2017, On calibration of modern neural networks; Hendrycks and "
                      "Gimpel 2017, A baseline for detecting misclassified and "
                      "out-of-distribution examples",
            .parameters = {{.name = "other",
                            .type = graph::ParameterType::Text,
                            .defaultValue = std::string(),
                            .choices = {},
                            .choiceLabels = {},
                            .unit = "",
                            .label = {"Other data", "Autres données"},
                            .help = {"A data source of the same shape that it never saw, such as "
                                     "idx:DIR.",
                                     "Une source de données de même forme qu'il n'a jamais vue, "
                                     "comme idx:DOSSIER."}}},
        };
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        Inquiry inquiry(request, std::move(stop));
        if (auto failure = inquiry.ask(watcher.progress)) return *failure;
        return inquiry.findings();
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<Confidence>();
}

} // namespace ostrich::robustness::confidence
