// Moving the view: middle button, or Ctrl and the left one on the empty canvas.
#pragma once

#include "canvas/tools/gesture.hpp"

namespace ostrich::ui {

class PanGesture : public Gesture {
public:
    PanGesture(GestureHost &host, const Pointer &start) : Gesture(host), m_last(start.view) {}

    void move(const Pointer &pointer) override
    {
        m_host.scrollBy(m_last - pointer.view);
        m_last = pointer.view;
    }
    void release(const Pointer &) override {}
    void cancel() override {}

private:
    QPoint m_last;
};

} // namespace ostrich::ui
