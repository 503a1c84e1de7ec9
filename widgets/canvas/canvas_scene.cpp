// Keeping items in step with the project, and finding what is under the pointer.
#include "canvas/canvas_scene.hpp"

#include "canvas/block_strip.hpp"
#include "canvas/canvas_geometry.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <unordered_map>

namespace ostrich::ui {

namespace {

constexpr double kEndless = 50'000.0; // the canvas has no edge that anybody meets

} // namespace

CanvasScene::CanvasScene(Session *session, QObject *parent)
    : QGraphicsScene(parent), m_session(session)
{
    setItemIndexMethod(
        NoIndex); // everything moves, and a few hundred rectangles are quickly searched
    setSceneRect(-kEndless, -kEndless, 2 * kEndless, 2 * kEndless);
}

CanvasScene::~CanvasScene()
{
    // The items are ours, not the scene's: out before it clears.
    m_wires.clear();
    m_blocks.clear();
}

void CanvasScene::sync()
{
    const bool blocks = syncBlocks();
    const bool wires = syncWires();
    if (blocks || wires) route();
    refreshMarks();
    refreshStrips();
    emit changedLayout();
}

/// True when wires must be routed anew.
bool CanvasScene::syncBlocks()
{
    bool moved = false;
    std::set<std::string> alive;
    for (const graph::Block &block : m_session->project.network().blocks) {
        alive.insert(block.id);
        BlockLook look = lookOf(block, m_session->project);
        auto &item = m_blocks[block.id];
        if (!item) {
            item = std::make_unique<BlockItem>(std::move(look));
            addItem(item.get());
            moved = true;
        } else if (item->setLook(std::move(look))) {
            moved = true;
        }
        const QPointF at(block.position.x, block.position.y);
        if (item->pos() != at) {
            item->setPos(at);
            moved = true;
        }
    }
    moved =
        std::erase_if(m_blocks, [&](const auto &entry) { return !alive.contains(entry.first); }) > 0
        || moved;
    if (!alive.contains(m_hoveredBlock)) m_hoveredBlock.clear();
    return moved;
}

bool CanvasScene::syncWires()
{
    bool changed = false;
    std::set<graph::Wire> alive;
    for (const graph::Wire &wire : m_session->project.network().wires) {
        alive.insert(wire);
        auto &item = m_wires[wire];
        if (!item) {
            item = std::make_unique<WireItem>(wire);
            addItem(item.get());
            addItem(item->label());
            changed = true;
        }
        item->setLook(lookOf(wire, m_session->project));
    }
    changed =
        std::erase_if(m_wires, [&](const auto &entry) { return !alive.contains(entry.first); }) > 0
        || changed;
    std::erase_if(m_selectedWires, [&](const graph::Wire &wire) { return !alive.contains(wire); });
    if (m_hoveredWire && !alive.contains(*m_hoveredWire)) m_hoveredWire.reset();
    return changed;
}

void CanvasScene::route()
{
    std::vector<QRectF> bodies;
    std::unordered_map<std::string, int> index;
    for (const auto &[id, item] : m_blocks) {
        index[id] = static_cast<int>(bodies.size());
        bodies.push_back(item->body());
    }
    std::vector<WireEnds> ends;
    std::map<graph::Endpoint, int> sources;
    for (const auto &[wire, item] : m_wires) {
        const int source =
            sources.emplace(wire.from, static_cast<int>(sources.size())).first->second;
        ends.push_back({position({wire.from, true}), position({wire.to, false}), source,
                        index[wire.from.block], index[wire.to.block]});
    }
    const Routing routing = routeWires(bodies, ends);
    std::size_t i = 0;
    for (const auto &[wire, item] : m_wires) item->setRoute(routing.routes[i++]);
    if (routing.forks != m_forks) {
        m_forks = routing.forks;
        update();
    }
}

void CanvasScene::refreshStrips()
{
    for (const auto &[id, item] : m_blocks)
        if (!item->look().pill) item->setStrip(renderStrip(item->look(), *m_session, m_pixelRatio));
}

void CanvasScene::refreshMarks()
{
    const auto &chosen = m_session->selection.blocks();
    const std::set<std::string> ids(chosen.begin(), chosen.end());
    for (const auto &[id, item] : m_blocks) item->setMarked(ids.contains(id));
    for (const auto &[wire, item] : m_wires) item->setMarked(m_selectedWires.contains(wire));
}

void CanvasScene::refreshTheme()
{
    for (const auto &[wire, item] : m_wires) item->refreshLabel();
    refreshStrips();
    update();
}

void CanvasScene::setPixelRatio(qreal ratio)
{
    if (qFuzzyCompare(ratio, m_pixelRatio)) return;
    m_pixelRatio = ratio;
    refreshStrips();
}

std::optional<PortRef> CanvasScene::portAt(const QPointF &point, double reach) const
{
    std::optional<PortRef> nearest;
    double best = reach;
    for (const auto &[id, item] : m_blocks) {
        if (!item->body().adjusted(-reach, -reach, reach, reach).contains(point)) continue;
        for (const PortLook &port : item->look().ports) {
            const double distance = QLineF(item->pos() + port.at, point).length();
            if (distance <= best) {
                best = distance;
                nearest = PortRef{{id, port.name}, port.output};
            }
        }
    }
    return nearest;
}

std::string CanvasScene::blockAt(const QPointF &point) const
{
    const BlockItem *top = nullptr;
    for (const auto &[id, item] : m_blocks)
        if (item->body().contains(point) && (!top || item->zValue() >= top->zValue()))
            top = item.get();
    return top ? top->look().id : std::string();
}

std::optional<graph::Wire> CanvasScene::wireAt(const QPointF &point, double reach) const
{
    std::optional<graph::Wire> nearest;
    double best = reach;
    for (const auto &[wire, item] : m_wires) {
        const double distance = item->distance(point);
        if (distance <= best) {
            best = distance;
            nearest = wire;
        }
    }
    return nearest;
}

std::vector<std::string> CanvasScene::blocksIn(const QRectF &band) const
{
    std::vector<std::string> ids;
    for (const auto &[id, item] : m_blocks)
        if (item->body().intersects(band)) ids.push_back(id);
    return ids;
}

QPointF CanvasScene::position(const PortRef &port) const
{
    const auto found = m_blocks.find(port.end.block);
    if (found == m_blocks.end()) return {};
    const BlockItem &item = *found->second;
    if (const PortLook *look = item.look().port(port.end.port, port.output))
        return item.pos() + look->at;
    // A port that its kind no longer has: its side's middle.
    return item.pos()
           + QPointF(port.output ? item.look().size.width() : 0.0, item.look().size.height() / 2);
}

std::vector<PortRef> CanvasScene::ports() const
{
    std::vector<PortRef> all;
    for (const auto &[id, item] : m_blocks)
        for (const PortLook &port : item->look().ports)
            all.push_back({{id, port.name}, port.output});
    return all;
}

QRectF CanvasScene::body(const std::string &block) const
{
    const auto found = m_blocks.find(block);
    return found == m_blocks.end() ? QRectF() : found->second->body();
}

QRectF CanvasScene::contents() const
{
    QRectF all;
    for (const auto &[id, item] : m_blocks) all |= item->body();
    for (const auto &[wire, item] : m_wires) all |= item->route().points.boundingRect();
    return all;
}

const BlockItem *CanvasScene::item(const std::string &block) const
{
    const auto found = m_blocks.find(block);
    return found == m_blocks.end() ? nullptr : found->second.get();
}

const WireItem *CanvasScene::item(const graph::Wire &wire) const
{
    const auto found = m_wires.find(wire);
    return found == m_wires.end() ? nullptr : found->second.get();
}

WireItem *CanvasScene::mutableItem(const std::optional<graph::Wire> &wire)
{
    const auto found = wire ? m_wires.find(*wire) : m_wires.end();
    return found == m_wires.end() ? nullptr : found->second.get();
}

void CanvasScene::setSelectedWires(std::set<graph::Wire> wires)
{
    m_selectedWires = std::move(wires);
    refreshMarks();
}

void CanvasScene::setHovered(const std::string &block, const std::optional<graph::Wire> &wire)
{
    if (block != m_hoveredBlock) {
        if (const auto old = m_blocks.find(m_hoveredBlock); old != m_blocks.end())
            old->second->setHovered(false);
        m_hoveredBlock = block;
        if (const auto fresh = m_blocks.find(block); fresh != m_blocks.end())
            fresh->second->setHovered(true);
        emit changedLayout();
    }
    if (wire != m_hoveredWire) {
        if (WireItem *old = mutableItem(m_hoveredWire)) old->setHovered(false);
        m_hoveredWire = wire;
        if (WireItem *fresh = mutableItem(wire)) fresh->setHovered(true);
    }
}

void CanvasScene::setDraft(Draft draft)
{
    const QRectF before = draftArea(m_draft);
    if (draft.lifted != m_draft.lifted) {
        if (WireItem *old = mutableItem(m_draft.lifted)) {
            old->show();
            old->refreshLabel();
        }
        if (WireItem *fresh = mutableItem(draft.lifted)) {
            fresh->hide();
            fresh->label()->hide();
        }
    }
    if (draft.target != m_draft.target) {
        if (WireItem *old = mutableItem(m_draft.target)) old->setTarget(false);
        if (WireItem *fresh = mutableItem(draft.target)) fresh->setTarget(true);
    }
    const bool moved = draft.positions != m_draft.positions;
    m_draft = std::move(draft);
    if (moved) {
        for (const graph::Block &block : m_session->project.network().blocks) {
            const auto item = m_blocks.find(block.id);
            if (item == m_blocks.end()) continue;
            const auto elsewhere = m_draft.positions.find(block.id);
            item->second->setPos(elsewhere == m_draft.positions.end()
                                     ? QPointF(block.position.x, block.position.y)
                                     : elsewhere->second);
        }
        route();
        emit changedLayout();
    }
    // An empty rectangle would ask for the whole scene.
    if (const QRectF area = before | draftArea(m_draft); !area.isNull()) update(area);
}

} // namespace ostrich::ui
