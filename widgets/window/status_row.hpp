// The row at the foot of the window: what the network weighs or what just happened, and the work
// that goes on in the background.
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ostrich::ui {

class ElidingLabel;

class StatusRow : public QWidget {
    Q_OBJECT
public:
    enum class Tone { Quiet, Good, Wrong };
    explicit StatusRow(QWidget *parent = nullptr);

    /// What the row says until something else is told.
    void setLasting(const QString &text, Tone tone);
    /// Stands in front of the lasting text for some seconds.
    void tell(const QString &text, Tone tone);
    /// `fraction` in [0, 1] of the work done; below 0: there is none.
    void showWork(double fraction, bool cancellable = true);

signals:
    void cancelled();

private:
    struct Line {
        QString text;
        Tone tone = Tone::Quiet;
    };
    void refresh();

    Line m_lasting, m_told;
    QTimer m_fade;
    QLabel *m_icon;
    ElidingLabel *m_text;
    QProgressBar *m_work;
    QPushButton *m_cancel;
};

} // namespace ostrich::ui
