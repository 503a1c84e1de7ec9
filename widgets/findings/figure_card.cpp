// Cards of figures, and what can be done with them.
#include "findings/figure_card.hpp"

#include "findings/figure_button.hpp"
#include "theme/controls.hpp"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <qcustomplot.h>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 16, kHead = 32, kBelow = 14;

} // namespace

DrawingView::DrawingView(DrawingPtr drawing, QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setDrawing(std::move(drawing));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DrawingView::setDrawing(DrawingPtr drawing)
{
    m_drawing = std::move(drawing);
    if (m_drawing) setAccessibleName(m_drawing->title());
    setAccessibleDescription(m_drawing ? m_drawing->spoken() : QString());
    updateGeometry();
    update();
}

int DrawingView::heightForWidth(int width) const
{
    return m_drawing ? m_drawing->heightFor(width) : 0;
}

QSize DrawingView::sizeHint() const
{
    return {320, heightForWidth(std::max(width(), 320))};
}

bool DrawingView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_drawing) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = m_drawing->tipAt(help->pos(), size());
        tip.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    return QWidget::event(event);
}

void DrawingView::paintEvent(QPaintEvent *)
{
    if (!m_drawing) return;
    QCPPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    m_drawing->paint(painter, size(), screenInk());
}

FigureCard::FigureCard(DrawingPtr drawing, QWidget *parent)
    : QFrame(parent),
      m_view(new DrawingView(std::move(drawing))),
      m_title(new ElidingLabel(m_view->drawing()->title()))
{
    auto *save =
        new FigureButton([this] { return FigureButton::Shot{m_view->drawing(), m_view->width()}; });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPadding, 6, kPadding, kBelow);
    layout->setSpacing(4);
    auto *head = new QHBoxLayout;
    m_title->setFont(Theme::instance().font(FontRole::TextBold));
    head->addWidget(m_title, 1);
    connect(save, &FigureButton::statusMessage, this, &FigureCard::statusMessage);
    save->alsoOn(this);
    head->addWidget(save);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);
}

void FigureCard::setDrawing(DrawingPtr drawing)
{
    m_title->setText(drawing->title());
    m_view->setDrawing(std::move(drawing));
}

int FigureCard::heightForWidth(int width) const
{
    return kHead + 4 + m_view->heightForWidth(width - 2 * kPadding) + kBelow;
}

void FigureCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.border, 1));
    painter.setBrush(t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace ostrich::ui
