// The strip below the canvas: loss curves as they come, the gap and both accuracies, or what to do
// to see them.
#pragma once

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace ostrich::train {
struct EpochMetrics;
} // namespace ostrich::train

namespace ostrich::ui {

struct Session;
class CurvePlot;
class RunModel;
struct CurveData;

/// The curves of the run at hand.
CurveData curveData(const RunModel &run);
/// "training", "validation", "gap" with their colours, as rich text.
QString curveLegend();

class LiveStrip : public QWidget {
    Q_OBJECT
public:
    explicit LiveStrip(Session *session, QWidget *parent = nullptr);

private:
    void refresh();
    void showFigures(const train::EpochMetrics &epoch);
    Session *m_session;
    CurvePlot *m_plot;
    QStackedWidget *m_pages;
    QLabel *m_legend, *m_validation, *m_training, *m_validationTitle, *m_trainingTitle, *m_empty,
        *m_emptyIcon;
};

} // namespace ostrich::ui
