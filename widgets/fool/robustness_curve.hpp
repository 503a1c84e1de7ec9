// Accuracy against epsilon over many test pictures: the attack and random noise of the same size,
// each with its 95 % band.
#pragma once

#include <QWidget>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;
class QLabel;

namespace ostrich::robustness {
struct Curve;
}

namespace ostrich::ui {

class FigureButton;
class FoolModel;

class RobustnessCurve : public QWidget {
    Q_OBJECT
public:
    explicit RobustnessCurve(FoolModel *model, QWidget *parent = nullptr);

    /// For who shows the curve, to be put beside it.
    FigureButton *makeSaveButton();

private:
    struct Band {
        QCPGraph *low = nullptr, *high = nullptr;
    };
    Band addBand();
    void show(const robustness::Curve &curve, QCPGraph *line, const Band &band);
    void applyTheme();
    void refresh();
    void showFigures();
    void placeTexts(); // where neither the marker nor the other text is
    FoolModel *m_model;
    QCustomPlot *m_plot;
    QCPGraph *m_attack, *m_noise, *m_point;
    Band m_attackBand, m_noiseBand;
    QCPItemStraightLine *m_cursor;
    QCPItemText *m_attackText, *m_noiseText;
    QLabel *m_note, *m_empty, *m_figures;
};

} // namespace ostrich::ui
