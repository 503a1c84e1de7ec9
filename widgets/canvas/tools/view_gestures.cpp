// Gestures that change no block: the rubber band and panning.
#include "canvas/tools/gesture.hpp"

#include <QScrollBar>

#include <algorithm>

namespace ostrich::ui {

namespace {

class BandGesture : public Gesture {
public:
    BandGesture(const Stage &stage, const QPointF &start, bool extend)
        : m_stage(stage),
          m_start(start),
          m_before(extend ? stage.session->selection.blocks() : std::vector<std::string>())
    {
    }
    void move(const QPointF &point, Qt::KeyboardModifiers) override
    {
        Draft draft;
        draft.band = QRectF(m_start, point).normalized();
        std::vector<std::string> chosen = m_before;
        for (const std::string &id : m_stage.scene->blocksIn(draft.band))
            if (std::find(chosen.begin(), chosen.end(), id) == chosen.end()) chosen.push_back(id);
        m_stage.scene->setDraft(std::move(draft));
        m_stage.session->selection.setBlocks(std::move(chosen));
    }
    void release(const QPointF &) override { m_stage.scene->setDraft({}); }
    void cancel() override
    {
        m_stage.scene->setDraft({});
        m_stage.session->selection.setBlocks(m_before);
    }

private:
    Stage m_stage;
    QPointF m_start;
    std::vector<std::string> m_before;
};

class PanGesture : public Gesture {
public:
    PanGesture(const Stage &stage, const QPoint &start) : m_stage(stage), m_last(start)
    {
        stage.view->viewport()->setCursor(Qt::ClosedHandCursor);
    }
    void move(const QPointF &point, Qt::KeyboardModifiers) override
    {
        const QPoint now = m_stage.view->mapFromScene(point);
        const QPoint shift = now - m_last;
        QScrollBar *across = m_stage.view->horizontalScrollBar(),
                   *down = m_stage.view->verticalScrollBar();
        across->setValue(across->value() - shift.x());
        down->setValue(down->value() - shift.y());
        m_last = now;
    }
    void release(const QPointF &) override { m_stage.view->viewport()->unsetCursor(); }
    void cancel() override { m_stage.view->viewport()->unsetCursor(); }

private:
    Stage m_stage;
    QPoint m_last;
};

} // namespace

std::unique_ptr<Gesture> bandGesture(const Stage &stage, const QPointF &start, bool extend)
{
    return std::make_unique<BandGesture>(stage, start, extend);
}

std::unique_ptr<Gesture> panGesture(const Stage &stage, const QPoint &start)
{
    return std::make_unique<PanGesture>(stage, start);
}

} // namespace ostrich::ui
