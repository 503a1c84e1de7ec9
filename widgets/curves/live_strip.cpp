// The live strip of Build.
#include "curves/live_strip.hpp"

#include "curves/curve_plot.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>

namespace ostrich::ui {

CurveData curveData(const RunModel &run)
{
    CurveData data;
    data.epochs = run.epochs();
    data.plannedEpochs = run.plannedEpochs();
    data.bestEpoch = run.bestEpoch();
    if (const auto &summary = run.summary()) {
        data.stoppedEarly = summary->stopped_by == "early_stopping";
        data.test = summary->test_accuracy;
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

void LiveStrip::refresh()
{
    const RunModel &run = m_session->run;
    const auto &problems = m_session->project.analysis().problems;
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
        m_validation->setText(percent(run.epochs().back().val_accuracy));
        m_training->setText(percent(run.epochs().back().train_accuracy));
        return;
    }
    m_emptyIcon->setPixmap(
        Theme::instance().pixmap(broken ? QStringLiteral("warn") : QStringLiteral("play"), t.muted,
                                 22, devicePixelRatioF()));
    if (broken) {
        QString text =
            tr("Nothing to train yet: %1").arg(sentence(problems.front().message).toHtmlEscaped());
        text += QStringLiteral("<br>") + sentence(problems.front().hint).toHtmlEscaped();
        if (const auto &summary = run.summary())
            text += QStringLiteral("<br>")
                    + tr("The last run (validation %1) is kept in Train.")
                          .arg(percent(summary->val_accuracy));
        m_empty->setText(text);
    } else if (run.running()) {
        m_empty->setText(tr("The first epoch is under way. The curves begin when it ends."));
    } else {
        m_empty->setText(tr("Press <b>Play</b>: the network learns, and its training and "
                            "validation loss appear here."));
    }
}

} // namespace ostrich::ui
