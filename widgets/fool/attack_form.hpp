// The attack on one sample, whatever it is: method and steps, norm, target; above them how long it
// took, another random start, and what else the attack can be told.
#pragma once

#include "attack/filter.hpp"
#include "attack/threat.hpp"

#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ostrich::ui {

struct Session;
class ClassBox;
class MethodBox;
class MorePopup;
class NormChoice;

class AttackForm : public QWidget {
    Q_OBJECT
public:
    explicit AttackForm(QWidget *parent = nullptr);

    /// Shows them, silently. `defence`: that before the network, where it can be told something.
    void setChoices(const attack::AttackOptions &options,
                    const std::optional<attack::FilterChoice> &defence = {});
    /// Whose classes can be aimed at.
    void fillTargets(const Session &session);
    void showTime(const std::optional<attack::AttackResult> &result);
    /// Whether there is something to attack: without it, no other start can be asked for.
    void setReady(bool ready);
    /// Below the target.
    void addRow(const QString &label, QWidget *field, QWidget *beside = nullptr);
    MethodBox &method() { return *m_method; }
    QPushButton &more() { return *m_more; }
    MorePopup &popup() { return *m_popup; }

signals:
    void changed(const attack::AttackOptions &options);
    void defenceChanged(const attack::FilterChoice &defence);

private:
    void build();
    QWidget *head();
    void connectAll();
    void change(); // from the fields
    void restart();

    attack::AttackOptions m_options; // that are shown
    MethodBox *m_method;
    QSpinBox *m_steps;
    NormChoice *m_norm;
    ClassBox *m_target;
    QLabel *m_time;
    QPushButton *m_restart, *m_more;
    QGridLayout *m_rows;
    MorePopup *m_popup;
    bool m_filling = false;
};

} // namespace ostrich::ui
