// The live strip of Build.
#include "curves/live_strip.hpp"

#include "curves/curve_plot.hpp"
#include "curves/run_figures.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

CurveData curveData(const RunModel &run)
{
    CurveData data;
    data.epochs = run.epochs();
    data.plannedEpochs = run.plannedEpochs();
    data.bestEpoch = run.bestEpoch();
    if (const auto &summary = run.summary()) {
        data.stoppedEarly = summary->stopped_by == "early_stopping";
        data.test = std::isfinite(summary->test_accuracy)
                        ? std::optional(summary->test_accuracy)
                        : forecastError(summary->figures, "test_");
        data.bestEpoch = summary->best_epoch;
    }
    return data;
}

QString curveLegend()
{
    const Tokens &t = Theme::instance().tokens();
    const QString line =
        QStringLiteral("<span style='color:%1'><b>━━</b></span>&nbsp; %2 &nbsp;&nbsp;");
    const QColor band = QColor(qRgb(230, 159, 0));
    QColor mixed = QColor::fromRgbF(t.panel.redF() + (band.redF() - t.panel.redF()) * 0.3f,
                                    t.panel.greenF() + (band.greenF() - t.panel.greenF()) * 0.3f,
                                    t.panel.blueF() + (band.blueF() - t.panel.blueF()) * 0.3f);
    return line.arg(t.training.name(), LiveStrip::tr("training"))
           + line.arg(t.validation.name(), LiveStrip::tr("validation"))
           + QStringLiteral("<span style='color:%1'>■</span>&nbsp; %2")
                 .arg(mixed.name(), LiveStrip::tr("gap"));
}

namespace {

/// Of the best epoch of a run that has ended.
QString lastValidation(const RunModel &run)
{
    const auto best =
        std::ranges::find(run.epochs(), run.summary()->best_epoch, &train::EpochMetrics::epoch);
    if (best != run.epochs().end()) return validationText(*best);
    return percent(run.summary()->val_accuracy);
}

} // namespace

LiveStrip::LiveStrip(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_plot(new CurvePlot(CurvePlot::Quantity::Loss, false)),
      m_pages(new QStackedWidget),
      m_legend(new QLabel),
      m_validation(sectionTitle({})),
      m_training(sectionTitle({})),
      m_validationTitle(mutedLabel(tr("validation accuracy"))),
      m_trainingTitle(mutedLabel(tr("training"))),
      m_empty(mutedLabel()),
      m_emptyIcon(new QLabel)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 4);
    layout->setSpacing(2);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    auto *title = sectionTitle(tr("Loss"));
    head->addWidget(title);
    head->addWidget(m_legend);
    head->addStretch();
    for (QLabel *figure : {m_validation, m_training})
        figure->setFont(Theme::instance().font(FontRole::BlockTitle));
    head->addWidget(m_validationTitle);
    head->addWidget(m_validation);
    head->addSpacing(8);
    head->addWidget(m_trainingTitle);
    head->addWidget(m_training);
    layout->addLayout(head);

    auto *empty = new QWidget;
    auto *emptyLayout = new QHBoxLayout(empty);
    emptyLayout->addStretch();
    emptyLayout->addWidget(m_emptyIcon);
    emptyLayout->addSpacing(12);
    m_empty->setTextFormat(Qt::RichText);
    emptyLayout->addWidget(m_empty);
    emptyLayout->addStretch();
    m_pages->addWidget(m_plot);
    m_pages->addWidget(empty);
    layout->addWidget(m_pages, 1);

    connect(&session->run, &RunModel::epochDone, this, &LiveStrip::refresh);
    connect(&session->run, &RunModel::finished, this, &LiveStrip::refresh);
    connect(&session->run, &RunModel::stateChanged, this, &LiveStrip::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &LiveStrip::refresh);
    refresh();
}

void LiveStrip::showFigures(const train::EpochMetrics &epoch)
{
    if (!forecasts(epoch)) {
        m_validationTitle->setText(tr("validation accuracy"));
        m_validation->setText(percent(epoch.val_accuracy));
        m_trainingTitle->setText(tr("training"));
        m_training->setText(percent(epoch.train_accuracy));
        return;
    }
    const QString name = errorName(epoch.figures, "val_");
    m_validationTitle->setText(tr("validation %1").arg(name));
    m_validation->setText(figure(forecastError(epoch.figures, "val_").value_or(epoch.val_loss)));
    const auto naive = figureNamed(epoch.figures, "naive_mase");
    m_trainingTitle->setVisible(naive.has_value());
    m_training->setVisible(naive.has_value());
    m_trainingTitle->setText(tr("repeating the last value"));
    m_training->setText(figure(naive.value_or(0.0)));
}

void LiveStrip::refresh()
{
    const RunModel &run = m_session->run;
    const auto &problems = m_session->project.wholeAnalysis().problems;
    const bool broken = !problems.empty();
    const bool curves = !run.epochs().empty() && !broken;
    m_pages->setCurrentIndex(curves ? 0 : 1);
    m_legend->setVisible(curves);
    m_legend->setText(curveLegend());
    for (QLabel *label : {m_validation, m_training, m_validationTitle, m_trainingTitle})
        label->setVisible(curves);
    const Tokens &t = Theme::instance().tokens();
    if (curves) {
        m_plot->show(curveData(run));
        showFigures(run.epochs().back());
        return;
    }
    m_emptyIcon->setPixmap(
        Theme::instance().pixmap(broken ? QStringLiteral("warn") : QStringLiteral("play"), t.muted,
                                 22, devicePixelRatioF()));
    if (broken) {
        QString text =
            tr("Nothing to train yet: %1").arg(sentence(problems.front().message).toHtmlEscaped());
        text += QStringLiteral("<br>") + sentence(problems.front().hint).toHtmlEscaped();
        if (run.summary())
            text += QStringLiteral("<br>")
                    + tr("The last run (validation %1) is kept in Train.").arg(lastValidation(run));
        m_empty->setText(text);
    } else if (run.running()) {
        m_empty->setText(tr("The first epoch is under way. The curves begin when it ends."));
    } else {
        m_empty->setText(tr("Press <b>Play</b>: the network learns, and its training and "
                            "validation loss appear here."));
    }
}

} // namespace ostrich::ui
