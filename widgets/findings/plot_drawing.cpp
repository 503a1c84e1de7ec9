// Curves, bars and steps, drawn by QCustomPlot; names and units around it by hand.
#include "findings/drawing.hpp"
#include "findings/figure_text.hpp"
#include "findings/legend.hpp"
#include "robustness/report.hpp"
#include "robustness/shown.hpp"

#include <qcustomplot.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

namespace ostrich::ui {

namespace {

using robustness::Curve;
using robustness::Plot;

constexpr int kCaption = 22, kPlotHeight = 230, kMostFigures = 14; // on bars
constexpr double kNear = 24.0;                                     // pixels, of a tip
constexpr float kBand = 0.16f;
// Of the names below bars, in pixels: beside the plot, between two, across a slanted one, along it.
constexpr int kAxisRoom = 70, kBetweenNames = 6, kSlantedName = 26, kLongestSlanted = 90;

/// Shares in per cent, levels in 255ths, plain numbers as the language writes them.
class Ticker : public QCPAxisTicker {
public:
    explicit Ticker(bool shares, bool levels = false) : m_shares(shares), m_levels(levels) {}

protected:
    QString getTickLabel(double tick, const QLocale &locale, QChar, int) override
    {
        if (m_shares)
            return locale.toString(tick * 100.0, 'g', 4) + QChar(0x202F) + QLatin1Char('%');
        const QString number = locale.toString(tick, 'g', 4);
        return m_levels && tick != 0.0 ? number + QStringLiteral("/255") : number;
    }
    int getSubTickCount(double) override { return 0; }

private:
    bool m_shares, m_levels;
};

class PlotDrawing : public Drawing {
public:
    explicit PlotDrawing(Plot plot)
        : m_data(std::move(plot)),
          m_names(robustness::shownNames(m_data.xNames, language())),
          m_scale(m_data.xIsLevels ? 255.0 : 1.0)
    {
    }

    std::string key() const override { return m_data.key; }
    QString title() const override { return sentence(m_data.title); }
    int heightFor(int width) const override
    {
        return kCaption + Legend(entries(paperInk()), width).height() + kPlotHeight;
    }
    void paint(QCPPainter &painter, const QSize &size, const Ink &ink) override;
    QString csv() const override
    {
        return QString::fromStdString(robustness::toCsv(m_data, language()));
    }
    QString tipAt(const QPoint &at, const QSize &size) override;

private:
    bool isBars() const { return m_data.style == Plot::Style::Bars; }
    std::vector<LegendEntry> entries(const Ink &ink) const;
    void build(const Ink &ink);
    void styleAxes(const Ink &ink);
    void addCurve(const Curve &curve, int index, const Ink &ink);
    void addBand(const Curve &curve, const QColor &colour);
    void addBars(const Ink &ink);
    void addFigure(double x, double y, const Ink &ink);
    void addDiagonal(const Ink &ink);
    void setRanges();
    void nameBars(int width);

    Plot m_data;
    std::vector<std::string> m_names; // below the bars
    double m_scale;                   // from the data's x to the axis
    std::unique_ptr<QCustomPlot> m_plot;
    int m_top = 0; // where it was painted
};

std::vector<LegendEntry> PlotDrawing::entries(const Ink &ink) const
{
    std::vector<LegendEntry> named;
    if (m_data.curves.size() < 2) return named; // the title says it
    for (std::size_t i = 0; i < m_data.curves.size(); ++i)
        named.push_back({sentence(m_data.curves[i].label),
                         curvePen(ink, static_cast<int>(i), m_data.curves[i].isReference),
                         isBars()});
    return named;
}

void PlotDrawing::styleAxes(const Ink &ink)
{
    const Tokens &t = ink.tokens;
    const Theme &theme = Theme::instance();
    QColor gridColour = t.border;
    gridColour.setAlphaF(0.65f);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(axis == m_plot->xAxis ? QPen(t.border, 1) : QPen(Qt::NoPen));
        axis->setTickPen(axis == m_plot->xAxis ? QPen(t.strong, 1) : QPen(Qt::NoPen));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0, 4);
        axis->setTickLabelFont(theme.font(FontRole::Text));
        axis->setTickLabelColor(t.muted);
        axis->setLabelFont(theme.font(FontRole::Text));
        axis->setLabelColor(t.muted);
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setPen(axis == m_plot->yAxis ? QPen(gridColour, 1) : QPen(Qt::NoPen));
    }
    m_plot->xAxis->setLabel(sentence(m_data.xLabel));
    m_plot->xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new Ticker(false, m_data.xIsLevels)));
    m_plot->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new Ticker(m_data.yIsShare)));
    m_plot->xAxis->ticker()->setTickCount(5);
    m_plot->yAxis->ticker()->setTickCount(4);
}

