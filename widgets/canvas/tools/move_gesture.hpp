// Moving the selected blocks; a single loose block may land in a wire.
#pragma once

#include "canvas/tools/gesture.hpp"

namespace ostrich::ui {

class MoveGesture : public Gesture {
public:
    /// `grabbed` is under the pointer and selected; the other selected blocks come along.
    MoveGesture(GestureHost &host, const Pointer &start, const std::string &grabbed);

    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;

private:
    std::optional<graph::Wire> wireBelow(const QRectF &body) const;

    QPointF m_start;
    std::string m_grabbed;
    std::vector<std::pair<std::string, QPointF>> m_origins;
    QRectF m_body; // of the grabbed block, where it stood
    std::vector<QRectF> m_others;
    bool m_loose; // one block without wires, with an input and an output
};

} // namespace ostrich::ui
