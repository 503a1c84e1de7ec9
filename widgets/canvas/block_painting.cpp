// The look of cards and pills, after the design's geometry.
#include "canvas/block_painting.hpp"

#include "canvas/block_strip.hpp"
#include "canvas/canvas_geometry.hpp"
#include "theme/theme.hpp"

#include <QFontMetricsF>
#include <QPainterPath>

namespace ostrich::ui {

namespace {

constexpr double kTitleTop = 8.0;
constexpr double kTitleHeight = 20.0;
constexpr double kSummaryHeight = 18.0;
constexpr int kIcon = 20;
constexpr int kPillIcon = 18;
constexpr double kIconGap = 6.0;
constexpr double kPillGap = 5.0;
constexpr double kSampleGap = 10.0; // from a sample's picture to its words
constexpr double kSign = 14.0;
constexpr double kSignGap = 4.0;
constexpr double kStackStep = 4.0; // from one layer's edge to the next

bool isWrong(const BlockLook &look)
{
    return look.liveness == Liveness::Wrong;
}

QColor outlineColour(const BlockLook &look, const BlockState &state)
{
    const Tokens &tokens = Theme::instance().tokens();
    if (isWrong(look)) return tokens.error;
    if (state.selected) return tokens.accent;
    return state.hovered ? tokens.control : tokens.border;
}

void paintIcon(QPainter &painter, const BlockLook &look, const QPointF &at, int size, double zoom)
{
    const qreal ratio = painter.device()->devicePixelRatioF() * std::max(1.0, zoom);
    const QPixmap icon =
        Theme::instance().pixmap(look.icon, Theme::instance().category(look.category), size, ratio);
    if (!icon.isNull())
        painter.drawPixmap(QRectF(at.x(), at.y(), size, size), icon, QRectF(icon.rect()));
}

/// As many parts as fit, the last of them elided only when it stands alone.
QString fitted(const QStringList &parts, const QFontMetricsF &metrics, double width)
{
    for (qsizetype count = parts.size(); count > 1; --count) {
        const QString text = parts.mid(0, count).join(QStringLiteral(" · "));
        if (metrics.horizontalAdvance(text) <= width) return text;
    }
    return parts.isEmpty() ? QString() : metrics.elidedText(parts.front(), Qt::ElideRight, width);
}

/// Halo, body, outline; the outline is inside the block's size.
void paintBody(QPainter &painter, const BlockLook &look, const BlockState &state, double radius)
{
    const Tokens &tokens = Theme::instance().tokens();
    const QRectF box(QPointF(0, 0), look.size);
    const bool marked = isWrong(look) || state.selected;
    if (marked) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isWrong(look) && !state.selected ? tokens.errorBackground
                                                          : tokens.selection);
        painter.drawRoundedRect(box.adjusted(-kHalo, -kHalo, kHalo, kHalo), radius + kHalo,
                                radius + kHalo);
    }
    const double stroke = marked ? 2.0 : 1.0;
    const double inset = stroke / 2;
    const QRectF middle = box.adjusted(inset, inset, -inset, -inset);
    painter.setBrush(tokens.panel);
    painter.setPen(QPen(outlineColour(look, state), stroke));
    painter.drawRoundedRect(middle, radius - inset, radius - inset);
}

void paintStripe(QPainter &painter, const BlockLook &look)
{
    QPainterPath card;
    card.addRoundedRect(QRectF(QPointF(0, 0), look.size), kCardRadius, kCardRadius);
    QPainterPath left;
    left.addRect(0, 0, kStripe, look.size.height());
    painter.fillPath(card.intersected(left), Theme::instance().category(look.category));
}

/// Layers stacked in one block, or a group's network: the edges of those behind it, two at most.
void paintLayers(QPainter &painter, const BlockLook &look)
{
    const Tokens &tokens = Theme::instance().tokens();
    painter.setPen(QPen(tokens.control, 1.0));
    painter.setBrush(tokens.panel);
    for (int behind = std::min(look.layers - 1, 2); behind > 0; --behind)
        painter.drawRoundedRect(QRectF(QPointF(0.5, 0.5), look.size - QSizeF(1, 1))
                                    .translated(behind * kStackStep, -behind * kStackStep),
                                kCardRadius, kCardRadius);
}

/// An arrow with two heads.
void paintBothWays(QPainter &painter, const QRectF &box)
{
    const double y = box.center().y(), head = 3.5;
    const QPointF left(box.left() + 1, y), right(box.right() - 1, y);
    painter.drawLine(left, right);
    for (const double side : {-head, head}) {
        painter.drawLine(left, left + QPointF(head, side));
        painter.drawLine(right, right + QPointF(-head, side));
    }
}

/// The half of a square that a causal mask leaves open.
void paintCausal(QPainter &painter, const QRectF &box)
{
    const QRectF square = box.adjusted(1.5, 1.5, -1.5, -1.5);
    const QPointF half[] = {square.topLeft(), square.bottomLeft(), square.bottomRight()};
    painter.save();
    painter.setBrush(painter.pen().color());
    painter.drawPolygon(half, 3);
    painter.restore();
    painter.drawRect(square);
}

