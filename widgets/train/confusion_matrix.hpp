// The confusion matrix as a grid of cells: true class down, answer across.
#pragma once

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace ostrich::ui {

/// As high as its classes need at the width that it has.
class ConfusionMatrix : public QWidget {
    Q_OBJECT
public:
    explicit ConfusionMatrix(QWidget *parent = nullptr);

    void setMatrix(std::vector<std::vector<std::int64_t>> counts, QStringList names);
    void select(int truth, int predicted);
    /// The largest off-diagonal cell; {-1, -1}: there is none.
    std::pair<int, int> worstCell() const;
    QSize sizeHint() const override;

signals:
    void cellChosen(int truth, int predicted);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override; // tooltips

private:
    QRectF cellRect(int truth, int predicted) const;
    std::pair<int, int> cellAt(const QPointF &position) const;
    double cellSize() const;
    double labelWidth() const;
    int classes() const { return static_cast<int>(m_counts.size()); }

    std::vector<std::vector<std::int64_t>> m_counts;
    QStringList m_names;
    int m_truth = -1, m_predicted = -1;
};

} // namespace ostrich::ui
