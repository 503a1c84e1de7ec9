// The row at the foot of the window: what the network weighs or what just happened, and the work
// that goes on in the background.
#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>
#include <vector>

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
    /// `fraction` in [0, 1] of the work of `whose`; below 0: it is over. Of several works the
    /// newest is seen, with its `text` in front of a lasting one that is not wrong, and only that
    /// one is cancelled; no `cancel`: it cannot be.
    void showWork(const QObject *whose, double fraction, std::function<void()> cancel = {},
                  const QString &text = {});

private:
    struct Work {
        const QObject *whose;
        double fraction;
        std::function<void()> cancel;
        QString text;
    };
    struct Line {
        QString text;
        Tone tone = Tone::Quiet;
    };
    void refresh();
    void cancelWork();

    Line m_lasting, m_told;
    std::vector<Work> m_works; // newest last
    QTimer m_fade;
    QLabel *m_icon;
    ElidingLabel *m_text;
    QProgressBar *m_work;
    QPushButton *m_cancel;
};

} // namespace ostrich::ui
