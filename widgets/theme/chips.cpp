// Painting of chips.
#include "theme/chips.hpp"

#include "theme/theme.hpp"

#include <QPainter>

namespace ostrich::ui {

namespace {

constexpr int kAttackTint = 32; // of 255, over the panel

struct Look {
    QPen outline = Qt::NoPen;
    QColor fill, ink;
};

Look lookOf(Chip chip)
{
    const Tokens &t = Theme::instance().tokens();
    QColor tint = t.attack;
    tint.setAlpha(kAttackTint);
    switch (chip) {
    case Chip::Marked:
        return {QPen(t.accent, 1.5), t.selection, t.accent};
    case Chip::Raised:
        return {Qt::NoPen, t.panel, t.text};
    case Chip::Leaving:
        return {QPen(t.attack, 1.5, Qt::DashLine), t.panel, t.text};
    case Chip::Arrived:
        return {QPen(t.attack, 1.5), tint, t.attackText};
    case Chip::Unknown:
        return {QPen(t.strong, 1.0, Qt::DotLine), t.panel, t.muted};
    case Chip::Plain:
        break;
    }
    return {Qt::NoPen, t.hover, t.text};
}

} // namespace

void paintChip(QPainter &painter, const QRectF &box, const QString &text, Chip chip)
{
    paintChip(painter, box, text, chip, Theme::instance().font(FontRole::Text));
}

void paintChip(QPainter &painter, const QRectF &box, const QString &text, Chip chip, QFont font)
{
    const Look look = lookOf(chip);
    painter.setPen(look.outline);
    painter.setBrush(look.fill);
    painter.drawRoundedRect(box, 4, 4);
    if (chip == Chip::Marked || chip == Chip::Arrived) font.setWeight(QFont::DemiBold);
    font.setStrikeOut(chip == Chip::Leaving);
    font.setUnderline(chip == Chip::Arrived);
    painter.setFont(font);
    const QFontMetrics metrics(font);
    if (box.width() < metrics.horizontalAdvance(QLatin1Char('A')) || box.height() < 9)
        return; // too many to be read
    painter.setPen(look.ink);
    painter.drawText(box, Qt::AlignCenter,
                     metrics.elidedText(text, Qt::ElideRight, static_cast<int>(box.width()) + 2));
}

} // namespace ostrich::ui
