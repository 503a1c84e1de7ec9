// The comparison, in the place of the single run: curves of all ticked runs over each other, and
// their figures below.
#pragma once

#include "train/compare_groups.hpp"

#include <QWidget>

class QLabel;

namespace ostrich::ui {

struct Session;
class CompareTable;
class OverlayLegend;
class OverlayPlot;
class SegmentedControl;

class CompareView : public QWidget {
    Q_OBJECT
public:
    explicit CompareView(Session *session, QWidget *parent = nullptr);

private:
    QWidget *head();
    QWidget *body();
    void refresh();
    void grow(); // by epochs of the run in training: a curve, nothing else
    void drawCurves(const Measure &measure);

    Session *m_session;
    QLabel *m_note, *m_title, *m_verdict, *m_empty;
    SegmentedControl *m_accuracies, *m_errors; // of what is asked; one of them is seen
    OverlayLegend *m_legend;
    OverlayPlot *m_plot;
    CompareTable *m_table;
    QWidget *m_body;
    std::vector<CompareGroup> m_groups; // as they are shown
};

} // namespace ostrich::ui
