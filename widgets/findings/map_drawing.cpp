// A map in the plane: values by colour, or classes with their names, and an attack's path on it.
#include "findings/drawing.hpp"
#include "findings/figure_text.hpp"
#include "findings/legend.hpp"
#include "robustness/report.hpp"

#include <QImage>
#include <QPainterPath>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace ostrich::ui {

namespace {

using robustness::Map;

constexpr int kCaption = 22, kScale = 34; // below the map: its axis; the scale of colours
constexpr int kHighest = 340, kBar = 140;
constexpr float kClassAlpha = 0.35f;

class MapDrawing : public Drawing {
public:
    explicit MapDrawing(Map map) : m_map(std::move(map))
    {
        m_least = std::numeric_limits<double>::infinity();
        m_most = -m_least;
        for (const double value : m_map.values) {
            if (!std::isfinite(value)) continue;
            m_least = std::min(m_least, value);
            m_most = std::max(m_most, value);
            if (!m_map.classes.empty()) m_seen.insert(static_cast<int>(value));
        }
    }

    std::string key() const override { return m_map.key; }
    QString title() const override { return sentence(m_map.title); }
    int heightFor(int width) const override
    {
        const int below =
            m_map.classes.empty() ? kScale : Legend(entries(paperInk()), width).height() + 8;
        return kCaption + mapSize(width).height() + kCaption + below;
    }
    void paint(QCPPainter &painter, const QSize &size, const Ink &ink) override;
    QString csv() const override { return QString::fromStdString(robustness::toCsv(m_map)); }
    QString tipAt(const QPoint &at, const QSize &size) override;

private:
    QSize mapSize(int width) const
    {
        const double ratio =
            m_map.width > 0 && m_map.height > 0
                ? static_cast<double>(m_map.height) / static_cast<double>(m_map.width)
                : 1.0;
        const int high = std::min(kHighest, static_cast<int>(width * ratio));
        return {std::min(width, static_cast<int>(high / ratio)), high};
    }
    QRect mapRect(const QSize &size) const { return {QPoint(0, kCaption), mapSize(size.width())}; }
    QPointF place(const QRect &box, double x, double y) const
    {
        return {box.x() + (x - m_map.xFrom) / (m_map.xTo - m_map.xFrom) * box.width(),
                box.bottom() + 1 - (y - m_map.yFrom) / (m_map.yTo - m_map.yFrom) * box.height()};
    }
    /// The classes that are on the map.
    std::vector<LegendEntry> entries(const Ink &ink) const
    {
        std::vector<LegendEntry> named;
        for (const int index : m_seen)
            if (static_cast<std::size_t>(index) < m_map.classes.size())
                named.push_back(
                    {QString::fromStdString(m_map.classes[static_cast<std::size_t>(index)]),
                     QPen(classColour(index, ink)), true});
        return named;
    }
    QColor classColour(int index, const Ink &ink) const
    {
        const auto order = std::distance(m_seen.begin(), m_seen.find(index));
        const QColor colour = curvePen(ink, static_cast<int>(order)).color();
        const QColor &ground = ink.tokens.panel;
        const auto mixed = [](int a, int b) {
            return static_cast<int>(std::lround(a * (1.0f - kClassAlpha) + b * kClassAlpha));
        };
        return {mixed(ground.red(), colour.red()), mixed(ground.green(), colour.green()),
                mixed(ground.blue(), colour.blue())};
    }
    QColor colour(double value, const Ink &ink) const
    {
        if (!std::isfinite(value)) return ink.tokens.window;
        if (!m_map.classes.empty()) return classColour(static_cast<int>(value), ink);
        if (m_least < 0.0 && m_most > 0.0)
            return ink.signedUnit(value / std::max(-m_least, m_most));
        return ink.unit(m_most > m_least ? (value - m_least) / (m_most - m_least) : 0.5);
    }
    QImage image(const Ink &ink) const;
    void paintPath(QCPPainter &painter, const QRect &box, const Ink &ink) const;
    void paintAxes(QCPPainter &painter, const QRect &box, const Ink &ink) const;
    void paintScale(QCPPainter &painter, const QPoint &at, const Ink &ink) const;

