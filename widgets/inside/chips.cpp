// Painting of chips.
#include "inside/chips.hpp"

#include "theme/theme.hpp"

#include <QPainter>

namespace ostrich::ui {

void paintChip(QPainter &painter, const QRectF &box, const QString &text, Chip chip)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    const bool marked = chip == Chip::Marked;
    painter.setPen(marked ? QPen(t.accent, 1.5) : Qt::NoPen);
    painter.setBrush(marked ? t.selection : chip == Chip::Raised ? t.panel : t.hover);
    painter.drawRoundedRect(box, 4, 4);
    painter.setFont(theme.font(marked ? FontRole::TextBold : FontRole::Text));
    const QFontMetrics metrics(painter.font());
    if (box.width() < metrics.horizontalAdvance(QLatin1Char('A')) || box.height() < 9)
        return; // too many to be read
    painter.setPen(marked ? t.accent : t.text);
    painter.drawText(box, Qt::AlignCenter,
                     metrics.elidedText(text, Qt::ElideRight, static_cast<int>(box.width()) + 2));
}

} // namespace ostrich::ui
