// The attack's settings: method, steps, norm, target, and the buttons beside them.
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ostrich::ui {

struct Session;
class FoolModel;
class SegmentedControl;

class AttackPanel : public QWidget {
    Q_OBJECT
public:
    AttackPanel(Session *session, FoolModel *model, QWidget *parent = nullptr);

signals:
    void saveWanted();

private:
    void build();
    void fillTargets();
    void refresh();
    void change(); // from the fields to the model
    Session *m_session;
    FoolModel *m_model;
    QComboBox *m_method, *m_target;
    QSpinBox *m_steps, *m_count;
    SegmentedControl *m_norm;
    QLabel *m_time;
    QPushButton *m_restart, *m_all, *m_save;
    bool m_filling = false;
};

} // namespace ostrich::ui
