// Memory depth: how much the answer still depends on the input k steps back, older epochs paler.
#pragma once

#include "inside/inside_model.hpp"

#include <QWidget>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace ostrich::ui {

class MemoryCurve : public QWidget {
    Q_OBJECT
public:
    explicit MemoryCurve(QWidget *parent = nullptr);

    /// `half`: the half-memory lag, marked on the newest curve.
    void show(const std::vector<InsideModel::Depth> &depths, std::optional<int> half,
              const QString &block);

    /// The older curves that stand behind the newest: the first, and one in between.
    static std::vector<std::size_t> olderShown(const std::vector<InsideModel::Depth> &depths);

private:
    void applyTheme();
    void refresh();
    void setGraph(int graph, const std::vector<float> &values);

    QCustomPlot *m_plot;
    QCPGraph *m_graphs[3] = {}; // two older, the newest
    QCPItemText *m_texts[3] = {};
    QCPGraph *m_point;
    QCPItemStraightLine *m_line;
    QCPItemText *m_lineText, *m_unit, *m_title;
    std::vector<InsideModel::Depth> m_depths;
    std::optional<int> m_half;
    QString m_block;
};

} // namespace ostrich::ui
