// Three lines, a band, and a small table.
#include "train/forecast_panel.hpp"

#include "curves/run_figures.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "train/forecast_lines.hpp"

#include <qcustomplot.h>

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 16;
constexpr int kPlotHeight = 300;
constexpr double kFirstSteps = 100.0; // seen before anybody moves the plot
constexpr float kBandAlpha = 0.22f;

QString coloured(const QColor &colour, const QString &text)
{
    return QStringLiteral("<span style='color:%1'><b>━</b></span>&nbsp;%2")
        .arg(colour.name(), text.toHtmlEscaped());
}

/// What `over` at `alpha` looks like on `ground`.
QColor mixed(const QColor &ground, const QColor &over, float alpha)
{
    const auto part = [alpha](float a, float b) { return a + (b - a) * alpha; };
    return QColor::fromRgbF(part(ground.redF(), over.redF()), part(ground.greenF(), over.greenF()),
                            part(ground.blueF(), over.blueF()));
}

/// A row of the table: what, and its figure.
QString row(const QString &name, const QString &value, bool strong)
{
    const QString number = strong ? QStringLiteral("<b>%1</b>").arg(value) : value;
    return QStringLiteral("<tr><td>%1</td><td align='right' style='padding-left:16px'>%2</td></tr>")
        .arg(name.toHtmlEscaped(), number);
}

} // namespace

ForecastPanel::ForecastPanel(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_split(new SegmentedControl({tr("validation"), tr("test")}, true)),
      m_body(nullptr),
      m_plot(new QCustomPlot),
      m_empty(mutedLabel()),
      m_legend(new QLabel),
      m_levels(mutedLabel()),
      m_figures(new QLabel),
      m_verdict(new QLabel)
{
    setMinimumWidth(240);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(kPadding, 0, kPadding, 0);
    head->addWidget(sectionTitle(tr("Forecast")));
    head->addStretch();
    head->addWidget(m_split);
    layout->addLayout(head);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(kPadding, 0, kPadding, 0);
    m_empty->setText(tr("When a run has ended, this shows what it forecasts beside what came, and "
                        "beside the last value repeated."));
    layout->addWidget(m_empty);
    m_body = plotAndFigures();
    layout->addWidget(m_body);
    layout->addStretch();
    m_split->setCurrentIndex(1);
    connect(m_split, &SegmentedControl::currentIndexChanged, this, &ForecastPanel::refresh);
    connect(&session->run, &RunModel::evaluated, this, &ForecastPanel::refresh);
    const auto follow = [this] {
        if (showable() == m_body->isHidden()) refresh();
    };
    connect(&session->run, &RunModel::stateChanged, this, follow);
    connect(&session->project, &ProjectModel::dataChanged, this, follow);
    connect(&session->data, &DataModel::loaded, this, follow);
    connect(&Theme::instance(), &Theme::changed, this, &ForecastPanel::applyTheme);
    applyTheme();
    refresh();
}

QWidget *ForecastPanel::plotAndFigures()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(kPadding, 0, kPadding, 8);
    layout->setSpacing(8);
    m_legend->setWordWrap(true);
    layout->addWidget(m_legend);
    m_plot->setFixedHeight(kPlotHeight);
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->axisRect()->setRangeDrag(Qt::Horizontal);
    m_plot->axisRect()->setRangeZoom(Qt::Horizontal);
    m_plot->setToolTip(tr("Drag to move along, turn the wheel to see more or less of it"));
    m_plot->setAccessibleName(tr("Forecast"));
    m_naive = m_plot->addGraph();
    m_truth = m_plot->addGraph();
    m_prediction = m_plot->addGraph();
    m_high = m_plot->addGraph();
    m_low = m_plot->addGraph();
    m_high->setChannelFillGraph(m_low);
    for (QCPGraph *edge : {m_high, m_low}) edge->setLayer(QStringLiteral("grid")); // behind lines
    connect(m_plot->xAxis, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), this,
            &ForecastPanel::fitHeight);
    layout->addWidget(m_plot);
    m_levels->setWordWrap(true);
    layout->addWidget(m_levels);
    layout->addWidget(ruledLine());
    layout->addWidget(m_figures);
    m_verdict->setWordWrap(true);
    layout->addWidget(m_verdict);
    return body;
}

data::Split ForecastPanel::split() const
{
    return m_split->currentIndex() == 1 ? data::Split::Test : data::Split::Validation;
}

bool ForecastPanel::showable() const
{
    const auto &evaluation = m_session->run.evaluation(split());
    return evaluation && !evaluation->predictions.empty() && m_session->run.sameData()
           && m_session->data.dataset();
}

void ForecastPanel::refresh()
{
    const bool shown = showable();
    m_body->setVisible(shown);
    m_empty->setVisible(!shown);
    if (!shown) return;
    showLines(forecastLines(*m_session->data.dataset(), split(),
                            m_session->run.evaluation(split())->predictions,
                            m_session->run.evaluation(split())->band));
    showFigures();
    applyTheme();
}

