// Wires without a mouse: a wire gesture led from input to input, and a walk over a block's wires.
#include "canvas/canvas_view_private.hpp"

#include <QKeyEvent>

#include <algorithm>

namespace ostrich::ui {

namespace {

/// The block's first output that no wire leaves, else its first; empty: it has none.
std::optional<PortRef> firstOutput(const CanvasScene &scene, const graph::Network &network,
                                   const std::string &block)
{
    std::optional<PortRef> first;
    for (const PortRef &port : scene.ports()) {
        if (!port.output || port.end.block != block) continue;
        const auto leaves = [&](const graph::Wire &wire) { return wire.from == port.end; };
        if (std::none_of(network.wires.begin(), network.wires.end(), leaves)) return port;
        if (!first) first = port;
    }
    return first;
}

/// Free inputs before those that a wire would be taken from, near ones before far ones; none that
/// `output` feeds already.
std::vector<PortRef> inOrder(const std::set<PortRef> &ports, const PortRef &output,
                             const CanvasScene &scene, const graph::Network &network)
{
    std::vector<std::tuple<bool, double, PortRef>> ranked;
    for (const PortRef &port : ports) {
        const graph::Wire *wire = network.wireInto(port.end);
        if (wire && wire->from == output.end) continue;
        const QLineF way(scene.position(output), scene.position(port));
        ranked.emplace_back(wire != nullptr, way.length(), port);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<PortRef> order;
    for (auto &[taken, far, port] : ranked) order.push_back(std::move(port));
    return order;
}

QString nameOf(const graph::Endpoint &end)
{
    return QStringLiteral("%1.%2").arg(QString::fromStdString(end.block),
                                       QString::fromStdString(end.port));
}

} // namespace

void CanvasView::beginWire()
{
    d->cancelGesture();
    ProjectModel &project = d->session->project;
    const auto output =
        firstOutput(d->scene, project.network(), d->session->selection.currentBlock());
    if (!output) {
        emit project.statusMessage(tr("Select a block that has an output first."), true);
        return;
    }
    d->gesture = wireGesture(d->stage(), *output);
    d->gestureButton = Qt::NoButton;
    d->gesture->move(d->scene.position(*output), {}); // lights where it may land
    d->landings = inOrder(d->scene.draft().litPorts, *output, d->scene, project.network());
    if (d->landings.empty()) {
        d->cancelGesture();
        emit project.statusMessage(tr("No input fits a wire from this block."), true);
        return;
    }
    d->landing = d->landings.size() - 1;
    d->stepWiring(true); // to the first
    emit project.statusMessage(tr("Arrow keys choose an input, Enter connects, Escape cancels."),
                               false);
}

void CanvasView::Private::stepWiring(bool forwards)
{
    landing = (landing + (forwards ? 1 : landings.size() - 1)) % landings.size();
    const PortRef &port = landings[landing];
    const QPointF at = scene.position(port);
    gesture->move(at, {});
    view->ensureVisible(QRectF(at, QSizeF(1, 1)), 40, 40);
    placeOverlays();
    view->setAccessibleDescription(
        CanvasView::tr("Wire to %1. Enter connects, Escape cancels.").arg(nameOf(port.end)));
}

bool CanvasView::Private::wiringTakes(const QKeyEvent &key)
{
    if (!isWiring()) return false;
    switch (key.key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        stepWiring(true);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Up:
        stepWiring(false);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        const QPointF at = scene.position(landings[landing]);
        landings.clear(); // over, before the network tells of its change
        const auto over = std::move(gesture);
        over->release(at);
        followSelection();
        return true;
    }
    case Qt::Key_Escape:
        cancelGesture();
        followSelection();
        return true;
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_Meta:
        return true;
    default:
        cancelGesture(); // and then what it does otherwise
        return false;
    }
}

void CanvasView::selectNextWire()
{
    const auto wires = d->session->project.network().wiresOf(d->session->selection.currentBlock());
    if (wires.empty()) {
        emit d->session->project.statusMessage(tr("Select a block that has wires first."), true);
        return;
    }
    const auto &chosen = d->scene.selectedWires();
    const auto now =
        chosen.size() == 1 ? std::find(wires.begin(), wires.end(), *chosen.begin()) : wires.end();
    const graph::Wire next =
        now == wires.end() || now + 1 == wires.end() ? wires.front() : *(now + 1);
    d->scene.setSelectedWires({next});
    setAccessibleDescription(
        tr("Wire from %1 to %2. Delete removes it.").arg(nameOf(next.from), nameOf(next.to)));
}

} // namespace ostrich::ui
