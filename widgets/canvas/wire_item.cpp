// Draws wires: plain, wrong (dashed), unknown (dotted), chosen.
#include "canvas/wire_item.hpp"

#include "canvas/canvas_geometry.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kPlateTop = 20.0; // above the wire
constexpr double kPlateHeight = 16.0;
constexpr double kReturnInset = 38.0; // from the corner where a return begins to its label
constexpr double kForkedShare = 0.8;  // along the lane of a short-cut

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::WireItem)
};

} // namespace

WireLabelItem::WireLabelItem()
{
    setZValue(1.0);
}

void WireLabelItem::set(const QString &text, const QColor &colour)
{
    if (text == m_text && colour == m_colour) return;
    prepareGeometryChange();
    m_text = text;
    m_colour = colour;
    m_width =
        std::ceil(QFontMetricsF(Theme::instance().font(FontRole::Text)).horizontalAdvance(text))
        + 2.0;
    update();
}

QRectF WireLabelItem::boundingRect() const
{
    return {-m_width / 2, -kPlateTop, m_width, kPlateHeight};
}

void WireLabelItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    if (QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform())
        < kWordsFromZoom)
        return;
    painter->fillRect(boundingRect(), Theme::instance().tokens().canvas);
    painter->setFont(Theme::instance().font(FontRole::Text));
    painter->setPen(m_colour);
    painter->drawText(boundingRect().adjusted(-8, -4, 8, 4), Qt::AlignCenter, m_text);
}

WireItem::WireItem(graph::Wire wire) : m_wire(std::move(wire))
{
    m_label.hide();
}

void WireItem::setRoute(const Route &route)
{
    if (route == m_route) return;
    prepareGeometryChange();
    m_route = route;
    m_path = roundedPath(route.points);
    refreshLabel();
    update();
}

void WireItem::setLook(const WireLook &look)
{
    if (look == m_look) return;
    m_look = look;
    setToolTip(m_look.spoken);
    refreshLabel();
    update();
}

void WireItem::setFlag(bool &flag, bool value)
{
    if (flag == value) return;
    flag = value;
    setZValue(m_selected || m_target ? 0.5 : m_hovered ? 0.4 : 0.0);
    refreshLabel();
    update();
}

void WireItem::setMarked(bool selected)
{
    setFlag(m_selected, selected);
}

void WireItem::setHovered(bool hovered)
{
    setFlag(m_hovered, hovered);
}

void WireItem::setTarget(bool target)
{
    setFlag(m_target, target);
}

void WireItem::refreshLabel()
{
    if (m_route.points.size() < 2) return;
    const Tokens &tokens = Theme::instance().tokens();
    const bool name =
        m_look.shortCut && m_route.returns && m_look.kind == WireKind::Plain && !m_hovered;
    m_label.set(name ? Texts::tr("short-cut") : m_look.label,
                m_look.kind == WireKind::Wrong ? tokens.error : tokens.muted);

    const QLineF piece = m_route.labelledPiece();
    const double length = std::abs(piece.dx());
    double along = 0.5;
    if (m_route.returns && piece.dx() < 0 && length > m_label.width() + 2 * kReturnInset)
        along = (kReturnInset + m_label.width() / 2) / length;
    else if (m_route.points.size() > 6 && piece.dx() > 0
             && length * (1 - kForkedShare) > m_label.width() / 2)
        along = kForkedShare;
    m_label.setPos(piece.pointAt(along));
    const bool fits = length >= m_label.width() + 4.0;
    m_label.setVisible(!m_look.label.isEmpty()
                       && (m_hovered || (fits && (m_look.always || m_route.returns))));
    m_label.setZValue(m_hovered ? 3.0 : 1.0);
}

QRectF WireItem::boundingRect() const
{
    return m_route.points.boundingRect().adjusted(-4, -4, 4, 4);
}

QPainterPath WireItem::shape() const
{
    QPainterPathStroker around;
    around.setWidth(2 * kWireReach);
    return around.createStroke(m_path);
}

void WireItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const Tokens &tokens = Theme::instance().tokens();
    const bool chosen = m_selected || m_target;
    QColor colour = m_look.kind == WireKind::Wrong ? tokens.error
                    : m_hovered                    ? tokens.muted
                                                   : tokens.wire;
    if (chosen) colour = tokens.accent;
    QPen pen(colour, chosen ? 3.0 : 2.0);
    pen.setCapStyle(Qt::FlatCap);
    // Dash lengths count in pen widths.
    if (m_look.kind == WireKind::Wrong)
        pen.setDashPattern({6.0 / pen.widthF(), 5.0 / pen.widthF()});
    else if (m_look.kind == WireKind::Unknown)
        pen.setDashPattern({2.0 / pen.widthF(), 5.0 / pen.widthF()});
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(pen);
    painter->drawPath(m_path);
}

} // namespace ostrich::ui