void PlotDrawing::build(const Ink &ink)
{
    m_plot = std::make_unique<QCustomPlot>();
    m_plot->setLocale(QLocale());
    m_plot->setBackground(ink.tokens.panel);
    m_plot->axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    m_plot->axisRect()->setMinimumMargins(QMargins(40, 0, 0, 20));
    m_plot->axisRect()->setMargins(QMargins(40, 8, 26, 20));
    styleAxes(ink);
    if (m_data.hasDiagonal) addDiagonal(ink);
    if (isBars())
        addBars(ink);
    else
        for (std::size_t i = 0; i < m_data.curves.size(); ++i)
            addCurve(m_data.curves[i], static_cast<int>(i), ink);
    setRanges();
}

void PlotDrawing::addDiagonal(const Ink &ink)
{
    QCPGraph *graph = m_plot->addGraph();
    QPen pen(ink.tokens.strong, 1.5);
    pen.setDashPattern({3, 3});
    graph->setPen(pen);
    graph->setData({0.0, 1.0}, {0.0, 1.0}, true);
}

void PlotDrawing::addBand(const Curve &curve, const QColor &colour)
{
    if (curve.low.size() != curve.x.size() || curve.high.size() != curve.x.size()) return;
    QCPGraph *low = m_plot->addGraph(), *high = m_plot->addGraph();
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
        low->addData(curve.x[i] * m_scale, curve.low[i]);
        high->addData(curve.x[i] * m_scale, curve.high[i]);
    }
    QColor fill = colour;
    fill.setAlphaF(kBand);
    for (QCPGraph *edge : {low, high}) {
        edge->setPen(Qt::NoPen);
        if (m_data.style == Plot::Style::Steps) edge->setLineStyle(QCPGraph::lsStepLeft);
    }
    high->setBrush(fill);
    high->setChannelFillGraph(low);
}

void PlotDrawing::addCurve(const Curve &curve, int index, const Ink &ink)
{
    const QPen pen = curvePen(ink, index, curve.isReference);
    addBand(curve, pen.color());
    QCPGraph *graph = m_plot->addGraph();
    graph->setPen(pen);
    if (m_data.style == Plot::Style::Steps) graph->setLineStyle(QCPGraph::lsStepLeft);
    for (std::size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i)
        graph->addData(curve.x[i] * m_scale, curve.y[i]);
    if (curve.x.size() <= 16 && m_data.style == Plot::Style::Lines) // measured here, drawn between
        graph->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(pen.color()), pen.color(), 6));
}

void PlotDrawing::addBars(const Ink &ink)
{
    std::size_t all = 0;
    const double group = m_data.curves.empty() ? 1.0 : static_cast<double>(m_data.curves.size());
    // Without names the bars are bins, which touch.
    double pitch = 1.0;
    if (m_data.xNames.empty() && !m_data.curves.empty() && m_data.curves.front().x.size() > 1)
        pitch = (m_data.curves.front().x[1] - m_data.curves.front().x[0]) * m_scale;
    const double width = pitch * (m_data.xNames.empty() ? 0.92 : 0.72) / group;
    for (const Curve &curve : m_data.curves) all += curve.x.size();
    for (std::size_t k = 0; k < m_data.curves.size(); ++k) {
        const Curve &curve = m_data.curves[k];
        const QColor colour = curvePen(ink, static_cast<int>(k), curve.isReference).color();
        auto *bars = new QCPBars(m_plot->xAxis, m_plot->yAxis);
        bars->setPen(Qt::NoPen);
        bars->setBrush(colour);
        bars->setWidth(width * 0.92);
        const double shift = (static_cast<double>(k) - (group - 1.0) / 2.0) * width;
        for (std::size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
            const double x = curve.x[i] * m_scale + shift;
            if (!std::isfinite(curve.y[i])) continue;
            bars->addData(x, curve.y[i]);
            if (all <= kMostFigures) addFigure(x, curve.y[i], ink);
        }
    }
}

void PlotDrawing::addFigure(double x, double y, const Ink &ink)
{
    auto *text = new QCPItemText(m_plot.get());
    text->setText(m_data.yIsShare ? probabilityText(y) : figure(y));
    text->setFont(Theme::instance().font(FontRole::Text));
    text->setColor(ink.tokens.text);
    text->setClipToAxisRect(false);
    text->setPositionAlignment(Qt::AlignHCenter | Qt::AlignBottom);
    text->setPadding(QMargins(0, 0, 0, 2));
    text->position->setCoords(x, std::max(0.0, y));
}

