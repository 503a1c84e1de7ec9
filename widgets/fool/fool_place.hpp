// The place Fool: the triptych large, the epsilon slider under it, then the attack and its curve.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ostrich::ui {

struct Session;
class EpsilonSlider;
class FoolModel;
class PictureChoice;
class ProbabilityBars;
class Triptych;

class FoolPlace : public QWidget {
    Q_OBJECT
public:
    explicit FoolPlace(Session *session, QWidget *parent = nullptr);

    FoolModel *model() { return m_model; }

public slots:
    void openPicture();
    void pastePicture();
    void savePicture();

signals:
    void statusMessage(const QString &text, bool isError);
    /// Long work: its fraction, negative when it ends. `FoolModel::cancelSweep` cancels.
    void progressed(double fraction);
    /// A project with pictures is asked for, by the name of its template.
    void templateWanted(const QString &name);

private:
    QWidget *bottomRow();
    void connectAll();
    void showPicture();
    void showResult();
    void showEpsilon();
    void setSliderScale();

    Session *m_session;
    FoolModel *m_model;
    ProbabilityBars *m_before, *m_after;
    Triptych *m_triptych;
    EpsilonSlider *m_slider;
    PictureChoice *m_choice;
    QLabel *m_epsilon, *m_sentence, *m_noise, *m_largest;
};

} // namespace ostrich::ui
