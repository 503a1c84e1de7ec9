// Draws one card or pill with its ports. No model, no item: a look, a state, a painter.
#pragma once

#include "canvas/block_look.hpp"

#include <QPainter>
#include <QPixmap>

namespace ostrich::ui {

struct BlockState {
    bool selected = false;
    bool hovered = false;
    double zoom = 1.0;
};

/// The live picture at a card's foot. Its words are drawn, not kept as pixels: sharp at any zoom.
struct Strip {
    QPixmap picture;
    QString words; // right of a sample's picture

    bool isNull() const { return picture.isNull(); }
};

/// Around the origin: the block's top left corner is (0, 0).
void paintBlock(QPainter &painter, const BlockLook &look, const BlockState &state,
                const Strip &strip);
void paintPort(QPainter &painter, const QPointF &centre, const QColor &line, bool lit);

/// How far a block draws beyond its size: ports, halo, the edges of stacked layers.
inline constexpr double kBlockOverhang = 9.0;

} // namespace ostrich::ui
