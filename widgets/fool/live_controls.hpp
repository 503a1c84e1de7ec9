// Watching an attack: play and pause, a step at a time, stop, and how far it is.
#pragma once

#include "fool/live_attack.hpp"

#include <QWidget>

class QLabel;
class QToolButton;

namespace ostrich::ui {

class LiveControls : public QWidget {
    Q_OBJECT
public:
    explicit LiveControls(LiveAttack *live, QWidget *parent = nullptr);

    /// Whether there is something to attack.
    void setReady(bool ready);

signals:
    /// None is on its way: it is to be made once more, slowly or paused at its start.
    void watchWanted(LiveAttack::Pace pace);

private:
    QToolButton *button(const QString &icon, const QString &tip);
    void playOrPause();
    void step();
    void refresh();
    void refreshText();
    LiveAttack *m_live;
    QToolButton *m_play, *m_step, *m_stop;
    QLabel *m_text;
    bool m_ready = false;
};

} // namespace ostrich::ui
