// The attack's settings: method, steps, norm, target, the defence before the network, and over how
// many pictures the curve is drawn.
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QPushButton;
class QSpinBox;

namespace ostrich::ui {

struct Session;
class AttackForm;
class FoolModel;

class AttackPanel : public QWidget {
    Q_OBJECT
public:
    AttackPanel(Session *session, FoolModel *model, QWidget *parent = nullptr);

private:
    void build();
    void connectAll();
    void fillDefences();
    void fillTargets();
    void refresh();
    void changeDefence();
    Session *m_session;
    FoolModel *m_model;
    AttackForm *m_form;
    QSpinBox *m_count;
    QComboBox *m_defence;
    QCheckBox *m_adaptive;
    QPushButton *m_all;
};

} // namespace ostrich::ui
