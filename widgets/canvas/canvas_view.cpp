// The canvas view: which gesture a press begins, the keyboard, the clipboard, and the overlays in
// the corners.
#include "canvas/canvas_view.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/canvas_geometry.hpp"
#include "canvas/canvas_view_private.hpp"
#include "canvas/splicing.hpp"
#include "graph/layout.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QClipboard>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr double kSmallest = 0.1, kLargest = 4.0, kZoomStep = 1.2;

} // namespace

CanvasView::CanvasView(Session *session, QWidget *parent)
    : QGraphicsView(parent), d(std::make_unique<Private>(this, session))
{
    setScene(&d->scene);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(QGraphicsView::NoAnchor);
    setViewportUpdateMode(QGraphicsView::SmartViewportUpdate);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Network canvas"));
    d->scene.setPixelRatio(devicePixelRatioF());
    d->scene.sync();
    connect(&session->project, &ProjectModel::networkChanged, this, [this] { d->followNetwork(); });
    connect(&session->project, &ProjectModel::scopeChanged, this, [this] { d->followScope(); });
    connect(&session->project, &ProjectModel::replaced, this, [this] {
        d->places.clear();
        d->shownScope.clear();
    });
    connect(&session->selection, &Selection::blocksChanged, this, [this] { d->followSelection(); });
    connect(&session->thumbnails, &ThumbnailModel::updated, &d->scene, &CanvasScene::refreshStrips);
    connect(&session->data, &DataModel::loaded, &d->scene, &CanvasScene::sync);
    connect(&session->selection, &Selection::sampleChanged, &d->scene, &CanvasScene::refreshStrips);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        d->scene.refreshTheme();
        d->refreshProblems();
    });
    d->refreshProblems();
}

CanvasView::~CanvasView()
{
    setScene(nullptr); // ours, and it goes with d
}

double CanvasView::zoom() const
{
    return transform().m11();
}

void CanvasView::Private::zoomTo(double zoom, const QPointF &anchor)
{
    const double wanted = std::clamp(zoom, kSmallest, kLargest);
    const QPointF before = view->mapToScene(anchor.toPoint());
    view->setTransform(QTransform::fromScale(wanted, wanted));
    const QPointF shift = view->mapFromScene(before) - anchor.toPoint();
    view->horizontalScrollBar()->setValue(view->horizontalScrollBar()->value()
                                          + static_cast<int>(shift.x()));
    view->verticalScrollBar()->setValue(view->verticalScrollBar()->value()
                                        + static_cast<int>(shift.y()));
    placeOverlays();
    emit view->zoomChanged(wanted);
}

void CanvasView::zoomIn()
{
    d->zoomTo(zoom() * kZoomStep, viewport()->rect().center());
}

void CanvasView::zoomOut()
{
    d->zoomTo(zoom() / kZoomStep, viewport()->rect().center());
}

void CanvasView::zoomToActualSize()
{
    d->zoomTo(1.0, viewport()->rect().center());
}

bool CanvasView::Private::standsAsFitted() const
{
    return fitted && fitted->first == view->transform()
           && fitted->second
                  == QPoint(view->horizontalScrollBar()->value(),
                            view->verticalScrollBar()->value());
}

void CanvasView::fit()
{
    const QRectF contents = d->scene.contents();
    if (contents.isEmpty()) return;
    // Room for the overlays below; never larger than life.
    const QSizeF room(viewport()->width() - 32.0, viewport()->height() - 72.0);
    const double wanted =
        std::min({1.0, room.width() / contents.width(), room.height() / contents.height()});
    setTransform(QTransform::fromScale(std::clamp(wanted, kSmallest, kLargest),
                                       std::clamp(wanted, kSmallest, kLargest)));
    centerOn(contents.center() + QPointF(0, 12.0 / wanted));
    d->fitted = {transform(), {horizontalScrollBar()->value(), verticalScrollBar()->value()}};
    d->placeOverlays();
    emit zoomChanged(zoom());
}

void CanvasView::tidy()
{
    ProjectModel &project = d->session->project;
    project.apply(graph::tidy(project.network(), blocks::Registry::instance(), project.analysis(),
                              viewport()->width()));
    fit();
}

void CanvasView::copy()
{
    const graph::Network fragment =
        graph::fragment(d->session->project.network(), d->session->selection.blocks());
    if (!fragment.blocks.empty())
        QApplication::clipboard()->setText(QString::fromStdString(project::fragmentText(fragment)));
}

void CanvasView::cut()
{
    d->scene.setSelectedWires({}); // the blocks are meant
    copy();
    removeSelected();
}

void CanvasView::paste()
{
    const auto fragment =
        project::fragmentFromText(QApplication::clipboard()->text().toStdString());
    if (!fragment) {
        emit d->session->project.statusMessage(
            tr("The clipboard holds no blocks. Copy some first."), true);
        return;
    }
    QPointF at = mapToScene(d->pointer);
    if (!viewport()->rect().contains(d->pointer)) at = mapToScene(viewport()->rect().center());
    double left = 1e9, top = 1e9;
    for (const graph::Block &block : fragment->blocks) {
        left = std::min(left, block.position.x);
        top = std::min(top, block.position.y);
    }
    d->put(*fragment, {std::round((at.x() - left) / kGrid) * kGrid,
                       std::round((at.y() - top) / kGrid) * kGrid});
}

void CanvasView::duplicate()
{
    d->put(graph::fragment(d->session->project.network(), d->session->selection.blocks()),
           {32.0, 32.0});
}

void CanvasView::Private::put(const graph::Network &fragment, graph::Position offset)
{
    if (fragment.blocks.empty()) return;
    std::vector<std::string> ids;
    const graph::Network &network = session->project.network();
    offset = uncovered(network, fragment, offset);
    if (session->project.apply(graph::paste(network, fragment, offset, &ids)))
        session->selection.setBlocks(std::move(ids));
}

void CanvasView::removeSelected()
{
    ProjectModel &project = d->session->project;
    const auto wires = d->scene.selectedWires();
    const auto blocks = d->session->selection.blocks();
    if (!wires.empty()) {
        project.apply(graph::removeWires(project.network(), {wires.begin(), wires.end()}));
        d->scene.setSelectedWires({});
        return;
    }
    if (!blocks.empty())
        project.apply(graph::removeBlocks(project.network(), blocks, blocks::Registry::instance(),
                                          project.facts()));
    d->session->selection.setBlocks({});
}

void CanvasView::selectAll()
{
    std::vector<std::string> ids;
    for (const graph::Block &block : d->session->project.network().blocks) ids.push_back(block.id);
    d->session->selection.setBlocks(std::move(ids));
}

void CanvasView::openQuickAdd()
{
    const bool pointed = viewport()->rect().contains(d->pointer);
    const QPointF at = mapToScene(pointed ? d->pointer : viewport()->rect().center());
    // A pointer that rests on the selected block points at no other place.
    const bool elsewhere = pointed && d->scene.blockAt(at) != d->session->selection.currentBlock();
    d->openQuickAdd(at, {}, elsewhere ? Private::Place::AtPoint : Private::Place::AfterSelected);
}

void CanvasView::addBlock(const QString &kind)
{
    d->insert(kind, mapToScene(viewport()->rect().center()), {}, Private::Place::AfterSelected);
    setFocus();
}

} // namespace ostrich::ui
