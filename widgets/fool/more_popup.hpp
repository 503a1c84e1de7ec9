// What an attack and a defence can be told beyond the panel: restarts, the network that a transfer
// attack is made on, and their own parameters.
#pragma once

#include "attack/filter.hpp"
#include "attack/threat.hpp"

#include <QFrame>

#include <optional>

class QComboBox;
class QLabel;
class QLayout;
class QSpinBox;

namespace ostrich::ui {

class ParameterForm;

class MorePopup : public QFrame {
    Q_OBJECT
public:
    explicit MorePopup(QWidget *parent = nullptr);

    /// Shows them, silently.
    void setChoices(const attack::AttackOptions &options,
                    const std::optional<attack::FilterChoice> &defence);
    /// On which networks a transfer attack can be made, and on which of them it is; none: the
    /// attack is made on the one that it attacks. Silent.
    void setSurrogates(const QStringList &names, int chosen);
    /// Whether there is anything to set now.
    bool hasFields() const;
    void openAt(QWidget *button);

signals:
    void attackChanged(const attack::AttackOptions &options);
    void defenceChanged(const attack::FilterChoice &defence);
    void surrogateChosen(int index);

private:
    QLayout *row(QLabel *label, QWidget *field);
    void showAttack();
    void showDefence();
    void takeAttack();
    void takeDefence();
    attack::AttackOptions m_options;
    std::optional<attack::FilterChoice> m_filter;
    QLabel *m_attackTitle, *m_surrogateLabel, *m_restartsLabel, *m_defenceTitle;
    QComboBox *m_surrogate;
    QSpinBox *m_restarts;
    ParameterForm *m_attack, *m_defence;
};

} // namespace ostrich::ui
