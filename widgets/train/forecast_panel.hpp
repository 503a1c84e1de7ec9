// The right column of Train for forecasts: truth, prediction with its interval and the last value
// repeated in one plot, and what each reaches.
#pragma once

#include "data/dataset.hpp"

#include <QWidget>

class QCPGraph;
class QCustomPlot;
class QGridLayout;
class QLabel;

namespace ostrich::ui {

struct Session;
struct ForecastLines;
class SegmentedControl;

class ForecastPanel : public QWidget {
    Q_OBJECT
public:
    explicit ForecastPanel(Session *session, QWidget *parent = nullptr);

private:
    QWidget *plotAndFigures();
    void refresh();
    void showLines(const ForecastLines &lines);
    void showFigures();
    void fitHeight(); // of the part of the lines that is in sight
    void applyTheme();
    bool showable() const;
    data::Split split() const;

    Session *m_session;
    SegmentedControl *m_split;
    QWidget *m_body;
    QCustomPlot *m_plot;
    QCPGraph *m_naive = nullptr, *m_truth = nullptr, *m_prediction = nullptr;
    QCPGraph *m_low = nullptr, *m_high = nullptr; // the band's edges
    bool m_beats = false;                         // the last value repeated
    QLabel *m_empty, *m_legend, *m_levels, *m_figures, *m_verdict;
};

} // namespace ostrich::ui
