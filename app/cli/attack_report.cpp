// What a plain attack tells in a report, and writing one.
#include "cli/attack_report.hpp"

#include "cli/attack_files.hpp"
#include "cli/opening.hpp"
#include "robustness/report.hpp"
#include "robustness/trial.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace ostrich::cli {

namespace {

constexpr int kExamples = 4;

/// "8/255" for Linf on pictures, else "0.5".
std::string sizeText(double size, attack::Norm norm, const graph::DataFacts &facts)
{
    if (!std::isfinite(size)) return "–";
    return norm == attack::Norm::Linf && facts.input.isMaps()
               ? fmt::format("{:.3g}/255", size * 255.0)
               : fmt::format("{:.4g}", size);
}

/// "98.2 %": how sure it is of class `answer` at row `sample` of (N, K).
std::string sureness(const Array &probabilities, std::size_t sample, std::int64_t answer)
{
    const auto classes = static_cast<std::size_t>(probabilities.shape[1]);
    return robustness::percentText(
        probabilities.values[sample * classes + static_cast<std::size_t>(answer)]);
}

std::string intervalText(std::int64_t right, std::int64_t total)
{
    const auto interval = robustness::clopperPearson(right, total);
    return fmt::format("{} ({:.1f}–{:.1f})", robustness::percentText(interval.share),
                       100.0 * interval.low, 100.0 * interval.high);
}

std::int64_t countOf(double share, std::int64_t total)
{
    return static_cast<std::int64_t>(std::lround(share * static_cast<double>(total)));
}

/// Samples as they are, what was added and what came of it, each with the answer.
void addPictures(robustness::Findings &found, const graph::DataFacts &facts,
                 const attack::AttackResult &result, std::size_t sample)
{
    const Array x = sampleOf(result.x, sample), moved = sampleOf(result.x_adv, sample);
    const auto [noise, strength] = drawnNoise(x, moved);
    const std::int64_t before = result.y_pred[sample], after = result.y_adv[sample];
    found.pictures.push_back(
        {x,
         {"cli.report_before",
          {className(facts, before), sureness(result.before, sample, before)}}});
    found.pictures.push_back({noise, {"cli.report_noise", {fmt::format("{:.3g}", strength)}}});
    found.pictures.push_back(
        {moved,
         {"cli.report_after", {className(facts, after), sureness(result.after, sample, after)}}});
}

/// The first that were fooled, or the first of all where none was.
std::vector<std::size_t> examples(const attack::AttackResult &result)
{
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < result.y.size() && std::ssize(all) < kExamples; ++i)
        if (result.y_pred[i] == result.y[i] && result.y_adv[i] != result.y[i]) all.push_back(i);
    if (all.empty() && !result.y.empty()) all.push_back(0);
    return all;
}

bool canBeShown(const attack::AttackResult &result)
{
    return result.x.shape.size() == 4 && (result.x.shape[1] == 1 || result.x.shape[1] == 3);
}

robustness::ReportFacts reportFacts(const AttackTask &task, const Context &context)
{
    std::tm parts{};
    const std::time_t now = std::time(nullptr);
    localtime_r(&now, &parts);
    robustness::ReportFacts report{.title =
                                       text(context, "cli.report_title", {task.subject().name}),
                                   .date = fmt::format("{:%Y-%m-%d %H:%M}", parts),
                                   .facts = {}};
    std::string names;
    for (const attack::Subject &subject : task.networks.subjects)
        names += (names.empty() ? "" : ", ") + subject.name;
    std::string data = task.photo;
    if (const auto &dataset = task.networks.dataset; dataset && dataset->source != task.photo)
        data = fmt::format("{}, {} ({}){}{}", dataset->source, data::name(task.request.split),
                           task.indices.size(), data.empty() ? "" : "; ", data);
    report.facts = {{{"cli.report_networks", {}}, names}, {{"cli.report_data", {}}, data}};
    return report;
}

} // namespace

AttackFindings::AttackFindings(const AttackTask &task, const Context &context) : m_task(task)
{
    const attack::AttackOptions &options = task.request.attack;
    const attack::AttackDescription &attack = *attack::describedAttack(options.attack);
    m_found.study = attack.label.in(context.language); // the heading
    m_title = attack.defaultSteps > 0 ? fmt::format("{}-{}", attack.label.in(context.language),
                                                    attack::stepsOf(options))
                                      : attack.label.in(context.language);
    m_isHeld = !attack.norms.empty();
    std::vector<Message> columns{robustness::epsilonLabel(options.norm)};
    if (task.photo.empty())
        columns.insert(columns.end(), {{"cli.noise_accuracy", {}},
                                       {"cli.robust_accuracy", {}},
                                       {"cli.success_rate", {}},
                                       {"cli.median_norm", {}},
                                       {"cli.max_norm", {}}});
    else
        columns.insert(columns.end(), {{"robustness.noise", {}},
                                       {"robustness.confidence", {}},
                                       {"cli.report_attacked", {}},
                                       {"robustness.confidence", {}},
                                       {"cli.max_norm", {}}});
    m_found.tables = {{"attack", {"cli.report_attack", {}}, std::move(columns), {}}};
}

