// What a study is asked with: which networks, over how many samples, under which attack, and its
// own parameters.
#pragma once

#include "robustness/study.hpp"

#include <QWidget>

#include <vector>

class QCheckBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace ostrich::ui {

struct Session;
class MethodBox;
class NormChoice;
class ParameterForm;
class StudyModel;

class StudySettings : public QWidget {
    Q_OBJECT
public:
    StudySettings(Session *session, StudyModel *model, QWidget *parent = nullptr);

    void showStudy(const robustness::StudyDescription &study);

private:
    void build();
    QPushButton *addButton();
    void connectAll();
    void refreshNetworks();
    void makeBoxes();
    void refreshSettings();
    void refreshState();
    bool isHere() const;
    void openProject();
    void openTorchScript();
    void takeAttack();
    Session *m_session;
    StudyModel *m_model;
    robustness::StudyDescription m_study;
    QVBoxLayout *m_networks;
    std::vector<QCheckBox *> m_boxes; // of the networks
    QPushButton *m_add;
    QLabel *m_networksHint, *m_epsilonUnit, *m_own;
    QSpinBox *m_pictures, *m_steps;
    MethodBox *m_method;
    NormChoice *m_norm;
    QDoubleSpinBox *m_epsilon;
    ParameterForm *m_parameters;
    QPushButton *m_run;
    bool m_filling = false;
};

} // namespace ostrich::ui