    Map m_map;
    double m_least, m_most;
    std::set<int> m_seen; // classes
};

/// A pixel for each value, the highest y on top.
QImage MapDrawing::image(const Ink &ink) const
{
    QImage image(static_cast<int>(m_map.width), static_cast<int>(m_map.height),
                 QImage::Format_RGB32);
    for (int row = 0; row < image.height(); ++row)
        for (int column = 0; column < image.width(); ++column)
            image.setPixelColor(
                column, image.height() - 1 - row,
                colour(m_map.values[static_cast<std::size_t>(row * image.width() + column)], ink));
    return image;
}

void MapDrawing::paintPath(QCPPainter &painter, const QRect &box, const Ink &ink) const
{
    const std::size_t points = std::min(m_map.pathX.size(), m_map.pathY.size());
    if (points == 0) return;
    QPainterPath path(place(box, m_map.pathX[0], m_map.pathY[0]));
    for (std::size_t i = 1; i < points; ++i)
        path.lineTo(place(box, m_map.pathX[i], m_map.pathY[i]));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink.tokens.panel, 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setPen(QPen(ink.tokens.text, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setBrush(ink.tokens.panel);
    painter.drawEllipse(place(box, m_map.pathX[0], m_map.pathY[0]), 5, 5);
    painter.setPen(QPen(ink.tokens.panel, 1.5));
    painter.setBrush(ink.tokens.attack);
    painter.drawEllipse(place(box, m_map.pathX[points - 1], m_map.pathY[points - 1]), 6, 6);
}

void MapDrawing::paintAxes(QCPPainter &painter, const QRect &box, const Ink &ink) const
{
    painter.setPen(ink.tokens.muted);
    painter.drawText(QRect(0, 0, box.width(), kCaption - 2), Qt::AlignLeft | Qt::AlignVCenter,
                     QStringLiteral("↑ ") + sentence(m_map.yLabel)
                         + QStringLiteral(", %1 – %2").arg(figure(m_map.yFrom), figure(m_map.yTo)));
    const QRect below(box.x(), box.bottom() + 3, box.width(), kCaption - 2);
    const QString from = figure(m_map.xFrom), to = figure(m_map.xTo);
    const QFontMetrics metrics(painter.font());
    const int beside = 8 + std::max(metrics.horizontalAdvance(from), metrics.horizontalAdvance(to));
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, from);
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, to);
    painter.drawText(below, Qt::AlignCenter,
                     metrics.elidedText(sentence(m_map.xLabel) + QStringLiteral(" →"),
                                        Qt::ElideRight, std::max(40, box.width() - 2 * beside)));
}

void MapDrawing::paintScale(QCPPainter &painter, const QPoint &at, const Ink &ink) const
{
    if (!(m_least <= m_most)) return;
    const QFontMetrics metrics(painter.font());
    const QString least = figure(m_least), most = figure(m_most);
    const int left = at.x() + metrics.horizontalAdvance(least) + 8;
    painter.setPen(ink.tokens.muted);
    painter.drawText(QRect(at.x(), at.y(), left - at.x(), 20), Qt::AlignVCenter, least);
    painter.drawText(QRect(left + kBar + 8, at.y(), 200, 20), Qt::AlignVCenter, most);
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < kBar; ++i) {
        painter.setBrush(colour(m_least + (m_most - m_least) * (i + 0.5) / kBar, ink));
        painter.drawRect(QRect(left + i, at.y() + 5, 1, 10));
    }
}

void MapDrawing::paint(QCPPainter &painter, const QSize &size, const Ink &ink)
{
    painter.setFont(Theme::instance().font(FontRole::Text));
    const QRect box = mapRect(size);
    if (m_map.width > 0 && m_map.height > 0) {
        // Classes keep their edges; values melt into each other.
        painter.setRenderHint(QPainter::SmoothPixmapTransform, m_map.classes.empty());
        painter.drawImage(box, image(ink));
    }
    painter.save();
    painter.setClipRect(box);
    paintPath(painter, box, ink);
    painter.restore();
    paintAxes(painter, box, ink);
    const QPoint below(0, box.bottom() + kCaption + 8);
    if (m_map.classes.empty()) return paintScale(painter, below, ink);
    const auto named = entries(ink);
    Legend(named, size.width()).paint(painter, below, ink);
}

QString MapDrawing::tipAt(const QPoint &at, const QSize &size)
{
    const QRect box = mapRect(size);
    if (!box.contains(at) || m_map.width == 0 || m_map.height == 0) return {};
    const auto column = (at.x() - box.x()) * m_map.width / box.width();
    const auto row = m_map.height - 1 - (at.y() - box.y()) * m_map.height / box.height();
    const double value = m_map.values[static_cast<std::size_t>(row * m_map.width + column)];
    const auto index = static_cast<std::size_t>(std::max(0.0, value));
    return index < m_map.classes.size() ? QString::fromStdString(m_map.classes[index])
                                        : figure(value);
}

} // namespace

DrawingPtr drawingOf(const Map &map)
{
    return std::make_unique<MapDrawing>(map);
}

} // namespace ostrich::ui
