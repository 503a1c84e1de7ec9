// One block on the scene: a card or pill at the model's position. Owns nothing of the model, only
// how it looks.
#pragma once

#include "canvas/block_painting.hpp"

#include <QGraphicsItem>

namespace ostrich::ui {

class BlockItem : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };

    explicit BlockItem(BlockLook look);

    const BlockLook &look() const { return m_look; }
    /// Repaints only on change; true: its size or ports are others now.
    bool setLook(BlockLook look);
    void setStrip(const Strip &strip); // repaints the strip alone
    bool hasStrip() const { return !m_strip.isNull(); }
    void setMarked(bool selected);
    void setHovered(bool hovered);

    QRectF body() const { return {pos(), m_look.size}; } // on the scene
    int type() const override { return Type; }
    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    BlockLook m_look;
    Strip m_strip;
    bool m_selected = false;
    bool m_hovered = false;
};

} // namespace ostrich::ui
