// Putting a report together. What the window says for itself goes into it in the words of the
// window: a message without an entry in the catalogue reads as it is.
#include "fool/report.hpp"

#include "attack/filter.hpp"
#include "findings/report_pdf.hpp"
#include "fool/answer_text.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/fool_model.hpp"
#include "fool/honesty.hpp"
#include "fool/studies/study_model.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace ostrich::ui {

namespace {

using robustness::Findings; // lupdate loses its way behind a qualified return type

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Report)
};

Message said(const QString &words)
{
    return {words.toStdString(), {}};
}

Findings pictureFindings(const DataModel &data, const FoolModel &model)
{
    const attack::AttackResult &result = *model.result();
    const Array &picture = model.picture();
    Findings findings;
    findings.study = Texts::tr("One picture").toStdString();
    const QString from = answerText(data, result.before.values),
                  to = answerText(data, result.after.values);
    findings.sentences.push_back(
        said(result.y_pred[0] == result.y_adv[0]
                 ? Texts::tr("%1 leaves the network at %2.").arg(attackTitle(model.options()), to)
                 : Texts::tr("%1 takes the network from %2 to %3.")
                       .arg(attackTitle(model.options()), from, to)));
    findings.sentences.push_back(said(Texts::tr("Random noise of the same size makes it %1.")
                                          .arg(answerText(data, result.noise.values))));
    Array attacked{picture.shape, result.x_adv.values}, noise{picture.shape, {}};
    double largest = 1e-6;
    for (std::size_t i = 0; i < picture.values.size(); ++i)
        largest = std::max(largest,
                           std::abs(static_cast<double>(attacked.values[i] - picture.values[i])));
    for (std::size_t i = 0; i < picture.values.size(); ++i)
        noise.values.push_back(
            static_cast<float>(0.5 + (attacked.values[i] - picture.values[i]) / (2.0 * largest)));
    findings.pictures = {{picture, said(from)},
                         {noise, said(Texts::tr("the noise, made visible"))},
                         {attacked, said(to)}};
    return findings;
}

Findings curveFindings(const FoolModel &model)
{
    Findings findings;
    findings.study = Texts::tr("Accuracy against ε").toStdString();
    robustness::Curve attacked{
        .key = "attack", .label = said(attackTitle(model.sweepOptions())), .x = {}, .y = {}},
        noise{.key = "noise",
              .label = said(Texts::tr("random noise of the same size")),
              .x = {},
              .y = {}};
    noise.isReference = true;
    for (const attack::SweepPoint &point : model.sweep()) {
        attacked.x.push_back(point.epsilon);
        attacked.y.push_back(point.robust_accuracy);
        noise.x.push_back(point.epsilon);
        noise.y.push_back(point.noise_accuracy);
    }
    robustness::Plot plot;
    plot.key = "accuracy";
    plot.title = said(Texts::tr("%1 test pictures").arg(count(model.sweepPictures())));
    plot.xLabel = said(QStringLiteral("ε (%1)").arg(normName(model.options().norm)));
    plot.yLabel = said(Texts::tr("accuracy"));
    plot.yIsShare = true;
    plot.xIsLevels = model.options().norm == attack::Norm::Linf;
    plot.curves = {attacked, noise};
    findings.plots.push_back(plot);
    return findings;
}

QString filterName(const std::string &name)
{
    const auto &all = attack::filters();
    const auto found = std::ranges::find(all, name, &attack::FilterDescription::name);
    return found == all.end() ? QString::fromStdString(name) : words(found->label);
}

std::vector<std::pair<Message, std::string>> factsOf(const Session &session, const FoolModel &model)
{
    const attack::AttackOptions &options = model.options();
    std::vector<std::pair<Message, std::string>> facts;
    const auto add = [&facts](const QString &label, const QString &value) {
        if (!value.isEmpty()) facts.emplace_back(said(label), value.toStdString());
    };
    add(Texts::tr("Project"), session.project.name());
    add(Texts::tr("Run"), QString::fromStdString(session.run.runFolder().filename().string()));
    if (const auto *project = session.run.runProject())
        add(Texts::tr("Data"), QString::fromStdString(project->data));
    add(Texts::tr("Attack"), attackTitle(options));
    const auto *described = attack::describedAttack(options.attack);
    if (described && !described->norms.empty())
        add(Texts::tr("Allowed change"),
            QStringLiteral("%1, ε = %2")
                .arg(normName(options.norm), epsilonText(options.epsilon, options.norm)));
    if (described && described->usesRestarts)
        add(Texts::tr("Random starts"), QString::number(options.restarts));
    add(Texts::tr("Seed"), QString::number(options.seed));
    if (const auto &defence = model.defence())
        add(Texts::tr("Defence"),
            filterName(defence->filter)
                + (defence->adaptive ? Texts::tr(", attacked with knowledge of it") : QString()));
    if (described) add(Texts::tr("Paper"), QString::fromStdString(described->source));
    return facts;
}

} // namespace

Report reportOf(const Session &session, const FoolModel &model, const Honesty &honesty,
                const StudyModel &studies)
{
    Report report;
    report.facts.title = Texts::tr("How robust is %1?").arg(session.project.name()).toStdString();
    report.facts.date =
        QLocale().toString(QDateTime::currentDateTime(), QLocale::LongFormat).toStdString();
    report.facts.facts = factsOf(session, model);
    if (model.result()) report.findings.push_back(pictureFindings(session.data, model));
    if (!model.sweep().empty()) report.findings.push_back(curveFindings(model));
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
