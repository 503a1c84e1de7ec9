// Samples or words as points in the plane: near each other where the network sees them alike.
#pragma once

#include "base/array.hpp"

#include <QColor>
#include <QWidget>

#include <vector>

class QCPItemText;
class QCustomPlot;

namespace ostrich::ui {

class EmbeddingPlot : public QWidget {
    Q_OBJECT
public:
    explicit EmbeddingPlot(QWidget *parent = nullptr);

    /// Points (N, 2). `names`: of each point, told under the pointer; written beside it where there
    /// are few. `groups`: its colour; `groupNames` make the legend.
    void show(const Array &points, const QStringList &names, const std::vector<int> &groups,
              const QStringList &groupNames);
    int pointAt(QPointF position) const; // -1: none near
    static QColor groupColour(int group);

private:
    void draw();
    void drawPoints();
    void drawNames();
    int count() const;
    QPointF point(int index) const;
    void hover(QPointF position);

    QCustomPlot *m_plot;
    std::vector<QCPItemText *> m_labels;
    QCPItemText *m_told;
    Array m_points;
    QStringList m_names, m_groupNames;
    std::vector<int> m_groups;
};

} // namespace ostrich::ui
