// Drawing a wire from port to port, either way; taking hold of a connected input lifts its wire
// off.
#include "canvas/tools/gesture.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/canvas_geometry.hpp"

namespace ostrich::ui {

namespace {

constexpr double kLandingReach = 20.0;

class WireGesture : public Gesture {
public:
    WireGesture(const Stage &stage, PortRef port) : m_stage(stage), m_port(std::move(port))
    {
        const graph::Network &network = stage.session->project.network();
        if (!m_port.output)
            if (const graph::Wire *wire = network.wireInto(m_port.end)) {
                m_lifted = *wire;
                m_port = {wire->from, true};
            }
        for (const PortRef &other : stage.scene->ports())
            if (fits(other)) m_landing.insert(other);
    }

    void move(const QPointF &point, Qt::KeyboardModifiers) override
    {
        Draft draft;
        const std::optional<PortRef> landing = landingAt(point);
        const QPointF end = landing ? m_stage.scene->position(*landing) : point;
        const QPointF start = m_stage.scene->position(m_port);
        draft.wire = m_port.output ? freeWire(start, end) : freeWire(end, start);
        draft.litPorts = m_landing;
        draft.lifted = m_lifted;
        m_stage.scene->setDraft(std::move(draft));
    }

    void release(const QPointF &point) override
    {
        m_stage.scene->setDraft({});
        ProjectModel &project = m_stage.session->project;
        const auto landing = landingAt(point);
        if (!landing && m_lifted) {
            project.apply(graph::removeWires(project.network(), {*m_lifted}));
            return;
        }
        if (!landing) {
            if (QLineF(point, m_stage.scene->position(m_port)).length() > 30.0)
                m_stage.quickAdd(point, m_port);
            return;
        }
        const graph::Endpoint from = m_port.output ? m_port.end : landing->end;
        const graph::Endpoint to = m_port.output ? landing->end : m_port.end;
        if (m_lifted && m_lifted->to == to) return;
        graph::Network trial = project.network();
        graph::Edit edit;
        if (m_lifted) edit = graph::removeWires(trial, {*m_lifted});
        if (!edit.empty() && !graph::apply(edit, trial)) return;
        const graph::Edit connecting =
            graph::connect(trial, from, to, blocks::Registry::instance());
        edit.changes.insert(edit.changes.end(), connecting.changes.begin(),
                            connecting.changes.end());
        edit.name = connecting.name;
        project.apply(edit);
    }

    void cancel() override { m_stage.scene->setDraft({}); }

private:
    bool fits(const PortRef &other) const
    {
        if (other.output == m_port.output || other.end.block == m_port.end.block) return false;
        graph::Network network = m_stage.session->project.network();
        if (m_lifted) std::erase(network.wires, *m_lifted);
        const graph::Endpoint &from = m_port.output ? m_port.end : other.end;
        const graph::Endpoint &to = m_port.output ? other.end : m_port.end;
        return graph::mayConnect(network, from, to, blocks::Registry::instance());
    }

    std::optional<PortRef> landingAt(const QPointF &point) const
    {
        const auto port = m_stage.scene->portAt(point, kLandingReach);
        return port && m_landing.contains(*port) ? port : std::nullopt;
    }

    Stage m_stage;
    PortRef m_port;
    std::optional<graph::Wire> m_lifted;
    std::set<PortRef> m_landing;
};

} // namespace

std::unique_ptr<Gesture> wireGesture(const Stage &stage, const PortRef &port)
{
    return std::make_unique<WireGesture>(stage, port);
}

} // namespace ostrich::ui
