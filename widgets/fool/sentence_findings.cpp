// Tables and words of one sentence.
#include "fool/sentence_findings.hpp"

#include "findings/figure_text.hpp"
#include "fool/answer_text.hpp"
#include "fool/sentence_model.hpp"
#include "fool/sentence_text.hpp"
#include "robustness/trial.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QTextDocumentFragment>

namespace ostrich::ui {

namespace {

using robustness::Findings; // lupdate loses its way behind a qualified return type
using robustness::Table;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Report)
};

QString plain(const QString &rich)
{
    return QTextDocumentFragment::fromHtml(rich).toPlainText();
}

/// The words after the exchanges of `result`.
QString exchanged(const SentenceModel &model, const attack::WordResult &result)
{
    QStringList words = model.words();
    for (const attack::WordChange &change : result.changes)
        words[change.step] = QString::fromStdString(change.to);
    return words.join(QLatin1Char(' '));
}

/// "Words at most: 4, Beam: 8, Nearest words: 0, Target: positive"
QString askedWith(const DataModel &data, const SentenceModel &model)
{
    const auto &specs = attack::wordParameters();
    const graph::Parameters all = graph::withDefaults(model.parameters(), specs);
    QStringList parts;
    for (const graph::ParameterSpec &spec : specs)
        parts << Texts::tr("%1: %2").arg(
            words(spec.label), QString::fromStdString(graph::toString(all.at(spec.name))));
    if (model.target())
        parts << Texts::tr("%1: %2").arg(Texts::tr("Target"), data.className(*model.target()));
    return parts.join(QStringLiteral(", "));
}

} // namespace

Table exchangesTable(const SentenceModel &model)
{
    Table table;
    table.key = "exchanges";
    table.title = said(Texts::tr("Exchanged words"));
    table.columns = {said(Texts::tr("place")), said(Texts::tr("before")), said(Texts::tr("after"))};
    for (const attack::WordChange &change : model.newest()->changes)
        table.rows.push_back({std::to_string(change.step + 1),
                              model.words().value(change.step).toStdString(), change.to});
    return table;
}

Table stepsTable(const DataModel &data, const SentenceModel &model)
{
    Table table;
    table.key = "exchange-steps";
    table.title = said(Texts::tr("The nearest sentence for each number of exchanges"));
    table.columns = {said(Texts::tr("exchanged")), said(Texts::tr("words")),
                     said(Texts::tr("the network says")),
                     said(Texts::tr("share of “%1”").arg(data.className(model.watchedClass())))};
    for (const WordStep &step : wordSteps(data, model))
        table.rows.push_back({std::to_string(step.exchanged), step.exchanges.toStdString(),
                              step.answer.toStdString(), robustness::percentText(step.share)});
    return table;
}

Findings sentenceFindings(const DataModel &data, const SentenceModel &model)
{
    Findings findings;
    findings.study = Texts::tr("One sentence").toStdString();
    findings.sentences = {said(plain(outcomeText(data, model)))};
    if (const QString note = noteText(model); !note.isEmpty())
        findings.sentences.push_back(said(note));
    findings.sentences.push_back(
        said(Texts::tr("Before: %1").arg(model.words().join(QLatin1Char(' ')))));
    findings.sentences.push_back(
        said(Texts::tr("After: %1").arg(exchanged(model, *model.newest()))));
    findings.asked = said(askedWith(data, model));
    if (!model.newest()->changes.empty()) findings.tables.push_back(exchangesTable(model));
    findings.tables.push_back(stepsTable(data, model));
    return findings;
}

} // namespace ostrich::ui
