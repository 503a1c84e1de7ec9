// Groups on the canvas: folding and unfolding, the way in and out, and whose weights a block uses.
#include "canvas/canvas_view_private.hpp"

#include "graph/group.hpp"

#include <QActionGroup>
#include <QMenu>

#include <algorithm>

namespace ostrich::ui {

/// The selected group; null, and a word about it: none is.
const graph::Block *CanvasView::Private::selectedGroup() const
{
    ProjectModel &project = session->project;
    const graph::Block *block = project.network().find(session->selection.currentBlock());
    if (block && block->inside) return block;
    emit project.statusMessage(CanvasView::tr("Select a group first."), true);
    return nullptr;
}

void CanvasView::foldSelected()
{
    const std::string id = d->session->project.fold(d->session->selection.blocks());
    if (id.empty()) return;
    d->session->selection.setBlocks({id});
    emit renameWanted();
}

void CanvasView::unfoldSelected()
{
    const graph::Block *group = d->selectedGroup();
    if (!group) return;
    auto fresh = d->session->project.unfold(std::string(group->id)); // the block goes with it
    if (!fresh.empty()) d->session->selection.setBlocks(std::move(fresh));
}

void CanvasView::openUpSelected()
{
    ProjectModel &project = d->session->project;
    if (!project.openUp(d->session->selection.currentBlock()))
        emit project.statusMessage(
            tr("Only a block that is made of smaller ones opens up, once its shapes fit."), true);
}

void CanvasView::renameSelected()
{
    if (d->selectedGroup()) emit renameWanted();
}

void CanvasView::enterSelected()
{
    if (const graph::Block *group = d->selectedGroup())
        d->session->project.enter(std::string(group->id));
}

void CanvasView::leaveGroup()
{
    ProjectModel &project = d->session->project;
    if (project.scope().empty()) return;
    const std::string from = project.scope().back();
    project.leave();
    d->session->selection.setBlocks({from}); // where the eye comes from
}

void CanvasView::fillWeights(QMenu *menu)
{
    menu->clear();
    ProjectModel &project = d->session->project;
    const std::string id = d->session->selection.currentBlock();
    const graph::Block *block = project.network().find(id);
    auto owners = block ? project.ownersFor(id) : std::vector<std::string>();
    const std::string now = block ? block->weightsOf : std::string();
    if (!now.empty() && std::ranges::find(owners, now) == owners.end()) owners.push_back(now);
    if (owners.empty()) {
        menu->addAction(tr("No other block has weights that fit"))->setEnabled(false);
        return;
    }
    owners.insert(owners.begin(), std::string());
    auto *choice = new QActionGroup(menu);
    for (const std::string &owner : owners) {
        QAction *action =
            menu->addAction(owner.empty() ? tr("None: its own") : QString::fromStdString(owner),
                            this, [&project, id, owner] { project.useWeights(id, owner); });
        action->setCheckable(true);
        action->setChecked(owner == now);
        choice->addAction(action);
    }
}

/// Another part of the network is in view: each is seen again as it was left.
void CanvasView::Private::followScope()
{
    cancelGesture();
    quickAdd->hide();
    const auto standsAt = [this] {
        return QPoint(view->horizontalScrollBar()->value(), view->verticalScrollBar()->value());
    };
    places[shownScope] = {view->transform(), standsAt()};
    shownScope = session->project.scope();
    scene.setHovered({}, {});
    scene.setSelectedWires({});
    scene.sync();
    session->selection.setBlocks({});
    bubbleBlock.clear();
    if (const auto place = places.find(shownScope); place != places.end()) {
        view->setTransform(place->second.first);
        view->horizontalScrollBar()->setValue(place->second.second.x());
        view->verticalScrollBar()->setValue(place->second.second.y());
        emit view->zoomChanged(view->zoom());
    } else {
        view->fit();
    }
    refreshProblems();
}

} // namespace ostrich::ui
