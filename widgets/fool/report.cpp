// Putting a report together. What the window says for itself goes into it in the words of the
// window: a message without an entry in the catalogue reads as it is.
#include "fool/report.hpp"

#include "findings/figure_text.hpp"
#include "findings/report_pdf.hpp"
#include "fool/attack_options.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/fool_model.hpp"
#include "fool/honesty.hpp"
#include "fool/picture_findings.hpp"
#include "fool/sentence_findings.hpp"
#include "fool/sentence_model.hpp"
#include "fool/series_findings.hpp"
#include "fool/series_model.hpp"
#include "fool/studies/study_model.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Report)
};

using Facts = std::vector<std::pair<Message, std::string>>;

void add(Facts &facts, const QString &label, const QString &value)
{
    if (!value.isEmpty()) facts.emplace_back(said(label), value.toStdString());
}

/// How far the picture could be changed, and those of the curve.
QString allowedChange(const FoolModel &model)
{
    const bool isPicture = model.result().has_value();
    const attack::AttackOptions &options = isPicture ? model.resultOptions() : model.options();
    const double largest = isPicture ? options.epsilon : model.sweep().back().epsilon;
    const QString size = epsilonText(largest, options.norm), norm = normName(options.norm);
    return isPicture ? QStringLiteral("%1, ε = %2").arg(norm, size)
                     : Texts::tr("%1, ε up to %2").arg(norm, size);
}

/// With what the picture and the curve were attacked: the other findings say it themselves.
void addAttack(Facts &facts, const FoolModel &model)
{
    const attack::AttackOptions options =
        model.result() ? model.resultOptions() : model.sweepOptions();
    add(facts, Texts::tr("Network"), model.networkName());
    add(facts, Texts::tr("Attack"), attackTitle(options));
    const auto *described = attack::describedAttack(options.attack);
    if (isHeld(options)) add(facts, Texts::tr("Allowed change"), allowedChange(model));
    if (described && described->usesRestarts)
        add(facts, Texts::tr("Random starts"), QString::number(options.restarts));
    add(facts, Texts::tr("Seed"), QString::number(options.seed));
    if (const auto &defence = model.defence())
        add(facts, Texts::tr("Defence"),
            filterName(*defence)
                + (defence->adaptive ? Texts::tr(", attacked with knowledge of it") : QString()));
    if (described) add(facts, Texts::tr("Paper"), QString::fromStdString(described->source));
}

bool hasPicture(const FoolModel &model)
{
    return model.result() || !model.sweep().empty();
}

bool hasSentence(const SentenceModel &model)
{
    return model.newest() && !model.running();
}

Facts factsOf(const ReportSources &sources)
{
    const Session &session = sources.session;
    Facts facts;
    add(facts, Texts::tr("Project"), session.project.name());
    add(facts, Texts::tr("Run"),
        QString::fromStdString(session.run.runFolder().filename().string()));
    if (const auto *project = session.run.runProject())
        add(facts, Texts::tr("Data"), QString::fromStdString(project->data));
    if (hasPicture(sources.model)) addAttack(facts, sources.model);
    return facts;
}

} // namespace

bool hasReport(const ReportSources &sources)
{
    return hasPicture(sources.model) || hasSentence(sources.sentences) || sources.series.result()
           || sources.studies.hasFindings();
}

Report reportOf(const ReportSources &sources)
{
    const auto &[session, model, honesty, studies, sentences, series] = sources;
    Report report;
    report.facts.title = Texts::tr("How robust is %1?").arg(session.project.name()).toStdString();
    report.facts.date =
        QLocale().toString(QDateTime::currentDateTime(), QLocale::LongFormat).toStdString();
    report.facts.facts = factsOf(sources);
    const LiveAttack &live = model.live();
    if (model.result()) {
        report.findings.push_back(pictureFindings(session.data, model));
        if (!live.running() && !live.seen().empty()) // of this result
            report.findings.push_back(lossFindings(live, attackTitle(model.resultOptions())));
    }
    if (hasSentence(sentences))
        report.findings.push_back(sentenceFindings(session.data, sentences));
    if (series.result()) report.findings.push_back(seriesFindings(session.data, series));
    if (!model.sweep().empty()) report.findings.push_back(sweepFindings(model));
    if (honesty.findings() && !honesty.running()) report.findings.push_back(*honesty.findings());
    for (const auto &[name, findings] : studies.allFindings())
        if (name != studies.runningStudy()) report.findings.push_back(findings);
    return report;
}

QString writeReport(const Report &report, const QString &path)
{
    if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive))
        return writePdfReport(report.facts, report.findings, path);
    const auto saved =
        robustness::saveReport(report.facts, report.findings, language(), path.toStdString());
    return saved ? QString() : sentence(saved.error());
}

} // namespace ostrich::ui
