// The scatter, drawn with QCustomPlot.
#include "inside/embedding_plot.hpp"

#include "theme/theme.hpp"

#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr int kFewWords = 60; // so many names can be read at once
constexpr int kManyPoints = 200;
constexpr double kNear = 8; // pixels

} // namespace

QColor EmbeddingPlot::groupColour(int group)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    const QColor colours[] = {t.training,
                              t.validation,
                              t.test,
                              t.attack,
                              theme.category(graph::Category::Attention),
                              theme.category(graph::Category::Pooling),
                              theme.category(graph::Category::Normalisation),
                              theme.category(graph::Category::Recurrent),
                              theme.category(graph::Category::Structure),
                              t.strong};
    return colours[static_cast<std::size_t>(std::max(0, group)) % std::size(colours)];
}

EmbeddingPlot::EmbeddingPlot(QWidget *parent)
    : QWidget(parent), m_plot(new QCustomPlot), m_told(new QCPItemText(m_plot))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) { // distances count, places do not
        axis->setBasePen(Qt::NoPen);
        axis->setTicks(false);
        axis->setTickLabels(false);
        axis->grid()->setVisible(false);
    }
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins(QMargins(16, 16, 16, 16));
    m_told->setVisible(false);
    m_told->setClipToAxisRect(false);
    m_told->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_told->setPadding(QMargins(6, 3, 6, 3));
    m_plot->setMouseTracking(true);
    connect(m_plot, &QCustomPlot::mouseMove, this,
            [this](QMouseEvent *event) { hover(event->position()); });
    setAccessibleName(tr("Layout"));
    connect(&Theme::instance(), &Theme::changed, this, &EmbeddingPlot::draw);
}

void EmbeddingPlot::show(const Array &points, const QStringList &names,
                         const std::vector<int> &groups, const QStringList &groupNames)
{
    m_points = points;
    m_names = names;
    m_groups = groups;
    m_groupNames = groupNames;
    draw();
}

void EmbeddingPlot::draw()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    m_plot->setBackground(t.panel);
    m_told->setVisible(false);
    m_told->setFont(theme.font(FontRole::TextBold));
    m_told->setColor(t.text);
    m_told->setBrush(t.panel);
    m_told->setPen(QPen(t.border));
    double most = 1e-6;
    for (const float value : m_points.values) most = std::max<double>(most, std::abs(value));
    m_plot->xAxis->setRange(-1.06 * most, 1.06 * most);
    m_plot->yAxis->setRange(-1.06 * most, 1.06 * most);
    drawPoints();
    drawNames();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

int EmbeddingPlot::count() const
{
    return m_points.shape.size() == 2 ? static_cast<int>(m_points.dim(0)) : 0;
}

QPointF EmbeddingPlot::point(int index) const
{
    const auto at = 2 * static_cast<std::size_t>(index);
    return {m_points.values[at], m_points.values[at + 1]};
}

void EmbeddingPlot::drawPoints()
{
    m_plot->clearGraphs();
    const auto groupOf = [this](int index) {
        const auto at = static_cast<std::size_t>(index);
        return at < m_groups.size() ? static_cast<std::size_t>(std::max(0, m_groups[at])) : 0;
    };
    std::vector<QVector<double>> x(1), y(1);
    for (int i = 0; i < count(); ++i) {
        const std::size_t group = groupOf(i);
        if (group >= x.size()) x.resize(group + 1), y.resize(group + 1);
        x[group].append(point(i).x());
        y[group].append(point(i).y());
    }
    const int size = count() > kManyPoints ? 6 : 8;
    for (std::size_t group = 0; group < x.size(); ++group) {
        QCPGraph *graph = m_plot->addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle,
                                               QPen(Theme::instance().tokens().panel, 0.5),
                                               groupColour(static_cast<int>(group)), size));
        graph->setData(x[group], y[group]);
    }
}

/// Beside the points, where there are few and no groups tell them apart.
void EmbeddingPlot::drawNames()
{
    for (QCPItemText *label : m_labels) m_plot->removeItem(label);
    m_labels.clear();
    if (count() > kFewWords || !m_groupNames.isEmpty()) return;
    for (int i = 0; i < std::min<int>(count(), static_cast<int>(m_names.size())); ++i) {
        auto *label = new QCPItemText(m_plot);
        label->setText(m_names[i]);
        label->setFont(Theme::instance().font(FontRole::Text));
        label->setColor(Theme::instance().tokens().text);
        label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        label->setPadding(QMargins(7, 0, 0, 0));
        label->position->setCoords(point(i));
        m_labels.push_back(label);
    }
}

int EmbeddingPlot::pointAt(QPointF position) const
{
    int best = -1;
    double nearest = kNear;
    for (int i = 0; i < count(); ++i) {
        const QPointF there(m_plot->xAxis->coordToPixel(point(i).x()),
                            m_plot->yAxis->coordToPixel(point(i).y()));
        const QPointF off = there - position;
        const double distance = std::hypot(off.x(), off.y());
        if (distance > nearest) continue;
        nearest = distance;
        best = i;
    }
    return best;
}

void EmbeddingPlot::hover(QPointF position)
{
    const int found = pointAt(position);
    const bool told = found >= 0 && found < m_names.size();
    m_told->setVisible(told);
    if (told) {
        m_told->setText(m_names[found]);
        m_told->position->setCoords(point(found));
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace ostrich::ui
