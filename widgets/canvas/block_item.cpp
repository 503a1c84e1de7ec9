// A thin item around block_painting: keeps the look and asks for repaints.
#include "canvas/block_item.hpp"

#include "canvas/block_painting.hpp"
#include "canvas/canvas_geometry.hpp"

#include <QStyleOptionGraphicsItem>

namespace ostrich::ui {

BlockItem::BlockItem(BlockLook look) : m_look(std::move(look))
{
    setZValue(2.0);
    setToolTip(m_look.spoken);
}

bool BlockItem::setLook(BlockLook look)
{
    if (look == m_look) return false;
    const bool moved = look.size != m_look.size || look.ports != m_look.ports;
    if (look.size != m_look.size) prepareGeometryChange();
    m_look = std::move(look);
    if (toolTip() != m_look.spoken) setToolTip(m_look.spoken);
    update();
    return moved;
}

void BlockItem::setStrip(const Strip &strip)
{
    const bool words = m_strip.isNull() || strip.isNull();
    if (m_strip.isNull() && strip.isNull()) return;
    m_strip = strip;
    if (words)
        update();
    else
        update(kContentLeft, kStripTop, m_look.size.width() - kContentLeft - kContentRight,
               kStripHeight);
}

void BlockItem::setMarked(bool selected)
{
    if (selected == m_selected) return;
    m_selected = selected;
    setZValue(selected ? 2.1 : 2.0);
    update();
}

void BlockItem::setHovered(bool hovered)
{
    if (hovered == m_hovered) return;
    m_hovered = hovered;
    update();
}

QRectF BlockItem::boundingRect() const
{
    return QRectF(QPointF(0, 0), m_look.size)
        .adjusted(-kBlockOverhang, -kBlockOverhang, kBlockOverhang, kBlockOverhang);
}

void BlockItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const double zoom =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    paintBlock(*painter, m_look, {.selected = m_selected, .hovered = m_hovered, .zoom = zoom},
               m_strip);
}

} // namespace ostrich::ui
