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

/// Around the origin: the block's top left corner is (0, 0).
void paintBlock(QPainter &painter, const BlockLook &look, const BlockState &state,
                const QPixmap &strip);
void paintPort(QPainter &painter, const QPointF &centre, const QColor &line, bool lit);

/// How far a block draws beyond its size: ports, halo.
inline constexpr double kBlockOverhang = 8.0;

} // namespace ostrich::ui
