// The curve, drawn with QCustomPlot.
#include "inside/memory_curve.hpp"

#include "inside/step_chart.hpp"
#include "theme/theme.hpp"

#include <QHelpEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr int kRight = 96; // room for the names of the curves
constexpr double kOwn = 2.5, kOther = 1.5;

void setData(QCPGraph *graph, const std::vector<float> &values)
{
    QVector<double> x, y;
    for (std::size_t k = 0; k < values.size(); ++k) {
        x.append(static_cast<double>(k));
        y.append(values[k]);
    }
    graph->setData(x, y, true);
}

void place(QCPItemText *text, double x, double y, double right, double down, Qt::Alignment align)
{
    text->setPositionAlignment(align);
    text->position->setCoords(x, y);
    text->setPadding(
        QMargins(static_cast<int>(right > 0 ? right : 0), static_cast<int>(down > 0 ? down : 0),
                 static_cast<int>(right < 0 ? -right : 0), static_cast<int>(down < 0 ? -down : 0)));
}

} // namespace

MemoryCurve::MemoryCurve(QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins(QMargins(static_cast<int>(StepChart::kLeft), 12, kRight, 24));
    m_plot->addLayer(QStringLiteral("others"), m_plot->layer(QStringLiteral("main")),
                     QCustomPlot::limBelow);
    for (int i = 0; i < 3; ++i) {
        m_graphs[i] = m_plot->addGraph();
        m_texts[i] = new QCPItemText(m_plot);
    }
    m_swap = m_plot->addGraph();
    m_point = m_plot->addGraph();
    m_point->setLineStyle(QCPGraph::lsNone);
    m_line = new QCPItemStraightLine(m_plot);
    m_lineText = new QCPItemText(m_plot);
    m_unit = new QCPItemText(m_plot);
    m_title = new QCPItemText(m_plot);
    for (QCPItemText *text : {m_texts[0], m_texts[1], m_texts[2], m_lineText, m_unit, m_title})
        text->setClipToAxisRect(false);
    m_unit->position->setType(QCPItemPosition::ptAxisRectRatio);
    m_title->position->setType(QCPItemPosition::ptAbsolute);
    m_title->setTextAlignment(Qt::AlignLeft);
    m_plot->yAxis->setRange(-0.02, 1.04); // a line at 0 is seen whole
    QSharedPointer<QCPAxisTickerFixed> halves(new QCPAxisTickerFixed);
    halves->setTickStep(0.5);
    m_plot->yAxis->setTicker(halves);
    m_plot->yAxis->setNumberFormat(QStringLiteral("f"));
    m_plot->yAxis->setNumberPrecision(1);
    setAccessibleName(tr("Memory depth"));
    m_plot->installEventFilter(this);
    connect(&Theme::instance(), &Theme::changed, this, &MemoryCurve::applyTheme);
    applyTheme();
}

std::vector<std::size_t> MemoryCurve::olderShown(const std::vector<InsideModel::Depth> &depths)
{
    if (depths.size() < 2) return {};
    const std::size_t newest = depths.size() - 1;
    if (newest == 1) return {0};
    const auto sum = [&](std::size_t i) {
        double total = 0.0;
        for (const float value : depths[i].depth) total += value;
        return total;
    };
    // In between is whichever lies halfway, not in time but in height.
    const double middle = (sum(0) + sum(newest)) / 2.0;
    std::size_t best = 1;
    for (std::size_t i = 1; i < newest; ++i)
        if (std::abs(sum(i) - middle) < std::abs(sum(best) - middle)) best = i;
    return {0, best};
}

QPen MemoryCurve::ownPen()
{
    return QPen(Theme::instance().category(graph::Category::Recurrent), kOwn, Qt::SolidLine,
                Qt::RoundCap, Qt::RoundJoin);
}

