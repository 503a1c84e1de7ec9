// The rubber band: selects the blocks that it touches.
#pragma once

#include "canvas/tools/gesture.hpp"

namespace ostrich::ui {

class BandGesture : public Gesture {
public:
    BandGesture(GestureHost &host, const Pointer &start); // with Shift: adds to what is selected

    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    QPointF m_start;
    std::vector<std::string> m_before;
    bool m_adds;
};

} // namespace ostrich::ui
