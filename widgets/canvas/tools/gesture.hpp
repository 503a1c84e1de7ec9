// A drag on the canvas as a state object: made by a press, fed with moves, ended by a release or by
// Escape.
#pragma once

#include "canvas/canvas_scene.hpp"

#include <QPoint>
#include <QPointF>

#include <optional>

namespace ostrich::ui {

struct Pointer {
    QPointF scene;
    QPoint view; // viewport pixels
    Qt::KeyboardModifiers modifiers;
};

/// What gestures need of the canvas around them.
class GestureHost {
public:
    virtual ~GestureHost() = default;
    virtual Session &session() = 0;
    virtual CanvasScene &scene() = 0;
    virtual double zoom() const = 0;
    virtual void scrollBy(const QPoint &pixels) = 0;
    /// The search for a block to put at the loose end of a wire that leaves (or enters) `port`.
    /// `lifted`: the wire that was taken off for it.
    virtual void openQuickAddFor(const PortRef &port, const std::optional<graph::Wire> &lifted,
                                 const QPoint &at) = 0;
};

class Gesture {
public:
    explicit Gesture(GestureHost &host) : m_host(host) {}
    virtual ~Gesture() = default;

    virtual void move(const Pointer &pointer) = 0;
    virtual void release(const Pointer &pointer) = 0;
    /// Leaves everything as it was before the press.
    virtual void cancel() { m_host.scene().setDraft({}); }

protected:
    GestureHost &m_host;
};

} // namespace ostrich::ui