void PlotDrawing::setRanges()
{
    double left = std::numeric_limits<double>::infinity(), right = -left, low = left, high = -left;
    for (const Curve &curve : m_data.curves) {
        for (const double x : curve.x) {
            left = std::min(left, x * m_scale);
            right = std::max(right, x * m_scale);
        }
        for (const auto *values : {&curve.y, &curve.low, &curve.high})
            for (const double y : *values) {
                if (!std::isfinite(y)) continue;
                low = std::min(low, y);
                high = std::max(high, y);
            }
    }
    if (!(left <= right)) left = 0.0, right = 1.0;
    if (!(low <= high)) low = 0.0, high = 1.0;
    if (isBars()) {
        const double half = m_data.xNames.empty() ? (right - left) / 20.0 + 1e-9 : 0.6;
        m_plot->xAxis->setRange(left - half, right + half);
    } else {
        m_plot->xAxis->setRange(left, right > left ? right : left + 1.0);
    }
    if (m_data.hasDiagonal) m_plot->xAxis->setRange(0.0, 1.0);
    const bool fromZero = low >= 0.0 && (m_data.yIsShare || isBars() || low < 0.5 * high);
    if (m_data.yIsShare && high > 0.3 && fromZero) return m_plot->yAxis->setRange(0.0, 1.06);
    const double margin = std::max((high - low) * 0.08, 1e-9);
    m_plot->yAxis->setRange(fromZero ? 0.0 : low - margin, high + margin * (isBars() ? 2.0 : 1.0));
}

/// Names below the bars. Where they would run into each other words are slanted; of numbers, which
/// follow each other, some are left out.
void PlotDrawing::nameBars(int width)
{
    if (m_names.empty()) return;
    const QFontMetrics metrics(Theme::instance().font(FontRole::Text));
    const int room = (width - kAxisRoom) / static_cast<int>(m_names.size());
    int widest = 0;
    for (const std::string &name : m_names)
        widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(name)));
    const bool areNumbers = std::ranges::all_of(m_names, [](const std::string &name) {
        return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) != 0;
    });
    const bool isSlanted = widest + kBetweenNames > room && !areNumbers;
    const int needed = isSlanted ? kSlantedName : widest + kBetweenNames;
    const auto every =
        static_cast<std::size_t>(std::max(1, (needed + room - 1) / std::max(1, room)));
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (std::size_t i = 0; i < m_names.size(); i += every)
        ticker->addTick(static_cast<double>(i),
                        metrics.elidedText(QString::fromStdString(m_names[i]), Qt::ElideRight,
                                           isSlanted ? kLongestSlanted : widest));
    m_plot->xAxis->setTicker(ticker);
    m_plot->xAxis->setTickLabelRotation(isSlanted ? -35.0 : 0.0);
}

void PlotDrawing::paint(QCPPainter &painter, const QSize &size, const Ink &ink)
{
    build(ink);
    nameBars(size.width());
    painter.setFont(Theme::instance().font(FontRole::Text));
    painter.setPen(ink.tokens.muted);
    painter.drawText(QRect(0, 0, size.width(), kCaption - 4), Qt::AlignLeft | Qt::AlignVCenter,
                     sentence(m_data.yLabel));
    const auto named = entries(ink);
    const Legend legend(named, size.width());
    legend.paint(painter, {0, kCaption}, ink);
    m_top = kCaption + legend.height();
    painter.save();
    painter.translate(0, m_top);
    m_plot->toPainter(&painter, size.width(), std::max(60, size.height() - m_top));
    painter.restore();
}

QString PlotDrawing::tipAt(const QPoint &at, const QSize &)
{
    if (!m_plot) return {};
    QString tip;
    double nearest = kNear;
    for (const Curve &curve : m_data.curves)
        for (std::size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
            if (!std::isfinite(curve.y[i])) continue;
            const QPointF place(m_plot->xAxis->coordToPixel(curve.x[i] * m_scale),
                                m_plot->yAxis->coordToPixel(curve.y[i]) + m_top);
            const double away = QLineF(place, at).length();
            if (away >= nearest) continue;
            nearest = away;
            const auto bar = static_cast<std::size_t>(std::max(0.0, curve.x[i]));
            const QString where = isBars() && bar < m_names.size()
                                      ? QString::fromStdString(m_names[bar])
                                      : placeText(curve.x[i], m_data.xIsLevels);
            tip = QStringLiteral("%1 · %2: %3")
                      .arg(sentence(curve.label), where, valueText(curve.y[i], m_data.yIsShare));
            if (i < curve.low.size() && i < curve.high.size())
                tip += QStringLiteral(" (%1 – %2)")
                           .arg(valueText(curve.low[i], m_data.yIsShare),
                                valueText(curve.high[i], m_data.yIsShare));
        }
    return tip;
}

} // namespace

DrawingPtr drawingOf(const Plot &plot)
{
    return std::make_unique<PlotDrawing>(plot);
}

} // namespace ostrich::ui
