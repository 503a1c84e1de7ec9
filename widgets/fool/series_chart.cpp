// The two lines, drawn with QCustomPlot: the whole one as it is, the dashed one as it fools.
#include "fool/series_chart.hpp"

#include "findings/figure_button.hpp"
#include "fool/series_findings.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kMarked = 64; // steps: of more, single ones are no longer marked

std::vector<double> valuesOf(const QCPGraph &graph)
{
    std::vector<double> values;
    for (const QCPGraphData &point : *graph.data()) values.push_back(point.value);
    return values;
}

} // namespace

SeriesChart::SeriesChart(QWidget *parent)
    : QWidget(parent),
      m_message(new QLabel),
      m_head(new QWidget),
      m_key(new QLabel),
      m_feature(new QComboBox),
      m_save(new FigureButton([this] {
          const auto feature = static_cast<std::size_t>(this->feature());
          return FigureButton::Shot{drawingOf(seriesPlot(m_series, m_attacked, feature))};
      })),
      m_plot(new QCustomPlot)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *head = new QHBoxLayout(m_head);
    head->setContentsMargins(0, 0, 0, 0);
    head->addWidget(m_key);
    head->addStretch();
    head->addWidget(m_feature);
    m_save->alsoOn(m_plot);
    head->addWidget(m_save);
    m_key->setTextFormat(Qt::RichText);
    m_feature->setAccessibleName(tr("Which feature is drawn"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setMargin(40);
    layout->addWidget(m_head);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_message, 1);
    m_plot->setMinimumSize(240, 120);
    m_before = m_plot->addGraph();
    m_after = m_plot->addGraph();
    setAccessibleName(tr("The series before and after"));
    connect(m_feature, &QComboBox::currentIndexChanged, this, &SeriesChart::redraw);
    connect(&Theme::instance(), &Theme::changed, this, &SeriesChart::applyTheme);
    applyTheme();
}

void SeriesChart::applyTheme()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    m_plot->setBackground(t.panel);
    m_message->setFont(theme.font(FontRole::Sentence));
    QPen after(t.attack, 2.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    after.setDashPattern({4, 2.5});
    m_before->setPen(QPen(t.text, 2.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_after->setPen(after);
    m_key->setText(QStringLiteral("<span style='color:%1'>━━ %2</span>&nbsp;&nbsp;&nbsp;"
                                  "<span style='color:%3'>╍╍ %4</span>")
                       .arg(t.text.name(), tr("the series"), t.attackText.name(), tr("attacked")));
    QColor gridColour = t.border;
    gridColour.setAlphaF(0.65f);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(axis == m_plot->xAxis ? QPen(t.border) : Qt::NoPen);
        axis->setTickPen(axis == m_plot->xAxis ? QPen(t.strong) : Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelFont(theme.font(FontRole::Text));
        axis->setTickLabelColor(t.muted);
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    m_plot->yAxis->grid()->setPen(QPen(gridColour, 1));
    m_plot->xAxis->grid()->setVisible(false);
    redraw();
}

void SeriesChart::setSeries(const Array &series, const std::vector<float> &attacked)
{
    const bool isOther = series != m_series;
    m_series = series;
    m_attacked = attacked;
    const int features = static_cast<int>(series.dim(1));
    if (isOther && m_feature->count() != features) {
        const QSignalBlocker blocker(m_feature);
        m_feature->clear();
        for (int i = 1; i <= features; ++i) m_feature->addItem(tr("Feature %1").arg(i));
    }
    m_feature->setVisible(features > 1);
    m_head->setVisible(true);
    m_plot->setVisible(true);
    m_message->setVisible(false);
    redraw();
}

void SeriesChart::setMessage(const QString &text)
{
    m_series = {};
    m_attacked.clear();
    m_message->setText(text);
    m_head->setVisible(false);
    m_plot->setVisible(false);
    m_message->setVisible(true);
}

QString SeriesChart::message() const
{
    return m_series.empty() ? m_message->text() : QString();
}

int SeriesChart::feature() const
{
    return std::max(0, m_feature->currentIndex());
}

std::vector<double> SeriesChart::before() const
{
    return valuesOf(*m_before);
}

std::vector<double> SeriesChart::after() const
{
    return valuesOf(*m_after);
}

/// (T) of `values` (T, F): the feature that is drawn.
std::vector<float> SeriesChart::column(const std::vector<float> &values) const
{
    std::vector<float> column;
    const auto features = static_cast<std::size_t>(m_series.dim(1));
    for (auto i = static_cast<std::size_t>(feature()); i < values.size(); i += features)
        column.push_back(values[i]);
    return column;
}

void SeriesChart::redraw()
{
    if (m_series.empty()) return;
    const std::vector<float> before = column(m_series.values), after = column(m_attacked);
    QVector<double> steps;
    for (std::size_t i = 0; i < before.size(); ++i) steps << static_cast<double>(i);
    m_before->setData(steps, QVector<double>(before.begin(), before.end()), true);
    const bool isAttacked = after.size() == before.size();
    m_after->setData(isAttacked ? steps : QVector<double>(),
                     isAttacked ? QVector<double>(after.begin(), after.end()) : QVector<double>(),
                     true);
    const auto [least, most] = std::ranges::minmax(before);
    double low = least, high = most;
    if (isAttacked) {
        low = std::min<double>(low, std::ranges::min(after));
        high = std::max<double>(high, std::ranges::max(after));
    }
    const double margin = std::max(1e-6, 0.08 * (high - low));
    m_plot->xAxis->setRange(0.0, std::max(1.0, static_cast<double>(before.size()) - 1.0));
    m_plot->yAxis->setRange(low - margin, high + margin);
    const Tokens &t = Theme::instance().tokens();
    const bool marks = static_cast<int>(before.size()) <= kMarked;
    m_after->setScatterStyle(
        marks ? QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(t.attack), t.attack, 5)
              : QCPScatterStyle());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace ostrich::ui
