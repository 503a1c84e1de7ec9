// Painting and placing the bubble.
#include "canvas/problem_bubble.hpp"

#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kPointerWidth = 20;
constexpr int kPointerHeight = 9;
constexpr int kEdge = 8; // from the canvas's sides

} // namespace

ProblemBubble::ProblemBubble(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel), m_text(new QLabel), m_repair(new QPushButton)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 9 + kPointerHeight, 10, 9 + kPointerHeight);
    layout->setSpacing(10);
    m_text->setWordWrap(true);
    m_text->setFont(Theme::instance().font(FontRole::Text));
    m_repair->setFont(Theme::instance().font(FontRole::TextBold));
    m_repair->setProperty("role", "error");
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_repair);
    connect(m_repair, &QPushButton::clicked, this, &ProblemBubble::repairWanted);
    setCursor(Qt::ArrowCursor);
}

void ProblemBubble::setProblem(const graph::Problem &problem)
{
    const Tokens &t = Theme::instance().tokens();
    m_icon->setPixmap(
        Theme::instance().pixmap(QStringLiteral("err"), t.error, 18, devicePixelRatioF()));
    const QString message = sentence(problem.message), hint = sentence(problem.hint);
    m_text->setText(hint.isEmpty() ? message : message + QLatin1Char('\n') + hint);
    m_repair->setVisible(!problem.repair.empty());
    m_repair->setText(sentence(problem.repairName));
    setAccessibleName(m_text->text());
    const QFontMetrics metrics(m_text->font());
    const int words =
        std::max(metrics.horizontalAdvance(message), metrics.horizontalAdvance(hint)) + 16;
    const int button = problem.repair.empty() ? 0 : m_repair->sizeHint().width() + 12;
    // As wide as keeps message and hint on one line each, while the canvas has the room.
    const int width = std::min(parentWidget()->width() - 2 * kEdge, words + button + 60);
    resize(width, heightForWidth(width) > 0 ? heightForWidth(width) : sizeHint().height());
}

QRect ProblemBubble::boxAt(const QRectF &block, bool below) const
{
    const QSize room = parentWidget()->size();
    // The margin above and below is the pointer's; five pixels stay between block and tip.
    const double y = below ? block.bottom() + 5.0 : block.top() - height() - 5.0;
    const int wanted = static_cast<int>(block.center().x()) - width() / 2;
    const int x = std::clamp(wanted, kEdge, std::max(kEdge, room.width() - width() - kEdge));
    return {x, static_cast<int>(y), width(), height()};
}

void ProblemBubble::placeAt(const QRectF &block, const std::vector<QRectF> &inputs,
                            const std::vector<QRectF> &others)
{
    const auto price = [&](const QRect &rect) {
        const QRectF box = QRectF(rect).adjusted(0, kPointerHeight, 0, -kPointerHeight);
        const auto over = [&](const QRectF &other) { return other.intersects(box); };
        const bool outside = !parentWidget()->rect().contains(box.toRect());
        return (outside ? 500 : 0)
               + 1'000 * static_cast<int>(std::count_if(inputs.begin(), inputs.end(), over))
               + static_cast<int>(std::count_if(others.begin(), others.end(), over));
    };
    const QRect below = boxAt(block, true), above = boxAt(block, false);
    m_below = price(below) <= price(above);
    const QRect box = m_below ? below : above;
    m_pointer =
        std::clamp(static_cast<int>(block.center().x()) - box.x(), 24, std::max(24, width() - 24));
    move(box.topLeft());
    update();
}

void ProblemBubble::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box =
        QRectF(rect()).adjusted(0.5, kPointerHeight + 0.5, -0.5, -kPointerHeight - 0.5);
    QPainterPath path, pointer;
    path.addRoundedRect(box, 8, 8);
    const double edge = m_below ? box.top() : box.bottom(),
                 tip = m_below ? edge - kPointerHeight : edge + kPointerHeight;
    pointer.moveTo(m_pointer - kPointerWidth / 2.0, edge + (m_below ? 1 : -1));
    pointer.lineTo(m_pointer, tip);
    pointer.lineTo(m_pointer + kPointerWidth / 2.0, edge + (m_below ? 1 : -1));
    pointer.closeSubpath();
    painter.setPen(t.error);
    painter.setBrush(t.errorBackground);
    painter.drawPath(path.united(pointer));
}

} // namespace ostrich::ui
