// The canvas's menu: what the keys do, each with its key.
#include "canvas/canvas_view_private.hpp"

#include <QContextMenuEvent>
#include <QMenu>

#include <algorithm>

namespace ostrich::ui {

void CanvasView::contextMenuEvent(QContextMenuEvent *event)
{
    Selection &selection = d->session->selection;
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        const std::string under = d->scene.blockAt(mapToScene(event->pos()));
        const auto &chosen = selection.blocks();
        if (std::find(chosen.begin(), chosen.end(), under) == chosen.end())
            selection.setBlocks(under.empty() ? std::vector<std::string>() : std::vector{under});
    } else if (const QRectF body = d->scene.body(selection.currentBlock()); !body.isNull()) {
        at = viewport()->mapToGlobal(mapFromScene(body.center()));
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool any = !selection.blocks().empty();
    const auto add = [&](const QString &text, const QKeySequence &key, void (CanvasView::*run)(),
                         bool enabled) {
        // After the tab it is told, not taken: the keys are the canvas's while it has the focus.
        const QString told = text + QLatin1Char('\t') + key.toString(QKeySequence::NativeText);
        menu->addAction(told, this, run)->setEnabled(enabled);
    };
    add(tr("Add a block…"), Qt::Key_Space, &CanvasView::openQuickAdd, true);
    menu->addSeparator();
    add(tr("Begin a wire"), Qt::Key_W, &CanvasView::beginWire, any);
    add(tr("Select the next wire"), Qt::SHIFT | Qt::Key_W, &CanvasView::selectNextWire, any);
    menu->addSeparator();
    add(tr("Cut"), QKeySequence::Cut, &CanvasView::cut, any);
    add(tr("Copy"), QKeySequence::Copy, &CanvasView::copy, any);
    add(tr("Paste"), QKeySequence::Paste, &CanvasView::paste, true);
    add(tr("Duplicate"), Qt::CTRL | Qt::Key_D, &CanvasView::duplicate, any);
    add(tr("Delete"), QKeySequence::Delete, &CanvasView::removeSelected,
        any || !d->scene.selectedWires().empty());
    menu->popup(at);
}

} // namespace ostrich::ui
