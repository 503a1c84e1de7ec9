// One series and its attack: both in one chart between the network's answers, the epsilon slider
// under it, then the attack's settings and its loss.
#pragma once

#include "fool/shown_attack.hpp"

#include <QWidget>

#include <vector>

class QLabel;

namespace ostrich::ui {

struct Session;
class EpsilonSlider;
class LiveControls;
class ProbabilityBars;
class SeriesChart;
class SeriesModel;

class SeriesView : public QWidget {
    Q_OBJECT
public:
    SeriesView(Session *session, SeriesModel *model, QWidget *parent = nullptr);

private:
    /// What there is to see of an attack: one of its steps, or what came of it.
    QWidget *upperPart();
    QWidget *afterColumn();
    QWidget *bottomRow();
    void connectAll();
    void showSeries();
    void showAttack();
    void showSentences(const ShownAttack &shown);
    void showEpsilon();
    void showFlip();
    ShownAttack shown() const;
    QString size() const; // rich text: how much was changed
    QString changedText(int changed) const;

    Session *m_session;
    SeriesModel *m_model;
    ProbabilityBars *m_before, *m_after;
    SeriesChart *m_chart;
    LiveControls *m_controls;
    EpsilonSlider *m_slider;
    QLabel *m_epsilon, *m_sentence, *m_noise;
};

} // namespace ostrich::ui
