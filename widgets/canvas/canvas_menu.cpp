// The canvas's menu: what the keys do, each with its key.
#include "canvas/canvas_view_private.hpp"

#include <QContextMenuEvent>
#include <QMenu>

#include <algorithm>

namespace ostrich::ui {

/// What can be done with the selected blocks as a group, or with the selected group.
void CanvasView::Private::addGroupActions(QMenu *menu, const AddAction &add)
{
    ProjectModel &project = session->project;
    const std::string id = session->selection.currentBlock();
    const graph::Block *block = project.network().find(id);
    const bool isGroup = block && block->inside;
    add(CanvasView::tr("Fold into a group"), Qt::CTRL | Qt::Key_G, &CanvasView::foldSelected,
        block != nullptr);
    if (isGroup) {
        add(CanvasView::tr("Look inside"), Qt::Key_Return, &CanvasView::enterSelected, true);
        add(CanvasView::tr("Rename"), Qt::Key_F2, &CanvasView::renameSelected, true);
        add(CanvasView::tr("Unfold"), Qt::CTRL | Qt::SHIFT | Qt::Key_G, &CanvasView::unfoldSelected,
            true);
    }
    if (!project.scope().empty())
        add(CanvasView::tr("Go out"), Qt::ALT | Qt::Key_Up, &CanvasView::leaveGroup, true);
    if (project.canOpenUp(id))
        menu->addAction(CanvasView::tr("Open up into its blocks"), view,
                        &CanvasView::openUpSelected);
    if (block && (!block->weightsOf.empty() || !project.ownersFor(id).empty()))
        view->fillWeights(menu->addMenu(CanvasView::tr("Use the weights of")));
}

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
    const Private::AddAction add = [&](const QString &text, const QKeySequence &key,
                                       void (CanvasView::*run)(), bool enabled) {
        // After the tab it is told, not taken: the keys are the canvas's while it has the focus.
        const QString told = text + QLatin1Char('\t') + key.toString(QKeySequence::NativeText);
        menu->addAction(told, this, run)->setEnabled(enabled);
    };
    add(tr("Add a block…"), Qt::Key_Space, &CanvasView::openQuickAdd, true);
    menu->addSeparator();
    add(tr("Begin a wire"), Qt::Key_W, &CanvasView::beginWire, any);
    add(tr("Select the next wire"), Qt::SHIFT | Qt::Key_W, &CanvasView::selectNextWire, any);
    menu->addSeparator();
    d->addGroupActions(menu, add);
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
