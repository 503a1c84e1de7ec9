// What CanvasView keeps to itself; shared by the files that implement it.
#pragma once

#include "canvas/canvas_scene.hpp"
#include "canvas/canvas_view.hpp"
#include "canvas/problem_bubble.hpp"
#include "canvas/quick_add.hpp"
#include "canvas/tools/gesture.hpp"
#include "canvas/zoom_bar.hpp"
#include "model/session.hpp"

#include <QScrollBar>

namespace ostrich::ui {

class CanvasView::Private {
public:
    Private(CanvasView *view, Session *session);

    Stage stage();
    void zoomTo(double zoom, const QPointF &anchor); // viewport coordinates
    void placeOverlays();
    void refreshProblems();
    void openQuickAdd(const QPointF &scenePoint, std::optional<PortRef> from);
    /// A new block of `kind` at a scene point: wired to `from`, else spliced after the one selected
    /// block, else loose.
    void insert(const QString &kind, const QPointF &scenePoint, std::optional<PortRef> from);
    void put(const graph::Network &fragment, graph::Position offset);
    void finish();            // the gesture at hand is over
    void walk(bool forwards); // selection along the flow
    void nudge(const QPointF &step);
    QString nudgedIds() const;
    void repair();        // what the bubble offers
    void followNetwork(); // after each change of the project
    void followSelection();
    const graph::Problem *shownProblem() const;

    CanvasView *view;
    Session *session;
    CanvasScene scene;
    QuickAdd *quickAdd;
    ProblemBubble *bubble;
    ZoomBar *zoomBar;
    std::unique_ptr<Gesture> gesture;
    std::string bubbleBlock; // the block that the bubble stands at
    QPoint pointer{-1, -1};  // last seen, in the viewport
    QPointF insertAt;
    std::optional<PortRef> insertFrom;
};

} // namespace ostrich::ui
