// The attack on a series: method, steps, norm, target.
#pragma once

#include <QWidget>

class QLabel;
class QSpinBox;

namespace ostrich::ui {

struct Session;
class ClassBox;
class MethodBox;
class NormChoice;
class SeriesModel;

class SeriesPanel : public QWidget {
    Q_OBJECT
public:
    SeriesPanel(Session *session, SeriesModel *model, QWidget *parent = nullptr);

private:
    void build();
    void fillTargets();
    void refresh();
    void changeMethod();
    void change();

    Session *m_session;
    SeriesModel *m_model;
    MethodBox *m_method;
    ClassBox *m_target;
    QSpinBox *m_steps;
    NormChoice *m_norm;
    QLabel *m_time;
    bool m_filling = false;
};

} // namespace ostrich::ui
