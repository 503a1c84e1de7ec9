// Rubber band: the selection follows while it is drawn.
#include "canvas/tools/band_gesture.hpp"

#include "model/session.hpp"

#include <algorithm>

namespace ostrich::ui {

BandGesture::BandGesture(GestureHost &host, const Pointer &start)
    : Gesture(host),
      m_start(start.scene),
      m_before(host.session().selection.blocks()),
      m_adds(start.modifiers.testFlag(Qt::ShiftModifier))
{
}

void BandGesture::move(const Pointer &pointer)
{
    Draft draft;
    draft.band = QRectF(m_start, pointer.scene).normalized();
    std::vector<std::string> chosen = m_adds ? m_before : std::vector<std::string>();
    for (const std::string &id : m_host.scene().blocksIn(draft.band))
        if (std::find(chosen.begin(), chosen.end(), id) == chosen.end()) chosen.push_back(id);
    m_host.session().selection.setBlocks(std::move(chosen));
    m_host.scene().setDraft(std::move(draft));
}

void BandGesture::release(const Pointer &)
{
    m_host.scene().setDraft({});
}

void BandGesture::cancel()
{
    m_host.session().selection.setBlocks(m_before);
    Gesture::cancel();
}

} // namespace ostrich::ui
