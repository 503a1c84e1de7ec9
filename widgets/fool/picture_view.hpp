// One picture and its attack: the triptych large, the epsilon slider under it, then the attack's
// settings, the curve and the checklist.
#pragma once

#include "base/array.hpp"

#include "fool/shown_attack.hpp"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;

namespace ostrich::ui {

struct Session;
class EpsilonSlider;
class FoolModel;
class Honesty;
class LiveControls;
class PictureChoice;
class ProbabilityBars;
class Triptych;

class PictureView : public QWidget {
    Q_OBJECT
public:
    PictureView(Session *session, FoolModel *model, Honesty *honesty, QWidget *parent = nullptr);

signals:
    void openWanted();
    void pasteWanted();
    void shootWanted();
    void templateWanted(const QString &name);
    void mapWanted(); // of the picture and its attack

private:
    /// What there is to see of an attack: one of its steps, or what came of it.
    QWidget *bottomRow(Honesty *honesty);
    QWidget *lastLine();
    void connectAll();
    void showPicture();
    void clearAnswers();
    void showAlone();  // the picture, of which nothing is known yet
    void showAttack(); // its newest step, or its result
    void show(const ShownAttack &shown);
    void showSentences(const ShownAttack &shown);
    void showNoise(const ShownAttack &shown);
    void say(const QString &sentence);
    void showEpsilon();
    void setSliderScale();

    Session *m_session;
    FoolModel *m_model;
    ProbabilityBars *m_before, *m_after;
    Triptych *m_triptych;
    EpsilonSlider *m_slider;
    PictureChoice *m_choice;
    LiveControls *m_controls;
    QPushButton *m_map;
    QLabel *m_hint, *m_epsilon, *m_sentence, *m_noise, *m_largest;
};

} // namespace ostrich::ui
