// Columns, edges, and who leads.
#include "inside/beam_tree.hpp"

#include "theme/theme.hpp"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kRoot = 12;    // the dot where everything begins, and its room
constexpr double kGap = 22;     // between columns, for the edges
constexpr double kHeight = 42;  // of a node: its word over its probability
constexpr double kPitch = 52;   // of the rows
constexpr double kPadding = 10; // beside the words
constexpr double kMargin = 4;   // room for focus ring and pens
constexpr double kLeast = 48;   // width of a node

constexpr double kNothing = 5e-4; // the probability is 1

} // namespace

QString logText(double logProbability)
{
    return figure(std::abs(logProbability) < kNothing ? 0.0 : logProbability)
        .replace(QLatin1Char('-'), QChar(0x2212));
}

BeamTree::BeamTree(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("The beam’s tree"));
    setAccessibleDescription(tr("Left and right choose the step up to which it is grown."));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        arrange();
        update();
    });
}

void BeamTree::show(std::vector<Node> nodes)
{
    m_nodes = std::move(nodes);
    m_hovered = -1;
    m_places.assign(m_nodes.size(), {});
    m_steps = m_rows = 0;
    std::vector<int> rows; // of each step, so far
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        Place &place = m_places[i];
        place.sum = m_nodes[i].logProbability;
        if (m_nodes[i].parent >= 0) {
            const Place &parent = m_places[static_cast<std::size_t>(m_nodes[i].parent)];
            place.step = parent.step + 1;
            place.sum += parent.sum;
        }
        m_steps = std::max(m_steps, place.step);
        rows.resize(static_cast<std::size_t>(m_steps), 0);
        place.row = rows[static_cast<std::size_t>(place.step - 1)]++;
        m_rows = std::max(m_rows, place.row + 1);
    }
    m_step = m_steps;
    arrange();
    follow();
    emit stepChanged(m_step);
}

void BeamTree::setStep(int step)
{
    step = std::clamp(step, std::min(1, m_steps), m_steps);
    if (step == m_step) return;
    m_step = step;
    follow();
    emit stepChanged(m_step);
}

double BeamTree::score(int node) const
{
    const Place &place = m_places[static_cast<std::size_t>(node)];
    return place.sum / place.step;
}

/// Who leads at this step, and who is still followed.
void BeamTree::follow()
{
    m_leader = -1;
    m_alive.assign(m_nodes.size(), false);
    for (int i = 0; i < static_cast<int>(m_nodes.size()); ++i) {
        if (!leadsOn(i)) continue;
        if (m_leader < 0 || score(i) > score(m_leader)) m_leader = i;
        const std::vector<bool> path = pathTo(i);
        for (std::size_t k = 0; k < path.size(); ++k) m_alive[k] = m_alive[k] || path[k];
    }
    m_best = pathTo(m_leader);
    update();
}

/// Whether its sentence is one of those that the step at hand ends with.
bool BeamTree::leadsOn(int node) const
{
    const auto index = static_cast<std::size_t>(node);
    const int step = m_places[index].step;
    return step == m_step || (step < m_step && m_nodes[index].ends);
}

std::vector<bool> BeamTree::pathTo(int node) const
{
    std::vector<bool> path(m_nodes.size(), false);
    for (std::int64_t at = node; at >= 0; at = m_nodes[static_cast<std::size_t>(at)].parent)
        path[static_cast<std::size_t>(at)] = true;
    return path;
}

bool BeamTree::isShown(int node) const
{
    return m_places.at(static_cast<std::size_t>(node)).step <= m_step;
}

bool BeamTree::onBestPath(int node) const
{
    return m_best.at(static_cast<std::size_t>(node));
}

QString BeamTree::told(int node) const
{
    const Node &one = m_nodes.at(static_cast<std::size_t>(node));
    const Place &place = m_places[static_cast<std::size_t>(node)];
    return tr("“%1”: probability %2, log-probability %3\nSentence so far: sum %4, score (mean) %5")
        .arg(one.text, percent(std::exp(one.logProbability)), logText(one.logProbability),
             logText(place.sum), logText(score(node)));
}

void BeamTree::arrange()
{
    const QFontMetrics bold(Theme::instance().font(FontRole::TextBold));
    std::vector<double> widths(static_cast<std::size_t>(m_steps), kLeast);
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        double &width = widths[static_cast<std::size_t>(m_places[i].step - 1)];
        width = std::max(width, bold.horizontalAdvance(m_nodes[i].text) + 2 * kPadding);
    }
    std::vector<double> lefts;
    double x = kMargin + kRoot + kGap;
    for (const double width : widths) {
        lefts.push_back(x);
        x += width + kGap;
    }
    for (Place &place : m_places) {
        const auto column = static_cast<std::size_t>(place.step - 1);
        place.box = QRectF(lefts[column], kMargin + place.row * kPitch, widths[column], kHeight);
    }
    updateGeometry();
    setMinimumSize(sizeHint());
}

