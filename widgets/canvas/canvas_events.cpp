// The pointer and the keyboard on the canvas.
#include "blocks/block_kind.hpp"
#include "canvas/canvas_geometry.hpp"
#include "canvas/canvas_view_private.hpp"
#include "graph/layout.hpp"

#include <QDragEnterEvent>
#include <QInputDevice>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

void CanvasView::mousePressEvent(QMouseEvent *event)
{
    d->quickAdd->hide();
    setFocus();
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
    d->cancelGesture(); // a second button, or a wire from the keyboard
    d->gestureButton = event->button();
    const QPointF point = mapToScene(event->pos());
    const bool extend = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
    const bool onNothing = d->scene.blockAt(point).empty() && !d->scene.wireAt(point, kWireReach)
                           && !d->scene.portAt(point, kPortReach);
    if (event->button() == Qt::MiddleButton
        || (event->button() == Qt::LeftButton && event->modifiers() == Qt::ControlModifier
            && onNothing)) {
        d->gesture = panGesture(d->stage(), event->pos());
        return;
    }
    if (const auto port = d->scene.portAt(point, kPortReach)) {
        d->gesture = wireGesture(d->stage(), *port);
        return;
    }
    Selection &selection = d->session->selection;
    if (const std::string id = d->scene.blockAt(point); !id.empty()) {
        std::vector<std::string> ids = selection.blocks();
        const auto known = std::find(ids.begin(), ids.end(), id);
        if (extend)
            known == ids.end() ? ids.push_back(id) : static_cast<void>(ids.erase(known));
        else if (known == ids.end())
            ids = {id};
        else
            std::rotate(known, known + 1,
                        ids.end()); // the one under the pointer is the current one
        d->scene.setSelectedWires({});
        selection.setBlocks(std::move(ids));
        d->gesture = moveGesture(d->stage(), id, point);
        d->refreshProblems();
        return;
    }
    if (const auto wire = d->scene.wireAt(point, kWireReach)) {
        selection.setBlocks({});
        d->scene.setSelectedWires({*wire});
        return;
    }
    d->scene.setSelectedWires({});
    if (!extend) selection.setBlocks({});
    d->gesture = bandGesture(d->stage(), point, extend);
}

void CanvasView::mouseMoveEvent(QMouseEvent *event)
{
    d->pointer = event->pos();
    const QPointF point = mapToScene(event->pos());
    if (d->gesture && d->gestureButton != Qt::NoButton) {
        d->gesture->move(point, event->modifiers());
        d->placeOverlays();
        return;
    }
    const bool onPort = d->scene.portAt(point, kPortReach).has_value();
    const std::string block = d->scene.blockAt(point);
    const auto wire = onPort || !block.empty() ? std::nullopt : d->scene.wireAt(point, kWireReach);
    d->scene.setHovered(block, wire);
    viewport()->setCursor(onPort ? Qt::CrossCursor
                          : wire ? Qt::PointingHandCursor
                                 : Qt::ArrowCursor);
}

void CanvasView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!d->gesture || event->button() != d->gestureButton) return;
    const auto gesture = std::move(d->gesture); // what it does may begin another
    gesture->release(mapToScene(event->pos()));
    d->placeOverlays();
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPointF point = mapToScene(event->pos());
    const std::string id = d->scene.blockAt(point);
    const bool onPort = d->scene.portAt(point, kPortReach).has_value();
    const bool onNothing = id.empty() && !d->scene.wireAt(point, kWireReach) && !onPort;
    const graph::Block *block = d->session->project.network().find(id);
    if (event->button() == Qt::LeftButton && onNothing)
        d->openQuickAdd(point, {}, Private::Place::AtPoint);
    else if (event->button() == Qt::LeftButton && block && block->inside && !onPort)
        d->session->project.enter(id);
    else
        mousePressEvent(event); // the second of two quick presses begins a gesture as any does
}

bool CanvasView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) d->pointer = {-1, -1};
    if (event->type() == QEvent::Enter)
        d->pointer = static_cast<QEnterEvent *>(event)->position().toPoint();
    return QGraphicsView::viewportEvent(event);
}

void CanvasView::wheelEvent(QWheelEvent *event)
{
    const QPoint turn = event->angleDelta();
    const bool touchpad =
        event->device() && event->device()->type() == QInputDevice::DeviceType::TouchPad;
    if (touchpad && !(event->modifiers() & Qt::ControlModifier)) {
        const QPoint slide = event->pixelDelta().isNull() ? turn / 2 : event->pixelDelta();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - slide.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - slide.y());
    } else if (event->modifiers() & Qt::ShiftModifier) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value()
                                        - (turn.x() != 0 ? turn.x() : turn.y()));
        d->placeOverlays();
    } else {
        d->zoomTo(zoom() * std::pow(1.0015, turn.y()), event->position());
    }
    event->accept();
}

