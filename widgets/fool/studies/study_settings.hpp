// What a study is asked with: which networks, over how many samples or of which one, under which
// attack, and its own parameters. What a study does not go by is not shown with it.
#pragma once

#include "robustness/study.hpp"

#include <QWidget>

#include <vector>

class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ostrich::ui {

struct Session;
class ClassBox;
class MethodBox;
class MorePopup;
class StudyNetworkList;
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
    QWidget *attackFields();
    QWidget *epsilonField();
    QWidget *sampleField();
    void addRow(QGridLayout *form, const QString &label, QWidget *field, const QString &help = {});
    void setRowVisible(const QWidget *field, bool visible);
    void connectAll();
    void followNetworks();
    void followData();
    void refreshSettings();
    void refreshEpsilon();
    void refreshSample();
    void refreshRows();
    void refreshState();
    bool isHere() const;
    void takeAttack();
    Session *m_session;
    StudyModel *m_model;
    robustness::StudyDescription m_study;
    StudyNetworkList *m_networks;
    std::vector<std::pair<QLabel *, QWidget *>> m_rows; // of the attack: name, field
    MethodBox *m_method;
    QSpinBox *m_steps, *m_samples, *m_seed;
    NormChoice *m_norm;
    QDoubleSpinBox *m_epsilon;
    QLabel *m_epsilonUnit, *m_picture, *m_pictureText, *m_own;
    QWidget *m_epsilonField, *m_sampleField;
    ClassBox *m_target;
    QPushButton *m_more;
    MorePopup *m_popup;
    ParameterForm *m_parameters;
    QPushButton *m_run;
    bool m_filling = false;
};

} // namespace ostrich::ui
