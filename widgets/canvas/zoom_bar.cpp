// The canvas's overlay of buttons.
#include "canvas/zoom_bar.hpp"

#include "canvas/canvas_view.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include <cmath>

namespace ostrich::ui {

QToolButton *ZoomBar::button(const QString &text, const QString &tip, const QString &icon)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setFont(Theme::instance().font(FontRole::Text));
    button->setIconSize(QSize(16, 16));
    if (!icon.isEmpty()) button->setIcon(Theme::instance().icon(icon, 16));
    button->setToolButtonStyle(text.isEmpty()   ? Qt::ToolButtonIconOnly
                               : icon.isEmpty() ? Qt::ToolButtonTextOnly
                                                : Qt::ToolButtonTextBesideIcon);
    button->setFixedHeight(26);
    button->setStyleSheet(QStringLiteral("QToolButton { border: none; padding: 0 3px; }"));
    layout()->addWidget(button);
    return button;
}

ZoomBar::ZoomBar(CanvasView *view, QWidget *parent) : QWidget(parent)
{
    setCursor(Qt::ArrowCursor);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(4, 1, 4, 1);
    row->setSpacing(0);
    QToolButton *out = button({}, tr("Zoom out (Ctrl+−)"), QStringLiteral("minus"));
    connect(out, &QToolButton::clicked, view, &CanvasView::zoomOut);
    m_zoom = button(
        QStringLiteral("100\u202F%"),
        tr("Actual size (Ctrl+0). The wheel zooms at the pointer. To pan: drag with the middle "
           "button, drag the empty canvas with Ctrl, or slide two fingers."));
    m_zoom->setFixedWidth(QFontMetrics(m_zoom->font()).horizontalAdvance(QStringLiteral("400 %"))
                          + 12);
    connect(m_zoom, &QToolButton::clicked, view, &CanvasView::zoomToActualSize);
    QToolButton *in = button({}, tr("Zoom in (Ctrl++)"), QStringLiteral("plus"));
    connect(in, &QToolButton::clicked, view, &CanvasView::zoomIn);
    row->addSpacing(9); // the rules between stand in these
    QToolButton *fit =
        button(tr("Fit"), tr("Show the whole network (Ctrl+9)"), QStringLiteral("fit"));
    connect(fit, &QToolButton::clicked, view, &CanvasView::fit);
    row->addSpacing(9);
    QToolButton *tidy = button(tr("Tidy"), tr("Lay the blocks out in reading order (Ctrl+T)"),
                               QStringLiteral("tidy"));
    connect(tidy, &QToolButton::clicked, view, &CanvasView::tidy);
    m_ruled = {in, fit};
    connect(view, &CanvasView::zoomChanged, this, [this](double zoom) {
        m_zoom->setText(QStringLiteral("%1\u202F%").arg(std::lround(zoom * 100.0)));
        adjustSize();
    });
    adjustSize();
}

void ZoomBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.border);
    painter.setBrush(t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    for (const QToolButton *left : m_ruled) {
        const double x = left->geometry().right() + 5.5;
        painter.drawLine(QPointF(x, 6), QPointF(x, height() - 6));
    }
}

} // namespace ostrich::ui
