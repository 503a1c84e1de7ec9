// Putting blocks in, and the overlays that stand beside blocks.
#include "canvas/canvas_view_private.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/canvas_geometry.hpp"
#include "graph/layout.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

CanvasView::Private::Private(CanvasView *view, Session *session)
    : view(view),
      session(session),
      scene(session),
      quickAdd(new QuickAdd(view)),
      bubble(new ProblemBubble(view)),
      zoomBar(new ZoomBar(view, view))
{
    bubble->hide();
    QObject::connect(quickAdd, &QuickAdd::chosen, view,
                     [this](const QString &kind) { insert(kind, insertAt, insertFrom); });
    QObject::connect(bubble, &ProblemBubble::repairWanted, view, [this] {
        if (const graph::Problem *problem = shownProblem())
            this->session->project.apply(graph::Edit(problem->repair));
        this->view->setFocus();
    });
    QObject::connect(&scene, &CanvasScene::changedLayout, view, [this] { placeOverlays(); });
}

Stage CanvasView::Private::stage()
{
    return {session, &scene, view,
            [this](QPointF at, std::optional<PortRef> from) { openQuickAdd(at, from); }};
}

void CanvasView::Private::openQuickAdd(const QPointF &scenePoint, std::optional<PortRef> from)
{
    insertAt = scenePoint;
    insertFrom = std::move(from);
    quickAdd->open(view->mapFromScene(scenePoint));
}

void CanvasView::Private::insert(const QString &kindName, const QPointF &scenePoint,
                                 std::optional<PortRef> from)
{
    const graph::Kind *kind = blocks::Registry::instance().find(kindName.toStdString());
    if (!kind) return;
    ProjectModel &project = session->project;
    const graph::Network &network = project.network();
    graph::Block probe;
    probe.kind = kindName.toStdString();
    const graph::Size size = graph::blockSize(probe, blocks::Registry::instance());
    const graph::Position place{std::round((scenePoint.x() - size.width / 2) / kGrid) * kGrid,
                                std::round((scenePoint.y() - size.height / 2) / kGrid) * kGrid};
    graph::Edit edit;
    const auto wire = scene.wireAt(scenePoint, 24.0);
    const std::string selected =
        session->selection.blocks().size() == 1 ? session->selection.currentBlock() : std::string();
    if (!from && wire) edit = graph::splice(network, *wire, *kind, place);
    if (edit.empty() && !from && !selected.empty()) {
        // After the selected block: into its one wire, or at its free output.
        std::vector<graph::Wire> leaving;
        for (const graph::Wire &w : network.wiresOf(selected))
            if (w.from.block == selected) leaving.push_back(w);
        if (leaving.size() == 1)
            edit = graph::splice(network, leaving.front(), *kind, place);
        else if (leaving.empty())
            for (const PortRef &port : scene.ports())
                if (port.output && port.end.block == selected) from = port;
    }
    if (edit.empty()) {
        edit = graph::addBlock(network, *kind, place);
        graph::Network grown = network;
        if (from && !edit.empty() && graph::apply(edit, grown)) {
            const std::string id = grown.blocks.back().id;
            const auto parameters =
                graph::withDefaults(grown.blocks.back().parameters, kind->description().parameters);
            const auto ports = from->output ? kind->inputs(parameters) : kind->outputs(parameters);
            if (!ports.empty()) {
                const graph::Endpoint own{id, ports.front()};
                const graph::Edit wiring =
                    from->output
                        ? graph::connect(grown, from->end, own, blocks::Registry::instance())
                        : graph::connect(grown, own, from->end, blocks::Registry::instance());
                edit.changes.insert(edit.changes.end(), wiring.changes.begin(),
                                    wiring.changes.end());
            }
        }
    }
    if (project.apply(edit)) session->selection.setBlocks({project.network().blocks.back().id});
}

const graph::Problem *CanvasView::Private::shownProblem() const
{
    const auto &problems = session->project.analysis().problems;
    const auto atBlock = [&](const std::string &id) {
        return std::find_if(problems.begin(), problems.end(),
                            [&](const graph::Problem &p) { return p.block == id; });
    };
    auto shown = atBlock(session->selection.currentBlock());
    if (shown == problems.end() || shown->block.empty())
        shown = std::find_if(problems.begin(), problems.end(),
                             [](const graph::Problem &p) { return !p.block.empty(); });
    return shown == problems.end() ? nullptr : &*shown;
}

void CanvasView::Private::refreshProblems()
{
    const graph::Problem *problem = shownProblem();
    if (problem) bubble->setProblem(*problem);
    bubble->setVisible(problem != nullptr);
    placeOverlays();
}

void CanvasView::Private::placeOverlays()
{
    zoomBar->move(12, view->viewport()->height() - zoomBar->height() - 12);
    const graph::Problem *problem = shownProblem();
    if (!problem) return;
    const QRectF body = scene.body(problem->block);
    bubble->placeAt(
        QRectF(view->mapFromScene(body.topLeft()), view->mapFromScene(body.bottomRight())));
}

void CanvasView::Private::finish()
{
    gesture.reset();
    placeOverlays();
}

void CanvasView::Private::walk(bool forwards)
{
    const auto &order = session->project.analysis().order;
    if (order.empty()) return;
    const auto now = std::find(order.begin(), order.end(), session->selection.currentBlock());
    const auto count = static_cast<std::ptrdiff_t>(order.size());
    const std::ptrdiff_t index = now == order.end()
                                     ? (forwards ? 0 : count - 1)
                                     : (now - order.begin() + (forwards ? 1 : count - 1)) % count;
    session->selection.setBlocks({order[static_cast<std::size_t>(index)]});
    const QRectF body = scene.body(session->selection.currentBlock());
    view->ensureVisible(body, 24, 24);
    placeOverlays();
}

void CanvasView::Private::nudge(const QPointF &step)
{
    std::vector<std::pair<std::string, graph::Position>> targets;
    for (const std::string &id : session->selection.blocks())
        if (const graph::Block *block = session->project.network().find(id))
            targets.push_back({id, {block->position.x + step.x(), block->position.y + step.y()}});
    if (!targets.empty())
        session->project.apply(graph::moveBlocks(session->project.network(), targets),
                               QStringLiteral("nudge"));
}

} // namespace ostrich::ui
