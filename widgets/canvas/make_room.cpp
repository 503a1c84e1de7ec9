// Room for spliced blocks, by geometry alone.
#include "canvas/make_room.hpp"

#include "canvas/canvas_geometry.hpp"
#include "graph/layout.hpp"

#include <QRectF>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace ostrich::ui {

namespace {

QRectF bodyOf(const graph::Block &block, const graph::KindSet &kinds)
{
    const graph::Size size = graph::blockSize(block, kinds);
    return {block.position.x, block.position.y, size.width, size.height};
}

bool sameRow(const QRectF &a, const QRectF &b)
{
    return a.top() < b.bottom() && b.top() < a.bottom();
}

/// Blocks that the edit gives both a wire in and a wire out and that had none before, with where
/// they come from.
std::map<std::string, std::string> spliced(const graph::Network &before, const graph::Edit &edit)
{
    std::map<std::string, std::string> sources;
    std::set<std::string> leaving;
    for (const graph::Change &change : edit.changes) {
        const auto *added = std::get_if<graph::AddWire>(&change);
        if (!added) continue;
        sources.emplace(added->wire.to.block, added->wire.from.block);
        leaving.insert(added->wire.from.block);
    }
    std::erase_if(sources, [&](const auto &entry) {
        return !leaving.contains(entry.first) || !before.wiresOf(entry.first).empty();
    });
    return sources;
}

/// Pushes on what `block` would cover in its row, and what that would cover in turn.
void pushOn(graph::Network &network, const graph::Block &block, const graph::KindSet &kinds,
            double gap)
{
    const QRectF body = bodyOf(block, kinds);
    std::vector<graph::Block *> row;
    for (graph::Block &other : network.blocks) {
        const QRectF rect = bodyOf(other, kinds);
        if (other.id != block.id && sameRow(rect, body) && rect.center().x() >= body.center().x())
            row.push_back(&other);
    }
    std::sort(row.begin(), row.end(),
              [](const auto *a, const auto *b) { return a->position.x < b->position.x; });
    double right = body.right() + gap;
    double shift = 0.0;
    for (graph::Block *other : row) {
        shift = std::max(shift, right - other->position.x);
        if (shift <= 0.0) return;
        other->position.x += std::ceil(shift / kGrid) * kGrid;
        break;
    }
    // The rest keeps its distances until a gap has swallowed the push.
    for (std::size_t i = 1; i < row.size(); ++i) {
        right = bodyOf(*row[i - 1], kinds).right() + kRowGap;
        if (row[i]->position.x >= right) return;
        row[i]->position.x = right;
    }
}

} // namespace

graph::Edit withRoom(const graph::Network &network, graph::Edit edit, const graph::KindSet &kinds)
{
    const auto blocks = spliced(network, edit);
    graph::Network after = network;
    if (blocks.empty() || !graph::apply(edit, after)) return edit;
    const graph::Network applied = after;
    for (const auto &[id, sourceId] : blocks) {
        graph::Block *block = after.find(id);
        const graph::Block *source = after.find(sourceId);
        const QRectF from = bodyOf(*source, kinds);
        QRectF body = bodyOf(*block, kinds);
        if (sameRow(body, from)) { // in line with where it comes from
            body.moveTop(from.center().y() - body.height() / 2);
            body.moveLeft(std::max(body.left(), from.right() + kRowGap));
        }
        block->position = {body.left(), body.top()};
        pushOn(after, *block, kinds, kRowGap);
    }
    for (const graph::Block &block : after.blocks) {
        const graph::Position was = applied.find(block.id)->position;
        if (!(was == block.position))
            edit.changes.emplace_back(graph::MoveBlock{block.id, was, block.position});
    }
    return edit;
}

} // namespace ostrich::ui
