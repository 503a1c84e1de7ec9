// Putting blocks in, and the overlays that stand beside blocks.
#include "canvas/canvas_view_private.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/canvas_geometry.hpp"
#include "canvas/splicing.hpp"
#include "graph/layout.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

/// The top left corner, on the grid, of a new block around `centre`; beside one that stands just
/// there.
graph::Position cornerFor(const graph::Kind &kind, const QPointF &centre,
                          const graph::Network &network)
{
    graph::Network probe;
    probe.blocks.emplace_back().kind = kind.description().name;
    const graph::Size size = graph::blockSize(probe.blocks.front(), blocks::Registry::instance());
    return uncovered(network, probe,
                     {std::round((centre.x() - size.width / 2) / kGrid) * kGrid,
                      std::round((centre.y() - size.height / 2) / kGrid) * kGrid});
}

} // namespace

CanvasView::Private::Private(CanvasView *view, Session *session)
    : view(view),
      session(session),
      scene(session),
      quickAdd(new QuickAdd(view)),
      bubble(new ProblemBubble(view)),
      zoomBar(new ZoomBar(view, view))
{
    bubble->hide();
    QObject::connect(quickAdd, &QuickAdd::chosen, view, [this](const QString &kind) {
        insert(kind, insertAt, insertFrom, insertPlace);
    });
    QObject::connect(bubble, &ProblemBubble::repairWanted, view, [this] {
        this->view->setFocus(); // the button hides with the bubble
        repair();
    });
    QObject::connect(&scene, &CanvasScene::changedLayout, view, [this] { placeOverlays(); });
}

Stage CanvasView::Private::stage()
{
    return {session, &scene, view, [this](QPointF at, std::optional<PortRef> from) {
                openQuickAdd(at, from, Place::AtPoint);
            }};
}

void CanvasView::Private::openQuickAdd(const QPointF &scenePoint, std::optional<PortRef> from,
                                       Place place)
{
    insertAt = scenePoint;
    insertPlace = place;
    insertFrom = std::move(from);
    const bool needsOutput = insertFrom && !insertFrom->output;
    const bool inGroup = !session->project.scope().empty();
    const auto fits = [this, needsOutput, inGroup](const graph::Kind &kind) {
        const graph::Role role = kind.description().role;
        const bool port = role == graph::Role::GroupInput || role == graph::Role::GroupOutput;
        if (port && !inGroup) return false;
        if (!insertFrom) return true;
        const auto parameters = graph::withDefaults({}, kind.description().parameters);
        return !(needsOutput ? kind.outputs(parameters) : kind.inputs(parameters)).empty();
    };
    quickAdd->open(view->mapFromScene(scenePoint), fits);
}

void CanvasView::Private::insert(const QString &kindName, const QPointF &scenePoint,
                                 std::optional<PortRef> from, Place place)
{
    const graph::Kind *kind = blocks::Registry::instance().find(kindName.toStdString());
    if (!kind) return;
    ProjectModel &project = session->project;
    const graph::Network &network = project.network();
    const graph::Position corner = cornerFor(*kind, scenePoint, network);
    graph::Edit edit;
    const auto wire = scene.wireAt(scenePoint, 24.0);
    const std::string selected =
        session->selection.blocks().size() == 1 ? session->selection.currentBlock() : std::string();
    if (!from && place == Place::AfterSelected && !selected.empty()) {
        // Into its one wire, or at its free output.
        std::vector<graph::Wire> leaving;
        for (const graph::Wire &w : network.wiresOf(selected))
            if (w.from.block == selected) leaving.push_back(w);
        if (leaving.size() == 1)
            edit = spliceNew(network, leaving.front(), *kind, blocks::Registry::instance());
        else if (leaving.empty())
            for (const PortRef &port : scene.ports())
                if (port.output && port.end.block == selected) from = port;
    }
    if (edit.empty() && !from && wire)
        edit = spliceNew(network, *wire, *kind, blocks::Registry::instance());
    if (edit.empty()) {
        edit = graph::addBlock(network, *kind, corner);
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

void CanvasView::Private::repair()
{
    const graph::Problem *problem = shownProblem();
    if (!problem || problem->repair.empty()) return;
    session->project.applyWhole(graph::Edit(problem->repair)); // a copy: applying analyses anew
}

void CanvasView::Private::followNetwork()
{
    if (isWiring()) cancelGesture(); // its ports may be gone
    scene.sync();
    std::vector<std::string> alive = session->selection.blocks();
    std::erase_if(alive, [&](const std::string &id) { return scene.body(id).isNull(); });
    session->selection.setBlocks(std::move(alive));
    refreshProblems();
}

void CanvasView::Private::followSelection()
{
    scene.setSelectedWires({}); // of what was selected before
    refreshProblems();
    const BlockItem *item = scene.item(session->selection.currentBlock());
    view->setAccessibleDescription(
        item ? CanvasView::tr("%1. W begins a wire, Shift+W chooses one.").arg(item->look().spoken)
             : QString());
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
    const std::string block = problem ? problem->block : std::string();
    if (block == bubbleBlock) return;
    bubbleBlock = block;
    // A new one is brought into view once; from then on the view stays where the hand leaves it.
    if (!problem) return;
    bubble->raise();
    const bool overBar = bubble->x() < zoomBar->geometry().right();
    const int limit = overBar ? zoomBar->y() : view->viewport()->height();
    const int hidden = bubble->geometry().bottom() - limit;
    if (hidden > 0 && hidden < 2 * bubble->height())
        view->verticalScrollBar()->setValue(view->verticalScrollBar()->value() + hidden);
}

void CanvasView::Private::placeOverlays()
{
    zoomBar->move(12, view->viewport()->height() - zoomBar->height() - 12);
    const graph::Problem *problem = shownProblem();
    if (!problem) return;
    const QRectF body = scene.body(problem->block);
    const auto onView = [this](const QRectF &rect) {
        return QRectF(view->mapFromScene(rect.topLeft()), view->mapFromScene(rect.bottomRight()));
    };
    std::vector<QRectF> inputs, blocks;
    for (const graph::Wire &wire : session->project.network().wires)
        if (const WireItem *item = scene.item(wire); item && wire.to.block == problem->block)
            for (qsizetype i = 1; i < item->route().points.size(); ++i)
                inputs.push_back(onView(QRectF(item->route().points[i - 1], item->route().points[i])
                                            .normalized()
                                            .adjusted(-2, -2, 2, 2)));
    for (const graph::Block &block : session->project.network().blocks)
        if (block.id != problem->block) blocks.push_back(onView(scene.body(block.id)));
    bubble->placeAt(onView(body), inputs, blocks);
}

void CanvasView::Private::cancelGesture()
{
    landings.clear();
    if (const auto over = std::exchange(gesture, nullptr)) over->cancel();
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

/// The selected blocks as one key: nudges of the same blocks are one command.
QString CanvasView::Private::nudgedIds() const
{
    QStringList ids;
    for (const std::string &id : session->selection.blocks()) ids << QString::fromStdString(id);
    ids.sort();
    return ids.join(QLatin1Char(','));
}

void CanvasView::Private::nudge(const QPointF &step)
{
    std::vector<std::pair<std::string, graph::Position>> targets;
    for (const std::string &id : session->selection.blocks())
        if (const graph::Block *block = session->project.network().find(id))
            targets.push_back({id, {block->position.x + step.x(), block->position.y + step.y()}});
    if (!targets.empty())
        session->project.apply(graph::moveBlocks(session->project.network(), targets),
                               QStringLiteral("nudge:") + nudgedIds());
}

} // namespace ostrich::ui
