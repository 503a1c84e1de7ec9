// What an attack and a defence can be told beyond the panel: restarts, and their own parameters.
#pragma once

#include <QFrame>

class QLabel;
class QSpinBox;

namespace ostrich::ui {

class FoolModel;
class ParameterForm;

class MorePopup : public QFrame {
    Q_OBJECT
public:
    explicit MorePopup(FoolModel *model, QWidget *parent = nullptr);

    /// Whether there is anything to set now.
    bool hasFields() const;
    void openAt(QWidget *button);

private:
    void refresh();
    void takeAttack();
    void takeDefence();
    FoolModel *m_model;
    QLabel *m_attackTitle, *m_restartsLabel, *m_defenceTitle;
    QSpinBox *m_restarts;
    ParameterForm *m_attack, *m_defence;
};

} // namespace ostrich::ui
