// The bubble at a wrong block: what is wrong, what to do, and the repair as a button.
#pragma once

#include "graph/analysis.hpp"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ostrich::ui {

class ProblemBubble : public QWidget {
    Q_OBJECT
public:
    explicit ProblemBubble(QWidget *parent);
    void setProblem(const graph::Problem &problem);
    /// Below `block` (in the parent's coordinates), else above it, inside the parent.
    void placeAt(const QRectF &block);

signals:
    void repairWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_icon, *m_text;
    QPushButton *m_repair;
    int m_pointer = 0;
    bool m_below = true;
};

} // namespace ostrich::ui
