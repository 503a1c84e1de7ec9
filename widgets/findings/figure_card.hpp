// A figure in the window: its drawing, tips on what is under the pointer, and its export.
#pragma once

#include "findings/drawing.hpp"

#include <QFrame>

namespace ostrich::ui {

class ElidingLabel;

/// The drawing alone, as wide as it gets and as high as it then needs.
class DrawingView : public QWidget {
    Q_OBJECT
public:
    explicit DrawingView(DrawingPtr drawing = {}, QWidget *parent = nullptr);
    void setDrawing(DrawingPtr drawing);
    const DrawingPtr &drawing() const { return m_drawing; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    DrawingPtr m_drawing;
};

class FigureCard : public QFrame {
    Q_OBJECT
public:
    explicit FigureCard(DrawingPtr drawing, QWidget *parent = nullptr);

    void setDrawing(DrawingPtr drawing);
    DrawingView *view() const { return m_view; }
    bool isWide() const { return m_view->drawing()->isWide(); }
    int heightForWidth(int width) const override;

signals:
    void statusMessage(const QString &text, bool isError);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    DrawingView *m_view;
    ElidingLabel *m_title;
};

} // namespace ostrich::ui
