// Drawing the overlay with QCustomPlot, and its legend by hand, which knows dashes.
#include "curves/overlay_plot.hpp"

#include "theme/theme.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ostrich::ui {

namespace {

constexpr double kThick = 2.5, kThin = 1.0;
constexpr float kThinAlpha = 0.5f;
constexpr double kTowering = 3.0; // times the middle one of the curves' tops: cut off there
constexpr int kLegendRow = 20, kLegendLine = 28, kLegendGap = 18, kLegendPad = 6;

/// Okabe and Ito's, in the lightness of the theme; reddish purple is the design's for other runs.
std::vector<QColor> seriesColours()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    const QColor purple(theme.isDark() ? 0xDB93BC : 0xB0568A);
    return {t.training, t.attack, t.test, purple, t.text, t.validation};
}

/// Percent where shares are shown.
class PercentTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale &locale, QChar, int) override
    {
        return locale.toString(tick * 100.0, 'g', 3) + QChar(0x202F) + QLatin1Char('%');
    }
};

/// Whole epochs only.
class EpochTicker : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange &range) override
    {
        return std::max(1.0, std::round(QCPAxisTicker::getTickStep(range)));
    }
    int getSubTickCount(double) override { return 0; }
};

/// The smallest value of all; the largest, unless that of one curve that towers above the others,
/// which would flatten them. 0 and 1: there are no curves.
QCPRange valueRange(const std::vector<OverlaySeries> &series)
{
    double low = std::numeric_limits<double>::infinity();
    std::vector<double> tops;
    for (const OverlaySeries &each : series)
        for (const QList<QPointF> &curve : each.curves) {
            if (curve.isEmpty()) continue;
            const auto [least, most] = std::ranges::minmax(curve, {}, &QPointF::y);
            low = std::min(low, least.y());
            tops.push_back(most.y());
        }
    if (tops.empty()) return {0.0, 1.0};
    std::ranges::sort(tops);
    const double middle = tops[(tops.size() - 1) / 2];
    const double high = middle > 0.0 ? std::min(tops.back(), kTowering * middle) : tops.back();
    return {low, std::max(low, high)};
}

} // namespace

QPen seriesPen(int index, double width)
{
    static const std::vector<QList<double>> dashes = {
        {}, {5, 3}, {1.5, 2.5}, {6, 2.5, 1.5, 2.5}, {9, 3}};
    const auto colours = seriesColours();
    const auto at = static_cast<std::size_t>(index);
    QPen pen(colours[at % colours.size()], width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    // A second round of the colours meets other dashes.
    const auto &dash = dashes[(at + at / colours.size()) % dashes.size()];
    if (!dash.isEmpty()) pen.setDashPattern(dash);
    return pen;
}

QList<QPointF> meanCurve(const std::vector<QList<QPointF>> &curves)
{
    if (curves.empty()) return {};
    QList<QPointF> mean = curves.front();
    for (std::size_t i = 1; i < curves.size(); ++i) {
        QList<QPointF> common;
        auto point = curves[i].begin(); // epochs rise in both
        for (const QPointF &sum : mean) {
            while (point != curves[i].end() && point->x() < sum.x()) ++point;
            if (point == curves[i].end()) break;
            if (point->x() == sum.x()) common << QPointF(sum.x(), sum.y() + point->y());
        }
        mean = common;
    }
    for (QPointF &point : mean) point.ry() /= static_cast<double>(curves.size());
    return mean;
}

OverlayPlot::OverlayPlot(QWidget *parent) : QCustomPlot(parent)
{
    setInteractions(QCP::iNone);
    axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    axisRect()->setMinimumMargins(QMargins(34, 0, 0, 20));
    axisRect()->setMargins(QMargins(34, 10, 14, 20));
    xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new EpochTicker));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        applyTheme();
        draw();
    });
    applyTheme();
    draw();
}

void OverlayPlot::applyTheme()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    setBackground(t.panel);
    QColor gridColour = t.border;
    gridColour.setAlphaF(0.65f);
    for (QCPAxis *axis : {xAxis, yAxis}) {
        axis->setBasePen(axis == xAxis ? QPen(t.border, 1) : QPen(Qt::NoPen));
        axis->setTickPen(axis == xAxis ? QPen(t.strong, 1) : QPen(Qt::NoPen));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelFont(theme.font(FontRole::Text));
        axis->setTickLabelColor(t.muted);
        axis->setTickLength(0, 4);
        axis->setTickLabelPadding(6);
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setPen(axis == yAxis ? QPen(gridColour, 1) : QPen(Qt::NoPen));
    }
}

