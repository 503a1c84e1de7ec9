// What CanvasView keeps to itself; shared by the files that implement it.
#pragma once

#include "canvas/canvas_scene.hpp"
#include "canvas/canvas_view.hpp"
#include "canvas/problem_bubble.hpp"
#include "canvas/quick_add.hpp"
#include "canvas/tools/gesture.hpp"
#include "canvas/zoom_bar.hpp"
#include "model/session.hpp"

#include <QKeySequence>
#include <QScrollBar>

#include <functional>
#include <map>

namespace ostrich::ui {

class CanvasView::Private {
public:
    enum class Place { AtPoint, AfterSelected };

    Private(CanvasView *view, Session *session);

    Stage stage();
    void zoomTo(double zoom, const QPointF &anchor); // viewport coordinates
    void placeOverlays();
    bool standsAsFitted() const; // nobody has zoomed or panned since fit()
    void refreshProblems();
    void openQuickAdd(const QPointF &scenePoint, std::optional<PortRef> from, Place place);
    /// A new block of `kind`: wired to `from`, else as `place` says. AtPoint: into the wire at
    /// `scenePoint`, else loose; AfterSelected: spliced after the one selected block where it fits.
    void insert(const QString &kind, const QPointF &scenePoint, std::optional<PortRef> from,
                Place place);
    void put(const graph::Network &fragment, graph::Position offset);
    void cancelGesture();
    /// The wire that the keyboard draws: a wire gesture led from port to port.
    bool isWiring() const { return !landings.empty(); }
    bool wiringTakes(const QKeyEvent &key); // false: it is no key of the wiring's
    void stepWiring(bool forwards);
    void walk(bool forwards); // selection along the flow
    void nudge(const QPointF &step);
    QString nudgedIds() const;
    void repair();        // what the bubble offers
    void followNetwork(); // after each change of the project
    void followSelection();
    void followScope(); // after a group was gone into or out of
    const graph::Block *selectedGroup() const;
    /// Puts a command into a menu: its words, its key, whether it can run.
    using AddAction =
        std::function<void(const QString &, const QKeySequence &, void (CanvasView::*)(), bool)>;
    void addGroupActions(QMenu *menu, const AddAction &add);
    const graph::Problem *shownProblem() const;

    CanvasView *view;
    Session *session;
    CanvasScene scene;
    QuickAdd *quickAdd;
    ProblemBubble *bubble;
    ZoomBar *zoomBar;
    std::unique_ptr<Gesture> gesture;
    Qt::MouseButton gestureButton = Qt::NoButton;        // that began it; none: the keyboard did
    std::vector<PortRef> landings;                       // where the keyboard's wire may land
    std::size_t landing = 0;                             // the one it ends at now
    std::string bubbleBlock;                             // the block that the bubble stands at
    std::optional<std::pair<QTransform, QPoint>> fitted; // zoom and scroll bars after fit()
    std::vector<std::string> shownScope;                 // the groups that are open
    std::map<std::vector<std::string>, std::pair<QTransform, QPoint>> places; // where each was left
    QPoint pointer{-1, -1}; // in the viewport; (-1, -1): elsewhere
    QPointF insertAt;
    Place insertPlace = Place::AtPoint;
    std::optional<PortRef> insertFrom;
};

} // namespace ostrich::ui
