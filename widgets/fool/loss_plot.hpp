// The loss along the attack on the picture at hand, and the step at which the network's answer
// changes.
#pragma once

#include <QWidget>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;
class QLabel;

namespace ostrich::ui {

class FoolModel;

class LossPlot : public QWidget {
    Q_OBJECT
public:
    explicit LossPlot(FoolModel *model, QWidget *parent = nullptr);

private:
    void applyTheme();
    void refresh();
    FoolModel *m_model;
    QCustomPlot *m_plot;
    QCPGraph *m_loss, *m_now;
    QCPItemStraightLine *m_flip;
    QCPItemText *m_flipText;
    QLabel *m_empty;
};

} // namespace ostrich::ui
