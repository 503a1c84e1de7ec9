// The loss along the attack at hand, and the step at which the network's answer
// changes.
#pragma once

#include <QWidget>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;
class QLabel;

namespace ostrich::ui {

class FigureButton;
class LiveAttack;

class LossPlot : public QWidget {
    Q_OBJECT
public:
    explicit LossPlot(const LiveAttack *live, QWidget *parent = nullptr);

    /// For who shows the plot, to be put beside it.
    FigureButton *makeSaveButton();

private:
    void applyTheme();
    void refresh();
    const LiveAttack *m_live;
    QCustomPlot *m_plot;
    QCPGraph *m_loss, *m_now;
    QCPItemStraightLine *m_flip;
    QCPItemText *m_flipText;
    QLabel *m_empty;
};

} // namespace ostrich::ui
