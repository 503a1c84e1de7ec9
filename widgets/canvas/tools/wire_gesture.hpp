// Dragging a wire from port to port, in both directions, or taking a wire's end off its input.
#pragma once

#include "canvas/tools/gesture.hpp"

namespace ostrich::ui {

class WireGesture : public Gesture {
public:
    WireGesture(GestureHost &host, const PortRef &grabbed);

    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;

private:
    bool fits(const PortRef &port) const;
    graph::Wire wireTo(const PortRef &port) const;

    PortRef m_fixed;                     // the end that stays
    std::optional<graph::Wire> m_lifted; // taken off: goes away when dropped elsewhere
    std::set<PortRef> m_fitting;
    std::optional<PortRef> m_landing;
};

} // namespace ostrich::ui
