// Memory depth: how much the answer still depends on the input k steps back, older epochs paler,
// and that of other runs.
#pragma once

#include "inside/inside_model.hpp"

#include <QPen>
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

    /// `half`: the half-memory lag, marked on the newest curve. Of `others` those are drawn that
    /// are chosen and measured.
    void show(const std::vector<InsideModel::Depth> &depths, std::optional<int> half,
              const QString &block, const std::vector<OtherRuns::Item> &others);

    /// The lines of the run at hand, of its swaps, and of another run at place `place`.
    static QPen ownPen();
    static QPen swapPen();
    static QPen otherPen(int place);
    static QString swapName();
    /// All curves at that distance, a line each: "LSTM: 0.93"; empty: beside the curves.
    QString toldAt(int stepsBack) const;

    /// The older curves that stand behind the newest: the first, and one in between.
    static std::vector<std::size_t> olderShown(const std::vector<InsideModel::Depth> &depths);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; // what the pointer is over

private:
    void applyTheme();
    void styleAxes();
    void refresh();
    void drawOwn(double last);
    void drawOthers();
    void markHalf(double last);

    QCustomPlot *m_plot;
    QCPGraph *m_graphs[3] = {}; // two older, the newest
    QCPItemText *m_texts[3] = {};
    QCPGraph *m_swap;
    std::vector<QCPGraph *> m_otherGraphs;
    QCPGraph *m_point;
    QCPItemStraightLine *m_line;
    QCPItemText *m_lineText, *m_unit, *m_title;
    std::vector<InsideModel::Depth> m_depths;
    std::vector<OtherRuns::Item> m_others; // that are drawn
    std::optional<int> m_half;
    QString m_block;
};

} // namespace ostrich::ui
