// Watching the attack: play and pause, a step at a time, stop, and how far it is.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace ostrich::ui {

class FoolModel;

class LiveControls : public QWidget {
    Q_OBJECT
public:
    explicit LiveControls(FoolModel *model, QWidget *parent = nullptr);

private:
    QToolButton *button(const QString &icon, const QString &tip);
    void playOrPause();
    void step();
    void refresh();
    void refreshText();
    FoolModel *m_model;
    QToolButton *m_play, *m_step, *m_stop;
    QLabel *m_text;
};

} // namespace ostrich::ui
