// How a sentence is attacked: the class that it should be taken for, and what the search is told.
#pragma once

#include <QWidget>

class QLabel;

namespace ostrich::ui {

struct Session;
class ClassBox;
class ParameterForm;
class SentenceModel;

class SentencePanel : public QWidget {
    Q_OBJECT
public:
    SentencePanel(Session *session, SentenceModel *model, QWidget *parent = nullptr);

private:
    void fillTargets();
    void refresh();

    Session *m_session;
    SentenceModel *m_model;
    ClassBox *m_target;
    ParameterForm *m_form;
    QLabel *m_time;
};

} // namespace ostrich::ui