void ForecastPanel::showLines(const ForecastLines &lines)
{
    const auto vector = [](const std::vector<double> &values) {
        return QVector<double>(values.begin(), values.end());
    };
    const QVector<double> steps = vector(lines.steps);
    m_truth->setData(steps, vector(lines.truth), true);
    m_prediction->setData(steps, vector(lines.prediction), true);
    m_naive->setData(lines.naive.empty() ? QVector<double>() : steps, vector(lines.naive), true);
    m_low->setData(lines.low.empty() ? QVector<double>() : steps, vector(lines.low), true);
    m_high->setData(lines.high.empty() ? QVector<double>() : steps, vector(lines.high), true);
    QString words = tr("Each point is forecast from the window before it, one step ahead.");
    if (lines.levelled) words += QLatin1Char(' ') + tr("Levels are added up again, from zero.");
    m_levels->setText(words);
    const double last = steps.isEmpty() ? 1.0 : std::max(steps.back(), 1.0);
    m_plot->xAxis->setRange(0.0, std::min(last, kFirstSteps));
    fitHeight();
}

void ForecastPanel::fitHeight()
{
    bool any = false;
    QCPRange range;
    for (const QCPGraph *graph : {m_naive, m_truth, m_prediction, m_low, m_high}) {
        bool found = false;
        const QCPRange own = graph->getValueRange(found, QCP::sdBoth, m_plot->xAxis->range());
        if (!found) continue;
        if (any)
            range.expand(own);
        else
            range = own;
        any = true;
    }
    if (!any) return;
    const double margin = std::max(range.size() * 0.06, 1e-9);
    m_plot->yAxis->setRange(range.lower - margin, range.upper + margin);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ForecastPanel::showFigures()
{
    const Figures &figures = m_session->run.evaluation(split())->figures;
    QString rows;
    const auto add = [&](const char *name, const QString &words, bool strong = false) {
        if (const auto value = figureNamed(figures, name))
            rows += row(words, figure(*value), strong);
    };
    add("mae", tr("Mean absolute error"));
    add("rmse", tr("Root of the mean squared error"));
    add("mase", tr("MASE of the network"), true);
    add("naive_mase", tr("MASE of the last value repeated"));
    add("seasonal_naive_mase", tr("MASE of one season back"));
    if (const auto inside = figureNamed(figures, "coverage"))
        rows += row(tr("Truths inside the band"), percent(*inside), true);
    m_figures->setText(QStringLiteral("<table cellspacing='2'>%1</table>").arg(rows));
    const auto own = figureNamed(figures, "mase"), naive = figureNamed(figures, "naive_mase");
    m_verdict->setVisible(own && naive && *naive > 0.0);
    if (!m_verdict->isVisibleTo(m_body)) return;
    m_verdict->setText(*own < *naive ? tr("Its errors are %1 smaller than those of repeating the "
                                          "last value.")
                                           .arg(percent(1.0 - *own / *naive))
                                     : tr("No better than repeating the last value."));
    m_beats = *own < *naive;
}

void ForecastPanel::applyTheme()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    const QColor truth = split() == data::Split::Test ? t.test : t.validation;
    m_plot->setBackground(t.panel);
    m_verdict->setStyleSheet(QStringLiteral("color: %1").arg((m_beats ? t.ok : t.warn).name()));
    m_naive->setPen(QPen(t.strong, 1.0));
    m_truth->setPen(QPen(truth, 2.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_prediction->setPen(QPen(t.accent, 2.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QColor band = t.accent;
    band.setAlphaF(kBandAlpha);
    for (QCPGraph *edge : {m_high, m_low}) edge->setPen(Qt::NoPen);
    m_high->setBrush(band);
    QColor gridColour = t.border;
    gridColour.setAlphaF(0.65f);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(axis == m_plot->xAxis ? QPen(t.border, 1) : QPen(Qt::NoPen));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelFont(theme.font(FontRole::Text));
        axis->setTickLabelColor(t.muted);
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setPen(axis == m_plot->yAxis ? QPen(gridColour, 1) : QPen(Qt::NoPen));
        axis->ticker()->setTickCount(4);
    }
    m_plot->xAxis->setLabel(tr("steps of the split"));
    m_plot->xAxis->setLabelFont(theme.font(FontRole::Text));
    m_plot->xAxis->setLabelColor(t.muted);
    QString legend = QStringList{coloured(truth, tr("truth")), coloured(t.accent, tr("network")),
                                 coloured(t.strong, tr("last value"))}
                         .join(QStringLiteral("&nbsp;&nbsp; "));
    if (m_low->dataCount() > 0)
        legend += QStringLiteral("<br><span style='color:%1'>█</span>&nbsp;%2")
                      .arg(mixed(t.panel, t.accent, kBandAlpha).name(),
                           tr("8 of 10 values should lie in the band").toHtmlEscaped());
    m_legend->setText(legend);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace ostrich::ui