void OverlayPlot::show(std::vector<OverlaySeries> series, bool shares)
{
    if (series == m_series && shares == m_shares) return;
    m_series = std::move(series);
    m_shares = shares;
    draw();
}

void OverlayPlot::addCurve(const QList<QPointF> &points, const QPen &pen)
{
    QCPGraph *graph = addGraph();
    graph->setPen(pen);
    for (const QPointF &point : points) graph->addData(point.x(), point.y());
    if (points.size() == 1) // a line needs two
        graph->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(pen.color()), pen.color(), 7));
}

void OverlayPlot::draw()
{
    clearGraphs();
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const auto &curves = m_series[i].curves;
        const QPen thick = seriesPen(static_cast<int>(i), kThick);
        if (curves.size() == 1) {
            addCurve(curves.front(), thick);
            continue;
        }
        QColor faint = thick.color();
        faint.setAlphaF(kThinAlpha);
        for (const QList<QPointF> &curve : curves) addCurve(curve, QPen(faint, kThin));
        addCurve(meanCurve(curves), thick);
    }
    setRanges();
    replot(QCustomPlot::rpQueuedReplot);
}

void OverlayPlot::setRanges()
{
    double last = 2.0;
    for (const OverlaySeries &each : m_series)
        for (const QList<QPointF> &curve : each.curves)
            if (!curve.isEmpty()) last = std::max(last, curve.back().x());
    xAxis->setRange(1.0, last);
    xAxis->ticker()->setTickCount(std::clamp(axisRect()->width() / 70, 2, 10));
    xAxis->ticker()->setTickOrigin(last > 10.0 ? 0.0 : 1.0);
    auto [low, high] = valueRange(m_series);
    // Zero belongs to the picture unless all is far from it.
    if (low > 0.0 && low < 0.5 * high) low = 0.0;
    const double margin = std::max((high - low) * 0.05, 1e-6);
    yAxis->setRange(low == 0.0 ? 0.0 : low - margin,
                    m_shares ? std::min(1.0, high + margin) : high + margin);
    const QSharedPointer<QCPAxisTicker> ticker(m_shares ? new PercentTicker : new QCPAxisTicker);
    ticker->setTickCount(5);
    yAxis->setTicker(ticker);
    yAxis->setNumberFormat(QStringLiteral("gb"));
    yAxis->setNumberPrecision(4);
    setLocale(QLocale());
}

void OverlayPlot::resizeEvent(QResizeEvent *event)
{
    QCustomPlot::resizeEvent(event);
    setRanges();
}

OverlayLegend::OverlayLegend(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void OverlayLegend::show(const QStringList &names)
{
    m_names = names;
    setAccessibleName(names.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

std::vector<QRect> OverlayLegend::places(int width) const
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::Text));
    std::vector<QRect> found;
    int x = 0, y = 0;
    for (const QString &name : m_names) {
        const int wide = std::min(width, kLegendLine + kLegendPad + metrics.horizontalAdvance(name)
                                             + kLegendGap);
        if (x > 0 && x + wide > width + kLegendGap) {
            x = 0;
            y += kLegendRow;
        }
        found.emplace_back(x, y, wide, kLegendRow);
        x += wide;
    }
    return found;
}

int OverlayLegend::heightForWidth(int width) const
{
    const auto found = places(width);
    return found.empty() ? 0 : found.back().bottom() + 1;
}

QSize OverlayLegend::sizeHint() const
{
    return {320, heightForWidth(std::max(width(), 320))};
}

void OverlayLegend::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Text));
    const auto found = places(width());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const QRect &at = found[i];
        painter.setPen(seriesPen(static_cast<int>(i), kThick));
        painter.drawLine(QPointF(at.x(), at.center().y() + 0.5),
                         QPointF(at.x() + kLegendLine, at.center().y() + 0.5));
        painter.setPen(theme.tokens().text);
        const QRect text = at.adjusted(kLegendLine + kLegendPad, 0, 0, 0);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_names.at(static_cast<int>(i)),
                                                          Qt::ElideRight, text.width()));
    }
}

} // namespace ostrich::ui
