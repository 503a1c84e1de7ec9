// Play, pause, stop, step, reset, and the readout beside them: one for all places.
#pragma once

#include <QAbstractButton>
#include <QWidget>

class QLabel;
class QPushButton;

namespace ostrich::ui {

struct Session;
class ElidingLabel;
class ThinProgress;

/// The one filled button: idle "Play", "Running", or asleep while something is in the way.
class PlayButton : public QAbstractButton {
    Q_OBJECT
public:
    enum class Look { Idle, Running, Paused, Blocked };
    explicit PlayButton(QWidget *parent = nullptr);
    void setLook(Look look);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString word() const;
    Look m_look = Look::Idle;
};

class Transport : public QWidget {
    Q_OBJECT
public:
    explicit Transport(Session *session, QWidget *parent = nullptr);

private:
    QPushButton *iconButton(const QString &icon, const QString &tip);
    void refresh();
    void refreshReadout();
    QString headline() const;
    QString details() const;
    double fraction() const;
    bool blocked(QString *reason = nullptr) const;

    Session *m_session;
    PlayButton *m_play;
    QPushButton *m_pause, *m_stop, *m_step, *m_reset;
    QLabel *m_state;
    ElidingLabel *m_details;
    ThinProgress *m_progress;
};

/// 4 px, rounded, accent.
class ThinProgress : public QWidget {
    Q_OBJECT
public:
    explicit ThinProgress(QWidget *parent = nullptr);
    void setFraction(double fraction);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_fraction = 0.0;
};

} // namespace ostrich::ui
