// The bubble at a wrong block: what is wrong, what to do, and the repair as a button.
#pragma once

#include "graph/analysis.hpp"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;

namespace ostrich::ui {

class ProblemBubble : public QWidget {
    Q_OBJECT
public:
    explicit ProblemBubble(QWidget *parent);
    void setProblem(const graph::Problem &problem);
    /// Below `block` (in the parent's coordinates), else above it, inside the parent: never over
    /// its `inputs` where that can be helped, over as few `others` as may be.
    void placeAt(const QRectF &block, const std::vector<QRectF> &inputs,
                 const std::vector<QRectF> &others);

signals:
    void repairWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QRect boxAt(const QRectF &block, bool below) const;

    QLabel *m_icon, *m_text;
    QPushButton *m_repair;
    int m_pointer = 0;
    bool m_below = true;
};

} // namespace ostrich::ui