QPen MemoryCurve::swapPen()
{
    QPen pen(Theme::instance().category(graph::Category::Recurrent), 2);
    pen.setDashPattern({3, 2});
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

QPen MemoryCurve::otherPen(int place)
{
    const Theme &theme = Theme::instance();
    const QColor colours[] = {theme.tokens().text, theme.category(graph::Category::Attention),
                              theme.tokens().strong};
    const int count = static_cast<int>(std::size(colours));
    QPen pen(colours[std::max(0, place) % count], kOther);
    if (place / count % 2 == 1) pen.setDashPattern({5, 4});
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

QString MemoryCurve::swapName()
{
    return tr("step swapped");
}

void MemoryCurve::show(const std::vector<InsideModel::Depth> &depths, std::optional<int> half,
                       const QString &block, const std::vector<OtherRuns::Item> &others)
{
    m_depths = depths;
    m_half = half;
    m_block = block;
    m_others.clear();
    std::ranges::copy_if(others, std::back_inserter(m_others), [](const OtherRuns::Item &item) {
        return item.place >= 0 && !item.depth.empty();
    });
    refresh();
}

/// The newest curve, the older ones behind it, and what a swap changes.
void MemoryCurve::drawOwn(double last)
{
    const auto older = olderShown(m_depths);
    for (std::size_t i = 0; i < older.size(); ++i) setData(m_graphs[i], m_depths[older[i]].depth);
    setData(m_graphs[2], m_depths.back().depth);
    setData(m_swap, m_depths.back().swap);
    const auto name = [&](std::size_t graph, const InsideModel::Depth &depth, std::size_t line) {
        m_texts[graph]->setVisible(true);
        m_texts[graph]->setText(tr("epoch %1").arg(depth.epoch));
        place(m_texts[graph], last, 1.0, 10, static_cast<double>(line) * 20.0,
              Qt::AlignLeft | Qt::AlignTop);
    };
    name(2, m_depths.back(), 0);
    for (std::size_t i = older.size(); i-- > 0;) name(i, m_depths[older[i]], older.size() - i);
}

void MemoryCurve::markHalf(double last)
{
    const auto k = static_cast<std::size_t>(*m_half);
    m_point->setData({static_cast<double>(k)}, {static_cast<double>(m_depths.back().depth[k])});
    m_line->point1->setCoords(*m_half, 0);
    m_line->point2->setCoords(*m_half, 1);
    const bool left = *m_half > last / 2;
    m_lineText->setText(tr("half is left: %1").arg(*m_half));
    place(m_lineText, *m_half, 1.0, left ? -10 : 10, 4,
          (left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
}

void MemoryCurve::drawOthers()
{
    while (m_otherGraphs.size() < m_others.size()) {
        m_otherGraphs.push_back(m_plot->addGraph());
        m_otherGraphs.back()->setLayer(QStringLiteral("others"));
    }
    for (std::size_t i = 0; i < m_otherGraphs.size(); ++i) {
        const bool there = i < m_others.size();
        setData(m_otherGraphs[i], there ? m_others[i].depth : std::vector<float>());
        if (there) m_otherGraphs[i]->setPen(otherPen(m_others[i].place));
    }
}

void MemoryCurve::refresh()
{
    for (int i = 0; i < 3; ++i) {
        m_graphs[i]->data()->clear();
        m_texts[i]->setVisible(false);
    }
    m_swap->data()->clear();
    m_point->data()->clear();
    const bool there = !m_depths.empty() && !m_depths.back().depth.empty();
    m_line->setVisible(there && m_half.has_value());
    m_lineText->setVisible(m_line->visible());
    m_title->setText(tr("Change of\nthe answer"));
    m_unit->setText(tr("steps back"));
    std::size_t steps = there ? m_depths.back().depth.size() : 0;
    for (const OtherRuns::Item &other : m_others) steps = std::max(steps, other.depth.size());
    const double last = std::max<double>(1.0, static_cast<double>(steps) - 1.0);
    m_plot->xAxis->setRange(0, last);
    drawOthers();
    if (there) drawOwn(last);
    if (there && m_half) markHalf(last);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QString MemoryCurve::toldAt(int stepsBack) const
{
    QStringList lines;
    const auto k = static_cast<std::size_t>(stepsBack);
    const auto add = [&](const QString &name, const std::vector<float> &values) {
        if (stepsBack >= 0 && k < values.size())
            lines << tr("%1: %2").arg(name, QLocale().toString(values[k], 'f', 2));
    };
    if (!m_depths.empty()) {
        add(m_block, m_depths.back().depth);
        add(swapName(), m_depths.back().swap);
    }
    for (const OtherRuns::Item &other : m_others) add(other.name, other.depth);
    return lines.join(QLatin1Char('\n'));
}

bool MemoryCurve::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::eventFilter(watched, event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto k = static_cast<int>(std::lround(m_plot->xAxis->pixelToCoord(help->pos().x())));
    const QString told = m_plot->axisRect()->rect().contains(help->pos()) ? toldAt(k) : QString();
    if (told.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(),
                           tr("%n step(s) back", nullptr, k) + QLatin1Char('\n') + told, m_plot);
    return true;
}

void MemoryCurve::applyTheme()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    const QColor colour = ownPen().color();
    m_plot->setBackground(t.panel);
    const float alphas[] = {0.45f, 0.7f, 1.0f};
    for (int i = 0; i < 3; ++i) {
        QPen pen = ownPen();
        QColor faded = colour;
        faded.setAlphaF(alphas[i]);
        pen.setColor(faded);
        pen.setWidthF(i == 2 ? kOwn : kOther);
        m_graphs[i]->setPen(pen);
        m_texts[i]->setFont(theme.font(i == 2 ? FontRole::TextBold : FontRole::Text));
        m_texts[i]->setColor(i == 2 ? colour : t.muted);
    }
    m_swap->setPen(swapPen());
    m_point->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour), colour, 9));
    QPen dashes(t.text, 1);
    dashes.setDashPattern({4, 4});
    m_line->setPen(dashes);
    for (QCPItemText *text : {m_lineText, m_title, m_unit}) {
        text->setFont(theme.font(FontRole::Text));
        text->setColor(text == m_unit ? t.muted : t.text);
    }
    m_unit->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_unit->position->setCoords(1.0, 1.0);
    m_unit->setPadding(QMargins(10, 6, 0, 0));
    m_title->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_title->position->setCoords(0, 14);
    styleAxes();
    refresh();
}

void MemoryCurve::styleAxes()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelFont(theme.font(FontRole::Text));
        axis->setTickLabelColor(t.muted);
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    QColor grid = t.border;
    grid.setAlphaF(0.65f);
    m_plot->yAxis->grid()->setPen(QPen(grid, 1));
    m_plot->xAxis->grid()->setVisible(false);
}

} // namespace ostrich::ui