/// Two links of a chain.
void paintLink(QPainter &painter, const QRectF &box)
{
    const double wide = 8.0, high = 5.0;
    painter.save();
    painter.translate(box.center());
    painter.rotate(-45.0);
    painter.drawRoundedRect(QRectF(-wide + 1.0, -high / 2, wide, high), high / 2, high / 2);
    painter.drawRoundedRect(QRectF(-1.0, -high / 2, wide, high), high / 2, high / 2);
    painter.restore();
}

/// Signs at the right of the title; returns how much of its room they take.
double paintSigns(QPainter &painter, const BlockLook &look)
{
    double taken = 0.0;
    painter.save();
    painter.setPen(
        QPen(Theme::instance().tokens().muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const auto next = [&] {
        taken += kSign + kSignGap;
        return QRectF(look.size.width() - kContentRight - taken + kSignGap,
                      kTitleTop + (kTitleHeight - kSign) / 2, kSign, kSign);
    };
    if (look.bothWays) paintBothWays(painter, next());
    if (look.causal) paintCausal(painter, next());
    if (look.tied) paintLink(painter, next());
    painter.restore();
    return taken;
}

void paintCardWords(QPainter &painter, const BlockLook &look)
{
    const Theme &theme = Theme::instance();
    const double width = look.size.width() - kContentLeft - kContentRight;
    const double nameLeft = kContentLeft + kIcon + kIconGap;
    const double nameWidth =
        look.size.width() - kContentRight - nameLeft - paintSigns(painter, look);
    painter.setFont(theme.font(FontRole::TextBold));
    painter.setPen(theme.tokens().text);
    const QFontMetricsF metrics(painter.font());
    const bool fits = look.label.isEmpty() || metrics.horizontalAdvance(look.title) <= nameWidth;
    painter.drawText(QRectF(nameLeft, kTitleTop, nameWidth, kTitleHeight),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(fits ? look.title : look.label, Qt::ElideRight, nameWidth));
    painter.setFont(theme.font(FontRole::Text));
    painter.setPen(theme.tokens().muted);
    painter.drawText(QRectF(kContentLeft, kTitleTop + kTitleHeight, width, kSummaryHeight),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     fitted(look.summary, QFontMetricsF(painter.font()), width));
}

void paintCard(QPainter &painter, const BlockLook &look, const BlockState &state,
               const Strip &strip)
{
    if (look.layers > 1) paintLayers(painter, look);
    paintBody(painter, look, state, kCardRadius);
    paintStripe(painter, look);
    const QRectF room(kContentLeft, kStripTop, look.size.width() - kContentLeft - kContentRight,
                      kStripHeight);
    if (!strip.isNull()) painter.drawPixmap(room, strip.picture, QRectF(strip.picture.rect()));
    paintIcon(painter, look, {kContentLeft, kTitleTop}, kIcon, state.zoom);
    if (state.zoom < kWordsFromZoom) return;
    paintCardWords(painter, look);
    const QRectF words = room.adjusted(strip.isNull() ? 0 : kStripHeight + kSampleGap, 0, 0, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(painter.font())
                         .elidedText(strip.isNull() ? stripWords(look) : strip.words,
                                     Qt::ElideRight, words.width()));
}

void paintPill(QPainter &painter, const BlockLook &look, const BlockState &state)
{
    paintBody(painter, look, state, std::min(look.size.height(), 40.0) / 2);
    painter.setFont(Theme::instance().font(FontRole::TextBold));
    const QFontMetricsF metrics(painter.font());
    const double room = look.size.width() - kPillIcon - kPillGap - 12.0;
    const QString title = metrics.elidedText(look.title, Qt::ElideRight, room);
    const double width = kPillIcon + kPillGap + metrics.horizontalAdvance(title);
    const double left = (look.size.width() - 2.0 - width) / 2;
    paintIcon(painter, look, {left, (look.size.height() - kPillIcon) / 2}, kPillIcon, state.zoom);
    if (state.zoom < kWordsFromZoom) return;
    painter.setPen(Theme::instance().tokens().text);
    painter.drawText(QRectF(left + kPillIcon + kPillGap, 0, look.size.width(), look.size.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, title);
}

} // namespace

void paintPort(QPainter &painter, const QPointF &centre, const QColor &line, bool lit)
{
    const double size = lit ? kLitPort : kPort;
    const double stroke = lit ? 2.0 : 1.5;
    const double radius = (size - stroke) / 2;
    painter.setPen(QPen(line, stroke));
    painter.setBrush(lit ? Theme::instance().tokens().selection : Theme::instance().tokens().panel);
    painter.drawEllipse(centre, radius, radius);
}

void paintBlock(QPainter &painter, const BlockLook &look, const BlockState &state,
                const Strip &strip)
{
    painter.setRenderHint(QPainter::Antialiasing);
    if (look.pill)
        paintPill(painter, look, state);
    else
        paintCard(painter, look, state, strip);
    const Tokens &tokens = Theme::instance().tokens();
    for (const PortLook &port : look.ports) {
        const QColor colour = port.wrong       ? tokens.error
                              : state.selected ? tokens.accent
                                               : tokens.wire;
        paintPort(painter, port.at, colour, false);
    }
}

} // namespace ostrich::ui
