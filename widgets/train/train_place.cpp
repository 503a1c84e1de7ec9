// Layout of Train, and its three large numbers.
#include "train/train_place.hpp"

#include "curves/curve_plot.hpp"
#include "curves/live_strip.hpp"
#include "curves/run_figures.hpp"
#include "inspector/data_panel.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/panels.hpp"
#include "theme/theme.hpp"
#include "train/answers_panel.hpp"
#include "train/compare_view.hpp"
#include "train/headlines.hpp"
#include "train/recipe_panel.hpp"
#include "train/run_list.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

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
      m_middle(new QStackedWidget),
      m_loss(new CurvePlot(CurvePlot::Quantity::Loss, true)),
      m_accuracy(new CurvePlot(CurvePlot::Quantity::Accuracy, true))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *splitter = new QSplitter;
    auto *recipe = leftColumn();
    auto *answers = new AnswersPanel(session);
    m_middle->addWidget(middleColumn());
    m_middle->addWidget(new CompareView(session));
    for (QWidget *column :
         {recipe, static_cast<QWidget *>(m_middle), static_cast<QWidget *>(answers)})
        splitter->addWidget(column);
    splitter->setStretchFactor(1, 1);
    splitter->setCollapsible(1, false);
    layout->addWidget(splitter);
    m_panels->addSplitter(splitter, {260, 710, 310});
    m_panels->addPanel(QStringLiteral("recipe"), tr("Runs and recipe"), recipe);
    m_panels->addPanel(QStringLiteral("confusion"), tr("Answers"), answers);

    connect(&session->run, &RunModel::epochDone, this, &TrainPlace::refresh);
    connect(&session->run, &RunModel::finished, this, &TrainPlace::refresh);
    connect(&session->run, &RunModel::stateChanged, this, &TrainPlace::refresh);
    connect(&session->project, &ProjectModel::dataChanged, this, &TrainPlace::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &TrainPlace::refresh);
    const auto choose = [this] { m_middle->setCurrentIndex(m_session->compare.shown() ? 1 : 0); };
    connect(&session->compare, &CompareModel::changed, this, choose);
    choose();
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
    m_remark = new QLabel;
    m_remark->setFont(Theme::instance().font(FontRole::TextBold));
    m_remark->setContentsMargins(20, 0, 20, 8);
    layout->addWidget(m_remark);
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
    m_accuracyTitle = sectionTitle({});
    accuracyHead->addWidget(m_accuracyTitle);
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

    showHeadlines();
}

void TrainPlace::showHeadlines()
{
    const Headlines lines = headlinesOf(m_session->run, m_session->project.facts().task);
    const Tokens &t = Theme::instance().tokens();
    const auto title = [&t](const QColor &colour, const QString &square, const QString &text) {
        return QStringLiteral(
                   "<span style='color:%1'>%2</span>&nbsp; <span style='color:%3'>%4</span>")
            .arg(colour.name(), square, t.muted.name(), text.toHtmlEscaped());
    };
    const QString full = QStringLiteral("■");
    const auto &[validation, middle, test] = lines.figures;
    m_titles[0]->setText(title(t.validation, full, validation.title));
    m_titles[1]->setText(lines.forecast ? title(t.strong, full, middle.title)
                                        : title(t.validation, QStringLiteral("□"), middle.title));
    m_titles[2]->setText(title(t.test, full, test.title));
    for (std::size_t i = 0; i < lines.figures.size(); ++i) {
        m_numbers[i]->setText(lines.figures[i].number);
        m_units[i]->setText(lines.figures[i].unit);
        m_notes[i]->setText(lines.figures[i].note);
    }
    m_remark->setText(lines.remark);
    m_remark->setVisible(!lines.remark.isEmpty());
    m_remark->setStyleSheet(QStringLiteral("color: %1").arg(t.warn.name()));
    const auto &epochs = m_session->run.epochs();
    m_accuracyTitle->setText(
        lines.forecast
            ? (epochs.empty() ? QStringLiteral("MASE") : errorName(epochs.back().figures, "val_"))
            : tr("Accuracy"));
}

} // namespace ostrich::ui
