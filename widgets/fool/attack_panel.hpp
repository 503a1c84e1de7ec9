// The attack's settings: method, steps, norm, target, the defence before the network, and over how
// many pictures the curve is drawn.
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ostrich::ui {

struct Session;
class ClassBox;
class FoolModel;
class MethodBox;
class MorePopup;
class NormChoice;

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
    void refreshTime();
    void change();       // from the fields to the model
    void changeMethod(); // with the steps as published
    void changeDefence();
    Session *m_session;
    FoolModel *m_model;
    MethodBox *m_method;
    ClassBox *m_target;
    QSpinBox *m_steps, *m_count;
    NormChoice *m_norm;
    QComboBox *m_defence;
    QCheckBox *m_adaptive;
    QLabel *m_time;
    QPushButton *m_restart, *m_more, *m_all;
    MorePopup *m_popup;
    bool m_filling = false;
};

} // namespace ostrich::ui