void AttackFindings::add(const attack::AttackOptions &options, const attack::AttackResult &result)
{
    if (!m_epsilons.empty()) m_epsilons += ", ";
    m_epsilons += epsilonText(options);
    m_total = std::ssize(result.y);
    m_found.seconds += result.seconds;
    if (m_task.photo.empty())
        addSamples(options, result);
    else
        addPhoto(options, result);
}

void AttackFindings::addSamples(const attack::AttackOptions &options,
                                const attack::AttackResult &result)
{
    using robustness::percentText;
    const graph::DataFacts &facts = m_task.networks.facts();
    const Point point{options.epsilon, countOf(result.robust_accuracy, m_total),
                      countOf(result.noise_accuracy, m_total)};
    m_points.push_back(point);
    m_found.sentences = {
        {"cli.report_sentence",
         {m_isHeld ? fmt::format("{} ({})", m_title, epsilonText(options)) : m_title,
          percentText(result.clean_accuracy), percentText(result.noise_accuracy),
          percentText(result.robust_accuracy)}}};
    m_found.figures = {robustness::shareFigure("clean_accuracy", {"robustness.clean_accuracy", {}},
                                               countOf(result.clean_accuracy, m_total), m_total)};
    m_found.tables.front().rows.push_back({epsilonText(options), intervalText(point.noise, m_total),
                                           intervalText(point.robust, m_total),
                                           percentText(result.success_rate),
                                           sizeText(result.median_norm, options.norm, facts),
                                           sizeText(result.max_norm, options.norm, facts)});
    m_found.pictures.clear(); // those of the last epsilon stay
    if (!canBeShown(result)) return;
    for (const std::size_t sample : examples(result)) addPictures(m_found, facts, result, sample);
}

void AttackFindings::addPhoto(const attack::AttackOptions &options,
                              const attack::AttackResult &result)
{
    const graph::DataFacts &facts = m_task.networks.facts();
    const std::int64_t before = result.y_pred.front(), after = result.y_adv.front(),
                       noise = result.y_noise.front();
    m_found.sentences = {{"cli.report_photo",
                          {className(facts, before), sureness(result.before, 0, before),
                           className(facts, after), sureness(result.after, 0, after)}}};
    m_found.tables.front().rows.push_back(
        {epsilonText(options), className(facts, noise), sureness(result.noise, 0, noise),
         className(facts, after), sureness(result.after, 0, after),
         sizeText(result.max_norm, options.norm, facts)});
    addPictures(m_found, facts, result, 0);
}

std::string AttackFindings::epsilonText(const attack::AttackOptions &options) const
{
    return m_isHeld ? sizeText(options.epsilon, options.norm, m_task.networks.facts()) : "–";
}

Message AttackFindings::asked() const
{
    const attack::AttackOptions &options = m_task.request.attack;
    const std::string samples = std::to_string(m_total), seed = std::to_string(options.seed);
    if (!m_isHeld) return {"cli.report_asked_unheld", {m_title, samples, seed}};
    return {"cli.report_asked",
            {m_title, robustness::normLabel(options.norm), m_epsilons, samples, seed}};
}

robustness::Plot AttackFindings::plot() const
{
    const attack::AttackOptions &options = m_task.request.attack;
    robustness::Plot plot{.key = "accuracy",
                          .title = {"robustness.curves_title", {}},
                          .xLabel = robustness::epsilonLabel(options.norm),
                          .yLabel = {"robustness.accuracy", {}},
                          .yIsShare = true,
                          .xIsLevels = robustness::areLevels(options.norm, m_task.samples())};
    robustness::Curve robust{
        .key = options.attack, .label = {"robustness.plain", {m_title}}, .x = {}, .y = {}};
    robustness::Curve noise{
        .key = "noise", .label = {"robustness.noise", {}}, .x = {}, .y = {}, .isReference = true};
    auto points = m_points; // asked for in any order
    std::ranges::sort(points, {}, &Point::epsilon);
    for (const Point &point : points) {
        addShare(robust, point.epsilon, point.robust, m_total);
        addShare(noise, point.epsilon, point.noise, m_total);
    }
    plot.curves = {std::move(robust), std::move(noise)};
    return plot;
}

robustness::Findings AttackFindings::finished() const
{
    robustness::Findings found = m_found;
    found.asked = asked();
    if (m_isHeld && m_points.size() > 1) found.plots = {plot()};
    return found;
}

Result<void> saveReport(const AttackTask &task, const std::vector<robustness::Findings> &findings,
                        const Context &context)
{
    if (task.request.report.empty()) return {};
    const auto saved = robustness::saveReport(reportFacts(task, context), findings,
                                              context.language, task.request.report);
    if (saved) note(context, {"cli.report_saved", {task.request.report}});
    return saved;
}

} // namespace ostrich::cli
