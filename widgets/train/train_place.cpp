// Layout of Train, and its three large numbers.
#include "train/train_place.hpp"

#include "curves/curve_plot.hpp"
#include "curves/live_strip.hpp"
#include "inspector/data_panel.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/panels.hpp"
#include "theme/theme.hpp"
#include "train/confusion_panel.hpp"
#include "train/recipe_panel.hpp"
#include "train/run_list.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

QFrame *verticalLine()
{
    QFrame *line = ruledLine();
    line->setFixedHeight(QWIDGETSIZE_MAX);
    line->setMinimumHeight(0);
    line->setFixedWidth(1);
    line->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    return line;
}

} // namespace

TrainPlace::TrainPlace(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_panels(new Panels(QStringLiteral("train"), this)),
      m_loss(new CurvePlot(CurvePlot::Quantity::Loss, true)),
      m_accuracy(new CurvePlot(CurvePlot::Quantity::Accuracy, true))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *splitter = new QSplitter;
    auto *recipe = leftColumn();
    auto *confusion = new ConfusionPanel(session);
    for (QWidget *column : {recipe, middleColumn(), static_cast<QWidget *>(confusion)})
        splitter->addWidget(column);
    splitter->setStretchFactor(1, 1);
    splitter->setCollapsible(1, false);
    layout->addWidget(splitter);
    m_panels->addSplitter(splitter, {260, 710, 310});
    m_panels->addPanel(QStringLiteral("recipe"), tr("Runs and recipe"), recipe);
    m_panels->addPanel(QStringLiteral("confusion"), tr("Confusion"), confusion);

    connect(&session->run, &RunModel::epochDone, this, &TrainPlace::refresh);
    connect(&session->run, &RunModel::finished, this, &TrainPlace::refresh);
    connect(&session->run, &RunModel::stateChanged, this, &TrainPlace::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &TrainPlace::refresh);
    refresh();
}

QWidget *TrainPlace::leftColumn()
{
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new RunList(m_session), 1);
    layout->addWidget(ruledLine());
    layout->addWidget(new RecipePanel(m_session), 3);
    layout->addWidget(ruledLine());
    auto *data = new DataPanel(m_session, DataPanel::Detail::Counts);
    data->setFixedHeight(108);
    connect(data, &DataPanel::sourceWanted, this, &TrainPlace::sourceWanted);
    layout->addWidget(data);
    return column;
}

QWidget *TrainPlace::middleColumn()
{
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 8);
    layout->setSpacing(0);
    layout->addWidget(figures());
    layout->addWidget(ruledLine());
    auto *lossHead = new QHBoxLayout;
    lossHead->setSpacing(6);
    lossHead->setContentsMargins(20, 8, 20, 4);
    lossHead->addWidget(sectionTitle(tr("Loss")));
    lossHead->addWidget(mutedLabel(tr("by epoch")));
    lossHead->addSpacing(12);
    m_legend = new QLabel;
    lossHead->addWidget(m_legend);
    lossHead->addStretch();
    layout->addLayout(lossHead);
    auto *plots = new QVBoxLayout;
    plots->setContentsMargins(16, 0, 12, 0);
    plots->addWidget(m_loss, 3);
    auto *accuracyHead = new QHBoxLayout;
    accuracyHead->setSpacing(6);
    accuracyHead->setContentsMargins(4, 6, 8, 4);
    accuracyHead->addWidget(sectionTitle(tr("Accuracy")));
    accuracyHead->addWidget(mutedLabel(tr("by epoch")));
    accuracyHead->addStretch();
    plots->addLayout(accuracyHead);
    plots->addWidget(m_accuracy, 2);
    layout->addLayout(plots, 1);
    return column;
}

QWidget *TrainPlace::figures()
{
    auto *row = new QWidget;
    row->setFixedHeight(92);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (int i = 0; i < 3; ++i) {
        if (i > 0) layout->addWidget(verticalLine());
        auto *cell = new QVBoxLayout;
        cell->setContentsMargins(20, 8, 12, 6);
        cell->setSpacing(0);
        m_titles[i] = new QLabel;
        m_titles[i]->setTextFormat(Qt::RichText);
        auto *value = new QHBoxLayout;
        value->setSpacing(4);
        m_numbers[i] = new QLabel;
        m_numbers[i]->setFont(Theme::instance().font(FontRole::BigNumber));
        m_units[i] = new QLabel;
        m_units[i]->setFont(Theme::instance().font(FontRole::BigUnit));
        value->addWidget(m_numbers[i], 0, Qt::AlignBaseline);
        value->addWidget(m_units[i], 0, Qt::AlignBaseline);
        value->addStretch();
        m_notes[i] = mutedLabel();
        cell->addWidget(m_titles[i]);
        cell->addLayout(value);
        cell->addWidget(m_notes[i]);
        layout->addLayout(cell, 1);
    }
    return row;
}

void TrainPlace::refresh()
{
    const RunModel &run = m_session->run;
    const CurveData data = curveData(run);
    m_loss->show(data);
    m_accuracy->show(data);
    m_legend->setText(curveLegend());

    const Tokens &t = Theme::instance().tokens();
    const auto title = [](const QColor &colour, const QString &square, const QString &text) {
        return QStringLiteral(
                   "<span style='color:%1'>%2</span>&nbsp; <span style='color:%3'>%4</span>")
            .arg(colour.name(), square, Theme::instance().tokens().muted.name(),
                 text.toHtmlEscaped());
    };
    m_titles[0]->setText(title(t.validation, QStringLiteral("■"), tr("Validation accuracy")));
    m_titles[1]->setText(title(t.validation, QStringLiteral("□"), tr("Gap")));
    m_titles[2]->setText(title(t.test, QStringLiteral("■"), tr("Test accuracy")));
    const auto set = [this](int i, const QString &number, const QString &unit,
                            const QString &note) {
        m_numbers[i]->setText(number);
        m_units[i]->setText(unit);
        m_notes[i]->setText(note);
    };
    const QString dash = QStringLiteral("–");
    const QString unit = QStringLiteral("%");
    const auto number = [](double share) {
        return QLocale().toString(share * 100.0, 'f', share >= 0.9995 ? 0 : 1);
    };
    if (run.epochs().empty()) {
        set(0, dash, {}, tr("press Play"));
        set(1, dash, {}, tr("training minus validation"));
        set(2, dash, {}, tr("measured once, at the end"));
        return;
    }
    const auto best =
        std::find_if(run.epochs().begin(), run.epochs().end(),
                     [&](const auto &epoch) { return epoch.epoch == data.bestEpoch; });
    // While it runs the last epoch speaks; once it has ended, the best one, whose weights are kept.
    const bool ended = run.summary().has_value() && best != run.epochs().end();
    const train::EpochMetrics &shown = ended ? *best : run.epochs().back();
    set(0, number(shown.val_accuracy), unit, tr("at epoch %1").arg(shown.epoch));
    set(1, QLocale().toString((shown.train_accuracy - shown.val_accuracy) * 100.0, 'f', 1),
        tr("points"), tr("training %1").arg(percent(shown.train_accuracy)));
    if (ended)
        set(2, number(run.summary()->test_accuracy), unit, tr("measured once"));
    else
        set(2, dash, {}, tr("measured once, at the end"));
}

} // namespace ostrich::ui
