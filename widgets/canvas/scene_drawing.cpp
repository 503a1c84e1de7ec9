// What the scene draws besides its items: the dots below, and above them the forks and a gesture's
// marks.
#include "canvas/block_painting.hpp"
#include "canvas/canvas_geometry.hpp"
#include "canvas/canvas_scene.hpp"
#include "theme/theme.hpp"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kDotsFromZoom = 0.5; // below it the dots would become a grey haze

/// One cell of the dotted canvas, so that the background is one tiled blit.
QPixmap dotTile(double zoom, qreal ratio)
{
    const Tokens &tokens = Theme::instance().tokens();
    const int side = std::max(1, static_cast<int>(std::lround(kDotPitch * zoom * ratio)));
    QPixmap tile(side, side);
    tile.fill(tokens.canvas);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.grid);
    painter.drawEllipse(QPointF(side / 2.0, side / 2.0), ratio, ratio);
    return tile;
}

} // namespace

void CanvasScene::drawBackground(QPainter *painter, const QRectF &rect)
{
    const Tokens &tokens = Theme::instance().tokens();
    painter->fillRect(rect, tokens.canvas);
    const double zoom =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    if (zoom < kDotsFromZoom) return;
    if (zoom == 1.0) {
        // Dots stand at multiples of the pitch: half a tile off.
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap tile = dotTile(1.0, ratio);
        tile.setDevicePixelRatio(ratio);
        const double left = std::floor(rect.left() / kDotPitch) * kDotPitch - kDotPitch / 2;
        const double top = std::floor(rect.top() / kDotPitch) * kDotPitch - kDotPitch / 2;
        painter->drawTiledPixmap(QRectF(QPointF(left, top), rect.bottomRight()), tile);
        return;
    }
    painter->setPen(QPen(tokens.grid, 2.0 / std::max(1.0, zoom), Qt::SolidLine, Qt::RoundCap));
    QList<QPointF> dots;
    for (double x = std::floor(rect.left() / kDotPitch) * kDotPitch; x <= rect.right();
         x += kDotPitch)
        for (double y = std::floor(rect.top() / kDotPitch) * kDotPitch; y <= rect.bottom();
             y += kDotPitch)
            dots << QPointF(x, y);
    painter->drawPoints(dots.constData(), static_cast<int>(dots.size()));
}

void CanvasScene::drawForeground(QPainter *painter, const QRectF &)
{
    const Tokens &tokens = Theme::instance().tokens();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(tokens.wire);
    for (const QPointF &fork : m_forks) painter->drawEllipse(fork, kForkDot / 2, kForkDot / 2);

    for (const PortRef &port : m_draft.litPorts)
        paintPort(*painter, position(port), tokens.accent, true);
    painter->setBrush(Qt::NoBrush);
    if (!m_draft.wire.isEmpty()) {
        painter->setPen(QPen(tokens.accent, 2.0));
        painter->drawPath(m_draft.wire);
    }
    if (!m_draft.guides.empty()) {
        QPen guide(tokens.accent, 1.0, Qt::DashLine);
        guide.setCosmetic(true);
        painter->setPen(guide);
        painter->drawLines(m_draft.guides.data(), static_cast<int>(m_draft.guides.size()));
    }
    if (!m_draft.ghost.isNull()) {
        painter->setPen(QPen(tokens.accent, 2.0, Qt::DashLine));
        painter->drawRoundedRect(m_draft.ghost, kCardRadius, kCardRadius);
    }
    if (!m_draft.band.isNull()) {
        QColor fill = tokens.accent;
        fill.setAlphaF(0.08f);
        QPen edge(tokens.accent, 1.0);
        edge.setCosmetic(true);
        painter->setPen(edge);
        painter->setBrush(fill);
        painter->drawRect(m_draft.band);
    }
}

QRectF CanvasScene::draftArea(const Draft &draft) const
{
    constexpr double kMargin = 12.0;
    QRectF area = draft.band | draft.ghost | draft.wire.boundingRect();
    for (const PortRef &port : draft.litPorts) area |= QRectF(position(port), QSizeF(1, 1));
    for (const QLineF &guide : draft.guides)
        area |= QRectF(guide.p1(), guide.p2()).normalized().adjusted(-1, -1, 1, 1);
    return area.isNull() ? area : area.adjusted(-kMargin, -kMargin, kMargin, kMargin);
}

} // namespace ostrich::ui
