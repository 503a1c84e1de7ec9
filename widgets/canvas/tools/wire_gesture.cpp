// Wire dragging: fitting ports light up, the release connects, re-wires, takes off, or asks for a
// block.
#include "canvas/tools/wire_gesture.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/canvas_geometry.hpp"
#include "model/session.hpp"

namespace ostrich::ui {

namespace {

constexpr double kLandingReach = 20.0; // view pixels: a little farther than a press needs

} // namespace

WireGesture::WireGesture(GestureHost &host, const PortRef &grabbed)
    : Gesture(host), m_fixed(grabbed)
{
    if (!grabbed.output) {
        if (const graph::Wire *wire = host.session().project.network().wireInto(grabbed.end)) {
            m_lifted = *wire;
            m_fixed = {wire->from, true};
        }
    }
    for (const PortRef &port : host.scene().ports())
        if (fits(port)) m_fitting.insert(port);
}

graph::Wire WireGesture::wireTo(const PortRef &port) const
{
    return m_fixed.output ? graph::Wire{m_fixed.end, port.end} : graph::Wire{port.end, m_fixed.end};
}

bool WireGesture::fits(const PortRef &port) const
{
    if (port.output == m_fixed.output) return false;
    const graph::Wire wire = wireTo(port);
    return graph::mayConnect(m_host.session().project.network(), wire.from, wire.to,
                             blocks::Registry::instance());
}

void WireGesture::move(const Pointer &pointer)
{
    const CanvasScene &scene = m_host.scene();
    m_landing = scene.portAt(pointer.scene, kLandingReach / m_host.zoom());
    if (m_landing && !m_fitting.contains(*m_landing)) m_landing.reset();
    const QPointF fixed = scene.position(m_fixed);
    const QPointF loose = m_landing ? scene.position(*m_landing) : pointer.scene;
    Draft draft;
    draft.wire = m_fixed.output ? freeWire(fixed, loose) : freeWire(loose, fixed);
    draft.litPorts = m_fitting;
    draft.lifted = m_lifted;
    m_host.scene().setDraft(std::move(draft));
}

void WireGesture::release(const Pointer &pointer)
{
    move(pointer);
    ProjectModel &project = m_host.session().project;
    m_host.scene().setDraft({});
    if (m_landing) {
        const graph::Wire wire = wireTo(*m_landing);
        if (m_lifted == wire) return;
        graph::Edit edit =
            graph::connect(project.network(), wire.from, wire.to, blocks::Registry::instance());
        if (m_lifted && !edit.empty() && m_lifted->to != wire.to)
            edit.changes.insert(edit.changes.begin(), graph::RemoveWire{*m_lifted});
        project.apply(edit);
        return;
    }
    if (m_host.scene().blockAt(pointer.scene).empty()) {
        const QPointF start =
            m_host.scene().position(m_lifted ? PortRef{m_lifted->to, false} : m_fixed);
        if (QLineF(start, pointer.scene).length() * m_host.zoom() < 2 * kPortReach)
            return; // hardly moved: a click
        if (m_lifted)
            project.apply(graph::removeWires(project.network(), {*m_lifted}));
        else
            m_host.openQuickAddFor(m_fixed, m_lifted, pointer.view);
    }
}

} // namespace ostrich::ui
