// Zoom, Fit and Tidy at the bottom left of the canvas.
#pragma once

#include <QWidget>

class QToolButton;

namespace ostrich::ui {

class CanvasView;

class ZoomBar : public QWidget {
    Q_OBJECT
public:
    ZoomBar(CanvasView *view, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *button(const QString &text, const QString &tip);
    QToolButton *m_zoom;
};

} // namespace ostrich::ui
