// Zoom, Fit and Tidy at the bottom left of the canvas.
#pragma once

#include <QWidget>

#include <vector>

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
    QToolButton *button(const QString &text, const QString &tip, const QString &icon = {});
    QToolButton *m_zoom;
    std::vector<QToolButton *> m_ruled; // a rule stands after each
};

} // namespace ostrich::ui
