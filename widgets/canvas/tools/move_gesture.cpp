// Move: a preview while the button is down, one command at its release.
#include "canvas/tools/move_gesture.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/make_room.hpp"
#include "canvas/tools/snapping.hpp"
#include "model/session.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr double kSnapReach = 6.0; // view pixels

bool isLoose(const CanvasScene &scene, const graph::Network &network, const std::string &id)
{
    const BlockItem *item = scene.item(id);
    if (!item || !network.wiresOf(id).empty()) return false;
    const auto &ports = item->look().ports;
    const auto outputs =
        std::count_if(ports.begin(), ports.end(), [](const PortLook &port) { return port.output; });
    return outputs > 0 && outputs < static_cast<std::ptrdiff_t>(ports.size());
}

} // namespace

MoveGesture::MoveGesture(GestureHost &host, const Pointer &start, const std::string &grabbed)
    : Gesture(host), m_start(start.scene), m_grabbed(grabbed), m_body(host.scene().body(grabbed))
{
    const auto &chosen = host.session().selection.blocks();
    for (const graph::Block &block : host.session().project.network().blocks) {
        if (std::find(chosen.begin(), chosen.end(), block.id) != chosen.end())
            m_origins.emplace_back(block.id, QPointF(block.position.x, block.position.y));
        else
            m_others.push_back(host.scene().body(block.id));
    }
    m_loose =
        m_origins.size() == 1 && isLoose(host.scene(), host.session().project.network(), grabbed);
}

std::optional<graph::Wire> MoveGesture::wireBelow(const QRectF &body) const
{
    return m_loose ? m_host.scene().wireAt(body.center(), 16.0) : std::nullopt;
}

void MoveGesture::move(const Pointer &pointer)
{
    QPointF shift = pointer.scene - m_start;
    Draft draft;
    if (!pointer.modifiers.testFlag(Qt::AltModifier)) { // Alt: freely
        Snap snap = snapped(m_body.translated(shift), m_others, kSnapReach / m_host.zoom());
        shift += snap.offset;
        draft.guides = std::move(snap.guides);
    }
    for (const auto &[id, origin] : m_origins) draft.positions[id] = origin + shift;
    draft.target = wireBelow(m_body.translated(shift));
    if (draft.target) draft.guides.clear();
    m_host.scene().setDraft(std::move(draft));
}

void MoveGesture::release(const Pointer &)
{
    const Draft draft = m_host.scene().draft();
    std::vector<std::pair<std::string, graph::Position>> targets;
    for (const auto &[id, at] : draft.positions)
        targets.emplace_back(id, graph::Position{at.x(), at.y()});
    ProjectModel &project = m_host.session().project;
    const auto &kinds = blocks::Registry::instance();
    graph::Edit edit = graph::moveBlocks(project.network(), targets);
    if (draft.target) {
        const graph::Edit splice =
            graph::spliceExisting(project.network(), *draft.target, m_grabbed, kinds);
        if (!splice.empty()) {
            edit.name = splice.name;
            edit.changes.insert(edit.changes.end(), splice.changes.begin(), splice.changes.end());
            edit = withRoom(project.network(), std::move(edit), kinds);
        }
    }
    // The model first: the items then stand where the preview left them, without a step back.
    project.apply(edit);
    m_host.scene().setDraft({});
}

} // namespace ostrich::ui
