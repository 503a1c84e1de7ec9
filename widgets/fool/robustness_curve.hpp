// Accuracy against epsilon over many test pictures: the attack and random noise of the same size.
#pragma once

#include <QWidget>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;
class QLabel;

namespace ostrich::ui {

class FoolModel;

class RobustnessCurve : public QWidget {
    Q_OBJECT
public:
    explicit RobustnessCurve(FoolModel *model, QWidget *parent = nullptr);

private:
    void applyTheme();
    void refresh();
    void showFigures();
    void placeTexts(); // where neither the marker nor the other text is
    FoolModel *m_model;
    QCustomPlot *m_plot;
    QCPGraph *m_attack, *m_noise, *m_point;
    QCPItemStraightLine *m_cursor;
    QCPItemText *m_attackText, *m_noiseText;
    QLabel *m_note, *m_empty, *m_figures;
};

} // namespace ostrich::ui
