// One wire on the scene and the label above it.
#pragma once

#include "canvas/wire_look.hpp"
#include "canvas/wire_routing.hpp"
#include "graph/network.hpp"

#include <QGraphicsItem>
#include <QPainterPath>

namespace ostrich::ui {

/// The words above a wire on a plate in the canvas colour; above all wires, below blocks.
class WireLabelItem : public QGraphicsItem {
public:
    explicit WireLabelItem();
    void set(const QString &text, const QColor &colour);
    double width() const { return m_width; }

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    QString m_text;
    QColor m_colour;
    double m_width = 0.0;
};

class WireItem : public QGraphicsItem {
public:
    enum { Type = UserType + 2 };

    explicit WireItem(graph::Wire wire);

    const graph::Wire &wire() const { return m_wire; }
    const Route &route() const { return m_route; }
    const WireLook &look() const { return m_look; }
    void setRoute(const Route &route);
    void setLook(const WireLook &look);
    void setMarked(bool selected);
    void setHovered(bool hovered);
    void setTarget(bool target); // a block is about to be put into it
    void refreshLabel();         // also after a change of theme

    WireLabelItem *label() { return &m_label; }
    double distance(const QPointF &point) const { return distanceTo(m_route.points, point); }
    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override; // for the tooltip: the line alone
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void setFlag(bool &flag, bool value);

    graph::Wire m_wire;
    Route m_route;
    WireLook m_look;
    QPainterPath m_path;
    WireLabelItem m_label;
    bool m_selected = false;
    bool m_hovered = false;
    bool m_target = false;
};

} // namespace ostrich::ui
