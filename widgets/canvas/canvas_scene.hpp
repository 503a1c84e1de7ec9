// The scene: shows the project's network, addressed by block ids, and what a gesture draws on top.
// Owns nothing of the model.
#pragma once

#include "canvas/block_item.hpp"
#include "canvas/wire_item.hpp"

#include <QGraphicsScene>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ostrich::ui {

struct Session;

struct PortRef {
    graph::Endpoint end;
    bool output = false;
    auto operator<=>(const PortRef &) const = default;
};

/// What a gesture draws while it lasts. All empty: nothing.
struct Draft {
    std::map<std::string, QPointF> positions; // blocks that stand elsewhere for now
    QPainterPath wire;                        // the free wire
    std::optional<graph::Wire> lifted;        // a wire that is being taken off: not drawn
    std::optional<graph::Wire> target;        // a wire that a block is about to be put into
    std::set<PortRef> litPorts;               // where the wire may land
    std::vector<QLineF> guides;               // alignment with neighbours
    QRectF band;                              // rubber band
    QRectF ghost;                             // a block that is being dragged in
};

class CanvasScene : public QGraphicsScene {
    Q_OBJECT
public:
    explicit CanvasScene(Session *session, QObject *parent = nullptr);
    ~CanvasScene() override;

    void sync();          // blocks, wires, positions: only what changed
    void refreshStrips(); // only the live pictures
    void refreshMarks();  // selection
    void refreshTheme();

    std::optional<PortRef> portAt(const QPointF &point, double reach) const;
    std::string blockAt(const QPointF &point) const; // empty: none
    std::optional<graph::Wire> wireAt(const QPointF &point, double reach) const;
    std::vector<std::string> blocksIn(const QRectF &band) const;
    QPointF position(const PortRef &port) const;
    std::vector<PortRef> ports() const;
    QRectF body(const std::string &block) const; // null: no such block
    QRectF contents() const;                     // all blocks and wires
    const BlockItem *item(const std::string &block) const;
    const WireItem *item(const graph::Wire &wire) const;
    const std::vector<QPointF> &forks() const { return m_forks; }

    const std::set<graph::Wire> &selectedWires() const { return m_selectedWires; }
    void setSelectedWires(std::set<graph::Wire> wires);
    void setHovered(const std::string &block, const std::optional<graph::Wire> &wire);
    const std::string &hoveredBlock() const { return m_hoveredBlock; }

    const Draft &draft() const { return m_draft; }
    void setDraft(Draft draft);
    void setPixelRatio(qreal ratio);

signals:
    void changedLayout(); // something stands elsewhere: what is placed beside blocks follows

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    bool syncBlocks();
    bool syncWires();
    void route();
    QRectF draftArea(const Draft &draft) const;
    WireItem *mutableItem(const std::optional<graph::Wire> &wire);

    Session *m_session;
    std::map<std::string, std::unique_ptr<BlockItem>> m_blocks;
    std::map<graph::Wire, std::unique_ptr<WireItem>> m_wires;
    std::vector<QPointF> m_forks;
    std::set<graph::Wire> m_selectedWires;
    std::string m_hoveredBlock;
    std::optional<graph::Wire> m_hoveredWire;
    Draft m_draft;
    qreal m_pixelRatio = 1.0;
};

} // namespace ostrich::ui
