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
constexpr int kWidest = 508;

} // namespace

ProblemBubble::ProblemBubble(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel), m_text(new QLabel), m_repair(new QPushButton)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 9 + kPointerHeight, 10, 9 + kPointerHeight);
    layout->setSpacing(10);
    m_text->setWordWrap(true);
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
    const int width = std::min(kWidest, words + button + 60);
    resize(width, heightForWidth(width) > 0 ? heightForWidth(width) : sizeHint().height());
}

void ProblemBubble::placeAt(const QRectF &block)
{
    const QSize room = parentWidget()->size();
    m_below = block.bottom() + height() + 4 <= room.height();
    const int y = static_cast<int>(m_below ? block.bottom() - 2 : block.top() - height() + 2);
    const int wanted = static_cast<int>(block.center().x()) - width() / 2;
    const int x = std::clamp(wanted, 8, std::max(8, room.width() - width() - 8));
    m_pointer =
        std::clamp(static_cast<int>(block.center().x()) - x, 24, std::max(24, width() - 24));
    move(x, y);
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
