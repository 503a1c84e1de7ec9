// Rows of names, broken where the width ends.
#include "findings/legend.hpp"

#include "findings/ink.hpp"

#include <QFontMetrics>
#include <qcustomplot.h>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kRow = 20, kLine = 24, kSquare = 12, kPad = 6, kGap = 16;

} // namespace

Legend::Legend(const std::vector<LegendEntry> &entries, int width) : m_entries(entries)
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::Text));
    int x = 0, y = 0;
    for (const LegendEntry &entry : entries) {
        const int sign = (entry.isSquare ? kSquare : kLine) + kPad;
        const int wide = std::min(width, sign + metrics.horizontalAdvance(entry.name) + 2);
        if (x > 0 && x + wide > width) {
            x = 0;
            y += kRow;
        }
        m_places.emplace_back(x, y, wide, kRow);
        x += wide + kGap;
    }
}

int Legend::height() const
{
    return m_places.empty() ? 0 : m_places.back().bottom() + 1;
}

void Legend::paint(QCPPainter &painter, const QPoint &at, const Ink &ink) const
{
    painter.setFont(Theme::instance().font(FontRole::Text));
    const QFontMetrics metrics(painter.font());
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const LegendEntry &entry = m_entries[i];
        const QRect place = m_places[i].translated(at);
        const int sign = entry.isSquare ? kSquare : kLine;
        if (entry.isSquare) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(entry.pen.color());
            painter.drawRoundedRect(QRectF(place.x(), place.y() + 4, kSquare, kSquare), 3, 3);
        } else {
            painter.setPen(entry.pen);
            painter.drawLine(QPointF(place.x(), place.center().y() + 0.5),
                             QPointF(place.x() + kLine, place.center().y() + 0.5));
        }
        painter.setPen(ink.tokens.text);
        const int room = place.width() - sign - kPad;
        painter.drawText(place.adjusted(sign + kPad, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(entry.name, Qt::ElideRight, room));
    }
}

} // namespace ostrich::ui
