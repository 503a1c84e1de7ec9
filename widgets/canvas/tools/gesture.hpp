// A gesture with the pointer as a state object: one lives from press to release, and sends at most
// one edit.
#pragma once

#include "canvas/canvas_scene.hpp"
#include "model/session.hpp"

#include <QGraphicsView>

#include <functional>
#include <memory>

namespace ostrich::ui {

/// What a gesture works with. All outlive it.
struct Stage {
    Session *session;
    CanvasScene *scene;
    QGraphicsView *view;
    /// Opens the quick search at a scene point; what is chosen is wired to `from` where that is
    /// given.
    std::function<void(QPointF, std::optional<PortRef>)> quickAdd;
};

class Gesture {
public:
    virtual ~Gesture() = default;
    virtual void move(const QPointF &point,
                      Qt::KeyboardModifiers modifiers) = 0; // scene coordinates
    virtual void release(const QPointF &point) = 0;
    virtual void cancel() = 0; // Escape: everything as it was
};

std::unique_ptr<Gesture> moveGesture(const Stage &stage, const std::string &grabbed,
                                     const QPointF &start);
std::unique_ptr<Gesture> wireGesture(const Stage &stage, const PortRef &port);
std::unique_ptr<Gesture> bandGesture(const Stage &stage, const QPointF &start, bool extend);
std::unique_ptr<Gesture> panGesture(const Stage &stage, const QPoint &start);

} // namespace ostrich::ui
