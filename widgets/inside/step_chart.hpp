// A sample along its time axis over heat maps of what happens inside: chips, maps, axis, and one
// cursor column over all of them.
#pragma once

#include "inside/sample_at_hand.hpp"

#include <QImage>
#include <QWidget>

#include <vector>

namespace ostrich::ui {

/// One map: values (T, U), units downwards.
struct HeatRow {
    QString title, note;
    Array values;
    bool isSigned = false;
    float range = 1.0f; // the value of the strongest colour
};

/// The units of (T, U) by their mean, largest first.
std::vector<int> unitsByMean(const Array &values);

class StepChart : public QWidget {
    Q_OBJECT
public:
    explicit StepChart(QWidget *parent = nullptr);

    void setSteps(SampleSteps steps);
    /// `order`: of the units; empty: as they are.
    void setRows(std::vector<HeatRow> rows, const std::vector<int> &order);
    void setCursor(int step); // silent; -1: none

    int cursor() const { return m_cursor; }
    QRectF chipRect(int step) const;
    QRectF rowRect(int row) const;
    int stepAt(QPointF point) const; // -1: beside the steps
    QSize sizeHint() const override { return QSize(700, 452); }
    QSize minimumSizeHint() const override { return QSize(320, 240); }

    static constexpr double kLeft = 112; // where the steps begin; the curve below begins there too

signals:
    void cursorMoved(int step);
    void choiceMade(int step, int choice); // dragged, or by the arrow keys
    void choiceWanted(int step);           // clicked, or by Return

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    double cell() const;
    double chipHeight() const;
    double rowsTop() const;
    double xOf(int step) const { return kLeft + step * cell(); }
    double rowHeight() const;
    int count() const { return static_cast<int>(m_steps.steps.size()); }
    void moveTo(int step);
    void turn(int step, int by); // to a neighbouring choice
    void paintSteps(QPainter &painter) const;
    void paintSpan(QPainter &painter) const;
    void paintRows(QPainter &painter) const;
    void paintAxis(QPainter &painter) const;
    void paintCursor(QPainter &painter) const;
    void drawImages();

    SampleSteps m_steps;
    std::vector<HeatRow> m_rows;
    std::vector<int> m_order;
    std::vector<QImage> m_images;
    int m_cursor = -1;
    int m_longest = 0;  // of the words, in pixels
    int m_pressed = -1; // the chip that is held
    double m_pressedAt = 0.0;
    bool m_turned = false;
};

} // namespace ostrich::ui