void CanvasView::keyPressEvent(QKeyEvent *event)
{
    if (d->wiringTakes(*event)) return;
    const struct {
        QKeySequence::StandardKey key;
        void (CanvasView::*run)();
    } standard[] = {{QKeySequence::Copy, &CanvasView::copy},
                    {QKeySequence::Cut, &CanvasView::cut},
                    {QKeySequence::Paste, &CanvasView::paste},
                    {QKeySequence::SelectAll, &CanvasView::selectAll}};
    for (const auto &entry : standard)
        if (event->matches(entry.key)) return (this->*entry.run)();
    const struct {
        QKeyCombination key;
        void (CanvasView::*run)();
    } own[] = {{Qt::CTRL | Qt::Key_D, &CanvasView::duplicate},
               {Qt::CTRL | Qt::Key_G, &CanvasView::foldSelected},
               {Qt::CTRL | Qt::SHIFT | Qt::Key_G, &CanvasView::unfoldSelected},
               {Qt::Key_F2, &CanvasView::renameSelected},
               {Qt::ALT | Qt::Key_Up, &CanvasView::leaveGroup}};
    for (const auto &entry : own)
        if (event->keyCombination() == entry.key) return (this->*entry.run)();
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        removeSelected();
        break;
    case Qt::Key_Space:
        openQuickAdd();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const graph::Block *block =
                d->session->project.network().find(d->session->selection.currentBlock());
            block && block->inside)
            enterSelected();
        else
            d->repair(); // the bubble's button for those without a mouse
        break;
    case Qt::Key_Escape:
        if (d->gesture)
            d->cancelGesture();
        else if (!d->scene.selectedWires().empty())
            d->scene.setSelectedWires({});
        else if (!d->session->selection.blocks().empty())
            d->session->selection.setBlocks({});
        else
            leaveGroup();
        break;
    case Qt::Key_W:
        if (event->modifiers() & Qt::ShiftModifier)
            selectNextWire();
        else
            beginWire();
        break;
    case Qt::Key_Left:
        d->nudge({-kGrid, 0});
        break;
    case Qt::Key_Right:
        d->nudge({kGrid, 0});
        break;
    case Qt::Key_Up:
        d->nudge({0, -kGrid});
        break;
    case Qt::Key_Down:
        d->nudge({0, kGrid});
        break;
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

bool CanvasView::focusNextPrevChild(bool next)
{
    // Asked for a child as well, when it hides with the focus: that is no step along the flow.
    if (!hasFocus()) return QGraphicsView::focusNextPrevChild(next);
    if (d->isWiring()) {
        d->stepWiring(next);
        return true;
    }
    // Tab walks along the flow; past its end the focus goes on to the next panel.
    const auto &order = d->session->project.analysis().order;
    const std::string current = d->session->selection.currentBlock();
    if (order.empty() || (!current.empty() && current == (next ? order.back() : order.front())))
        return QGraphicsView::focusNextPrevChild(next);
    d->walk(next);
    return true;
}

void CanvasView::focusOutEvent(QFocusEvent *event)
{
    if (d->isWiring()) d->cancelGesture();
    QGraphicsView::focusOutEvent(event);
}

void CanvasView::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasFormat(QLatin1String(kBlockMimeType))) event->acceptProposedAction();
}

void CanvasView::dragMoveEvent(QDragMoveEvent *event)
{
    graph::Block probe;
    probe.kind = event->mimeData()->data(QLatin1String(kBlockMimeType)).toStdString();
    const graph::Size size = graph::blockSize(probe, blocks::Registry::instance());
    const QPointF point = mapToScene(event->position().toPoint());
    Draft draft;
    draft.ghost =
        QRectF(point.x() - size.width / 2, point.y() - size.height / 2, size.width, size.height);
    draft.target = d->scene.wireAt(point, 24.0);
    d->scene.setDraft(std::move(draft));
    event->acceptProposedAction();
}

void CanvasView::dragLeaveEvent(QDragLeaveEvent *)
{
    d->scene.setDraft({});
}

void CanvasView::dropEvent(QDropEvent *event)
{
    d->scene.setDraft({});
    d->insert(QString::fromUtf8(event->mimeData()->data(QLatin1String(kBlockMimeType))),
              mapToScene(event->position().toPoint()), {}, Private::Place::AtPoint);
    event->acceptProposedAction();
    setFocus();
}

void CanvasView::resizeEvent(QResizeEvent *event)
{
    const bool fitAgain = d->standsAsFitted() && !d->gesture;
    QGraphicsView::resizeEvent(event);
    if (fitAgain) fit();
    d->refreshProblems(); // the bubble's room is another
}

void CanvasView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    d->placeOverlays();
}

} // namespace ostrich::ui
