// Moving blocks: on the grid, in line with neighbours; a lone block dropped on a wire is put into
// it.
#include "canvas/tools/gesture.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/canvas_geometry.hpp"
#include "canvas/splicing.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kStart = 4.0; // pixels before a press becomes a move
constexpr double kSnap = 6.0;

double onGrid(double value)
{
    return std::round(value / kGrid) * kGrid;
}

class MoveGesture : public Gesture {
public:
    MoveGesture(const Stage &stage, std::string grabbed, const QPointF &start)
        : m_stage(stage), m_grabbed(std::move(grabbed)), m_start(start)
    {
        for (const std::string &id : stage.session->selection.blocks())
            if (const graph::Block *block = stage.session->project.network().find(id))
                m_origins[id] = QPointF(block->position.x, block->position.y);
    }

    void move(const QPointF &point, Qt::KeyboardModifiers modifiers) override
    {
        if (!m_moving && QLineF(m_start, point).length() < kStart) return;
        m_moving = true;
        QPointF shift = point - m_start;
        Draft draft;
        if (const auto origin = m_origins.find(m_grabbed); origin != m_origins.end()) {
            QPointF wanted = origin->second + shift;
            if (!(modifiers & Qt::AltModifier)) wanted = snapped(wanted, draft);
            shift = wanted - origin->second;
        }
        for (const auto &[id, origin] : m_origins) draft.positions[id] = origin + shift;
        m_target = targetWire(point);
        draft.target = m_target;
        m_shift = shift;
        m_stage.scene->setDraft(std::move(draft));
    }

    void release(const QPointF &) override
    {
        if (!m_moving || m_shift.isNull()) return m_stage.scene->setDraft({});
        ProjectModel &project = m_stage.session->project;
        std::vector<std::pair<std::string, graph::Position>> targets;
        for (const auto &[id, origin] : m_origins)
            targets.push_back({id, {origin.x() + m_shift.x(), origin.y() + m_shift.y()}});
        graph::Edit edit = graph::moveBlocks(project.network(), targets);
        if (m_target) {
            graph::Edit splice =
                spliceLoose(project.network(), *m_target, m_grabbed, blocks::Registry::instance());
            if (!splice.empty()) edit = std::move(splice);
        }
        project.apply(edit);
        m_stage.scene->setDraft({});
    }

    void cancel() override { m_stage.scene->setDraft({}); }

private:
    /// The wire under the pointer, when a single block without wires is being moved.
    std::optional<graph::Wire> targetWire(const QPointF &point) const
    {
        if (m_origins.size() != 1 || !m_stage.session->project.network().wiresOf(m_grabbed).empty())
            return {};
        return m_stage.scene->wireAt(point, 20.0);
    }

    /// The centre line of the grabbed block pulled onto a near neighbour's, else onto the grid.
    QPointF snapped(const QPointF &wanted, Draft &draft) const
    {
        const QSizeF size = m_stage.scene->body(m_grabbed).size();
        QPointF result(onGrid(wanted.x()), onGrid(wanted.y()));
        double nearestY = kSnap, nearestX = kSnap;
        for (const graph::Block &block : m_stage.session->project.network().blocks) {
            if (m_origins.contains(block.id)) continue;
            const QRectF other = m_stage.scene->body(block.id);
            const double dy = other.center().y() - (wanted.y() + size.height() / 2);
            if (std::abs(dy) < nearestY) {
                nearestY = std::abs(dy);
                result.setY(wanted.y() + dy);
                const double y = other.center().y();
                draft.guides = {QLineF(std::min(other.left(), result.x()), y,
                                       std::max(other.right(), result.x() + size.width()), y)};
            }
            const double dx = other.left() - wanted.x();
            if (std::abs(dx) < nearestX && std::abs(other.center().y() - wanted.y()) < 400.0) {
                nearestX = std::abs(dx);
                result.setX(other.left());
            }
        }
        return result;
    }

    Stage m_stage;
    std::string m_grabbed;
    QPointF m_start, m_shift;
    std::map<std::string, QPointF> m_origins;
    std::optional<graph::Wire> m_target;
    bool m_moving = false;
};

} // namespace

std::unique_ptr<Gesture> moveGesture(const Stage &stage, const std::string &grabbed,
                                     const QPointF &start)
{
    return std::make_unique<MoveGesture>(stage, grabbed, start);
}

} // namespace ostrich::ui