QSize BeamTree::sizeHint() const
{
    double right = kMargin + kRoot;
    for (const Place &place : m_places) right = std::max(right, place.box.right());
    return QSize(static_cast<int>(std::ceil(right + kMargin)),
                 static_cast<int>(2 * kMargin + std::max(m_rows, 1) * kPitch - (kPitch - kHeight)));
}

void BeamTree::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto count = static_cast<int>(m_nodes.size());
    for (const bool best : {false, true})
        for (int i = 0; i < count; ++i)
            if (isShown(i) && onBestPath(i) == best) paintEdge(painter, i);
    if (count > 0) {
        const Tokens &t = Theme::instance().tokens();
        painter.setPen(QPen(t.accent, 2));
        painter.setBrush(t.panel);
        painter.drawEllipse(QPointF(kMargin + kRoot / 2, kMargin + kHeight / 2), 5, 5);
    }
    for (int i = 0; i < count; ++i)
        if (isShown(i)) paintNode(painter, i);
    if (!hasFocus() || m_leader < 0) return;
    painter.setPen(QPen(Theme::instance().tokens().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(nodeRect(m_leader).adjusted(-3, -3, 3, 3), 8, 8);
}

void BeamTree::paintEdge(QPainter &painter, int node) const
{
    const Tokens &t = Theme::instance().tokens();
    const auto index = static_cast<std::size_t>(node);
    const QRectF &to = m_places[index].box;
    const std::int64_t parent = m_nodes[index].parent;
    const QPointF from = parent < 0 ? QPointF(kMargin + kRoot / 2 + 5, kMargin + kHeight / 2)
                                    : QPointF(nodeRect(static_cast<int>(parent)).right(),
                                              nodeRect(static_cast<int>(parent)).center().y());
    const QPointF end(to.left(), to.center().y());
    const double bend = (end.x() - from.x()) / 2;
    QPainterPath path(from);
    path.cubicTo(from + QPointF(bend, 0), end - QPointF(bend, 0), end);
    QColor colour = onBestPath(node) ? t.accent : t.strong;
    if (!m_alive[index]) colour.setAlphaF(0.4f);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, onBestPath(node) ? 2.5 : 1.5));
    painter.drawPath(path);
}

/// Its word over its probability; whole sentences end in a pill, what was given up is pale.
void BeamTree::paintNode(QPainter &painter, int node) const
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    const auto index = static_cast<std::size_t>(node);
    const bool best = onBestPath(node), alive = m_alive[index];
    const QRectF box = nodeRect(node).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = m_nodes[index].ends ? box.height() / 2 : 6;
    painter.setPen(QPen(best ? t.accent : alive ? t.strong : t.border, best ? 2 : 1));
    painter.setBrush(best ? t.selection : node == m_hovered ? t.hover : t.panel);
    painter.drawRoundedRect(box, radius, radius);
    painter.setFont(theme.font(alive ? FontRole::TextBold : FontRole::Text));
    painter.setPen(alive ? t.text : t.muted);
    const QRectF upper(box.left(), box.top() + 2, box.width(), box.height() / 2);
    painter.drawText(upper, Qt::AlignCenter, m_nodes[index].text);
    painter.setFont(theme.font(FontRole::Text));
    painter.setPen(best ? t.accent : t.muted);
    painter.drawText(upper.translated(0, box.height() / 2 - 3), Qt::AlignCenter,
                     probabilityText(std::exp(m_nodes[index].logProbability)));
}

int BeamTree::nodeAt(const QPointF &point) const
{
    for (int i = 0; i < static_cast<int>(m_nodes.size()); ++i)
        if (isShown(i) && nodeRect(i).contains(point)) return i;
    return -1;
}

bool BeamTree::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const int node = nodeAt(help->pos());
    if (node < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), told(node), this, nodeRect(node).toAlignedRect());
    return true;
}

void BeamTree::mouseMoveEvent(QMouseEvent *event)
{
    const int node = nodeAt(event->position());
    if (node == m_hovered) return;
    m_hovered = node;
    update();
}

void BeamTree::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void BeamTree::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return setStep(m_step - 1);
    case Qt::Key_Right:
        return setStep(m_step + 1);
    case Qt::Key_Home:
        return setStep(1);
    case Qt::Key_End:
        return setStep(m_steps);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace ostrich::ui
