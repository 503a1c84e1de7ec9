// The canvas's overlay of buttons.
#include "canvas/zoom_bar.hpp"

#include "canvas/canvas_view.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include <cmath>

namespace ostrich::ui {

QToolButton *ZoomBar::button(const QString &text, const QString &tip)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setFixedHeight(26);
    button->setStyleSheet(QStringLiteral("QToolButton { border: none; padding: 0 6px; }"));
    layout()->addWidget(button);
    return button;
}

ZoomBar::ZoomBar(CanvasView *view, QWidget *parent) : QWidget(parent)
{
    setCursor(Qt::ArrowCursor);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(4, 1, 4, 1);
    row->setSpacing(0);
    connect(button(QStringLiteral("−"), tr("Zoom out (Ctrl+−)")), &QToolButton::clicked, view,
            &CanvasView::zoomOut);
    m_zoom = button(
        QStringLiteral("100\u202F%"),
        tr("Actual size (Ctrl+0). The wheel zooms at the pointer. To pan: drag with the middle "
           "button, drag the empty canvas with Ctrl, or slide two fingers."));
    connect(m_zoom, &QToolButton::clicked, view, &CanvasView::zoomToActualSize);
    connect(button(QStringLiteral("+"), tr("Zoom in (Ctrl++)")), &QToolButton::clicked, view,
            &CanvasView::zoomIn);
    QToolButton *fit = button(tr("Fit"), tr("Show the whole network (Ctrl+9)"));
    fit->setIcon(Theme::instance().icon(QStringLiteral("fit"), 16));
    connect(fit, &QToolButton::clicked, view, &CanvasView::fit);
    QToolButton *tidy = button(tr("Tidy"), tr("Lay the blocks out in reading order (Ctrl+T)"));
    tidy->setIcon(Theme::instance().icon(QStringLiteral("tidy"), 16));
    connect(tidy, &QToolButton::clicked, view, &CanvasView::tidy);
    for (QToolButton *withIcon : {fit, tidy}) {
        withIcon->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        withIcon->setIconSize(QSize(16, 16));
    }
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
}

} // namespace ostrich::ui
